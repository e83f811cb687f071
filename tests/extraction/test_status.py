"""Whether it happened: what the words around a trigger, its kind and its date say."""

from __future__ import annotations

from functools import cache

import pytest

from kg.extraction.status import CueIndex, Verdict, find_status, index_cues, settle_status
from kg.languages.lexicon import load_language
from kg.model import Span, Status, TimeExpression
from tests.extraction.told import PUBLISHED, build_doc, find_word, read_cases


@cache
def cues_of(code: str) -> CueIndex:
    return index_cues(load_language(code))


@pytest.mark.parametrize(("code", "rows", "word", "told"), read_cases("status"))
def test_the_words_around_an_event_say_whether_it_happened(
    code: str, rows: list[list[str]], word: str, told: str
) -> None:
    assert find_status(find_word(build_doc(code, rows), word), cues_of(code)).status.value == told


@pytest.mark.parametrize(
    ("status", "date", "is_refusal", "settled"),
    [
        pytest.param(Status.ACTUAL, "2021-11-01", False, Status.PLANNED, id="after publication"),
        pytest.param(Status.ACTUAL, "2021-10-21", False, Status.ACTUAL, id="on the day of publication"),
        pytest.param(Status.ACTUAL, "2021-10", False, Status.ACTUAL, id="a month that has begun"),
        pytest.param(Status.ACTUAL, "2021-10-19/2021-11-03", False, Status.ACTUAL, id="an interval that has begun"),
        pytest.param(Status.ACTUAL, "", False, Status.ACTUAL, id="undated"),
        pytest.param(Status.NEGATED, "", False, Status.NEGATED, id="a negated act"),
        pytest.param(Status.NEGATED, "", True, Status.ACTUAL, id="a refusal told by a negation"),
        pytest.param(Status.HYPOTHETICAL, "2021-11-01", False, Status.HYPOTHETICAL, id="what is only wished"),
    ],
)
def test_kind_and_date_settle_what_the_words_leave_open(
    status: Status, date: str, is_refusal: bool, settled: Status
) -> None:
    time = TimeExpression(Span(0, 1), date, "date:date") if date else None

    assert settle_status(Verdict(status, ""), time, PUBLISHED, is_refusal=is_refusal).status is settled
