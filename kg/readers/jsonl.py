"""Read JSON Lines: one article a line, `{"id", "lang", "date", "url", "publisher", "title", "text"}`.

Other fields, `events` among them, are ignored. A bad line is rejected by itself and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import BYTES_LIMIT, Draft, Source, to_draft


def read(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the articles of a JSON Lines file, or of a file that holds one JSON list or object."""
    empty = True
    with source.open() as stream:
        for number, line in _read_lines(stream):
            if not line.strip():
                continue
            empty = False
            place = f"{source.name}:{number}"
            try:
                yield to_draft(_parse_object(line), source.columns, place)
            except InputError as error:
                yield Rejected(place, str(error))
    if empty:
        raise InputError("empty")


def read_json(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the articles of one JSON value: an object, or a list of them."""
    try:
        value = json.loads(decode(source.read()))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}; one object a line is .jsonl") from error
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        place = f"{source.name}[{number}]"
        try:
            if not isinstance(record, dict):
                raise InputError(f"a JSON {type(record).__name__}, not an object")
            yield to_draft(record, source.columns, place)
        except InputError as error:
            yield Rejected(place, str(error))


def _read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(BYTES_LIMIT):
        number += 1
        if len(line) == BYTES_LIMIT and not line.endswith(b"\n"):
            raise InputError(f"line {number} is longer than {BYTES_LIMIT // 1_000_000} MB")
        yield number, line


def _parse_object(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"a JSON {type(record).__name__}, not an object")
    return record
