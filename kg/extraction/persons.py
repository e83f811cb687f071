"""Find persons: by a known name, or by what stands beside a name never seen.

A run of capitalised words is a person where a title goes before ("viceudenrigsminister Aiko Tanaka"), a possessor
("Ukraine's Viktor Yanukovych"), a demonym ("danskeren Thomas Kjems"), or where an apposition follows ("Edward Snowden,
the American"). Once introduced, the family name is enough.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.calendar_names import is_of_calendar, is_titled_family_name, may_repeat_family_name
from kg.extraction.gazetteer import Hit
from kg.extraction.phrases import Phrase, Reading
from kg.model import Mention, MentionKind, Span

_LONGEST_NAME = 5
_LONGEST_PLACE = 6
_PERSON_LABELS = frozenset({"PER", "PERSON"})
_INNER_GAPS = frozenset({" ", "-", "'", "’", ". "})


def find_persons(
    doc: Doc,
    reading: Reading,
    phrases: tuple[Phrase, ...],
    names: Mapping[int, Mention],
    titles: tuple[Mention, ...],
) -> tuple[Mention, ...]:
    """Return the mentions of persons in the order of the text.

    Args:
        doc: Its named entities, where it has any, confirm a person who is known by a possessor only.
        reading: The text with its hits.
        phrases: Titles with their owners.
        names: Mentions of names by the index of their first word, known persons among them.
        titles: Mentions of the phrases.

    Returns:
        Mentions of kind PERSON; an unknown person has the mention that tells whose he is as antecedent.
    """
    introduced = dict(_introduced_by_title(reading, phrases, titles))
    for first, last, mention in _introduced_by_spelling(reading, names):
        introduced.setdefault((first, last), mention)
    for first, last, mention in _introduced_by_name(doc, reading, names):
        introduced.setdefault((first, last), mention)
    for first, last, mention in _introduced_by_apposition(doc, reading, titles, names):
        introduced.setdefault((first, last), mention)
    found = list(introduced.values())
    taken = {i for first, last in introduced for i in range(first, last + 1)}
    for first, mention in names.items():
        hit = reading.names[first]
        covered = set(range(hit.first, hit.last + 1))
        if mention.kind is not MentionKind.PERSON or taken & covered:
            continue
        if not hit.form.is_surname or _stands_alone(reading, hit):
            found.append(mention)
            taken |= covered
    return tuple(_with_family_names(reading, sorted(found, key=lambda m: m.span), taken))


def run_of_capitals(reading: Reading, first: int) -> int:
    """Return the index of the last word of a name that begins at a word; `first - 1` where none does."""
    last = first - 1
    for index in range(first, min(first + _LONGEST_NAME, len(reading.words))):
        word = reading.words[index]
        if index > first and reading.gap(index - 1) not in _INNER_GAPS:
            break
        if index > first and reading.gap(index - 1) == ". " and len(reading.words[index - 1].text) > 1:
            break
        if reading.gazetteer.has("particles", word.text) and not word.is_capitalised:
            continue
        if not word.is_capitalised or not _may_be_name(reading, index):
            break
        last = index
    return last


def _may_be_name(reading: Reading, index: int) -> bool:
    word = reading.words[index].text
    if reading.gazetteer.has("stops", word) or reading.gazetteer.has("honorifics", word) or index in reading.titles:
        return False
    hit = reading.names.get(index)
    if hit is not None and not hit.form.is_city and hit.form.kind is not MentionKind.PERSON:
        return False
    return not is_of_calendar(reading, index)


def _introduced_by_title(
    reading: Reading, phrases: tuple[Phrase, ...], titles: tuple[Mention, ...]
) -> Iterator[tuple[tuple[int, int], Mention]]:
    by_start = {title.span: title for title in titles}
    for phrase in phrases:
        span = Span(reading.words[phrase.first].start, reading.words[phrase.last].end)
        title, first = by_start.get(span), phrase.last + 1
        if title is None or phrase.title.form.title == "organ" or first >= len(reading.words):
            continue
        gap = reading.gap(phrase.last)
        if gap == " " and phrase.owners and (after := _after_place(reading, first)):
            first, gap = after, ", "
        last = run_of_capitals(reading, first)
        if last < first and gap == " " and is_titled_family_name(reading, phrase, first):
            last = first
        if last < first or gap not in (" ", ", ") or (gap == ", " and not _is_apposed_name(reading, first, last)):
            continue
        yield (first, last), _person(reading, first, last, title)


def _after_place(reading: Reading, first: int) -> int:
    """Return the word after "i København, " that goes on a title; 0 where no place and comma follow."""
    if not reading.gazetteer.has("place", reading.words[first].text):
        return 0
    for index in range(first, min(first + _LONGEST_PLACE, len(reading.words) - 1)):
        if reading.gap(index) == ", ":
            return index + 1
        if reading.gap(index) not in (" ", "-"):
            return 0
    return 0


def _is_apposed_name(reading: Reading, first: int, last: int) -> bool:
    """Say whether a name after a comma belongs to the title before it, not to a list."""
    hit = reading.names.get(first)
    return last > first or (hit is not None and hit.form.kind is MentionKind.PERSON)


def _introduced_by_spelling(reading: Reading, names: Mapping[int, Mention]) -> Iterator[tuple[int, int, Mention]]:
    """Yield known persons whose given name is not written as in the registry."""
    for last in names:
        hit = reading.names[last]
        if not hit.form.is_surname or hit.first != last:
            continue
        first = last
        while first > 0 and last - first < _LONGEST_NAME and run_of_capitals(reading, first - 1) >= last:
            first -= 1
        start, end = reading.words[first].start, reading.words[last].end
        candidates = _known_person(reading, first, last)
        if first < last and candidates:
            yield first, last, Mention(Span(start, end), reading.text[start:end], MentionKind.PERSON, candidates)


def _introduced_by_name(doc: Doc, reading: Reading, names: Mapping[int, Mention]) -> Iterator[tuple[int, int, Mention]]:
    for index, owner in names.items():
        hit = reading.names[index]
        first = hit.last + 1
        owns = hit.is_genitive or owner.kind is MentionKind.DEMONYM
        if owner.kind is MentionKind.PERSON or not owns or first >= len(reading.words):
            continue
        gap, last = reading.gap(hit.last).replace("’", "'"), run_of_capitals(reading, first)
        if gap in (" ", "s ", "' ", "'s ") and last > first and _is_person(doc, reading, first, last):
            yield first, last, _person(reading, first, last, owner)


def _introduced_by_apposition(
    doc: Doc, reading: Reading, titles: tuple[Mention, ...], names: Mapping[int, Mention]
) -> Iterator[tuple[int, int, Mention]]:
    starts = {word.start: index for index, word in enumerate(reading.words)}
    demonyms = [m for m in names.values() if m.kind is MentionKind.DEMONYM]
    for owner in [*(t for t in titles if t.candidates), *demonyms]:
        before = starts[owner.span.start] - 1
        while (
            before >= 0
            and reading.gap(before) == " "
            and reading.gazetteer.has("determiners", reading.words[before].text)
        ):
            before -= 1
        if before < 1 or reading.gap(before) != ", ":
            continue
        first = before
        while first > 0 and before - first < _LONGEST_NAME and run_of_capitals(reading, first - 1) == before:
            first -= 1
        if first < before and _is_person(doc, reading, first, before):
            yield first, before, _person(reading, first, before, owner)


def _is_person(doc: Doc, reading: Reading, first: int, last: int) -> bool:
    """Say whether no named entity takes a name for something else than a person; one of the registry's is one.

    An entity that begins before the name ("Serbiens Goran Petrović") says nothing of the name alone.
    """
    hit = reading.names.get(first)
    if hit is not None and hit.form.kind is MentionKind.PERSON:
        return True
    start, end = reading.words[first].start, reading.words[last].end
    over = [e for e in doc.ents if start <= e.start_char < end]
    return not over or any(e.label_ in _PERSON_LABELS for e in over)


def _person(reading: Reading, first: int, last: int, owner: Mention) -> Mention:
    start, end = reading.words[first].start, reading.words[last].end
    candidates = _known_person(reading, first, last)
    return Mention(Span(start, end), reading.text[start:end], MentionKind.PERSON, candidates, (owner,), owner.office)


def _known_person(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Return who of the registry bears a name; a given name may be spelled otherwise (Yassir, Yasser)."""
    hit = reading.names.get(first)
    if hit is not None and hit.form.kind is MentionKind.PERSON and hit.last >= last:
        return hit.form.actors
    family = reading.names.get(last)
    if family is None or family.form.kind is not MentionKind.PERSON or first == last:
        return ()
    initial = _initial(reading.words[first].text)
    return tuple(person for person in family.form.actors if _initial(person) == initial)


def _initial(name: str) -> str:
    return unicodedata.normalize("NFKD", name[:1]).casefold()[:1]


def _stands_alone(reading: Reading, hit: Hit) -> bool:
    """Say whether a family name is no part of somebody else's full name, nor a common word."""
    before, after = hit.first - 1, hit.last + 1
    if before >= 0 and reading.gap(before) in (" ", "-") and _is_name_part(reading, before):
        return False
    if after < len(reading.words) and reading.gap(hit.last) in (" ", "-") and _is_name_part(reading, after):
        return False
    return not reading.gazetteer.has("common_names", hit.form.text) and not reading.gazetteer.has(
        "stops", hit.form.text
    )


def _is_name_part(reading: Reading, index: int) -> bool:
    return reading.words[index].is_capitalised and _may_be_name(reading, index) and index not in reading.covered


def _with_family_names(reading: Reading, persons: list[Mention], taken: set[int]) -> Iterator[Mention]:
    """Add the later mentions of a person by the last word of the name, each pointing to the first."""
    by_family: dict[str, Mention] = {}
    starts = {p.span.start: p for p in persons}
    for index, word in enumerate(reading.words):
        person = starts.get(word.start)
        if person is not None:
            full = person.text.replace("-", " ").split(" ")
            if len(full) > 1:
                by_family[full[-1].casefold()] = person
            known = by_family.get(person.text.casefold())
            yield replace(person, antecedents=(known,)) if known is not None and len(full) == 1 else person
        elif index not in taken and word.is_capitalised:
            known = _family_of(word.text.casefold(), by_family, reading)
            is_free = index not in reading.covered or index in reading.names
            if known is not None and is_free and may_repeat_family_name(reading, index):
                span = Span(word.start, word.end)
                yield Mention(span, word.text, MentionKind.PERSON, known.candidates, (known,), known.office)


def _family_of(word: str, by_family: Mapping[str, Mention], reading: Reading) -> Mention | None:
    if word in by_family:
        return by_family[word]
    stems = (word.removesuffix(ending) for ending in reading.gazetteer.genitives if word.endswith(ending))
    return next((by_family[stem] for stem in stems if stem in by_family), None)
