"""Tell a weekday or a month from a family name: Godwin Friday, Theresa May; "Lavrov said Friday", "on 5 May".

English writes both with a capital letter, and its papers put a bare weekday behind a name ("President Putin Tuesday
condemned it"). So a weekday is nobody's name unless the given name or a capitalised title stands before it, and a month
is none where a number or a word like "since" stands beside it. The words are in `[actors]` of `language.toml`.
"""

from __future__ import annotations

from kg.extraction.phrases import Phrase, Reading
from kg.model import MentionKind

_LONGEST_GIVEN_NAMES = 3
_VERBS = frozenset({"VERB", "AUX"})
_BEFORE_A_DAY = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADP", "ADJ", "DET", "NUM"})


def is_of_calendar(reading: Reading, index: int) -> bool:
    """Say whether a word is a weekday or a month, and no part of a full name that the registry knows."""
    if not _is_weekday(reading, index) and not _is_dated_month(reading, index):
        return False
    return not _ends_full_name(reading, index)


def is_titled_family_name(reading: Reading, phrase: Phrase, index: int) -> bool:
    """Say whether a weekday after a title is a known family name: "Prime Minister Friday", not "the minister Friday".

    Args:
        reading: The text with its hits.
        phrase: The title before the word.
        index: Of the word.
    """
    hit, before = reading.names.get(index), phrase.first - 1
    if hit is None or hit.form.kind is not MentionKind.PERSON or _is_dated_month(reading, index):
        return False
    if before >= 0 and reading.gazetteer.has("determiners", reading.words[before].text):
        return False
    title = range(phrase.title.first, phrase.title.last + 1)
    return all(reading.words[i].is_capitalised for i in title)


def may_repeat_family_name(reading: Reading, index: int) -> bool:
    """Say whether a word may name again whoever the text has introduced by that family name.

    A weekday does so only where it is a subject: "Friday said", not "said Friday" nor "on Friday".
    """
    if not _is_weekday(reading, index):
        return not _is_dated_month(reading, index)
    is_after_word = index > 0 and reading.gap(index - 1) == " "
    if is_after_word and reading.tag(index - 1) in _BEFORE_A_DAY:
        return False
    return index + 1 < len(reading.words) and reading.gap(index) == " " and reading.tag(index + 1) in _VERBS


def _is_weekday(reading: Reading, index: int) -> bool:
    return reading.gazetteer.has("weekdays", reading.words[index].text)


def _is_dated_month(reading: Reading, index: int) -> bool:
    """Say whether a month's name has a number or a word of time beside it: "5 May", "May 2018", "since May"."""
    if not reading.gazetteer.has("months", reading.words[index].text):
        return False
    if index > 0 and reading.gap(index - 1) in (" ", "-"):
        before = reading.words[index - 1].text
        if before[0].isdigit() or reading.gazetteer.has("before_months", before):
            return True
    follows = index + 1 < len(reading.words) and reading.gap(index) == " "
    return follows and reading.words[index + 1].text[0].isdigit()


def _ends_full_name(reading: Reading, index: int) -> bool:
    """Say whether a known person's full name that begins before a word goes on to it."""
    for first in range(max(0, index - _LONGEST_GIVEN_NAMES), index):
        hit = reading.names.get(first)
        if hit is not None and hit.last >= index and hit.form.kind is MentionKind.PERSON:
            return True
    return False
