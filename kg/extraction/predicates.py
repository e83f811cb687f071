"""Find the words of a text that name an action, by the language's lexicon.

In: a parsed document, the lexicon's index and the mentions of actors. Out: `Predicate`s, each a token and the lexical
unit that fits it best. A unit fits where its lemma is the token's and its constraints hold; of several the most
specific one is taken, as in a dictionary where the idiom goes before the word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from spacy.tokens import Doc, Token

from kg.extraction.grammar import (
    VERBAL,
    Grammar,
    children,
    complements,
    is_passive,
    objects,
    phrases_with,
    preposition,
    subjects,
)
from kg.extraction.lexicon_index import LexiconIndex, Ranked, answers_of, candidates_of
from kg.extraction.parties import Parties
from kg.extraction.word_order import MISREAD, is_misread_verb
from kg.languages.lexicon import Constraint, LexicalUnit
from kg.model import MentionKind

PARTICLE_WINDOW = 8
NEAR = 9
PHRASE = 5
SLOTS = frozenset({"subj", "obj", "iobj", "comp", "poss", "adj", "compound", "prt"})
READINGS = 3
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
NAMING = frozenset({MentionKind.NAME, MentionKind.ACRONYM, MentionKind.PERSON, MentionKind.METONYM})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A token that names an action.

    Attributes:
        token: Its head word.
        unit: The lexical unit that fits.
        by_tree: Whether the tree confirms all its constraints; otherwise the words only stand near.
        implied: Whether the telling of another event makes it one (`kg.extraction.implications`).
    """

    token: Token
    unit: LexicalUnit
    by_tree: bool = True
    implied: bool = False


class Fit(Enum):
    """How a unit's constraints hold."""

    NONE = 0
    NEAR = 1
    TREE = 2


@dataclass(frozen=True, eq=False, slots=True)
class Setting:
    """What the constraints of units are held against: one text, its parties, and what is asked for at all.

    Attributes:
        parties: Who stands where.
        grammar: The language's grammar words.
        answers: Of each token the patterns of the lexicon that it fits, mostly none.
        sentences: Of each token where its sentence begins and ends.
    """

    parties: Parties
    grammar: Grammar
    answers: tuple[frozenset[str], ...]
    sentences: tuple[tuple[int, int], ...]

    def fits(self, token: Token, patterns: Sequence[str]) -> bool:
        """Say whether a token fits any of some patterns of the lexicon."""
        found = self.answers[token.i]
        return bool(found) and not found.isdisjoint(patterns)

    def near(self, token: Token, reach: int, patterns: Sequence[str]) -> Iterator[int]:
        """Yield the other tokens within reach in a token's sentence that fit any of some patterns."""
        start, end = self.sentences[token.i]
        start, end = max(start, token.i - reach), min(end, token.i + reach + 1)
        for i, found in enumerate(self.answers[start:end], start):
            if found and i != token.i and not found.isdisjoint(patterns):
                yield i


def find_predicates(doc: Doc, index: LexiconIndex, parties: Parties, grammar: Grammar) -> tuple[Predicate, ...]:
    """Return the predicates of a document, in the order of their tokens.

    A word may be read in several ways: of the units that fit, the best of each action is taken, the best of all first,
    at most `READINGS`.
    """
    words = [(token.lemma_.lower(), token.lower_) for token in doc]
    bounds = chain.from_iterable([(sentence.start, sentence.end)] * len(sentence) for sentence in doc.sents)
    setting = Setting(parties, grammar, tuple(answers_of(*word, index) for word in words), tuple(bounds))
    found = []
    for token, word in zip(doc, words, strict=True):
        units = _misread_as_noun(token, word, index, parties) or candidates_of(*word, token.pos_, index)
        if not units or token.is_punct or token.is_space or token.dep_ in AUXILIARY or _is_in_name(token, parties):
            continue
        found += [Predicate(token, unit, by_tree) for unit, by_tree in _best_units(token, units, setting)]
    return tuple(found)


def _misread_as_noun(token: Token, word: tuple[str, str], index: LexiconIndex, parties: Parties) -> tuple[Ranked, ...]:
    """Return the verbs that a word tagged as a noun may be where the order of words asks for one."""
    if token.pos_ not in MISREAD:
        return ()
    verbs = tuple(e for e in candidates_of(*word, "VERB", index) if e[0].pos == "V" and e[0].lemma.lower() != word[1])
    return verbs if verbs and is_misread_verb(token, parties) else ()


def _is_in_name(token: Token, parties: Parties) -> bool:
    """Say whether a token is part of a name of several words: "Forbud" in the full name of the OPCW."""
    party = parties.by_token.get(token.i)
    return party is not None and party.mention.kind in NAMING and party.mention.span.end - token.idx > len(token)


def _best_units(token: Token, units: tuple[Ranked, ...], setting: Setting) -> list[tuple[LexicalUnit, bool]]:
    best: dict[str, tuple[tuple[object, ...], LexicalUnit]] = {}
    for unit, rank in units:
        known = best.get(unit.action)
        if known is not None and (True, *rank) <= known[0]:
            continue
        fit = _fit(unit, token, setting)
        full = (fit is Fit.TREE, *rank)
        if fit is not Fit.NONE and (known is None or full > known[0]):
            best[unit.action] = (full, unit)
    ranked = sorted(best.values(), key=lambda e: e[0], reverse=True)
    if any(_is_whole(unit) and unit.pos == "N" for _, unit in ranked):
        ranked = [(rank, unit) for rank, unit in ranked if _is_whole(unit)]
    return [(unit, bool(rank[0])) for rank, unit in ranked[:READINGS]]


def _is_whole(unit: LexicalUnit) -> bool:
    """Say whether a unit names its whole word: "hackerangreb" is no mere "*angreb"."""
    return not unit.lemma.startswith("*")


def _fit(unit: LexicalUnit, token: Token, setting: Setting) -> Fit:
    """Say how a unit's constraints hold at a token: all by the tree, some only by nearness, or not."""
    if any(_holds(c, token, setting) for c in unit.excluded):
        return Fit.NONE
    fit = Fit.TREE
    for constraint in unit.required:
        if _holds(constraint, token, setting):
            continue
        if not _is_near(constraint, token, setting):
            return Fit.NONE
        fit = Fit.NEAR
    return fit


def _holds(constraint: Constraint, token: Token, setting: Setting) -> bool:
    match constraint.role:
        case "prt":
            return _has_particle(token, constraint.lemmas)
        case "refl":
            return any(c.lower_ in setting.grammar.reflexives for c in token.children)
        case "pass":
            return is_passive(token, setting.grammar)
        case "word":
            return any(True for _ in setting.near(token, len(token.doc), constraint.lemmas))
    arguments = argument_tokens(token, constraint.role, setting.grammar)
    if not constraint.lemmas:
        return bool(arguments)
    return any(_argument_matches(a, constraint.lemmas, setting) for a in arguments)


def _is_near(constraint: Constraint, token: Token, setting: Setting) -> bool:
    """Say whether what a constraint asks for stands near a token, where the tree does not connect the two."""
    if constraint.role in ("pass", "word", "refl") or not constraint.lemmas:
        return False
    wanted = [e for e in constraint.lemmas if e != "@actor"]
    found = setting.near(token, NEAR, wanted)
    if constraint.role in SLOTS:
        return any(True for _ in found)
    return any(_follows(token.doc[i], constraint.role) for i in (*found, *_actors_near(constraint, token, setting)))


def _actors_near(constraint: Constraint, token: Token, setting: Setting) -> list[int]:
    """Return the actors near by where one is asked for after a preposition; any other actor proves nothing."""
    if "@actor" not in constraint.lemmas:
        return []
    start, end = setting.sentences[token.i]
    reach = range(max(start, token.i - NEAR), min(end, token.i + NEAR + 1))
    return [i for i in reach if i != token.i and i in setting.parties.by_head]


def _follows(token: Token, words: str) -> bool:
    """Say whether a token stands shortly after a preposition."""
    before = token.doc[max(0, token.i - PHRASE) : token.i].text.lower()
    return f" {words} " in f" {before} "


def argument_tokens(token: Token, role: str, grammar: Grammar) -> list[Token]:
    """Return the head tokens of a predicate's arguments in a role or with a preposition.

    Args:
        token: The predicate's head.
        role: `subj`, `obj`, `iobj`, `comp`, `poss`, `adj`, `compound` or a preposition.
        grammar: The language's grammar words.
    """
    match role:
        case "subj":
            return subjects(token, grammar)
        case "obj":
            return _objects_or_attributes(token, grammar)
        case "iobj":
            return children(token, "iobj")
        case "comp":
            return complements(token)
        case "poss":
            return children(token, "nmod:poss") or _shared_owners(token)
        case "adj":
            return children(token, "amod")
        case "compound":
            bare = [c for c in children(token, "compound", "nmod") if not preposition(c)]
            return bare if token.pos_ != "VERB" else []
    return phrases_with(token, role)


def _shared_owners(token: Token) -> list[Token]:
    """Return the possessor that a noun shares with the one it is coordinated with: "Ruslands A og (et) B"."""
    node = token
    while node.dep_ in ("conj", "dep") and node.pos_ == "NOUN":
        before = [node.head] if node.head.pos_ == "NOUN" else [o for o in children(node.head, "obj") if o.i < node.i]
        for noun in before:
            if owners := children(noun, "nmod:poss"):
                return owners
        node = node.head
    return []


def _objects_or_attributes(token: Token, grammar: Grammar) -> list[Token]:
    found = objects(token, grammar)
    return found + [c for o in found for c in o.conjuncts if c not in found]


def _has_particle(token: Token, words: tuple[str, ...]) -> bool:
    if any(c.lower_ in words for c in token.children):
        return True
    end = min(token.i + PARTICLE_WINDOW, token.sent.end - 1)
    for i in range(token.i + 1, end + 1):
        other = token.doc[i]
        if other.pos_ in VERBAL and i > token.i + 1:
            return False
        if other.lower_ in words and other.pos_ in ("ADV", "ADP", "PART") and not _governs_phrase(other):
            return True
    return False


def _governs_phrase(particle: Token) -> bool:
    """Say whether a word is the preposition of a phrase; in "out of Kabul" it is the particle before one."""
    if particle.dep_ != "case" or particle.i >= particle.head.i:
        return False
    return particle.nbor().pos_ != "ADP"


def _argument_matches(argument: Token, lemmas: tuple[str, ...], setting: Setting) -> bool:
    if "@actor" in lemmas and (setting.parties.within(argument) or setting.parties.place_at(argument)):
        return True
    return setting.fits(argument, lemmas)
