"""Read articles from files, folders and streams: paths in, `Article`s and `Rejected`s out.

Nothing that is wrong with one file stops the others: each file or record that cannot be used becomes a `Rejected` with
its reason. The steps: `sources` finds the files, `web` fetches, `archives` unpacks, `formats` chooses the reader of
each, the readers make drafts, `completion` makes articles of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from kg.errors import KgError
from kg.languages.lexicon import find_languages
from kg.model import Article, Rejected
from kg.readers.archives import unpack
from kg.readers.completion import Completion
from kg.readers.drafts import Source
from kg.readers.formats import read_source
from kg.readers.meter import Meter
from kg.readers.sources import find_sources
from kg.readers.web import WEB, Versions, Web

__all__ = ["read_articles"]

Item = TypeVar("Item")


def read_articles(
    paths: Iterable[str | Path],
    *,
    language: str = "",
    columns: Mapping[str, str] | None = None,
    versions: Versions | None = None,
    meter: Meter | None = None,
) -> Iterator[Article | Rejected]:
    """Read every article behind the paths.

    Args:
        paths: Files, folders (read whole, in order of name), addresses of pages and feeds, or `-` for standard input.
        language: ISO 639-1 code of all texts; "" to take what each file tells, or to detect it.
        columns: For records and tables: our field name (`text`, `date`, ...) to the file's column name.
        versions: What addresses told of their version in earlier runs (`kg.readers.web.read_versions`): what is
            unchanged is not fetched again. This run's are added.
        meter: Counts what is read (`kg.readers.meter.measure`).

    Yields:
        Articles and rejections, in the order of the input. The id of an article without one is its path, relative to
        the folder given, without suffix, or its address.

    Example:
        >>> [a.date for a in read_articles(["tests/articles/krim-2014.txt"])]
        ['2014-03-18']
    """
    completion = Completion(language, find_languages())
    with Web(versions) as web:
        for source in find_sources(paths, columns or {}):
            for file in (
                [source] if isinstance(source, Rejected) else _open(meter.watch(source) if meter else source, web)
            ):
                if isinstance(file, Rejected):
                    yield file
                else:
                    yield from completion.complete(_safely(read_source, file), file)


def _open(source: Source, web: Web) -> Iterator[Source | Rejected]:
    """Yield the files that a source stands for: fetched where it is an address, unpacked where it is an archive."""
    for file in _safely(web.fetch, source) if source.suffix == WEB else [source]:
        yield from [file] if isinstance(file, Rejected) else _safely(unpack, file)


def _safely(read: Callable[[Source], Iterator[Item]], source: Source) -> Iterator[Item | Rejected]:
    """Yield what a source gives; where it fails, its reason, and no exception goes further."""
    try:
        yield from read(source)
    except KgError as error:
        yield Rejected(source.name, str(error))
    except OSError as error:
        yield Rejected(source.name, error.strerror or str(error))
    except Exception as error:  # noqa: BLE001  # a parser of another library may raise anything on a hostile file
        yield Rejected(source.name, f"cannot be read as {source.suffix or 'text'}: {type(error).__name__}: {error}")
