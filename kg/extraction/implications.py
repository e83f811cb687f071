"""Find what the telling of an event does besides: refuse, threaten, demand, deny.

News often names no speech act. "We will not sign" refuses, "if they come, we shall close the border" threatens, "the
troops must leave, said Paris" demands, "no shot was fired, said Moscow" denies; to say merely that another did
something is no accusation, it is the claim's attribution. The word that carries the act is that of the event itself,
with its negation, its modal verb or its speaker; so from a predicate with those a second one is made, whose sides are
known: who speaks, and who would do it or did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.attribution import Attribution
from kg.extraction.grammar import Grammar, children
from kg.extraction.parties import Party
from kg.extraction.predicates import Predicate
from kg.extraction.roles import NOBODY, Filled, Roles
from kg.extraction.status import CueIndex, Verdict
from kg.languages.lexicon import LexicalUnit
from kg.model import Status

HOSTILE = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
BLAMED = HOSTILE | {"THREATEN", "AID"}
SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Told:
    """A predicate as its sentence tells it.

    Attributes:
        predicate: The event's own.
        type: Its event type.
        roles: By the slots of the lexicon.
        verdict: Whether it happened.
        said: Who says so.
    """

    predicate: Predicate
    type: str
    roles: Roles
    verdict: Verdict
    said: Attribution


def implied_by(told: Told, grammar: Grammar, cues: CueIndex) -> Iterator[tuple[Predicate, Roles]]:
    """Yield the speech acts that the telling of an event performs, with their roles."""
    source, target = told.roles.source.parties, told.roles.target.parties
    speakers = told.said.speakers
    own = _share(speakers, source)
    auxiliaries = {c.lower_ for c in children(told.predicate.token, "aux")}
    if told.verdict.status is Status.NEGATED:
        if auxiliaries & grammar.volitions and told.type not in SPEECH:
            yield _act("refuse", told), _roles(source or speakers, target)
        elif own and told.type in BLAMED:
            yield _act("deny", told), _roles(speakers, ())
        return
    if told.type in HOSTILE and auxiliaries & grammar.volitions and (own or _has_condition(told, cues)):
        yield _act("threaten", told), _roles(source or speakers, target)
    if not speakers or own:
        return
    if auxiliaries & grammar.obligations and told.type not in SPEECH:
        yield _act("demand", told), _roles(speakers, source or target)


def _act(action: str, told: Told) -> Predicate:
    basis = told.predicate.unit
    unit = LexicalUnit(f"implied-{action}", basis.lemma, basis.pos, (), (), (), (), action, told.type)
    return Predicate(told.predicate.token, unit, told.predicate.by_tree, implied=True)


def _roles(source: tuple[Party, ...], target: tuple[Party, ...]) -> Roles:
    taken = {p for party in source for p in party.principals}
    others = tuple(p for p in target if not taken & set(p.principals))
    return Roles(Filled(source, "implicit:told"), Filled(others, "implicit:told") if others else NOBODY)


def _share(some: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    return bool({p for party in some for p in party.principals} & {p for party in others for p in party.principals})


def _has_condition(told: Told, cues: CueIndex) -> bool:
    return any("condition" in cues.kinds(t) for t in told.predicate.token.sent)
