"""Build a graph that can be built on: articles in, a store kept current, what happened told one by one.

The manifest beside the store names every article that is in it by a key: a hash of the article, of the settings and
of the data that extraction reads. A rerun passes over articles with the same key, so that only what is new or changed
is parsed. An article is entered in the manifest after the store has it: an interrupt between the two costs one
article's work and nothing else, since adding it again changes nothing.

What `kg remove` takes out is noted in the manifest too, and stays out until it is asked for again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Self

from kg.model import Article, Event, Rejected
from kg.ontology.actors import load_actors
from kg.pipeline import Processed, Settings, run
from kg.provenance import describe_run
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was processed and is in the store.

    Attributes:
        article: As read.
        events: What it tells.
        changed: False where the store had all of it already.
        seconds: How long its parse, extraction and storing took.
    """

    article: Article
    events: tuple[Event, ...]
    changed: bool
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that the store holds as it is; it was not parsed again."""

    article: Article


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that was taken out of the store on purpose and stays out."""

    article: Article


Outcome = Added | Unchanged | Withdrawn | Rejected

_WITHDRAWN = "withdrawn"
"""Stands for the key of an article that was taken out; no hash looks like it."""


class Manifest:
    """Which articles are in a store, by the key of what was done to them; a file with one line an article.

    Args:
        path: The file; made when the first article is entered.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys = dict(_read_lines(path)) if path.is_file() else {}
        self._file = path.open("a", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def has(self, article: Article, key: str) -> bool:
        """Say whether the article was entered with this key."""
        return self._keys.get(article.id) == key

    def is_withdrawn(self, article: Article) -> bool:
        """Say whether the article was taken out, whatever its text was then."""
        return self._keys.get(article.id) == _WITHDRAWN

    def enter(self, article: Article, key: str) -> None:
        """Enter an article; on disk before this returns to the caller's next article."""
        self._write(article.id, key)

    def withdraw(self, article_id: str) -> None:
        """Enter that an article was taken out and is to stay out."""
        self._write(article_id, _WITHDRAWN)

    def forget(self) -> None:
        """Forget all entries for this run, so that every article is done again, those taken out too."""
        self._keys.clear()

    def _write(self, article_id: str, key: str) -> None:
        self._keys[article_id] = key
        self._file.write(json.dumps([article_id, key]) + "\n")
        self._file.flush()


def build(
    inputs: Iterable[Article | Rejected], store: Store, manifest: Manifest, settings: Settings
) -> Iterator[Outcome]:
    """Add every new or changed article to a store and yield what became of each.

    Args:
        inputs: As `kg.readers.read_articles` yields them.
        store: Open for writing.
        manifest: Of that store.
        settings: How events are extracted.

    Yields:
        One outcome an input: the unchanged, withdrawn and rejected as soon as they are met.

    Raises:
        DataError, MissingModel, UsageError: As `kg.pipeline.run`.
        StoreError: The store cannot be written.
    """
    passed: list[Outcome] = []
    actors = load_actors(settings.actors)
    for item in run(sift(inputs, store, manifest, settings, passed), settings):
        yield from take(passed)
        if isinstance(item, Processed):
            start = perf_counter()
            change = store.add(item.article, item.events, actors=actors, run=describe_run(settings))
            manifest.enter(item.article, make_key(item.article, settings))
            yield Added(item.article, item.events, bool(change), item.seconds + perf_counter() - start)
        else:
            yield item
    yield from take(passed)


def sift(
    inputs: Iterable[Article | Rejected], store: Store, manifest: Manifest, settings: Settings, passed: list[Outcome]
) -> Iterator[Article]:
    """Yield the articles that are to be done, and note what becomes of the others in `passed`."""
    for item in inputs:
        if isinstance(item, Rejected):
            passed.append(item)
        elif manifest.is_withdrawn(item):
            passed.append(Withdrawn(item))
        elif manifest.has(item, make_key(item, settings)) and store.has_article(item.id):
            passed.append(Unchanged(item))
        else:
            yield item


def take(passed: list[Outcome]) -> Iterator[Outcome]:
    """Yield what was noted, and note it no more."""
    while passed:
        yield passed.pop(0)


def make_key(article: Article, settings: Settings) -> str:
    """Return the hash of all that decides an article's events."""
    parts = (article.text, article.language, article.date, article.title, article.url, article.publisher)
    return _hash(*parts, *describe_run(settings))


def _hash(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the entries; a line that an interrupt cut short is passed over."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            article, key = json.loads(line)
        except ValueError:
            continue
        yield str(article), str(key)
