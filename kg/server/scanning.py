r"""Find what must not be run in SPARQL: SERVICE and LOAD, which would fetch from anywhere.

The store's engine follows SERVICE and LOAD wherever they lead, and cannot be told not to, so what uses them is refused
before it gets there. Its parser asks for no blank around keywords (`trueSERVICE<http://x>{}` is a call), so the letters
are refused wherever they stand outside strings, comments, IRIs and variables, in the midst of a word or a prefixed name
too. They cannot hide in what is left out: an escape such as `\u0053` is not allowed in a keyword, and what looks like
an IRI cannot hold the `{` or the `<` that a call needs.

Source: SPARQL 1.1 Query Language, section 19.8, grammar; what the parser does beyond it was found by trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import QueryError

_SILENT = re.compile(
    r"""
      <[^<>"{}|^`\x00-\x20]*>
    | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*
    | [?$][A-Za-z0-9_]+
    """,
    re.VERBOSE | re.DOTALL,
)

_TOKEN = re.compile(r"[{};]|(?<![\w:.-])[A-Za-z]+(?![\w:.-])")


@dataclass(frozen=True, slots=True)
class Token:
    """A keyword in upper case, a brace or a semicolon.

    Attributes:
        text: What it is.
        start: Where it begins in the text.
        depth: How many braces are open around it.
    """

    text: str
    start: int
    depth: int


def blank_out(text: str) -> str:
    """Return SPARQL with blanks in place of its strings, IRIs, comments and variables, so that code alone is left.

    Example:
        >>> blank_out('ASK { ?load a <http://x/LOAD> }')
        'ASK {       a                 }'
    """
    return _SILENT.sub(lambda found: " " * len(found[0]), text)


def refuse_fetching(text: str, *keywords: str) -> None:
    """Refuse a query or update that would fetch something from elsewhere.

    Args:
        text: SPARQL.
        keywords: `SERVICE` for a query; `LOAD` too for an update.

    Raises:
        QueryError: One of them stands in it.
    """
    found = re.search("|".join(keywords), blank_out(text), flags=re.IGNORECASE)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise QueryError(
            f"line {line}: {found[0].upper()} is refused, since this endpoint fetches nothing; "
            "where it is part of a name, write the full IRI"
        )


def scan(text: str) -> Iterator[Token]:
    """Yield the keywords, braces and semicolons of an update.

    Example:
        >>> [token.text for token in scan("CLEAR ALL ; # all")]
        ['CLEAR', 'ALL', ';']
    """
    depth = 0
    for found in _TOKEN.finditer(blank_out(text)):
        depth -= found[0] == "}"
        yield Token(found[0].upper(), found.start(), depth)
        depth += found[0] == "{"
