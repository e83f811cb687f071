"""Read tables, one article a row: CSV, tab-separated text and Parquet.

The columns are named as the fields of JSON Lines (`id`, `lang`, `date`, `url`, `publisher`, `title`, `text`), or are
mapped to them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import BYTES_LIMIT, FIELDS, Draft, Source, to_draft
from kg.readers.extras import import_extra

# A table of a year's articles is larger than one article may be, and is held in memory once.
TABLE_LIMIT = 500_000_000
_ROWS = 1000


def read_csv(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the articles of comma-, semicolon- or tab-separated text; the header line decides which."""
    text = decode(source.read(TABLE_LIMIT))
    header = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max("\t;,|", key=header.count)
    csv.field_size_limit(BYTES_LIMIT)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, restkey="")
    try:
        yield from _to_drafts(rows, source)
    except csv.Error as error:
        raise InputError(f"line {rows.line_num}: {error}") from error


def read_parquet(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the articles of a Parquet file, some rows at a time."""
    parquet = import_extra("pyarrow.parquet", "parquet")
    arrow = import_extra("pyarrow", "parquet")
    with source.open() as stream:
        try:
            table = parquet.ParquetFile(stream)
            batches = table.iter_batches(_ROWS, columns=_columns(table.schema_arrow.names, source))
            yield from _to_drafts((row for batch in batches for row in batch.to_pylist()), source)
        except arrow.ArrowException as error:
            raise InputError(f"no Parquet file: {error}") from error


def _columns(names: list[str], source: Source) -> list[str]:
    """Return the columns that are fields of ours: others may be large."""
    wanted = {source.columns.get(field, field) for field in (*FIELDS, "language")}
    return [name for name in names if name in wanted] or names


def _to_drafts(
    rows: Iterator[Mapping[str, object]] | csv.DictReader[str], source: Source
) -> Iterator[Draft | Rejected]:
    for number, row in enumerate(rows, 1):
        place = f"{source.name}, row {number}"
        try:
            yield to_draft({str(name): _plain(cell) for name, cell in row.items() if name}, source.columns, place)
        except InputError as error:
            yield Rejected(place, str(error))


def _plain(cell: object) -> object:
    """Turn a date or time of a typed table into ISO 8601."""
    isoformat = getattr(cell, "isoformat", None)
    return isoformat() if isoformat is not None else cell
