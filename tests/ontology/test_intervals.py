from __future__ import annotations

import pytest

from kg.ontology.intervals import (
    distance_in_years,
    earliest_day,
    is_partial_date,
    latest_day,
    may_hold,
    must_hold,
    must_overlap,
)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-10", "2021-10-01", "2021-10-31"),
        ("2021-10-18", "2021-10-18", "2021-10-18"),
        ("", "0001-01-01", "9999-12-31"),
    ],
    ids=["year", "month", "day", "unknown"],
)
def test_a_partial_date_covers_its_days(date: str, first: str, last: str) -> None:
    assert (earliest_day(date), latest_day(date)) == (first, last)


@pytest.mark.parametrize(
    "text", ["21", "2021-13", "2021-00", "2021-10-32", "2021-10-18T00:00", "autumn 2021", "2021-1"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_partial_date(text)


@pytest.mark.parametrize(
    ("start", "end", "date", "possible", "certain"),
    [
        ("2021-10-04", "", "2021-10", True, False),
        ("2021-10-04", "", "2021-09", False, False),
        ("2021-10-04", "", "2021-10-04", True, True),
        ("2021-10-04", "", "2022", True, True),
        ("2017-01-20", "2021-01", "2021-01-10", True, False),
        ("2017-01-20", "2021-01", "2020-12-31", True, True),
        ("2017-01-20", "2021-01", "2021-02-01", False, False),
        ("2005", "2009", "2005-03-01", True, False),
        ("2005", "2009", "2006", True, True),
        ("", "1990-10", "1950", True, True),
        ("1990", "1999", "", True, False),
        ("", "", "", True, True),
    ],
)
def test_what_may_hold_and_what_must(start: str, end: str, date: str, possible: bool, certain: bool) -> None:
    assert (may_hold(start, end, date), must_hold(start, end, date)) == (possible, certain)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("2001", "2005-03"), ("2005-03-17", ""), False),
        (("2001", "2005"), ("2005", "2009"), False),
        (("2001", "2005"), ("2003", ""), True),
        (("2001", ""), ("2010-05", ""), True),
        (("2001-05-01", "2005-06-01"), ("2005-06-01", ""), False),
        (("2001-05-01", "2005-06-03"), ("2005-06-01", ""), True),
        (("", ""), ("1990", "1991"), True),
        (("1990", "1990"), ("1990", "1990"), False),
    ],
)
def test_only_a_sure_overlap_counts(first: tuple[str, str], second: tuple[str, str], expected: bool) -> None:
    assert must_overlap(first, second) is expected
    assert must_overlap(second, first) is expected


@pytest.mark.parametrize(
    ("date", "years"),
    [("2003", 0.0), ("2010", 4.0), ("1998-07", 2.42), ("", 0.0)],
    ids=["inside", "after", "before", "undated"],
)
def test_distance_is_counted_from_the_nearer_end(date: str, years: float) -> None:
    assert distance_in_years("2001", "2005", date) == pytest.approx(years, abs=0.01)
