"""Find the words of a text that name an action, by the language's lexicon.

In: a parsed document, the lexicon's index and the mentions of actors. Out: `Predicate`s, each a token and the lexical
unit that fits it best. A unit fits where its lemma is the token's and its constraints hold; of several the most
specific one is taken, as in a dictionary where the idiom goes before the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
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
from kg.extraction.parties import Parties
from kg.extraction.word_order import is_misread_verb
from kg.languages.lexicon import Constraint, Language, LexicalUnit
from kg.model import MentionKind

PARTICLE_WINDOW = 8
POS_OF_UNIT = {
    "V": frozenset({"VERB", "AUX", "ADJ"}),
    "N": frozenset({"NOUN", "PROPN"}),
    "A": frozenset({"ADJ", "VERB", "ADV"}),
}


NEAR = 9
PHRASE = 5
SLOTS = frozenset({"subj", "obj", "iobj", "comp", "poss", "adj", "compound", "prt"})
READINGS = 3
LONGEST_PREFIX = 12
WHOLE = 99
NAMED = 3
ANYWHERE = 2
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
MISTAGGED = {
    "V": frozenset({"NOUN", "PROPN", "ADJ", "ADV", "X", "INTJ"}),
    "N": frozenset({"VERB", "ADJ", "X"}),
}
"""What a small model takes verbs and nouns for that it has never seen; then the form itself decides."""
MISREAD = frozenset({"NOUN", "PROPN"})
KEPT = 1 << 16
"""Words whose look-ups are kept: the running words of news repeat themselves, and a look-up tries many endings."""
Rank = tuple[bool, int, int, int]
"""Whether the part of speech agrees, how much is asked for, length of the lemma, order of the lemma."""
Ranked = tuple[LexicalUnit, Rank]
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


@dataclass(frozen=True, slots=True)
class Patterns:
    """The words that the constraints of all units ask for, by what stands beside their `*`; values as written.

    Attributes:
        whole: Words without `*`.
        ends: Of `*end`.
        starts: Of `start*`.
        parts: Of `*part*`.
    """

    whole: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False, slots=True)
class LexiconIndex:
    """The lexicon by lemma; compared by identity, so that what is found in it can be kept.

    Attributes:
        by_lemma: Units of one lemma.
        by_suffix: Units whose lemma is `*suffix`.
        inflection: Part of speech -> (ending, replacement) pairs.
        irregular: Form of a strong verb -> its lemmas.
        patterns: What the units' constraints ask for.
    """

    by_lemma: Mapping[str, tuple[LexicalUnit, ...]]
    by_suffix: Mapping[str, tuple[LexicalUnit, ...]]
    inflection: Mapping[str, tuple[tuple[str, str], ...]]
    irregular: Mapping[str, tuple[str, ...]]
    patterns: Patterns


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


def index_lexicon(language: Language) -> LexiconIndex:
    """Build the index of a language's units."""
    exact: defaultdict[str, list[LexicalUnit]] = defaultdict(list)
    suffix: defaultdict[str, list[LexicalUnit]] = defaultdict(list)
    for unit in language.units:
        if unit.lemma.startswith("*"):
            suffix[unit.lemma[1:].lstrip("-").lower()].append(unit)
        else:
            exact[unit.lemma.lower()].append(unit)
    rules, strong = (_table(language, name) for name in ("inflection", "irregular"))
    irregular: defaultdict[str, list[str]] = defaultdict(list)
    for lemma, forms in strong.items():
        for form in list(forms):
            irregular[str(form)].append(str(lemma))
    return LexiconIndex(
        by_lemma={k: tuple(v) for k, v in exact.items()},
        by_suffix={k: tuple(v) for k, v in suffix.items()},
        inflection={pos: tuple((str(pair[0]), str(pair[1])) for pair in pairs) for pos, pairs in rules.items()},
        irregular={k: tuple(v) for k, v in irregular.items()},
        patterns=_index_patterns(language.units),
    )


def _index_patterns(units: Sequence[LexicalUnit]) -> Patterns:
    tables: tuple[dict[str, tuple[str, ...]], ...] = ({}, {}, {}, {})
    constraints = chain.from_iterable((*unit.required, *unit.excluded) for unit in units)
    for pattern in dict.fromkeys(chain.from_iterable(constraint.lemmas for constraint in constraints)):
        kind = pattern.startswith("*") + 2 * pattern.endswith("*")
        table, key = tables[kind], pattern.lower()[pattern.startswith("*") :]
        key = key.removesuffix("*") if pattern.endswith("*") else key
        table[key] = (*table.get(key, ()), pattern)
    return Patterns(*tables)


def _table(language: Language, name: str) -> Mapping[str, Sequence[Sequence[str]]]:
    table = language.settings.get(name, {})
    return table if isinstance(table, dict) else {}


def find_predicates(doc: Doc, index: LexiconIndex, parties: Parties, grammar: Grammar) -> tuple[Predicate, ...]:
    """Return the predicates of a document, in the order of their tokens.

    A word may be read in several ways: of the units that fit, the best of each action is taken, the best of all first,
    at most `READINGS`.
    """
    words = [(token.lemma_.lower(), token.lower_) for token in doc]
    bounds = chain.from_iterable([(sentence.start, sentence.end)] * len(sentence) for sentence in doc.sents)
    setting = Setting(parties, grammar, tuple(_answers_of(*word, index) for word in words), tuple(bounds))
    found = []
    for token, word in zip(doc, words, strict=True):
        units = _misread_as_noun(token, word, index, parties) or _candidates(*word, token.pos_, index)
        if not units or token.is_punct or token.is_space or token.dep_ in AUXILIARY or _is_in_name(token, parties):
            continue
        found += [Predicate(token, unit, by_tree) for unit, by_tree in _best_units(token, units, setting)]
    return tuple(found)


def _misread_as_noun(token: Token, word: tuple[str, str], index: LexiconIndex, parties: Parties) -> tuple[Ranked, ...]:
    """Return the verbs that a word tagged as a noun may be where the order of words asks for one."""
    if token.pos_ not in MISREAD:
        return ()
    verbs = tuple(e for e in _candidates(*word, "VERB", index) if e[0].pos == "V" and e[0].lemma.lower() != word[1])
    return verbs if verbs and is_misread_verb(token, parties) else ()


@lru_cache(maxsize=KEPT)
def _answers_of(lemma: str, form: str, index: LexiconIndex) -> frozenset[str]:
    """Return the patterns of the lexicon that a word fits, by its lemma, its form or any that they may come from."""
    found: set[str] = set()
    for text in {*_lemmas_of(lemma, form, index, "N"), *_lemmas_of(lemma, form, index, "V")}:
        found.update(index.patterns.whole.get(text, ()))
        for cut in range(len(text) + 1):
            found.update(index.patterns.ends.get(text[cut:], ()))
            found.update(index.patterns.starts.get(text[:cut], ()))
        found.update(*(patterns for part, patterns in index.patterns.parts.items() if part in text))
    return frozenset(found)


def _lemmas_of(lemma: str, form: str, index: LexiconIndex, pos: str) -> tuple[str, ...]:
    """Return the lemmas that a word may have as part of speech `V`, `N` or `A`, the model's own first."""
    return tuple(dict.fromkeys((lemma, form, *_lemmas_by_form(form, index, pos))))


def _lemmas_by_form(form: str, index: LexiconIndex, pos: str) -> Iterator[str]:
    if pos == "V":
        for start in range(min(len(form), LONGEST_PREFIX)):
            for lemma in index.irregular.get(form[start:], ()):
                yield form[:start] + lemma
    for end, new in index.inflection.get(pos, ()):
        if form.endswith(end):
            yield form.removesuffix(end) + new


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


def may_name_action(forms: Sequence[str], index: LexiconIndex) -> bool:
    """Say whether any word of a text may name an action, whatever the parse will be.

    Args:
        forms: All words of a text that names no actor, in lower case.
        index: The language's lexicon.
    """
    there = frozenset(forms).union(*(_answers_of(form, form, index) for form in forms))
    return any(_may_hold(unit, there) for form in forms for unit in _units_of(form, index))


def _may_hold(unit: LexicalUnit, there: frozenset[str]) -> bool:
    return all(not c.lemmas or not there.isdisjoint(c.lemmas) for c in unit.required)


@lru_cache(maxsize=KEPT)
def _units_of(form: str, index: LexiconIndex) -> tuple[LexicalUnit, ...]:
    """Return the units that a word may stand for as any part of speech."""
    ranked = chain.from_iterable(_candidates(form, form, tag, index) for tag in ("VERB", "NOUN", "ADJ"))
    return tuple(dict.fromkeys(unit for unit, _ in ranked))


@lru_cache(maxsize=KEPT)
def _candidates(lemma: str, form: str, tag: str, index: LexiconIndex) -> tuple[Ranked, ...]:
    """Return the units that a word with a part of speech may stand for, whatever stands around it."""
    return tuple(_ranked_units(lemma, form, tag, index))


def _ranked_units(lemma: str, form: str, tag: str, index: LexiconIndex) -> Iterator[Ranked]:
    for pos, allowed in POS_OF_UNIT.items():
        agrees = tag in allowed
        if agrees:
            lemmas = _lemmas_of(lemma, form, index, pos)
        elif pos in MISTAGGED and tag in MISTAGGED[pos]:
            lemmas = tuple(e for e in _lemmas_by_form(form, index, pos) if e != form)
        else:
            continue
        for order, known in enumerate(lemmas):
            for unit in index.by_lemma.get(known, ()):
                if unit.pos == pos:
                    yield unit, (agrees, specificity(unit), WHOLE, -order)
        if agrees:
            yield from _compound_candidates(lemmas, index, pos)


def specificity(unit: LexicalUnit) -> int:
    """Say how much a unit asks for: named words weigh more than any actor, or than that a role be filled at all."""
    return sum(_weight(constraint) for constraint in unit.required)


def _weight(constraint: Constraint) -> int:
    if not constraint.lemmas or "@actor" in constraint.lemmas:
        return 1
    return ANYWHERE if constraint.role == "word" else NAMED


def _compound_candidates(lemmas: tuple[str, ...], index: LexiconIndex, pos: str) -> Iterator[Ranked]:
    for order, lemma in enumerate(lemmas):
        for start in range(len(lemma) - 2):
            for unit in index.by_suffix.get(lemma[start:], ()):
                if unit.pos == pos:
                    yield unit, (True, specificity(unit), len(lemma) - start, -order)


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
