"""Find the words of a text that name an action, by the language's lexicon.

In: a parsed document, the lexicon's index and the mentions of actors. Out: `Predicate`s, each a token and the lexical
unit that fits it best. A unit fits where its lemma is the token's and its constraints hold; of several the most
specific one is taken, as in a dictionary where the idiom goes before the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.grammar import (
    VERBAL,
    Grammar,
    children,
    complements,
    is_passive,
    objects,
    phrases_with,
    subjects,
)
from kg.extraction.parties import Parties
from kg.languages.lexicon import Constraint, Language, LexicalUnit

PARTICLE_WINDOW = 8
POS_OF_UNIT = {
    "V": frozenset({"VERB", "AUX", "ADJ"}),
    "N": frozenset({"NOUN", "PROPN"}),
    "A": frozenset({"ADJ", "VERB", "ADV"}),
}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A token that names an action.

    Attributes:
        token: Its head word.
        unit: The lexical unit that fits.
    """

    token: Token
    unit: LexicalUnit


@dataclass(frozen=True, slots=True)
class LexiconIndex:
    """The lexicon by lemma.

    Attributes:
        by_lemma: Units of one lemma.
        by_suffix: Units whose lemma is `*suffix`.
        inflection: Part of speech -> (ending, replacement) pairs.
    """

    by_lemma: Mapping[str, tuple[LexicalUnit, ...]]
    by_suffix: Mapping[str, tuple[LexicalUnit, ...]]
    inflection: Mapping[str, tuple[tuple[str, str], ...]]


def index_lexicon(language: Language) -> LexiconIndex:
    """Build the index of a language's units."""
    exact: defaultdict[str, list[LexicalUnit]] = defaultdict(list)
    suffix: defaultdict[str, list[LexicalUnit]] = defaultdict(list)
    for unit in language.units:
        if unit.lemma.startswith("*"):
            suffix[unit.lemma[1:].lstrip("-").lower()].append(unit)
        else:
            exact[unit.lemma.lower()].append(unit)
    table = language.settings.get("inflection", {})
    rules = table if isinstance(table, dict) else {}
    return LexiconIndex(
        by_lemma={k: tuple(v) for k, v in exact.items()},
        by_suffix={k: tuple(v) for k, v in suffix.items()},
        inflection={pos: tuple((a, b) for a, b in pairs) for pos, pairs in rules.items()},
    )


def find_predicates(doc: Doc, index: LexiconIndex, parties: Parties, grammar: Grammar) -> tuple[Predicate, ...]:
    """Return the predicates of a document, in the order of their tokens, at most one a token."""
    found = []
    for token in doc:
        if token.is_punct or token.is_space:
            continue
        unit = _best_unit(token, index, parties, grammar)
        if unit is not None:
            found.append(Predicate(token, unit))
    return tuple(found)


def lemmas_of(token: Token, index: LexiconIndex, pos: str) -> tuple[str, ...]:
    """Return the lemmas that a token may have as part of speech `V`, `N` or `A`, the model's own first."""
    lemma, form = token.lemma_.lower(), token.lower_
    cut = (form.removesuffix(end) + new for end, new in index.inflection.get(pos, ()) if form.endswith(end))
    return tuple(dict.fromkeys((lemma, form, *cut)))


def _best_unit(token: Token, index: LexiconIndex, parties: Parties, grammar: Grammar) -> LexicalUnit | None:
    best, best_rank = None, (-1, -1, -1)
    for unit, rank in _candidates(token, index):
        if rank > best_rank and _fits(unit, token, index, parties, grammar):
            best, best_rank = unit, rank
    return best


def _candidates(token: Token, index: LexiconIndex) -> Iterator[tuple[LexicalUnit, tuple[int, int, int]]]:
    for pos, allowed in POS_OF_UNIT.items():
        if token.pos_ not in allowed:
            continue
        lemmas = lemmas_of(token, index, pos)
        for order, lemma in enumerate(lemmas):
            for unit in index.by_lemma.get(lemma, ()):
                if unit.pos == pos:
                    yield unit, (len(unit.required), 99, -order)
        yield from _compound_candidates(lemmas, index, pos)


def _compound_candidates(
    lemmas: tuple[str, ...], index: LexiconIndex, pos: str
) -> Iterator[tuple[LexicalUnit, tuple[int, int, int]]]:
    for order, lemma in enumerate(lemmas):
        for start in range(len(lemma) - 2):
            for unit in index.by_suffix.get(lemma[start:], ()):
                if unit.pos == pos:
                    yield unit, (len(unit.required), len(lemma) - start, -order)


def _fits(unit: LexicalUnit, token: Token, index: LexiconIndex, parties: Parties, grammar: Grammar) -> bool:
    if unit.pos == "V" and token.pos_ == "ADJ" and "Part" not in token.morph.get("VerbForm", []):
        return False
    return all(_holds(c, token, index, parties, grammar) for c in unit.required) and not any(
        _holds(c, token, index, parties, grammar) for c in unit.excluded
    )


def _holds(constraint: Constraint, token: Token, index: LexiconIndex, parties: Parties, grammar: Grammar) -> bool:
    match constraint.role:
        case "prt":
            return _has_particle(token, constraint.lemmas)
        case "refl":
            return any(c.lower_ in grammar.reflexives for c in token.children)
        case "pass":
            return is_passive(token, grammar)
        case "word":
            return any(_matches(t, constraint.lemmas, index) for t in token.sent if t != token)
    arguments = argument_tokens(token, constraint.role, grammar)
    if not constraint.lemmas:
        return bool(arguments)
    return any(_argument_matches(a, constraint.lemmas, index, parties) for a in arguments)


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
            return children(token, "nmod:poss")
        case "adj":
            return children(token, "amod")
        case "compound":
            return children(token, "compound", "nmod") if token.pos_ != "VERB" else []
    return phrases_with(token, role)


def _objects_or_attributes(token: Token, grammar: Grammar) -> list[Token]:
    if token.pos_ in VERBAL or "VerbForm" in token.morph:
        found = objects(token, grammar)
        return found + [c for o in found for c in o.conjuncts if c not in found]
    return []


def _has_particle(token: Token, words: tuple[str, ...]) -> bool:
    if any(c.lower_ in words for c in token.children):
        return True
    end = min(token.i + PARTICLE_WINDOW, token.sent.end - 1)
    for i in range(token.i + 1, end + 1):
        other = token.doc[i]
        if other.pos_ in VERBAL and i > token.i + 1:
            return False
        if other.lower_ in words and other.pos_ in ("ADV", "ADP", "PART") and not _governs_phrase(other, token):
            return True
    return False


def _governs_phrase(particle: Token, verb: Token) -> bool:
    return particle.dep_ == "case" and particle.i < particle.head.i and particle.head.head != verb


def _argument_matches(argument: Token, lemmas: tuple[str, ...], index: LexiconIndex, parties: Parties) -> bool:
    if "@actor" in lemmas and parties.within(argument):
        return True
    return _matches(argument, lemmas, index)


def _matches(token: Token, patterns: tuple[str, ...], index: LexiconIndex) -> bool:
    own = {token.lemma_.lower(), token.lower_, *lemmas_of(token, index, "N"), *lemmas_of(token, index, "V")}
    return any(_glob(pattern, lemma) for pattern in patterns for lemma in own)


def _glob(pattern: str, text: str) -> bool:
    pattern = pattern.lower()
    if pattern.startswith("*") and pattern.endswith("*"):
        return pattern[1:-1] in text
    if pattern.startswith("*"):
        return text.endswith(pattern[1:])
    if pattern.endswith("*"):
        return text.startswith(pattern[:-1])
    return text == pattern
