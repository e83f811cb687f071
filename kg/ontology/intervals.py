"""Compare dates that may be known to the year or month only.

A date is ISO 8601 text, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and stands for the days that it covers; "" is unknown
and stands for every day. Two answers matter: what is possible, and what is certain.
"""

from __future__ import annotations

import re

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

_PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def is_partial_date(text: str) -> bool:
    """Say whether the text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Example:
        >>> is_partial_date("2021-10"), is_partial_date("Oct 2021")
        (True, False)
    """
    return _PARTIAL.fullmatch(text) is not None


def earliest_day(date: str) -> str:
    """Return the first day that a partial date covers; the first of all for "".

    Example:
        >>> earliest_day("2021-10")
        '2021-10-01'
    """
    return (date + "-01-01"[len(date) - 4 :]) if date else FIRST_DAY


def latest_day(date: str) -> str:
    """Return the last day that a partial date covers, the last of all for "".

    Every month counts 31 days here: the value is only ever compared.

    Example:
        >>> latest_day("2021-02")
        '2021-02-31'
    """
    return (date + "-12-31"[len(date) - 4 :]) if date else LAST_DAY


def may_hold(start: str, end: str, date: str) -> bool:
    """Say whether something that lasted from `start` to `end` may have lasted on some day of `date`.

    Example:
        >>> may_hold("2021-10-04", "", "2021-10"), may_hold("2021-10-04", "", "2021-09")
        (True, False)
    """
    return earliest_day(start) <= latest_day(date) and earliest_day(date) <= latest_day(end)


def must_hold(start: str, end: str, date: str) -> bool:
    """Say whether something that lasted from `start` to `end` surely lasted on all days of `date`.

    Example:
        >>> must_hold("2021-10-04", "", "2021-11"), must_hold("2021-10-04", "", "2021-10")
        (True, False)
    """
    began = not start or latest_day(start) <= earliest_day(date)
    return began and (not end or latest_day(date) <= earliest_day(end))


def must_overlap(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Say whether two intervals surely share more than the day on which one gave way to the other.

    Example:
        >>> must_overlap(("2001", "2005-03"), ("2005-03-17", "")), must_overlap(("2001", "2005"), ("2003", ""))
        (False, True)
    """
    start = max(latest_day(first[0]) if first[0] else FIRST_DAY, latest_day(second[0]) if second[0] else FIRST_DAY)
    end = min(earliest_day(first[1]) if first[1] else LAST_DAY, earliest_day(second[1]) if second[1] else LAST_DAY)
    return start < end


def distance_in_years(start: str, end: str, date: str) -> float:
    """Return how far a date lies outside an interval, in years; 0 inside it.

    Example:
        >>> distance_in_years("2001", "2005", "2010")
        4.0
    """
    if not date or may_hold(start, end, date):
        return 0.0
    before = _year(earliest_day(start)) - _year(latest_day(date))
    after = _year(earliest_day(date)) - _year(latest_day(end))
    return round(max(before, after), 2)


def _year(day: str) -> float:
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 372
