"""Find who acts and who is acted on.

A predicate's unit tells in which slots its source and target stand; this module looks them up in the tree, in order,
and falls back on what news leaves unsaid: the subject of a light verb above a noun ("foretog et angreb"), the one
other party of the sentence, the party that the sentence before was about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.grammar import (
    NOMINAL,
    VERBAL,
    Grammar,
    is_passive,
    path_to_root,
    preposition,
    subjects,
    surface_subjects,
)
from kg.extraction.parties import Parties, Party, distinct
from kg.extraction.predicates import Predicate, argument_tokens
from kg.extraction.word_order import is_misread_verb, sides_by_order


@dataclass(frozen=True, slots=True)
class Filled:
    """The parties that fill one role.

    Attributes:
        parties: Empty where none was found.
        slot: The slot that gave them, `implicit:...` for a fall-back, "" for none.
    """

    parties: tuple[Party, ...]
    slot: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Source and target of a predicate."""

    source: Filled
    target: Filled


WITHOUT_PLACES = frozenset({"subj", "iobj", "comp", "poss", "adj", "compound"})
"""Slots in which a capital that is but a place is no side; after a preposition it may be one."""
NOBODY = Filled((), "")


def find_roles(
    predicate: Predicate, parties: Parties, grammar: Grammar, light_verbs: frozenset[str], *, symmetric: bool
) -> Roles:
    """Return who acts and who is acted on, the source first; a symmetric action splits a plural subject.

    Args:
        predicate: The trigger and its unit.
        parties: Who stands where.
        grammar: The language's grammar words.
        light_verbs: Lemmas that lend their subject to their object noun.
        symmetric: Whether the action has two equal sides.
    """
    token = predicate.token
    if predicate.unit.pos == "V" and is_misread_verb(token, parties):
        return _by_order(predicate, parties, grammar, symmetric=symmetric)
    source = _fill(token, predicate.unit.source, parties, grammar)
    if not source.parties and token.pos_ in NOMINAL:
        source = _from_governor(token, parties, grammar, light_verbs)
    target = _fill(token, predicate.unit.target, parties, grammar)
    if symmetric and not target.parties and (both := _split(source)):
        return both
    target = Filled(_without(target.parties, source.parties), target.slot)
    if symmetric and not target.parties and (both := _split(source)):
        return both
    if not source.parties and symmetric and (both := _split(target)):
        return both
    return Roles(source, target if target.parties else NOBODY)


def _by_order(predicate: Predicate, parties: Parties, grammar: Grammar, *, symmetric: bool) -> Roles:
    """Return the roles of a verb that the tree does not show as one; its slots say which side its subject is."""
    subject, other = sides_by_order(predicate.token, parties, grammar)
    turned = "subj" in predicate.unit.target and "subj" not in predicate.unit.source
    source, target = (
        (Filled(other, "subj"), Filled(subject, "subj")) if turned else (Filled(subject, "subj"), Filled(other, "obj"))
    )
    if symmetric and not target.parties and (both := _split(source)):
        return both
    target = Filled(_without(target.parties, source.parties), target.slot)
    return Roles(source if source.parties else NOBODY, target if target.parties else NOBODY)


def _fill(token: Token, slots: tuple[str, ...], parties: Parties, grammar: Grammar) -> Filled:
    for slot in slots:
        found: list[Party] = []
        for argument in argument_tokens(token, slot, grammar):
            found += _parties_of_argument(argument, slot, parties, grammar)
        found = [p for p in found if p.head != token.i]
        if found:
            return Filled(distinct(found), slot)
        if slot in ("compound", "adj") and (own := parties.at(token)) is not None:
            return Filled((own,), slot)
    return NOBODY


def _parties_of_argument(argument: Token, slot: str, parties: Parties, grammar: Grammar) -> Iterable[Party]:
    if slot != "comp":
        return parties.within(argument) or (() if slot in WITHOUT_PLACES else parties.place_at(argument))
    for subject in surface_subjects(argument, grammar) if argument.pos_ in VERBAL else ():
        if inside := parties.within(subject):
            return inside
    below = parties.below(argument)
    return below[:1]


def _from_governor(token: Token, parties: Parties, grammar: Grammar, light_verbs: frozenset[str]) -> Filled:
    """Return the subject of the light verb whose object a noun is."""
    for node in path_to_root(token):
        if node.pos_ in VERBAL:
            if node.lemma_.lower() in light_verbs:
                found = [p for s in subjects(node, grammar) for p in parties.within(s)]
                return Filled(distinct(found), "implicit:light-verb") if found else NOBODY
            return NOBODY
        if node != token and node.pos_ in NOMINAL and preposition(node) == "":
            return NOBODY
    return NOBODY


def _split(filled: Filled) -> Roles | None:
    """Divide "A og B" into source and target; a group that stands for several is divided in itself."""
    if len(filled.parties) >= 2:
        return Roles(Filled(filled.parties[:1], filled.slot), Filled(filled.parties[1:], filled.slot))
    return None


def _without(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    taken = {p for other in others for p in other.principals}
    return tuple(p for p in parties if not taken.issuperset(p.principals))


def is_agentless_passive(token: Token, grammar: Grammar) -> bool:
    """Say whether a predicate is a passive that names no agent."""
    return is_passive(token, grammar) and not subjects(token, grammar)
