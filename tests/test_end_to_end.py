"""From sample articles to Turtle, page and explanation, by the commands that a user types."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from playwright.sync_api import sync_playwright

from kg.cli.main import run
from kg.model import Event, Status
from kg.pipeline import Processed, Settings
from kg.pipeline import run as extract
from kg.readers import read_articles

ARTICLES = Path(__file__).parent / "articles"
SEED = os.environ.get("KG_SEED", "")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "-o", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="module")
def turtle(demo: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(demo / "graph.ttl")


def test_the_demo_leaves_store_turtle_page_and_report(demo: Path) -> None:
    assert {"store", "graph.ttl", "graph.html", "report.json", "rejected.jsonl"} <= {p.name for p in demo.iterdir()}


def test_the_turtle_holds_what_the_articles_tell(turtle: rdflib.Graph) -> None:
    did = {tuple(str(term).rpartition("/")[2] for term in triple) for triple in turtle if "/action/" in str(triple[1])}
    told = {
        ("DNK", "expel-diplomats", "RUS"),
        ("USA", "expel-diplomats", "RUS"),
        ("RUS", "annex", "UKR"),
        ("IRQ", "expel-diplomats", "SWE"),
        ("RUS", "invade", "UKR"),
    }
    assert told <= did


@pytest.mark.rapper
def test_rapper_reads_as_many_triples_as_rdflib(demo: Path, turtle: rdflib.Graph) -> None:
    path = str(demo / "graph.ttl")
    command = ["rapper", "-q", "-i", "turtle", "-o", "ntriples", path]
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == len(turtle)


@pytest.mark.browser
def test_the_page_opens_offline_shows_actors_and_logs_nothing(demo: Path) -> None:
    logged: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        page.on("console", lambda message: logged.append(message.text))
        page.on("pageerror", lambda error: logged.append(str(error)))
        page.goto((demo / "graph.html").as_uri())
        page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=30_000)
        text = page.locator("body").inner_text()
        browser.close()
    assert logged == []
    assert "Russia" in text
    assert re.search(r"\d+ events · \d+ actors", text)


def test_the_same_articles_give_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    assert run(["demo", "-o", str(tmp_path), "--quiet"]) == 0
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / name).read_bytes() == (demo / name).read_bytes()


def test_no_full_text_is_in_the_graph(demo: Path) -> None:
    text = (demo / "graph.ttl").read_text(encoding="utf-8")
    for article in ARTICLES.glob("*.txt"):
        whole = article.read_text(encoding="utf-8").split("\n\n", 1)[1]
        assert whole[:600] not in text


@pytest.fixture(scope="module")
def seed_events() -> tuple[Event, ...]:
    if not SEED:
        pytest.skip("KG_SEED names no file")
    (found,) = extract(read_articles([SEED]), Settings())
    assert isinstance(found, Processed)
    return found.events


def _triples(events: tuple[Event, ...]) -> Iterator[tuple[str, str, str]]:
    for event in events:
        if any(claim.claim.status in (Status.ACTUAL, Status.PLANNED) for claim in event.claims):
            yield from ((s, event.action, t) for s in event.sources for t in event.targets or ("-",))


@pytest.mark.seed
@pytest.mark.parametrize(
    ("source", "action", "target", "date"),
    [
        ("RUS", "close-mission", "NATO", "2021-11-01"),
        ("NATO", "revoke-accreditation", "RUS", None),
        ("RUS", "cyberattack", "OPCW", None),
        ("RUS", "poison", "GBR", "2018-03"),
    ],
)
def test_the_first_article_gives_its_events(
    seed_events: tuple[Event, ...], source: str, action: str, target: str, date: str | None
) -> None:
    found = [e for e in seed_events if (e.action, e.sources, e.targets) == (action, (source,), (target,))]
    assert found
    assert date is None or date in {event.date for event in found}


@pytest.mark.seed
def test_the_first_article_gives_few_events_beside(seed_events: tuple[Event, ...]) -> None:
    assert len(set(_triples(seed_events))) <= 16
