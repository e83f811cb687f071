"""Tell what is wrong with a query or an update: place, cause and choices, out of the parser's message."""

from __future__ import annotations

import re

from kg.graph.names import Names


def explain_syntax_error(text: str, message: str, names: Names) -> str:
    """Turn the parser's message about a query into place, cause and choices, in one line."""
    found = _MESSAGE.match(message)
    if found is None:
        return f"the query is wrong: {message}"
    verb = find_verb(text)
    if verb is not None and verb[1].upper() not in _VERBS:
        before = text[: verb.start(1)]
        where = f"line {before.count(_NEWLINE) + 1}, column {len(before) - before.rfind(_NEWLINE)}"
        return f"{where}: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found {verb[1]!r}"
    line, column, cause = int(found[1]), int(found[2]), found[3]
    if "Prefix not found" in cause:
        prefix = _prefix_before(text, line, column)
        return f"line {line}, column {column}: unknown prefix {prefix!r}; known are {', '.join(sorted(names.prefixes))}"
    return f"line {line}, column {column}: {_expected(cause)}"


def explain_update_error(message: str) -> str:
    """Turn the parser's message about an update into place and cause, in one line."""
    found = _MESSAGE.match(message)
    if found is None:
        return f"the update is wrong: {message}"
    return f"line {found[1]}, column {found[2]}: {_expected(found[3])}"


def _expected(cause: str) -> str:
    """Return what a parser expected, without the character classes of its grammar."""
    parts = [part for part in re.split(r", (?=\S)", cause) if ".." not in part and "{" not in part]
    shown = ", ".join(parts) if parts else cause
    return shown if shown.startswith("expected") else f"expected {shown}"


_MESSAGE = re.compile(r"error at (\d+):(\d+): (.*)", flags=re.DOTALL)
_NEWLINE = "\n"
_PROLOGUE = r"(?:\s+|#[^\n]*\n|(?:PREFIX\s+[\w.-]*:|BASE)\s*<[^>]*>)*"
_VERBS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def find_verb(text: str) -> re.Match[str] | None:
    """Return the word after a query's prologue, as group 1; None where there is none."""
    return re.match(_PROLOGUE + r"([^\s{(<*#]+)", text, flags=re.IGNORECASE)


def _prefix_before(text: str, line: int, column: int) -> str:
    rows = text.splitlines()
    before = rows[line - 1][: column - 1] if line <= len(rows) else ""
    found = re.findall(r"([\w.-]*):", before)
    return f"{found[-1]}:" if found else ":"
