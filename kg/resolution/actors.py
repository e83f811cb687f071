"""Find who a mention stood for on the article's date: one ordered chain, whose steps are told.

    1  antecedents     a pronoun, "landet", "de to lande": whom its antecedents stand for
    2  person          a name of the registry; of several, who holds the office named or any at that date
    3  title           the office of its owner, and its holder at that date
    4  name            demonym, capital, metonym, acronym or name; of several, what date and context allow
    5  unknown person  whose state the title or possessor beside the name tells: a minted actor
    6  nobody          no resolution

Names that mean several (Georgia, Congo, Korea, Bruxelles; Bush, Clinton, Kim) are decided by `kg.resolution.choices`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kg.model import Article, Mention, MentionKind, Resolution
from kg.ontology.actors import OTHER_CODE, STATE_KINDS, ActorKind, Actors
from kg.ontology.intervals import must_hold
from kg.resolution.choices import Choice, Context, choose_name, choose_person

REBELS = "rebels"
_DEEPEST_CHAIN = 6
_UNDECOMPOSED = str.maketrans({"ø": "oe", "Ø": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d"})


def resolve_mention(
    mention: Mention, article: Article, actors: Actors, context: Context | None = None, depth: int = 0
) -> tuple[Resolution, ...]:
    """Return whom a mention stood for.

    Args:
        mention: As found, with its antecedents.
        article: Its date and language count.
        actors: The registry.
        context: Of the whole article (`kg.resolution.choices.build_context`); decides between candidates.
        depth: Length of the chain of antecedents so far.

    Returns:
        One resolution, several for a group, none for nobody known.

    Example:
        >>> from kg.model import Span
        >>> from kg.ontology.actors import load_actors
        >>> mention = Mention(Span(0, 5), "Kreml", MentionKind.METONYM, ("RUS",))
        >>> [r.code for r in resolve_mention(mention, Article("a", "Kreml", "da", "2021-10-18"), load_actors())]
        ['RUS']
    """
    context = context or Context()
    if depth > _DEEPEST_CHAIN:
        return ()
    if mention.kind is MentionKind.PERSON and mention.candidates:
        found = _resolve_person(mention, article, actors, context)
        if found is not None:
            return (found,)
    elif mention.kind is MentionKind.GROUP and mention.candidates:
        return tuple(_member(mention, actor, article, actors) for actor in mention.candidates if actor in actors)
    elif mention.candidates:
        found = _resolve_named(mention, article, actors, context)
        return (found,) if found is not None else ()
    resolved = [r for a in mention.antecedents for r in resolve_mention(a, article, actors, context, depth + 1)]
    if mention.kind is MentionKind.PERSON and resolved:
        return (_unknown_person(mention, resolved[0], actors),)
    linked = [_holding(mention, r, article, actors) for r in resolved]
    return tuple({r.actor: r for r in linked}.values())


def mint_person_id(name: str) -> str:
    """Return an id for a person whom the registry does not know.

    Example:
        >>> mint_person_id("Péter Szijjártó")
        'Peter_Szijjarto'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED)).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[A-Za-z0-9]+", plain)) or "unnamed"


def _resolve_person(mention: Mention, article: Article, actors: Actors, context: Context) -> Resolution | None:
    choice = choose_person(mention, article.date, actors, context)
    if choice is None:
        return None
    principal = actors.principal_of(choice.actor, article.date)
    step = f"{mention.text!r} is {actors.actor(choice.actor).label(article.language)}: {choice.because}"
    return _resolution(mention, choice.actor, principal, article, actors, (step,))


def _resolve_named(mention: Mention, article: Article, actors: Actors, context: Context) -> Resolution | None:
    choice = choose_name(mention, article.date, actors, context)
    if mention.office == REBELS:
        return _rebels(mention, choice, article, actors)
    if choice is None:
        return None
    principal = actors.principal_of(choice.actor, article.date)
    step = f"{mention.text!r} ({mention.kind.value}) names {choice.actor}: {choice.because}"
    if mention.kind is not MentionKind.OFFICE:
        return _resolution(mention, choice.actor, principal, article, actors, (step,))
    owner = choice.actor if actors.is_inner(choice.actor) else principal
    holder = _holder(owner, mention.office, article.date, actors)
    steps = (step, f"title {mention.office} of {owner}: {holder.because}") if holder else (step,)
    return _resolution(mention, holder.actor if holder else owner, principal, article, actors, steps)


def _member(mention: Mention, actor: str, article: Article, actors: Actors) -> Resolution:
    step = f"{mention.text!r} names a group, of which {actor} is one"
    return _resolution(mention, actor, actors.principal_of(actor, article.date), article, actors, (step,))


def _rebels(mention: Mention, choice: Choice | None, article: Article, actors: Actors) -> Resolution:
    """Return the movement whose fighters are meant, else nameless rebels, who do not act for their state."""
    principal = actors.principal_of(choice.actor, article.date) if choice else ""
    if principal in actors and actors.actor(principal).kind not in STATE_KINDS:
        step = f"{mention.text!r} names fighters of {principal}"
        return _resolution(mention, principal, principal, article, actors, (step,))
    minted = f"{REBELS}_{principal}" if principal else REBELS
    step = f"{mention.text!r} names a movement without a name, not the state"
    return Resolution(mention, minted, minted, OTHER_CODE, mention.text, (step,))


def _holder(principal: str, role: str, date: str, actors: Actors) -> Choice | None:
    """Return who surely held a principal's office, else the office; None where the registry has no such office."""
    office = actors.office_of(principal, role)
    if not office:
        return None
    sure = [t for t in actors.holders(office, date) if must_hold(t.start, t.end, date)] if date else []
    if len(sure) == 1:
        term = sure[0]
        return Choice(term.person, f"held by {term.person} since {term.start} ({term.source or 'unverified'})")
    return Choice(office, "holder not known for sure")


def _holding(mention: Mention, resolved: Resolution, article: Article, actors: Actors) -> Resolution:
    """Return whom a linked mention stands for: of a title the holder, not who else of that state was named before."""
    linked = _stand_for(mention, resolved)
    is_other_office = resolved.mention.kind is MentionKind.OFFICE and resolved.mention.office != mention.office
    if mention.kind is not MentionKind.OFFICE or not (linked.actor == linked.principal or is_other_office):
        return linked
    if linked.principal not in actors:
        return linked
    holder = _holder(linked.principal, mention.office, article.date, actors)
    found = holder or Choice(linked.principal, "no such office is known")
    label = actors.actor(found.actor).label(article.language or "en")
    step = f"title {mention.office} of {linked.principal}: {found.because}"
    return replace(
        linked, actor=found.actor, label=label, steps=(*linked.steps, step) if mention.office else linked.steps
    )


def _unknown_person(mention: Mention, owner: Resolution, actors: Actors) -> Resolution:
    """Return a minted person with the principal of whoever stands beside the name, or the same person again."""
    known_before = mention.antecedents[0].kind is MentionKind.PERSON
    if known_before or (
        owner.actor in actors
        and actors.actor(owner.actor).kind is ActorKind.PERSON
        and _same_family(mention.text, owner.label)
    ):
        return _stand_for(mention, owner)
    step = f"{mention.text!r} is in no list; acts for {owner.principal} by {owner.mention.text!r}"
    return Resolution(
        mention, mint_person_id(mention.text), owner.principal, owner.code, mention.text, (*owner.steps, step)
    )


def _same_family(name: str, label: str) -> bool:
    return mint_person_id(name).split("_")[-1] == mint_person_id(label).split("_")[-1]


def _stand_for(mention: Mention, resolved: Resolution) -> Resolution:
    step = f"{mention.text!r} ({mention.kind.value}) stands for {resolved.mention.text!r}"
    return Resolution(
        mention, resolved.actor, resolved.principal, resolved.code, resolved.label, (*resolved.steps, step)
    )


def _resolution(
    mention: Mention, actor: str, principal: str, article: Article, actors: Actors, steps: tuple[str, ...]
) -> Resolution:
    label = actors.actor(actor).label(article.language or "en") if actor in actors else actor
    return Resolution(mention, actor, principal, actors.code_of(actor, article.date), label, steps)
