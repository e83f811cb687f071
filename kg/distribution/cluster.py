"""Build on a Dask cluster: the caller reads and divides, the workers extract, the caller merges by bulk load.

A worker that dies costs the shards that it had in hand: the scheduler gives them to another, which writes the same
files. A caller that dies costs nothing that was done: a rerun finds the finished shards on the storage.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from kg.building import Manifest, Outcome, sift, take
from kg.distribution.shards import Shard, ShardReport, make_shard, process_shard, read_quads, read_report
from kg.errors import WorkerError
from kg.model import Article, Rejected
from kg.pipeline import Settings
from kg.readers.extras import import_extra
from kg.store import Store

SHARD = 256
"""Articles a shard: half a minute of one worker, so that a lost one costs little and the scheduler has little to do."""
IN_HAND = 4
"""Shards a worker that are handed out and not yet merged; bounds the caller's memory."""
RETRIES = 3
MERGED = 64
"""Shards loaded into the store together: each load looks once at the support of all events."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a build is done.

    Attributes:
        scheduler: Address of a Dask scheduler: `tcp://...`.
        storage: Address of a folder that caller and workers share, as fsspec understands it.
        shard: Articles a shard.
    """

    scheduler: str
    storage: str
    shard: int = SHARD


Finished = tuple[Shard, ShardReport]


def build_on_cluster(
    inputs: Iterable[Article | Rejected], store: Store, manifest: Manifest, settings: Settings, cluster: Cluster
) -> Iterator[Outcome | ShardReport]:
    """Add every new or changed article to a store and yield what became of each, or of each shard.

    Args:
        inputs: As `kg.readers.read_articles` yields them.
        store: Open for writing.
        manifest: Of that store.
        settings: How events are extracted.
        cluster: Where.

    Raises:
        MissingExtra: Dask is not installed.
        WorkerError: The scheduler cannot be reached, or a shard failed again and again.
        StoreError: The store cannot be written.
    """
    passed: list[Outcome] = []
    fresh = sift(inputs, store, manifest, settings, passed)
    shards = (make_shard(part, settings) for part in iter(lambda: tuple(islice(fresh, cluster.shard)), ()))
    finished = _finish(shards, settings, store.names.base, cluster)
    while batch := list(islice(finished, MERGED)):
        _merge(batch, store, manifest, cluster.storage)
        yield from take(passed)
        for _, report in batch:
            yield report
            yield from (Rejected(name, reason) for name, reason in report.rejected)
    yield from take(passed)


def _finish(shards: Iterable[Shard], settings: Settings, base: str, cluster: Cluster) -> Iterator[Finished]:
    """Yield the shards as they are done, in any order."""
    distributed = import_extra("distributed", "dask")
    try:
        client = distributed.Client(cluster.scheduler, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WorkerError(f"no Dask scheduler answers at {cluster.scheduler}: {error}") from error
    with client:
        in_hand: dict[Any, Shard] = {}
        done = distributed.as_completed(loop=client.loop)
        for shard in shards:
            report = read_report(cluster.storage, shard)
            if report is not None:
                yield shard, report
                continue
            future = client.submit(
                process_shard, shard, settings, base, cluster.storage, key=f"kg-{shard.name}", retries=RETRIES
            )
            in_hand[future] = shard
            done.add(future)
            if len(in_hand) >= IN_HAND * max(1, len(client.ncores())):
                yield _result(next(done), in_hand)
        while in_hand:
            yield _result(next(done), in_hand)


def _result(future: Any, in_hand: dict[Any, Shard]) -> Finished:
    shard = in_hand.pop(future)
    try:
        return shard, future.result()
    except Exception as error:  # whatever a worker raises, or Dask when workers die over a shard
        names = f"{shard.articles[0].id} to {shard.articles[-1].id}"
        message = f"the shard of articles {names} failed {RETRIES + 1} times: {type(error).__name__}: {error}"
        raise WorkerError(f"{message}; a rerun does only what is left") from error


def _merge(batch: Iterable[Finished], store: Store, manifest: Manifest, storage: str) -> None:
    """Load the quads of some shards, articles that had another text before taken out first, and enter them."""
    finished = list(batch)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shards.nq"
        with path.open("wb") as output:
            for shard, report in finished:
                for name, _ in report.articles:
                    if store.has_article(name):
                        store.remove(name)
                output.write(read_quads(storage, shard))
        store.load(path)
    for shard, report in finished:
        keys = dict(report.articles)
        for article in shard.articles:
            if article.id in keys:
                manifest.enter(article, keys[article.id])
