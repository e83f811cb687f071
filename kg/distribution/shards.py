"""Do one shard of a big build: some articles in, their N-Quads and what became of each on shared storage.

A shard's name is a hash of its articles and of all that decides their events, so that whoever does it twice writes
the same files; its manifest is written last, so that a shard with a manifest is done. Identity is content
(`kg.identity`), so workers need not know of one another: the graph is the union of what they write.
"""

from __future__ import annotations

import io
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.building import make_key
from kg.graph.files import find_form
from kg.identity import hash_content
from kg.model import Article, Rejected
from kg.ontology.actions import load_actions
from kg.ontology.actors import load_actors
from kg.pipeline import Processed, Settings, run
from kg.provenance import describe_run
from kg.readers.extras import import_extra
from kg.store import Store

QUADS = Path("shard.nq")


@dataclass(frozen=True, slots=True)
class Shard:
    """Articles that one worker does together.

    Attributes:
        name: Hash of what is in it.
        articles: As read.
        keys: Of each article what `kg.building.make_key` gives.
    """

    name: str
    articles: tuple[Article, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What became of a shard: its manifest.

    Attributes:
        articles: Id and key of each article whose quads it holds.
        undated: How many of them have no publication date.
        events: How many events they tell of.
        claims: How many claims.
        types: Events by type.
        languages: Articles by language.
        rejected: Articles that could not be done, with their reasons.
    """

    articles: tuple[tuple[str, str], ...]
    undated: int = 0
    events: int = 0
    claims: int = 0
    types: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    rejected: tuple[tuple[str, str], ...] = ()


def make_shard(articles: Sequence[Article], settings: Settings) -> Shard:
    """Return the shard of some articles."""
    keys = tuple(make_key(article, settings) for article in articles)
    names = (part for article, key in zip(articles, keys, strict=True) for part in (article.id, key))
    return Shard(hash_content(*names), tuple(articles), keys)


def process_shard(shard: Shard, settings: Settings, base: str, storage: str) -> ShardReport:
    """Write a shard's quads and then its manifest; called on a worker.

    Args:
        shard: The articles.
        settings: How events are extracted.
        base: Base of the graph's own IRIs, "" for the usual one.
        storage: Address of a folder that all workers and the caller reach: a path, `s3://bucket/run`, ...
    """
    keys = {article.id: key for article, key in zip(shard.articles, shard.keys, strict=True)}
    found = list(run(shard.articles, settings))
    done = [item for item in found if isinstance(item, Processed)]
    report = _report_of(done, [item for item in found if isinstance(item, Rejected)], keys)
    write_file(storage, f"{shard.name}.nq", _quads_of(done, settings, base))
    write_file(storage, f"{shard.name}.json", json.dumps(asdict(report), ensure_ascii=False).encode())
    return report


def read_report(storage: str, shard: Shard) -> ShardReport | None:
    """Return the manifest of a shard that was done before, None of one that was not."""
    files, root = open_storage(storage)
    path = f"{root}/{shard.name}.json"
    if not files.exists(path):
        return None
    told = json.loads(files.cat_file(path))
    pairs = {name: tuple((str(a), str(b)) for a, b in told[name]) for name in ("articles", "rejected")}
    return ShardReport(**(told | pairs))


def read_quads(storage: str, shard: Shard) -> bytes:
    """Return the N-Quads of a shard that was done."""
    files, root = open_storage(storage)
    return bytes(files.cat_file(f"{root}/{shard.name}.nq"))


def write_file(storage: str, name: str, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    files, root = open_storage(storage)
    draft = f"{root}/.{name}.{uuid.uuid4().hex}"
    files.makedirs(root, exist_ok=True)
    files.pipe_file(draft, content)
    files.mv(draft, f"{root}/{name}")


def open_storage(storage: str) -> tuple[Any, str]:
    """Return fsspec's file system for an address, and the path in it.

    Raises:
        MissingExtra: fsspec is not installed.
    """
    files, root = import_extra("fsspec", "dask").core.url_to_fs(storage)
    return files, str(root).rstrip("/")


def _report_of(done: Sequence[Processed], rejected: Iterable[Rejected], keys: Mapping[str, str]) -> ShardReport:
    events = [event for item in done for event in item.events]
    return ShardReport(
        articles=tuple((item.article.id, keys[item.article.id]) for item in done),
        undated=sum(not item.article.date for item in done),
        events=len(events),
        claims=sum(len(event.claims) for event in events),
        types=_count(load_actions()[event.action].type for event in events),
        languages=_count(item.article.language for item in done),
        rejected=tuple((item.name, item.reason) for item in rejected),
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _quads_of(done: Iterable[Processed], settings: Settings, base: str) -> bytes:
    """Return the sorted N-Quads of what was found, settled among themselves."""
    actors = load_actors(settings.actors)
    with Store.in_memory(base) as store:
        for item in done:
            store.add(item.article, item.events, actors=actors, run=describe_run(settings))
        output = io.BytesIO()
        store.dump(output, find_form(QUADS))
    return b"".join(sorted(output.getvalue().splitlines(keepends=True)))
