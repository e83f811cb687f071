"""Read the list of sources that `kg watch` keeps a graph current from.

The file is TOML:

    [[source]]
    path = "https://news.example/feed.rss"   # or a file or folder
    lang = "da"                              # optional

    [[source]]
    path = "inbox/"
    columns = { text = "body" }              # optional, for records
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.model import Article, Rejected
from kg.readers import read_articles
from kg.readers.web import Versions

_KEYS = frozenset({"path", "lang", "columns"})


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """One place that articles come from.

    Attributes:
        path: Address, file or folder.
        lang: Language of its texts, "" to detect it.
        columns: As `--column`.
    """

    path: str
    lang: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def read_sources(path: Path) -> tuple[WatchedSource, ...]:
    """Read the list.

    Raises:
        InputError: It cannot be read, is no TOML, or has a source without path or with an unknown key.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}") from error
    if not isinstance(tables, list) or not tables:
        raise InputError(f"{path}: no [[source]]")
    return tuple(_parse_source(table, f"{path}, source {number}") for number, table in enumerate(tables, 1))


def read_watched(sources: tuple[WatchedSource, ...], versions: Versions) -> Iterator[Article | Rejected]:
    """Yield the articles of all sources, those of addresses only where they are new."""
    for source in sources:
        yield from read_articles([source.path], language=source.lang, columns=source.columns, versions=versions)


def _parse_source(table: object, place: str) -> WatchedSource:
    if not isinstance(table, dict) or not isinstance(table.get("path"), str):
        raise InputError(f"{place}: no path")
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise InputError(f"{place}: unknown {', '.join(unknown)}; there are: {', '.join(sorted(_KEYS))}")
    columns = table.get("columns", {})
    if not isinstance(columns, dict):
        raise InputError(f"{place}: columns is no table of names")
    return WatchedSource(table["path"], str(table.get("lang", "")), {str(k): str(v) for k, v in columns.items()})
