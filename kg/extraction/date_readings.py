"""Read what an expression of time means, one reader for each kind of pattern of `dates.toml`.

What comes in is a match, its pattern, the date that it is counted from and the language's words; what goes out are the
past and the coming reading, each an ISO 8601 value, "" where there is none. A reader raises ValueError for a date that
no calendar has.

The weeks run from Monday to Sunday (ISO 8601-1, 3.1.1.23); "overnight" is the interval of both days.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.intervals import bounds_of

DAYS_OF_UNIT = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class DatePattern:
    """One compiled pattern of `dates.toml`."""

    kind: str
    regex: re.Pattern[str]
    unit: str
    offset: int


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """A language's patterns, with the word tables that they refer to."""

    patterns: tuple[DatePattern, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    since: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The publication date: its text and, where it is a single day, that day."""

    text: str
    day: date | None


Reader = Callable[[re.Match[str], DatePattern, Anchor, DateLexicon], tuple[str, str]]


def _group(match: re.Match[str], name: str) -> str:
    return (match.groupdict().get(name) or "").lower()


def _month_text(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def _checked(value: str) -> str:
    bounds_of(value)
    return value


def _read_date(match: re.Match[str], _: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    month = lexicon.months[_group(match, "month")]
    day = f"-{int(_group(match, 'day')):02d}" if _group(match, "day") else ""
    if year := _group(match, "year"):
        value = _checked(_month_text(int(year), month) + day)
        return value, value
    past, future = _nearest_years(month, int(day[1:]) if day else 0, anchor)
    return (
        _checked(_month_text(past, month) + day) if past else "",
        _checked(_month_text(future, month) + day) if future else "",
    )


def _nearest_years(month: int, day: int, anchor: Anchor) -> tuple[int, int]:
    """Return the years of the last and the coming such month; 0, 0 without a publication date."""
    if not anchor.text:
        return 0, 0
    first, last = bounds_of(anchor.text)
    behind = (month, day) <= (last.month, last.day if day else 31)
    ahead = (month, day or 31) >= (first.month, first.day)
    return (last.year if behind else last.year - 1), (first.year if ahead else first.year + 1)


def _read_iso(match: re.Match[str], *_: object) -> tuple[str, str]:
    value = _checked(_group(match, "iso"))
    return value, value


def _read_range(match: re.Match[str], pattern: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    readings = []
    for value in _read_date(match, pattern, anchor, lexicon):
        end = value[:8] + f"{int(_group(match, 'day2')):02d}"
        readings.append(_checked(f"{value}/{end}") if value else "")
    return readings[0], readings[1]


def _read_year(match: re.Match[str], *_: object) -> tuple[str, str]:
    return _group(match, "year"), _group(match, "year")


def _read_years(match: re.Match[str], *_: object) -> tuple[str, str]:
    value = _checked(f"{_group(match, 'year')}/{_group(match, 'year2')}")
    return value, value


def _read_decade(match: re.Match[str], *_: object) -> tuple[str, str]:
    first = int(_group(match, "decade"))
    return f"{first}/{first + 9}", f"{first}/{first + 9}"


def _read_season(match: re.Match[str], _: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    first, last = lexicon.seasons[_group(match, "season")]
    if year := _group(match, "year"):
        value = _season(int(year), first, last)
        return value, value
    past, future = _nearest_years(first, 0, anchor)
    return (_season(past, first, last) if past else "", _season(future, first, last) if future else "")


def _season(year: int, first: int, last: int) -> str:
    return f"{_month_text(year, first)}/{_month_text(year + (last < first), last)}"


def _read_weekday(match: re.Match[str], _: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    if anchor.day is None:
        return anchor.text, anchor.text
    back = (anchor.day.isoweekday() - lexicon.weekdays[_group(match, "weekday")]) % 7
    past = anchor.day - timedelta(days=back)
    future = past if back == 0 else past + timedelta(days=7)
    return past.isoformat(), future.isoformat()


def _read_last_weekday(match: re.Match[str], p: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    past, _ = _read_weekday(match, p, anchor, lexicon)
    return past, past


def _read_next_weekday(match: re.Match[str], p: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    _, future = _read_weekday(match, p, anchor, lexicon)
    return future, future


def _read_weekdays(match: re.Match[str], p: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    """Read "Friday and Saturday": the interval of both."""
    del p
    if anchor.day is None:
        return anchor.text, anchor.text
    first, last = (lexicon.weekdays[_group(match, name)] for name in ("weekday", "weekday2"))
    end = anchor.day - timedelta(days=(anchor.day.isoweekday() - last) % 7)
    start = end - timedelta(days=(last - first) % 7)
    week = timedelta(days=7)
    return f"{start}/{end}", f"{start + week}/{end + week}"


def _read_weekend(match: re.Match[str], p: DatePattern, anchor: Anchor, _: DateLexicon) -> tuple[str, str]:
    del match, p
    return _period("weekend", -1, anchor), _period("weekend", 1, anchor)


def _read_told(match: re.Match[str], pattern: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    """Read "two days later" or "the day before", counted from what has been told."""
    value = _counted(match, pattern, anchor, lexicon)
    return value, value


def _read_offset(match: re.Match[str], pattern: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    """Read "two days after ...": when that was which the phrase goes on to tell."""
    value = _counted(match, pattern, anchor, lexicon)
    return value, value


def _counted(match: re.Match[str], pattern: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> str:
    if pattern.unit:
        return _period(pattern.unit, pattern.offset, anchor)
    return _shifted(match, pattern.offset, anchor, lexicon)


def _read_night(match: re.Match[str], p: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    if anchor.day is None:
        return anchor.text, anchor.text
    ends = (anchor.day, anchor.day + timedelta(days=p.offset))
    if _group(match, "weekday"):
        past, future = (date.fromisoformat(v) for v in _read_weekday(match, p, anchor, lexicon))
        ends = (past, future)
    past_night, coming_night = (f"{end - timedelta(days=1)}/{end}" for end in ends)
    return past_night, coming_night


def _read_period(match: re.Match[str], pattern: DatePattern, anchor: Anchor, _: DateLexicon) -> tuple[str, str]:
    del match
    value = _period(pattern.unit, pattern.offset, anchor)
    return value, value


def _read_ago(match: re.Match[str], _: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    return _shifted(match, -1, anchor, lexicon), ""


def _read_ahead(match: re.Match[str], _: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    return "", _shifted(match, 1, anchor, lexicon)


def _read_within(match: re.Match[str], _: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    end = _shifted(match, 1, anchor, lexicon)
    return "", f"{anchor.text}/{end}" if end and end != anchor.text else end


def _shifted(match: re.Match[str], sign: int, anchor: Anchor, lexicon: DateLexicon) -> str:
    word = _group(match, "number")
    number = int(word) if word.isdigit() else lexicon.numbers[word]
    unit = lexicon.units[_group(match, "unit")]
    if unit in ("week", "fortnight") and anchor.day is not None:
        return (anchor.day + timedelta(days=sign * number * DAYS_OF_UNIT[unit])).isoformat()
    return _period(unit, sign * number, anchor)


def _period(unit: str, offset: int, anchor: Anchor) -> str:
    """Return the day, week, weekend, month or year so many before or after the publication date."""
    if not anchor.text:
        return ""
    year = int(anchor.text[:4])
    if unit == "year":
        return f"{year + offset:04d}"
    if unit == "month":
        if len(anchor.text) < 7:
            return anchor.text
        months = year * 12 + int(anchor.text[5:7]) - 1 + offset
        return _month_text(months // 12, months % 12 + 1)
    if anchor.day is None:
        return anchor.text
    if unit == "day":
        return (anchor.day + timedelta(days=offset)).isoformat()
    return _week(unit, offset, anchor.day)


def _week(unit: str, offset: int, day: date) -> str:
    monday = day - timedelta(days=day.isoweekday() - 1)
    if unit == "weekend":
        saturday = monday + timedelta(days=5 if offset > 0 or day.isoweekday() >= calendar.SATURDAY + 1 else -2)
        return f"{saturday}/{saturday + timedelta(days=1)}"
    monday += timedelta(weeks=offset)
    return f"{monday}/{monday + timedelta(days=6)}"


READERS: Mapping[str, Reader] = {
    "date": _read_date,
    "iso": _read_iso,
    "range": _read_range,
    "year": _read_year,
    "years": _read_years,
    "decade": _read_decade,
    "season": _read_season,
    "weekday": _read_weekday,
    "weekday-last": _read_last_weekday,
    "weekday-next": _read_next_weekday,
    "weekdays": _read_weekdays,
    "weekend": _read_weekend,
    "told": _read_told,
    "offset": _read_offset,
    "night": _read_night,
    "period": _read_period,
    "ago": _read_ago,
    "ahead": _read_ahead,
    "within": _read_within,
}
