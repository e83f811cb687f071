"""The named queries: SPARQL files whose first lines say what they are for and which values they take.

    # Purpose: what the answer tells
    # Parameter: from (actor): who acts
    # Columns: date source action target
    # Example: kg query dyad --from RUS --to NATO --since 2021

A parameter is a variable of the query. Left out, it stays free; given, it is bound by a VALUES block that takes the
place of each comment `# BIND name ...`. Values are checked and escaped, never pasted. So a file is valid SPARQL as it
stands, and any editor can run it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from urllib.parse import quote

from kg.errors import DataError, QueryError, UsageError
from kg.intervals import bounds_of, is_date

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query takes.

    Attributes:
        name: Of the variable and of the option.
        kind: A key of `KINDS`.
        default: Used where none is given, "" to leave the variable free.
        purpose: In a few words.
    """

    name: str
    kind: str
    default: str
    purpose: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `kg/queries/`.

    Attributes:
        name: Of its file, without the ending.
        purpose: One line.
        parameters: In order.
        columns: What it selects, in order.
        example: A command that runs it.
        text: The SPARQL.
    """

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    example: str
    text: str

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the query with values for some of its parameters.

        Args:
            values: Parameter name -> value as a person writes it: `RUS`, `2021-10`, `SANCTION`.

        Raises:
            UsageError: There is no such parameter, or the value is none of its kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                options = ", ".join(f"--{each}" for each in known) or "none"
                raise UsageError(f"query {self.name} has no parameter --{name}; it has {options}")
        given = {name: values.get(name) or parameter.default for name, parameter in known.items()}
        terms = {name: format_term(known[name], value) for name, value in given.items() if value}
        return re.sub(r"# BIND ([\w ]+)", lambda found: _values_block(found[1].split(), terms), self.text)


def format_term(parameter: Parameter, value: str) -> str:
    """Return a value as SPARQL writes it.

    Raises:
        UsageError: The value is none of the parameter's kind.

    Example:
        >>> format_term(Parameter("since", "date", "", ""), "2021")
        '"2021-01-01"^^xsd:date'
    """
    try:
        return KINDS[parameter.kind](value)
    except ValueError as error:
        raise UsageError(f"--{parameter.name} {value!r}: {error}") from None


def _format_id(prefix: str) -> Callable[[str], str]:
    def format_id(value: str) -> str:
        local = value.rsplit("/", 1)[-1].removeprefix(f"{prefix}:")
        if not local:
            raise ValueError(f"not the id of a node under {prefix}:")
        # A prefixed name keeps the query free of the base; its escapes are those of SPARQL's PN_LOCAL.
        return f"{prefix}:" + re.sub(r"(^[-.]|\.$|[~!$&'()*+,;=/?#@])", r"\\\1", quote(local, safe="-_.~"))

    return format_id


def _format_first_day(value: str) -> str:
    return _format_day(value, 0)


def _format_last_day(value: str) -> str:
    return _format_day(value, 1)


def _format_day(value: str, end: int) -> str:
    if not is_date(value):
        raise ValueError("not YYYY, YYYY-MM or YYYY-MM-DD")
    return f'"{bounds_of(value)[end]}"^^xsd:date'


def _format_days(value: str) -> str:
    return f'"P{_number(value)}D"^^xsd:dayTimeDuration'


def _number(value: str) -> int:
    if not re.fullmatch(r"\d{1,9}", value):
        raise ValueError("not a whole number")
    return int(value)


def _format_text(value: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(character, character) for character in value) + '"'


KINDS: Mapping[str, Callable[[str], str]] = {
    "actor": _format_id("actor"),
    "action": _format_id("act"),
    "event": _format_id("ev"),
    "article": _format_id("art"),
    "since": _format_first_day,
    "until": _format_last_day,
    "days": _format_days,
    "number": lambda value: str(_number(value)),
    "text": _format_text,
}
"""What a parameter may be -> how its value is written."""


def _values_block(names: list[str], terms: Mapping[str, str]) -> str:
    return " ".join(f"VALUES ?{name} {{ {terms[name]} }}" for name in names if name in terms)


@cache
def load_queries() -> Mapping[str, NamedQuery]:
    """Return all named queries by name, sorted.

    Raises:
        DataError: A file's header is wrong; the message names the file and the line.
    """
    return {path.stem: parse_query(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.rq"))}


def load_query(name: str) -> NamedQuery:
    """Return a named query.

    Raises:
        QueryError: There is none of that name; the message lists the nearest.
    """
    queries = load_queries()
    if name not in queries:
        near = get_close_matches(name, queries, n=3) or sorted(queries)
        raise QueryError(f"no query {name!r}; there are {', '.join(near)}; `kg query --list` shows all")
    return queries[name]


def parse_query(name: str, text: str) -> NamedQuery:
    """Read a query's header.

    Raises:
        DataError: A line of it cannot be read, or purpose, columns or example are missing.
    """
    fields: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        found = re.fullmatch(r"# (Purpose|Parameter|Columns|Example): (.+)", line)
        if found is None:
            raise DataError(f"queries/{name}.rq:{number}: not `# Purpose|Parameter|Columns|Example: ...`")
        fields.setdefault(found[1], []).append(found[2])
    try:
        return NamedQuery(
            name,
            fields["Purpose"][0],
            tuple(_parse_parameter(name, line) for line in fields.get("Parameter", ())),
            tuple(fields["Columns"][0].split()),
            fields["Example"][0],
            text,
        )
    except KeyError as error:
        raise DataError(f"queries/{name}.rq: the header has no {error} line") from error


def _parse_parameter(name: str, line: str) -> Parameter:
    found = re.fullmatch(r"(\w+) \((\w+)(?:, ([^)]+))?\): (.+)", line)
    if found is None or found[2] not in KINDS:
        raise DataError(f"queries/{name}.rq: parameter {line!r} is not `name (kind[, default]): purpose`")
    return Parameter(found[1], found[2], found[3] or "", found[4])
