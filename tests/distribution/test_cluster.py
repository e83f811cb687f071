"""A build on a Dask cluster gives the graph that one process gives, also when a worker is killed midway."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from kg.building import Added, Manifest, Unchanged, build
from kg.cli.main import run
from kg.distribution.cluster import Cluster, build_on_cluster
from kg.distribution.shards import ShardReport, make_shard, process_shard
from kg.errors import WorkerError
from kg.model import Article, Rejected
from kg.pipeline import Settings
from kg.readers import read_articles
from kg.store import Store

SAMPLES = Path(__file__).parents[1] / "articles"
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning:distributed.*")


def read_all() -> list[Article | Rejected]:
    """Return the sample articles and, so that every worker has several shards, their paragraphs as articles."""
    samples = [a for a in read_articles([SAMPLES]) if isinstance(a, Article)]
    parts = [
        Article(f"{a.id}-{n}", paragraph, a.language, a.date)
        for a in samples
        for n, paragraph in enumerate(a.text.split("\n\n"))
    ]
    return [*samples, *parts]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
    ) as made:
        yield made


def triples(store: Store) -> list[str]:
    return sorted(map(str, store.quads()))


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the triples of a build by this process alone."""
    path = tmp_path_factory.mktemp("single") / "manifest.jsonl"
    with Store.in_memory() as store, Manifest(path) as manifest:
        list(build(read_all(), store, manifest, Settings()))
        store.link_copies()
        return triples(store)


def test_a_cluster_gives_the_same_quads_and_a_rerun_does_nothing(
    cluster: Any, single: list[str], tmp_path: Path
) -> None:
    where = Cluster(cluster.scheduler_address, str(tmp_path / "shards"), shard=8)
    with Store.in_memory() as store, Manifest(tmp_path / "manifest.jsonl") as manifest:
        told = list(build_on_cluster(read_all(), store, manifest, Settings(), where))
        assert triples(store) == single
        assert sum(len(report.articles) for report in told if isinstance(report, ShardReport)) == len(read_all())
        again = list(build_on_cluster(read_all(), store, manifest, Settings(), where))
        assert [type(outcome) for outcome in again] == [Unchanged] * len(read_all())


def test_nothing_is_lost_or_doubled_when_a_worker_is_killed_midway(
    cluster: Any, single: list[str], tmp_path: Path
) -> None:
    shards = tmp_path / "shards"
    where = Cluster(cluster.scheduler_address, str(shards), shard=4)
    killed: list[int] = []

    def articles_and_a_kill() -> Iterator[Article | Rejected]:
        """Yield the articles; once a first shard is done, kill the process of a worker that has others in hand."""
        for item in read_all():
            if not killed and any(shards.glob("*.json")):
                with Client(cluster.scheduler_address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
                    killed.extend(client.run(os.getpid).values())
                os.kill(killed[0], signal.SIGKILL)
            yield item

    with Store.in_memory() as store, Manifest(tmp_path / "manifest.jsonl") as manifest:
        list(build_on_cluster(articles_and_a_kill(), store, manifest, Settings(), where))
        assert killed
        assert triples(store) == single
    assert {path.suffix for path in shards.iterdir()} == {".nq", ".json"}


def test_a_caller_that_starts_again_finds_the_finished_shards(cluster: Any, single: list[str], tmp_path: Path) -> None:
    storage = str(tmp_path / "shards")
    where = Cluster(cluster.scheduler_address, storage, shard=16)
    articles = [item for item in read_all() if isinstance(item, Article)]
    process_shard(make_shard(articles[:16], Settings()), Settings(), "", storage)
    before = {path.name: path.stat().st_mtime_ns for path in Path(storage).iterdir()}
    with Store.in_memory() as store, Manifest(tmp_path / "manifest.jsonl") as manifest:
        list(build_on_cluster(articles, store, manifest, Settings(), where))
        assert triples(store) == single
    assert {name: (Path(storage) / name).stat().st_mtime_ns for name in before} == before


def test_the_command_builds_on_a_cluster_and_reports(cluster: Any, tmp_path: Path) -> None:
    wire = tmp_path / "wire.jsonl"
    rows = (
        {"id": "1", "lang": "da", "date": "2018-03-26", "text": "Rusland udviser to danske diplomater."},
        {"id": "2", "lang": "sv", "text": "Ryssland utvisar diplomater."},
    )
    wire.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = str(tmp_path / "out")
    command = ["build", str(wire), "-o", out, "--quiet", "--engine", "dask", "--scheduler", cluster.scheduler_address]
    assert run(command) == 3
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["articles"] == {"added": 1, "unchanged": 0, "undated": 0}
    assert report["languages"] == {"da": 1}
    assert report["events"] == 1
    assert [item["name"] for item in report["rejected"]] == [f"{wire}:2"]


def test_a_changed_article_takes_the_place_of_the_old_one(cluster: Any, tmp_path: Path) -> None:
    old = Article("1", "Rusland udviser to danske diplomater.", "da", "2018-03-26")
    new = Article("1", "Rusland invaderer Ukraine.", "da", "2022-02-24")
    where = Cluster(cluster.scheduler_address, str(tmp_path / "shards"))
    with Store.in_memory() as store, Manifest(tmp_path / "manifest.jsonl") as manifest:
        for article in (old, new):
            list(build_on_cluster([article], store, manifest, Settings(), where))
        built = triples(store)
    with Store.in_memory() as store, Manifest(tmp_path / "other.jsonl") as manifest:
        assert [type(outcome) for outcome in build([new], store, manifest, Settings())] == [Added]
        assert triples(store) == built


@pytest.mark.parametrize(
    "options",
    [["--engine", "spark"], ["--engine", "dask"], ["--scheduler", "tcp://127.0.0.1:1"]],
    ids=["unknown engine", "no scheduler", "scheduler without engine"],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, options: list[str]) -> None:
    assert run(["build", str(SAMPLES), "-o", str(tmp_path), "--quiet", *options]) == 2


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    with Store.in_memory() as store, Manifest(tmp_path / "manifest.jsonl") as manifest:
        where = Cluster("tcp://127.0.0.1:1", str(tmp_path))
        with pytest.raises(WorkerError, match="no Dask scheduler answers"):
            list(build_on_cluster([Article("1", "Rusland.", "da")], store, manifest, Settings(), where))
