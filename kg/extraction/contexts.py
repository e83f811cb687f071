"""Judge whether a name of the gazetteer names an actor where it stands.

A country's name makes no actor in a firm's ("Bank of America"), a club's ("Manchester United"), in a compound that
only describes ("Iranian-backed"), nor in a report of a match ("Danmark slog Rusland 2-0"), a deal or a film.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from kg.extraction.gazetteer import NO_ACTOR, Hit
from kg.extraction.namesakes import is_part_of_personal_name
from kg.extraction.phrases import Reading
from kg.model import MentionKind

_SCORE = re.compile(r"(?<![\d.,-])\d{1,2}[-–]\d{1,2}(?![\d%-])(?: (?P<after>[^\W\d_]+))?")
_SENTENCE_END = re.compile(r"[.!?…:][»”\"']?\s|\n")
_LONGEST_FIRM = 4
_WORDS_OF_A_REPORT = 3
_SHARE_OF_A_REPORT = 100  # one such word in every few sentences
_POLITICAL = frozenset({"person", "organ"})
_OF_FIRMS_TOO = frozenset({"chair", "chief", "leader", "territory", "mission", "delegation", "coalition", "agency"})


def is_actor_here(hit: Hit, reading: Reading, doc: Doc) -> bool:
    """Say whether a hit may stand for its actor at its place in the text."""
    if hit.form.actors == (NO_ACTOR,) or is_descriptive(hit, reading) or _is_company(hit, reading):
        return False
    if is_part_of_personal_name(hit, reading, doc):
        return False
    return not is_about_other_things(*sentence_around(hit.start, reading, doc), reading)


def sentence_around(offset: int, reading: Reading, doc: Doc) -> tuple[int, int]:
    """Return the bounds of the sentence at an offset: the parser's, else from full stop to full stop."""
    if doc.has_annotation("SENT_START"):
        token = doc.char_span(offset, offset + 1, alignment_mode="expand")
        if token is not None:
            return token.sent.start_char, token.sent.end_char
    start = max((m.end() for m in _SENTENCE_END.finditer(reading.text, 0, offset)), default=0)
    end = _SENTENCE_END.search(reading.text, offset)
    return start, end.end() if end else len(reading.text)


def is_about_other_things(start: int, end: int, reading: Reading) -> bool:
    """Say whether a sentence is about sport, business or art, and nothing in it speaks of politics."""
    words = [i for i, word in enumerate(reading.words) if start <= word.start < end]
    if any(i in reading.titles and _is_political(reading.titles[i]) for i in words):
        return False
    if any(i in reading.names and _is_of_politics(reading.names[i]) for i in words):
        return False
    words = [i for i in words if i not in reading.covered]
    if any(reading.gazetteer.has("political", reading.words[i].text) for i in words):
        return False
    if is_report_of_other_things(reading) or _has_score(start, end, reading):
        return True
    return any(_is_other_word(reading, i) for i in words)


@lru_cache(maxsize=8)
def is_report_of_other_things(reading: Reading) -> bool:
    """Say whether a whole text is about sport, business or art; then a sentence of it needs no word that says so."""
    count = sum(_is_other_word(reading, i) for i in range(len(reading.words)) if i not in reading.covered)
    return count >= _WORDS_OF_A_REPORT and count * _SHARE_OF_A_REPORT >= len(reading.words)


def _is_other_word(reading: Reading, index: int) -> bool:
    word = reading.words[index].text
    return reading.gazetteer.has("sport", word) or reading.gazetteer.has("business", word)


def _has_score(start: int, end: int, reading: Reading) -> bool:
    """Say whether a result stands in a sentence: "2-0", but not a range, "10-15 years"."""
    found = _SCORE.search(reading.text, start, end)
    return found is not None and (found["after"] is None or reading.gazetteer.has("stops", found["after"]))


def _is_of_politics(hit: Hit) -> bool:
    is_known_person = hit.form.kind is MentionKind.PERSON and not hit.form.is_surname
    return is_known_person or hit.form.kind is MentionKind.METONYM


def _is_political(title: Hit) -> bool:
    return title.form.title in _POLITICAL and title.form.office not in _OF_FIRMS_TOO


def is_descriptive(hit: Hit, reading: Reading) -> bool:
    """Say whether a name only describes what it is joined to: "Iranian-backed", "pro-Russian"."""
    after, before = hit.last + 1, hit.first - 1
    is_joined = after < len(reading.words) and reading.gap(hit.last) == "-"
    if is_joined and reading.gazetteer.has("detached", reading.words[after].text):
        return True
    return before >= 0 and reading.gap(before) == "-" and reading.gazetteer.has("prefixes", reading.words[before].text)


def _is_company(hit: Hit, reading: Reading) -> bool:
    if hit.form.kind is MentionKind.PERSON or _is_followed_by_company(hit, reading):
        return hit.form.kind is not MentionKind.PERSON
    before = hit.first - 1
    if before < 0 or reading.gap(before) != " " or before in reading.covered:
        return False
    return reading.words[before].is_capitalised and reading.gazetteer.has(
        "companies_before", reading.words[before].text
    )


def _is_followed_by_company(hit: Hit, reading: Reading) -> bool:
    """Say whether a firm's name goes on after a hit: "Bank of America", "India's Tata Motors"."""
    owns = hit.is_genitive or hit.form.kind is MentionKind.DEMONYM
    for index in range(hit.last + 1, min(hit.last + (_LONGEST_FIRM if owns else 1) + 1, len(reading.words))):
        if reading.gap(index - 1) not in (" ", "-") and not (index == hit.last + 1 and hit.is_genitive):
            return False
        word = reading.words[index]
        if index in reading.titles or index in reading.covered or not word.is_capitalised:
            return False
        if reading.gazetteer.has("companies", word.text):
            return True
    return False
