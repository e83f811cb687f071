"""Read plain text that may begin with a header.

A header line is a name and a value, `date 2018-03-26` or `date: 2018-03-26`; the names are date, lang, url, publisher,
title and id. The date may also stand straight before the text, on the same line, as wire archives write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Source

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_INLINE_DATE = re.compile(rf"\s*date:?[ \t]+({_DATE})(?=[ \t\r\n]|$)[ \t]*")
_LINE = re.compile(r"[ \t]*(lang|language|url|publisher|title|id):?[ \t]+(\S[^\r\n]*?)[ \t]*(?:\r?\n|\r|$)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def read(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the one article of a text file."""
    yield parse_text(decode(source.read()))


def parse_text(text: str) -> Draft:
    r"""Split a text into header and body.

    Args:
        text: The file's text.

    Returns:
        The draft; header fields that are not there are "".

    Example:
        >>> parse_text(" date 2021-10 Det er beklageligt.").date
        '2021-10'
        >>> parse_text("date 2021-10-18\ntitle Nato svarer\n\nTekst.").title
        'Nato svarer'
    """
    fields: dict[str, str] = {}
    rest = text.lstrip("\ufeff")
    while True:
        dated = None if "date" in fields else _INLINE_DATE.match(rest)
        line = _LINE.match(rest)
        if dated is not None:
            fields["date"] = dated[1]
            rest = re.sub(r"^(?:\r?\n|\r)", "", rest[dated.end() :])
        elif line is not None and _is_field(line[1], line[2], fields):
            fields["language" if line[1] == "lang" else line[1]] = line[2]
            rest = rest[line.end() :]
        else:
            return replace(Draft(text=rest), **fields)


def _is_field(name: str, value: str, fields: dict[str, str]) -> bool:
    if name in ("lang", "language"):
        return "language" not in fields and _LANGUAGE.fullmatch(value) is not None
    if name == "url":
        return "url" not in fields and "://" in value
    return name not in fields
