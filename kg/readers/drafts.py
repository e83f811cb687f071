"""What a reader hands on: a text and what its file told about it, nothing checked yet.

A reader turns one `Source` into `Draft`s; `completion` turns a draft into an `Article` or says why it cannot.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Rejected

# One text file or one record: a day's whole wire is smaller, a dump of 1 GB is refused before it is read.
BYTES_LIMIT = 20_000_000

FIELDS = ("id", "lang", "date", "url", "publisher", "title", "text")
"""The names that a record's columns have, unless a mapping tells others."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file, stream or member of an archive, found but not read.

    Attributes:
        name: Path, URL or member name as shown to people.
        stem: What an article's id is made from where the file gives none.
        suffix: Lower-case, with the dot (".jsonl"); decides the reader.
        open: Opens the bytes; to be called once.
        columns: For tables and records: our field name to the file's column name.
        depth: How many archives it lies in.
        size: Bytes of the file, 0 where it is none.
    """

    name: str
    stem: str
    suffix: str
    open: Callable[[], BinaryIO]
    columns: Mapping[str, str]
    depth: int = 0
    size: int = 0

    def read(self, limit: int = BYTES_LIMIT) -> bytes:
        """Return all bytes.

        Args:
            limit: Most bytes allowed.

        Raises:
            InputError: There are more.
            OSError: It cannot be read.
        """
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise InputError(f"larger than {limit // 1_000_000} MB, too large for one article")
        return content


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as its file gives it; every field may be wrong or empty.

    Attributes:
        text: Paragraphs separated by blank lines.
        id: Given by the file; "" where completion makes one from the source's stem.
        language: As given: "da", "da-DK" or "".
        date: As given: ISO 8601, with or without a time, or "".
        title: Headline or "".
        url: Address or "".
        publisher: Paper or agency or "".
        name: Where it stands, for messages: "wire.jsonl:12"; "" for the source's own name.
    """

    text: str
    id: str = ""
    language: str = ""
    date: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""
    name: str = ""


Reader = Callable[[Source], Iterator[Draft | Rejected]]
"""Reads one source; may raise `InputError` or `OSError`, which becomes a `Rejected` of the whole source."""


def to_draft(record: Mapping[str, object], columns: Mapping[str, str], name: str) -> Draft:
    """Make a draft of a record of a table or a JSON file.

    Args:
        record: The record's cells by column name; other columns are ignored.
        columns: Our field name to the record's column name, where they differ.
        name: Where it stands, for messages.

    Raises:
        InputError: There is no text, or a field is neither text nor number.

    Example:
        >>> to_draft({"body": "Text.", "id": 7}, {"text": "body"}, "a.jsonl:1").id
        '7'
    """
    cells = {field: _to_text(record.get(columns.get(field, field)), field) for field in FIELDS}
    if not cells["text"].strip():
        wanted = columns.get("text", "text")
        raise InputError(f"no {wanted!r}; there are: {', '.join(sorted(map(str, record))) or 'no fields'}")
    return Draft(
        text=cells["text"],
        id=cells["id"],
        language=cells["lang"] or _to_text(record.get("language"), "language"),
        date=cells["date"],
        title=cells["title"],
        url=cells["url"],
        publisher=cells["publisher"],
        name=name,
    )


def from_bytes(content: bytes, name: str, stem: str, suffix: str, source: Source) -> Source:
    """Return a source for bytes that were unpacked from another source."""
    return Source(name, stem, suffix, lambda: io.BytesIO(content), source.columns, source.depth + 1)


def _to_text(value: object, field: str) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list, bool)):
        raise InputError(f"{field!r} is {type(value).__name__}, not text")
    return str(value)
