"""Find expressions of time and resolve them against the publication date.

The language's `dates.toml` gives patterns and word tables; this module gives them meaning. A publication date may be
partial: with only a month known, "mandag" can mean no more than that month. An expression without a year or a week has
a past and a coming reading; which one holds depends on the status of the event that it dates. "Two days later" is
counted from the date told before it, "two days after the attack" tells of the attack and is counted from the sentence.

The weeks run from Monday to Sunday (ISO 8601-1, 3.1.1.23); "overnight" is the interval of both days.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.intervals import bounds_of, is_date
from kg.languages.lexicon import Language
from kg.model import Span

DAYS_OF_UNIT = {"day": 1, "week": 7, "fortnight": 14}
FROM_TOLD = frozenset({"told", "offset"})
SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ\"»“])|\n")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
YEAR_REACH = 300
"""Characters over which a year that is told still holds for a month without one."""


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """An expression of time with its two readings.

    Attributes:
        span: Where it stands.
        past: ISO 8601 value where the event lies behind, "" where it has none.
        future: ISO 8601 value where the event lies ahead.
        rule: Kind of the pattern that read it.
        nearest: Of the two the one nearer to the publication date, the past one of equals.
    """

    span: Span
    past: str
    future: str
    rule: str
    nearest: str = ""


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


def compile_dates(language: Language) -> DateLexicon:
    """Compile the patterns of a language's `dates.toml`."""
    tables: Mapping[str, object] = language.dates
    months, weekdays, seasons, numbers, units = (
        _table(tables, name) for name in ("months", "weekdays", "seasons", "numbers", "units")
    )
    named = {
        "{day2}": r"(?P<day2>[0-3]?\d)",
        "{day}": r"(?P<day>[0-3]?\d)",
        "{year2}": r"(?P<year2>(?:1[89]|20)\d\d)",
        "{year}": r"(?P<year>(?:1[89]|20)\d\d)",
        "{decade}": r"(?P<decade>(?:1[89]|20)\d0)",
        "{iso}": r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)",
        "{month}": _alternatives("month", months),
        "{weekday2}": _alternatives("weekday2", weekdays),
        "{weekday}": _alternatives("weekday", weekdays),
        "{season}": _alternatives("season", seasons),
        "{number}": r"(?P<number>\d{1,3}|" + "|".join(map(re.escape, numbers)) + ")",
        "{unit}": _alternatives("unit", units),
    }
    rows = tables.get("pattern", ())
    return DateLexicon(
        patterns=tuple(p for row in rows for p in _compile_row(row, named)) if isinstance(rows, list) else (),
        months={k: int(str(v)) for k, v in months.items()},
        weekdays={k: int(str(v)) for k, v in weekdays.items()},
        seasons={k: (v[0], v[1]) for k, v in seasons.items() if isinstance(v, list)},
        numbers={k: int(str(v)) for k, v in numbers.items()},
        units={k: str(v) for k, v in units.items()},
        since=re.compile(r"\b(?:" + str(tables.get("since", "(?!)")) + r")\s*$", re.IGNORECASE),
    )


def find_dates(text: str, published: str, lexicon: DateLexicon) -> tuple[DatedSpan, ...]:
    """Return the expressions of time of a text in order, none overlapping another.

    Args:
        text: Of the article.
        published: The publication date, possibly partial or "".
        lexicon: The language's.
    """
    anchor = Anchor(published, date.fromisoformat(published) if len(published) == 10 and is_date(published) else None)
    matches = [
        (m.start() - m.end(), m.start(), order, m, pattern)
        for order, pattern in enumerate(lexicon.patterns)
        for m in pattern.regex.finditer(text)
    ]
    taken: list[tuple[re.Match[str], DatePattern]] = []
    for _, _, _, match, pattern in sorted(matches, key=lambda e: e[:3]):
        overlaps = any(match.start() < m.end() and m.start() < match.end() for m, _ in taken)
        if not overlaps and _readings(match, pattern, anchor, lexicon) != ("", ""):
            taken.append((match, pattern))
    return _read_in_order(sorted(taken, key=lambda e: e[0].start()), anchor, lexicon)


def _readings(match: re.Match[str], pattern: DatePattern, anchor: Anchor, lexicon: DateLexicon) -> tuple[str, str]:
    """Return what an expression means, counted from an anchor; two empty texts for no date ("31 February")."""
    try:
        return READERS[pattern.kind](match, pattern, anchor, lexicon)
    except ValueError:
        return "", ""


def _read_in_order(
    taken: list[tuple[re.Match[str], DatePattern]], published: Anchor, lexicon: DateLexicon
) -> tuple[DatedSpan, ...]:
    """Read expressions from first to last, each with what has been told before it."""
    found: list[DatedSpan] = []
    for match, pattern in taken:
        past, future = _readings(match, pattern, _anchor_of(match, pattern, found, published), lexicon)
        if pattern.kind == "date" and past != future and (year := _year_told(match, found)):
            past = future = year + past[4:]
        if past and published.text > past and _is_since(match, lexicon):
            past = future = f"{past.split('/')[0]}/{published.text}"
        if past or future:
            span = Span(match.start(), match.end())
            nearest = _nearest(past, future, published.text)
            found.append(DatedSpan(span, past, future, f"date:{pattern.kind}", nearest))
    return tuple(found)


def _anchor_of(match: re.Match[str], pattern: DatePattern, found: list[DatedSpan], published: Anchor) -> Anchor:
    """Return the date that an expression is counted from: for "two days later" the last one told."""
    if pattern.kind not in FROM_TOLD:
        return published
    for dated in reversed(found):
        between = match.string[dated.span.end : match.start()]
        if "\n\n" in between or (pattern.kind == "offset" and SENTENCE_END.search(between)):
            break
        if dated.past and "/" not in dated.past and dated.rule != "date:offset":
            return Anchor(dated.past, date.fromisoformat(dated.past) if len(dated.past) == 10 else None)
    return published


def _is_since(match: re.Match[str], lexicon: DateLexicon) -> bool:
    """Say whether "since" opens an expression or stands right before it."""
    return bool(lexicon.since.search(match.string[max(0, match.start() - 12) : match.start()])) or bool(
        lexicon.since.search(match.group().split()[0])
    )


def _year_told(match: re.Match[str], found: list[DatedSpan]) -> str:
    """Return the year that stands before a month without one, in the same paragraph and near; "" where none does."""
    if not found:
        return ""
    last = found[-1].span
    between = match.string[last.end : match.start()]
    year = YEAR.search(match.string, last.start, last.end)
    return year.group() if year and len(between) <= YEAR_REACH and "\n" not in between else ""


def _nearest(past: str, future: str, published: str) -> str:
    if not (past and future and published):
        return past or future
    start, end = bounds_of(published)
    return future if bounds_of(future)[0] - end < start - bounds_of(past)[1] else past


def _table(tables: Mapping[str, object], name: str) -> dict[str, object]:
    table = tables.get(name, {})
    return dict(table) if isinstance(table, dict) else {}


def _alternatives(name: str, table: Mapping[str, object]) -> str:
    words = sorted(table, key=len, reverse=True)
    return f"(?P<{name}>" + "|".join(map(re.escape, words)) + ")" if words else "(?!)"


def _compile_row(row: Mapping[str, object], named: Mapping[str, str]) -> list[DatePattern]:
    patterns = []
    for form in _split_alternatives(str(row["form"])):
        filled = re.sub(r"{\w+}", lambda m: named[m.group()], _with_blanks(form))
        regex = re.compile(r"(?<![\w-])(?:" + filled + r")(?!\w)", re.IGNORECASE)
        patterns.append(DatePattern(str(row["kind"]), regex, str(row.get("unit", "")), int(str(row.get("offset", 0)))))
    return patterns


def _with_blanks(form: str) -> str:
    """Let a blank stand for any white space, and one with a quantifier for that many."""
    return re.sub(r" (?=[?*+])", r"\\s", re.sub(r" (?![?*+])", r"\\s+", form))


def _split_alternatives(form: str) -> list[str]:
    """Split at the `|` outside brackets, so that one group name may stand in several alternatives."""
    parts, depth = [""], 0
    for char in form:
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


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
