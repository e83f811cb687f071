"""Which reader reads which file: by suffix, each reader's module imported when its first file comes.

Other distributions add readers through the entry-point group `kg.readers`: the entry's name is the suffix without its
dot, its value a function `Source -> Iterator[Draft | Rejected]`.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import entry_points
from typing import cast

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.drafts import Draft, Reader, Source

_READERS = {
    ".txt": "text:read",
    ".text": "text:read",
    ".md": "markdown:read",
    ".markdown": "markdown:read",
    ".jsonl": "jsonl:read",
    ".ndjson": "jsonl:read",
    ".json": "jsonl:read_json",
    ".html": "html:read",
    ".htm": "html:read",
    ".xhtml": "html:read",
    ".csv": "tables:read_csv",
    ".tsv": "tables:read_csv",
    ".parquet": "tables:read_parquet",
    ".pdf": "documents:read_pdf",
    ".docx": "documents:read_docx",
    ".eml": "documents:read_mail",
    ".xml": "xml:read",
    ".rss": "xml:read",
    ".atom": "xml:read",
    ".nitf": "xml:read",
    ".warc": "archives:read_warc",
}

_ARCHIVES = (".gz", ".zip")


def find_formats() -> tuple[str, ...]:
    """Return the suffixes that can be read, sorted."""
    return tuple(sorted({*_READERS, *_ARCHIVES, *(f".{entry.name}" for entry in entry_points(group="kg.readers"))}))


def read_source(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the drafts of a source.

    Raises:
        InputError: Nothing reads its suffix, or the file as a whole is bad.
        OSError: It cannot be read.
    """
    if source.suffix:
        return _load_reader(source.suffix)(source)
    return _read_unnamed(source)


def _read_unnamed(source: Source) -> Iterator[Draft | Rejected]:
    """Read what has no suffix, as standard input: JSON Lines where it begins with a brace, otherwise one text."""
    with source.open() as stream, io.BufferedReader(cast(io.RawIOBase, stream)) as buffered:
        start = buffered.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        suffix = ".jsonl" if start.startswith(b"{") else ".txt"
        yield from _load_reader(suffix)(replace(source, open=lambda: buffered))


def _load_reader(suffix: str) -> Reader:
    for entry in entry_points(group="kg.readers", name=suffix[1:]):
        return cast(Reader, entry.load())
    if suffix not in _READERS:
        raise InputError(f"no reader for {suffix!r}; there are: {', '.join(find_formats())}")
    module, _, name = _READERS[suffix].partition(":")
    return cast(Reader, getattr(importlib.import_module(f"kg.readers.{module}"), name))
