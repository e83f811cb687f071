"""All surface forms of a language in one index, and their occurrences in a text.

In go the registry's full names and the language's `actors.tsv` and `titles.tsv`; out come `Hit`s: stretches of
words that may name an actor, or a title. What is done with them is `kg.extraction.actors`' business.

A text is read as words (runs of letters and digits) with gaps between them, so that "FN's", "Nato-kontor" and
"Saudi-Arabien" are found whatever a tokeniser makes of them. The index goes from a form's first two words to the
forms that begin so, longest first: a look-up costs a few dictionary accesses a word, however many forms there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from kg.languages.lexicon import Language
from kg.model import MentionKind
from kg.ontology.actors import Actor, ActorKind, Actors
from kg.ontology.places import load_places

NO_ACTOR = "-"

_WORD = re.compile(r"[^\W_]+")
_LONGEST_ACRONYM = 5
_SHORTEST_COMPOUND_PART = 2
_APOSTROPHES = str.maketrans("’ʼ`", "'''")
_SKIPPED_KINDS = (ActorKind.OFFICE,)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits of a text, `[start, end)` in code points."""

    text: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Say whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Form:
    """One entry of the index.

    Attributes:
        words: Its words, casefolded.
        gaps: What stands between them.
        text: As the table writes it, to compare the case.
        kind: By what means it names the actor.
        actors: Whom it may name, likeliest first; `-` for nobody.
        office: For a title: the office or organ.
        title: For a title: `person`, `organ` or `people`; "" for a name.
        is_surname: Whether it is but a person's family name.
        is_acronym: Whether its letters must all be capitals: `IS` is not `is`, nor `US` `us`.
        is_city: Whether it is but a place, that stands for its country only in phrases ("a court in Izmir").
        clue: The word beside it that told its actor of several, "" where none did.
    """

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    text: str
    kind: MentionKind
    actors: tuple[str, ...] = ()
    office: str = ""
    title: str = ""
    is_surname: bool = False
    is_acronym: bool = False
    is_city: bool = False
    clue: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An occurrence of a form: words `[first, last]` of the text, a genitive ending left out of `end`.

    Attributes:
        form: What was found.
        first: Index of its first word.
        last: Index of its last word.
        start: Code point at which it begins.
        end: Code point at which it ends, a genitive ending included.
        is_genitive: Whether it has a genitive ending.
    """

    form: Form
    first: int
    last: int
    start: int
    end: int
    is_genitive: bool = False


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The forms of one language.

    Attributes:
        language: ISO 639-1.
        names: First word or first two words, casefolded -> name forms of one word, or that begin so, longest first;
            the first word of every form is there, if only for none.
        titles: The same for titles.
        compounds: Last part of a compound -> the title that it makes ("*minister").
        genitives: Endings of a genitive that are written together with the name.
        endings: Endings of a noun's inflection, longest first.
        words: The other word lists of the section `[actors]` of `language.toml`, casefolded, by name.
        clues: Actor -> words beside an ambiguous name that tell that it is meant, casefolded.
    """

    language: str
    names: Mapping[str, tuple[Form, ...]]
    titles: Mapping[str, tuple[Form, ...]]
    compounds: Mapping[str, Form]
    genitives: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clues: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, name: str, word: str) -> bool:
        """Say whether a word stands in a list of `language.toml`."""
        return word.casefold() in self.words.get(name, frozenset())


def build_gazetteer(language: Language, actors: Actors) -> Gazetteer:
    """Index the forms of a language; the tables' rows go before the registry's labels.

    Example:
        >>> from kg.languages.lexicon import load_language
        >>> from kg.ontology.actors import load_actors
        >>> build_gazetteer(load_language("da"), load_actors()).language
        'da'
    """
    settings = language.settings.get("actors", {})
    table = settings if isinstance(settings, dict) else {}
    rows = [_form(row.form, row.kind, _known(row.actors, actors)) for row in language.forms]
    taken = {form.text for form in rows}
    common = {t.form for t in language.titles}  # a ministry whose name is a common noun may be any state's
    articles = tuple(f"{word} " for word in table.get("articles", ()))
    known = (form for form in _registry_forms(language.code, actors, articles) if form.text.casefold() not in common)
    rows += [form for form in known if form.text not in taken]
    taken |= {form.text for form in rows}
    rows += [form for form in _city_forms(language.code, actors) if form.text not in taken]
    plain = [t for t in language.titles if not t.form.startswith("*")]
    titles = [_form(t.form, MentionKind.OFFICE, (), t.office, t.kind) for t in plain]
    globs = [t for t in language.titles if t.form.startswith("*")]
    return Gazetteer(
        language=language.code,
        names=_index(rows),
        titles=_index(titles),
        compounds={t.form[1:]: _form(t.form[1:], MentionKind.OFFICE, (), t.office, t.kind) for t in globs},
        genitives=tuple(table.get("genitives", ())),
        endings=tuple(sorted(table.get("endings", ()), key=lambda e: (-len(e), e))),
        words={name: _folded(row) for name, row in table.items() if isinstance(row, list)},
        clues={actor: _folded(row) for actor, row in table.get("told_by", {}).items()},
    )


def _folded(words: Iterable[object]) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in words)


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text.

    Example:
        >>> [word.text for word in split_words("FN's Nato-kontor")]
        ['FN', 's', 'Nato', 'kontor']
    """
    return tuple(Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text))


def find_names(text: str, words: tuple[Word, ...], gazetteer: Gazetteer) -> Iterator[Hit]:
    """Yield the occurrences of names, leftmost and longest first, none overlapping another."""
    position = 0
    endings = gazetteer.genitives + tuple(sorted(gazetteer.words.get("led", ())))
    while position < len(words):
        hit = _match(text, words, position, gazetteer.names, endings, gazetteer, exact_case=True)
        if hit is not None:
            yield hit
        position = hit.last + 1 if hit is not None else position + 1


def find_titles(text: str, words: tuple[Word, ...], gazetteer: Gazetteer) -> Iterator[Hit]:
    """Yield the occurrences of titles, in any inflection, compounds included."""
    position = 0
    endings = gazetteer.endings + gazetteer.genitives
    while position < len(words):
        hit = _match(text, words, position, gazetteer.titles, endings, gazetteer, exact_case=False)
        hit = hit or _match_compound(text, words, position, gazetteer)
        if hit is not None:
            yield hit
        position = hit.last + 1 if hit is not None else position + 1


def is_genitive_after(text: str, end: int) -> bool:
    """Say whether an apostrophe with or without `s` follows, that makes a genitive of what ends there."""
    tail = text[end : end + 3].translate(_APOSTROPHES)
    return tail.startswith("'") and (not tail[1:2].isalnum() or (tail[1:2] == "s" and not tail[2:3].isalnum()))


def _match(
    text: str,
    words: tuple[Word, ...],
    position: int,
    index: Mapping[str, tuple[Form, ...]],
    endings: tuple[str, ...],
    gazetteer: Gazetteer,
    *,
    exact_case: bool,
) -> Hit | None:
    folded = words[position].text.casefold()
    for form in _beginning(folded, words, position, index, endings):
        if _fits(text, words, position, form, endings, exact_case=exact_case):
            return _hit(text, words, position, position + len(form.words) - 1, form, gazetteer)
    for ending in endings:
        stem = folded.removesuffix(ending)
        if stem == folded or len(stem) < _SHORTEST_COMPOUND_PART:
            continue
        for form in index.get(stem, ()):
            if len(form.words) == 1 and (not exact_case or _same_case(form, words[position].text)):
                return _hit(text, words, position, position, form, gazetteer)
    return None


def _beginning(
    folded: str, words: tuple[Word, ...], position: int, index: Mapping[str, tuple[Form, ...]], endings: tuple[str, ...]
) -> Iterator[Form]:
    """Yield the forms that may begin at a word: those that share the next one too, then the single words."""
    single = index.get(folded)
    if single is None:
        return
    if position + 1 < len(words):
        second = words[position + 1].text.casefold()
        stems = dict.fromkeys((second, *(second.removesuffix(ending) for ending in endings)))
        for stem in stems:
            yield from index.get(f"{folded} {stem}", ())
    yield from single


def _fits(
    text: str, words: tuple[Word, ...], position: int, form: Form, endings: tuple[str, ...], *, exact_case: bool
) -> bool:
    last = position + len(form.words) - 1
    if last >= len(words) or (exact_case and not _same_case(form, words[position].text)):
        return False
    for offset in range(1, len(form.words)):
        word, wanted = words[position + offset], form.words[offset]
        gap = text[words[position + offset - 1].end : word.start].translate(_APOSTROPHES)
        if not _same_gap(gap, form.gaps[offset - 1]):
            return False
        folded = word.text.casefold()
        if folded != wanted and not (position + offset == last and _inflects(folded, wanted, endings)):
            return False
    return True


def _inflects(word: str, lemma: str, endings: tuple[str, ...]) -> bool:
    return word.startswith(lemma) and word[len(lemma) :] in endings


def _same_gap(found: str, wanted: str) -> bool:
    return found == wanted or (found in (" ", "-", "\n", ". ") and wanted in (" ", "-", ". "))


def _same_case(form: Form, word: str) -> bool:
    if form.is_acronym:
        return word[: len(form.words[0])].isupper()
    return not form.text[0].isupper() or word[0].isupper()


def _hit(text: str, words: tuple[Word, ...], first: int, last: int, form: Form, gazetteer: Gazetteer) -> Hit:
    end = words[last].end
    by_apostrophe = is_genitive_after(text, end)
    if by_apostrophe:
        end += 2 if text[end + 1 : end + 2] == "s" else 1
        last += int(last + 1 < len(words) and words[last + 1].end == end)
    written = words[last].text.casefold()
    by_ending = not written.endswith(form.words[-1]) and written.endswith(gazetteer.genitives)
    return Hit(form, first, last, words[first].start, end, by_apostrophe or by_ending)


def _match_compound(text: str, words: tuple[Word, ...], position: int, gazetteer: Gazetteer) -> Hit | None:
    word = words[position].text
    if word.isupper() or word.isdigit():
        return None
    form = _compound_title(gazetteer, word.casefold())
    return _hit(text, words, position, position, form, gazetteer) if form is not None else None


@lru_cache(maxsize=1 << 16)
def _compound_title(gazetteer: Gazetteer, word: str) -> Form | None:
    if not gazetteer.compounds:
        return None
    stems = [word, *(word.removesuffix(e) for e in gazetteer.endings if word.endswith(e))]
    for stem in stems:
        for cut in range(len(stem) - _SHORTEST_COMPOUND_PART):
            form = gazetteer.compounds.get(stem[cut:])
            if form is not None:
                return form
    return None


def _form(
    text: str, kind: MentionKind, actors: tuple[str, ...], office: str = "", title: str = "", *, surname: bool = False
) -> Form:
    words = split_words(text)
    gaps = tuple(text[a.end : b.start].translate(_APOSTROPHES) for a, b in pairwise(words))
    letters = [c for c in text if c.isalpha()]
    acronym = len(letters) <= _LONGEST_ACRONYM and all(c.isupper() for c in letters)
    return Form(tuple(w.text.casefold() for w in words), gaps, text, kind, actors, office, title, surname, acronym)


def _known(candidates: tuple[str, ...], actors: Actors) -> tuple[str, ...]:
    return tuple(a for a in candidates if a in actors or a == NO_ACTOR) or candidates


def _registry_forms(language: str, actors: Actors, articles: tuple[str, ...]) -> Iterator[Form]:
    names: dict[str, list[Actor]] = {}
    for label, actor_id in actors.forms(language):
        name = label.partition(" ")[2] if articles and label.casefold().startswith(articles) else label
        if actors.actor(actor_id).kind not in _SKIPPED_KINDS:
            names.setdefault(name, []).append(actors.actor(actor_id))
    for name, owners in names.items():
        is_person = owners[0].kind is ActorKind.PERSON
        kind = MentionKind.PERSON if is_person else MentionKind.NAME
        yield _form(name, kind, tuple(dict.fromkeys(owner.id for owner in owners)))
    surnames: dict[str, list[str]] = {}
    for actor in actors:
        for name in actor.family_names:
            surnames.setdefault(name, []).append(actor.id)
    for name, persons in surnames.items():
        if name not in names:
            yield _form(name, MentionKind.PERSON, tuple(dict.fromkeys(persons)), surname=True)


def _city_forms(language: str, actors: Actors) -> Iterator[Form]:
    for name, place in load_places(language).items():
        if place.country in actors:
            yield replace(_form(name, MentionKind.CAPITAL, (place.country,)), is_city=True)


def _index(forms: Iterable[Form]) -> Mapping[str, tuple[Form, ...]]:
    index: dict[str, list[Form]] = {}
    for form in forms:
        if form.words:
            index.setdefault(form.words[0], [])
            index.setdefault(" ".join(form.words[:2]), []).append(form)
    return {word: tuple(sorted(rows, key=lambda f: -len(f.words))) for word, rows in index.items()}
