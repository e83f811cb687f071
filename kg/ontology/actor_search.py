"""Look actors up by what people type: an id, a code, a name or a family name, whatever the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ontology.actor_values import STATE_KINDS, Actor, ActorKind, Term
from kg.ontology.actors import Actors
from kg.ontology.intervals import may_hold

_ORDER = {kind: rank for rank, kind in enumerate(ActorKind)}


@dataclass(frozen=True, slots=True)
class Match:
    """An actor found, and by what.

    Attributes:
        actor: Id.
        how: `id`, `code`, `name` or `family name`.
    """

    actor: str
    how: str


def find_by_name(actors: Actors, text: str, date: str = "") -> tuple[Match, ...]:
    """Return the actors that a text names exactly, those in office or existing at a date first.

    Args:
        actors: The registry.
        text: An id, a code, a full name in any language, or a person's family name.
        date: ISO date, possibly partial; "" for any.

    Returns:
        At most one match an actor, the likeliest first; () for nobody.

    Example:
        >>> from kg.ontology.actors import load_actors
        >>> [match.actor for match in find_by_name(load_actors(), "Bush", "2005")][0]
        'George_W_Bush'
    """
    wanted = text.strip().casefold()
    found = {actor.id: how for actor in actors if (how := _how(actor, wanted))}
    ranked = sorted(found, key=lambda name: (_rank(actors, actors.actor(name), date), name))
    return tuple(Match(name, found[name]) for name in ranked)


def terms_at(actors: Actors, person: str, date: str = "") -> tuple[Term, ...]:
    """Return the terms that a person served, or may have, at a date; all of them for ""."""
    terms = actors.terms_of(person)
    return tuple(term for term in terms if not date or may_hold(term.start, term.end, date))


def _how(actor: Actor, wanted: str) -> str:
    if wanted == actor.id.casefold():
        return "id"
    if wanted == actor.notation.casefold() and actor.notation:
        return "code"
    if wanted in _folded(actor):
        return "name"
    return "family name" if wanted in (name.casefold() for name in actor.family_names) else ""


def _folded(actor: Actor) -> Iterator[str]:
    return (name.casefold() for names in actor.labels.values() for name in names)


def _rank(actors: Actors, actor: Actor, date: str) -> tuple[bool, bool, int, int]:
    if actor.kind is ActorKind.PERSON:
        active, weight = bool(date and terms_at(actors, actor.id, date)), -len(actors.terms_of(actor.id))
    else:
        active, weight = may_hold(actor.valid_from, actor.valid_until, date), 0
    return not active, actor.kind not in STATE_KINDS, _ORDER[actor.kind], weight
