"""A build that is killed or interrupted goes on where it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.building import Manifest, make_key
from kg.cli.main import run
from kg.model import Article
from kg.pipeline import Settings
from kg.store import Store

COUNT = 280
"""More articles than are parsed together, so that some are stored while others are not yet parsed."""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wire") / "wire.jsonl"
    texts = (f"Rusland udviser {number} danske diplomater." for number in range(2, COUNT + 2))
    rows = ({"id": str(number), "lang": "da", "date": "2018-03-26", "text": text} for number, text in enumerate(texts))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def triples(out: Path) -> list[str]:
    with Store.read(out / "store") as store:
        return sorted(map(str, store.quads()))


def stop_midway(articles: Path, out: Path, how: signal.Signals) -> int:
    """Start a build, stop it when some articles are stored, and return its exit code."""
    command = [sys.executable, "-m", "kg", "build", str(articles), "-o", str(out), "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        manifest = out / "manifest.jsonl"
        if manifest.is_file() and len(manifest.read_bytes().splitlines()) >= 20:
            break
        time.sleep(0.01)
    process.send_signal(how)
    return process.wait(timeout=60)


@pytest.fixture(scope="module")
def whole(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the triples of a build that nothing stopped."""
    out = tmp_path_factory.mktemp("whole")
    assert run(["build", str(articles), "-o", str(out), "--quiet"]) == 0
    return triples(out)


@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)], ids=["killed", "interrupted"]
)
def test_a_stopped_build_keeps_what_was_done_and_a_rerun_does_the_rest(
    articles: Path, whole: list[str], tmp_path: Path, how: signal.Signals, code: int
) -> None:
    out = tmp_path / "out"
    assert stop_midway(articles, out, how) == code
    done = len((out / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    assert 20 <= done < COUNT
    assert run(["build", str(articles), "-o", str(out), "--quiet"]) == 0
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["articles"]["unchanged"] >= done - 1
    assert triples(out) == whole


def test_the_key_changes_with_the_article_and_the_settings_but_not_with_the_number_of_processes() -> None:
    article, settings = Article("a", "Text.", "da"), Settings()
    assert make_key(article, settings) == make_key(article, Settings(processes=2))
    assert make_key(article, settings) != make_key(Article("a", "Text!", "da"), settings)
    assert make_key(article, settings) != make_key(article, Settings(extractor="rules"))


def test_the_key_changes_with_what_stands_in_a_file_of_actors(tmp_path: Path) -> None:
    article, path = Article("a", "Text.", "da"), tmp_path / "mine.ttl"
    keys = []
    for text in ("# one", "# two", "# one"):
        path.write_text(text, encoding="utf-8")
        keys.append(make_key(article, Settings(actors=(path,))))
    assert keys[0] == keys[2] != keys[1]


def test_a_manifest_remembers_over_runs(tmp_path: Path) -> None:
    article = Article("a", "Text.", "da")
    with Manifest(tmp_path / "m.jsonl") as manifest:
        assert not manifest.has(article, "1")
        manifest.enter(article, "1")
    with Manifest(tmp_path / "m.jsonl") as manifest:
        assert manifest.has(article, "1")
        assert not manifest.has(article, "2")
