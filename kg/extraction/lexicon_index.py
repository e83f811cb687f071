"""Look words up in the lexicon: the units that a word may stand for, and the words that units ask for.

Built once for a language, asked of words alone, without a parse; `kg.extraction.predicates` holds what is found against
the tree. The running words of news repeat themselves and a look-up tries many endings, so answers are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from kg.languages.lexicon import Constraint, Language, LexicalUnit

POS_OF_UNIT = {
    "V": frozenset({"VERB", "AUX", "ADJ"}),
    "N": frozenset({"NOUN", "PROPN"}),
    "A": frozenset({"ADJ", "VERB", "ADV"}),
}
LONGEST_PREFIX = 12
WHOLE = 99
NAMED = 3
ANYWHERE = 2
MISTAGGED = {
    "V": frozenset({"NOUN", "PROPN", "ADJ", "ADV", "X", "INTJ"}),
    "N": frozenset({"VERB", "ADJ", "X"}),
}
"""What a small model takes verbs and nouns for that it has never seen; then the form itself decides."""
KEPT = 1 << 16
"""Words whose look-ups are kept."""
Rank = tuple[bool, int, int, int]
"""Whether the part of speech agrees, how much is asked for, length of the lemma, order of the lemma."""
Ranked = tuple[LexicalUnit, Rank]


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


@lru_cache(maxsize=KEPT)
def answers_of(lemma: str, form: str, index: LexiconIndex) -> frozenset[str]:
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


def may_name_action(forms: Sequence[str], index: LexiconIndex) -> bool:
    """Say whether any word of a text may name an action, whatever the parse will be.

    Args:
        forms: All words of a text that names no actor, in lower case.
        index: The language's lexicon.
    """
    there = frozenset(forms).union(*(answers_of(form, form, index) for form in forms))
    return any(_may_hold(unit, there) for form in forms for unit in _units_of(form, index))


def _may_hold(unit: LexicalUnit, there: frozenset[str]) -> bool:
    return all(not c.lemmas or not there.isdisjoint(c.lemmas) for c in unit.required)


@lru_cache(maxsize=KEPT)
def _units_of(form: str, index: LexiconIndex) -> tuple[LexicalUnit, ...]:
    """Return the units that a word may stand for as any part of speech."""
    ranked = chain.from_iterable(candidates_of(form, form, tag, index) for tag in ("VERB", "NOUN", "ADJ"))
    return tuple(dict.fromkeys(unit for unit, _ in ranked))


@lru_cache(maxsize=KEPT)
def candidates_of(lemma: str, form: str, tag: str, index: LexiconIndex) -> tuple[Ranked, ...]:
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
