"""Find expressions of time and resolve them against the publication date.

The patterns and words stand in `dates.toml`, `date_readings` gives them meaning. A publication date may be
partial: with only a month known, "mandag" can mean no more than that month. An expression without a year or a week has
a past and a coming reading; which one holds depends on the status of the event that it dates. "Two days later" is
counted from the date told before it, "two days after the attack" tells of the attack and is counted from the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.extraction.date_readings import READERS, Anchor, DateLexicon, DatePattern
from kg.intervals import bounds_of, is_date
from kg.languages.lexicon import Language
from kg.model import Span

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
