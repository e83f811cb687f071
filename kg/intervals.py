"""Partial dates as closed intervals of days.

A date as told may be a day, a month, a year, or two of these with a slash between: `2018-03`, `2017-06-05/2018-01`
(ISO 8601-1, sections 4.3 and 5.5). It means the interval from its first possible day to its last.
"""

from __future__ import annotations

import calendar
from datetime import date


def bounds_of(value: str) -> tuple[date, date]:
    """Return the first and the last possible day of a date as told.

    Raises:
        ValueError: It is not a date.

    Example:
        >>> bounds_of("2018-02")
        (datetime.date(2018, 2, 1), datetime.date(2018, 2, 28))
    """
    start, _, end = value.partition("/")
    first, last = _first_day(start), _last_day(end or start)
    if last < first:
        raise ValueError(f"{value!r} ends before it begins")
    return first, last


def is_date(value: str) -> bool:
    """Say whether a text is a date as told: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or two with a slash."""
    try:
        bounds_of(value)
    except ValueError:
        return False
    return True


def _first_day(value: str) -> date:
    year, month, day = _parts(value)
    return date(year, month or 1, day or 1)


def _last_day(value: str) -> date:
    year, month, day = _parts(value)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(value: str) -> tuple[int, int, int]:
    pieces = value.split("-")
    if not 1 <= len(pieces) <= 3 or [len(p) for p in pieces] != [4, 2, 2][: len(pieces)]:
        raise ValueError(f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    numbers = [int(p) for p in pieces] + [0, 0]
    return numbers[0], numbers[1], numbers[2]
