"""Which expression of time dates which event."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.tokens import Doc

from kg.extraction.date_readings import DateLexicon
from kg.extraction.dates import compile_dates, find_dates
from kg.extraction.dating import find_time
from kg.extraction.status import find_status, index_cues
from kg.languages.lexicon import load_language
from kg.model import Status
from tests.extraction.told import PUBLISHED, build_doc, find_word, read_cases


@cache
def lexicon_of(code: str) -> DateLexicon:
    return compile_dates(load_language(code))


@pytest.mark.parametrize(("code", "rows", "word", "told"), read_cases("date"))
def test_an_event_has_the_time_of_its_own_clause(code: str, rows: list[list[str]], word: str, told: str) -> None:
    doc = build_doc(code, rows)
    trigger = find_word(doc, word)
    status = find_status(trigger, index_cues(load_language(code))).status
    found = find_time(trigger, status, find_dates(doc.text, PUBLISHED, lexicon_of(code)))

    assert (found.value if found else "") == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param("17 December 2014 : Cuba frees Gross", "2014-12-17", id="a date and a colon"),
        pytest.param("2014 : Cuba frees Gross", "2014", id="a year and a colon"),
        pytest.param("MOSCOW , July 29 - Cuba frees Gross", "2021-07-29", id="a place, a date and a dash"),
        pytest.param("2014 soldiers left . Cuba frees Gross", "", id="a number is no year"),
        pytest.param("Since 17 December 2014 all was quiet . Cuba frees Gross", "", id="a date that opens a sentence"),
    ],
)
def test_a_date_set_off_at_the_start_of_a_paragraph_dates_what_follows(words: str, told: str) -> None:
    texts = words.split()
    subject = texts.index("Cuba")
    heads = [*range(subject), subject + 1, subject + 1, subject + 1]
    deps = ["ROOT"] * subject + ["nsubj", "ROOT", "obj"]
    pos = ["X"] * subject + ["PROPN", "VERB", "PROPN"]
    doc = Doc(spacy.blank("en").vocab, words=texts, heads=heads, deps=deps, pos=pos)
    found = find_time(doc[subject + 1], Status.ACTUAL, find_dates(doc.text, PUBLISHED, lexicon_of("en")))

    assert (found.value if found else "") == told
