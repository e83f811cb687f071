"""Decide among the actors that one name may mean, by date, title and the rest of the article; and say why.

"Bush" in 2003 is not "Bush" in 1990; "Bruxelles" beside Nato is not "Bruxelles" beside the Commission; "Moskva" in
1988 stood for the Soviet Union.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Article, Mention, MentionKind
from kg.ontology.actors import Actors
from kg.ontology.intervals import distance_in_years, may_hold

_LONGEST_ABSENCE = 6.0
"""Years out of office after which a bare family name no longer means its holder."""

PLACE_NOTE = "place"
_HIGH_ROLES = ("head-of-state", "head-of-government", "foreign-minister", "secretary-general", "defence-minister")


@dataclass(frozen=True, slots=True)
class Choice:
    """An actor and why it was chosen."""

    actor: str
    because: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an article says without doubt.

    Attributes:
        principals: Principal -> how often a mention that can mean nobody else stands for it.
        named: Actor -> how often such a mention names just it.
        persons: Persons whose full name stands in the article.
    """

    principals: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    persons: frozenset[str] = frozenset()


def build_context(mentions: Iterable[Mention], article: Article, actors: Actors) -> Context:
    """Return what the unambiguous mentions of an article tell."""
    principals: Counter[str] = Counter()
    named: Counter[str] = Counter()
    persons = set()
    for mention in mentions:
        if len(mention.candidates) != 1:
            continue
        candidate = mention.candidates[0]
        principals[actors.principal_of(candidate, article.date)] += 1
        named[candidate] += 1
        if mention.kind is MentionKind.PERSON and len(mention.text.split()) > 1:
            persons.add(candidate)
    return Context(principals, named, frozenset(persons))


def choose_name(mention: Mention, date: str, actors: Actors, context: Context) -> Choice | None:
    """Return the actor that a name, demonym, capital or title's owner means; None where nobody is known."""
    known = [c for c in mention.candidates if c in actors]
    if not known:
        return None
    if len(known) == 1:
        return Choice(known[0], _told(mention) or "its only meaning")
    valid = [c for c in known if _exists(c, date, actors)] or known
    if len(valid) == 1:
        return Choice(valid[0], f"of {', '.join(known)} the only one at {date}")
    counts = {c: _count(c, date, actors, context) for c in valid}
    best = max(valid, key=lambda c: (counts[c], -valid.index(c)))
    if counts[best]:
        return Choice(best, f"of {', '.join(valid)} the one that the article speaks of")
    return Choice(valid[0], f"likeliest of {', '.join(valid)}")


def choose_person(mention: Mention, date: str, actors: Actors, context: Context) -> Choice | None:
    """Return the person that a name means; None where nobody of that name is likely at that date."""
    known = [c for c in mention.candidates if c in actors]
    if not known:
        return None
    if len(mention.text.split()) > 1 and len(known) == 1:
        return Choice(known[0], "full name")
    named = [c for c in known if c in context.persons]
    if len(named) == 1:
        return Choice(named[0], "full name elsewhere in the article")
    ranked = sorted(known, key=lambda c: _rank(c, mention.office, date, actors, context))
    best = ranked[0]
    if _years_away(best, date, actors) > _LONGEST_ABSENCE and not mention.office:
        return None
    others = f" of {len(known)} of that name" if len(known) > 1 else ""
    return Choice(best, f"nearest in time and office{others} at {date or 'no date'}")


def _told(mention: Mention) -> str:
    return "" if mention.note == PLACE_NOTE else mention.note


def _count(candidate: str, date: str, actors: Actors, context: Context) -> int:
    """Return how often an article speaks of a candidate; of a territory inside a state, by its own name alone."""
    if actors.is_inner(candidate):
        return context.named.get(candidate, 0)
    return context.principals.get(actors.principal_of(candidate, date), 0)


def _rank(person: str, role: str, date: str, actors: Actors, context: Context) -> tuple[bool, bool, float, bool, int]:
    held = [actors.actor(t.office) for t in actors.terms_of(person) if not date or may_hold(t.start, t.end, date)]
    has_role = any(role in office.roles for office in held)
    ranks = [_HIGH_ROLES.index(r) for office in held for r in office.roles if r in _HIGH_ROLES]
    spoken_of = context.principals.get(actors.principal_of(person, date), 0) > 0
    return (
        bool(role) and not has_role,
        not held,
        _years_away(person, date, actors),
        not spoken_of,
        min(ranks, default=9),
    )


def _years_away(person: str, date: str, actors: Actors) -> float:
    terms = actors.terms_of(person)
    if not terms or not date:
        return 0.0
    return min(distance_in_years(t.start, t.end, date) for t in terms)


def _exists(actor_id: str, date: str, actors: Actors) -> bool:
    actor = actors.actor(actor_id)
    return not date or may_hold(actor.valid_from, actor.valid_until, date)
