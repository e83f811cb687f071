"""A small graph made by hand from the sample articles, pages of it, and a browser that is not on any network."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

from kg.graph.records import Records, read_records
from kg.model import Article, Event, PlaceMention, Span, Status
from kg.readers import read_articles
from kg.store import Store
from kg.views.html import write_page

ARTICLES = Path(__file__).parents[1] / "articles"
NEW_YORK = PlaceMention(Span(0, 8), "New York", "5128581", "USA", 40.71, -74.01)

MakeEvent = Callable[..., Event]
OpenPage = Callable[..., Page]

SALISBURY = ("2018-03-26", "2018-03-26")
STOCKHOLM = ("2024-03-07", "2024-03-07")
KYIV = ("2022-02-24", "2022-02-24")


@dataclass(frozen=True)
class Told:
    """An event of a sample article: its sentence is found by how it begins."""

    action: str
    source: str
    target: str
    beginning: str
    trigger: str
    days: tuple[str, str] = ("", "")
    status: Status = Status.ACTUAL
    speaker: str = ""
    place: PlaceMention | None = None


EVENTS = {
    "skripal-2018": [
        Told("expel-diplomats", "DNK", "RUS", "Danmark udviser to", "udviser", SALISBURY),
        Told("expel-diplomats", "USA", "RUS", "USA udviser 60 russere", "udviser", SALISBURY, place=NEW_YORK),
        Told("accuse", "GBR", "RUS", "Storbritannien anklager", "anklager", ("2018-03-01", "2018-03-31")),
        Told("deny", "RUS", "GBR", "Det afviser Moskva", "afviser"),
        Told("expel-diplomats", "AUT", "RUS", "Landet udviser ingen", "udviser", status=Status.NEGATED, speaker="AUT"),
        Told("praise", "GBR", "NATO", "Storbritanniens premierminister", "roser", ("2018-03-20", "2018-03-26")),
    ],
    "sverige-i-nato-2024": [
        Told("admit-member", "NATO", "SWE", "Sverige blev torsdag", "optaget", STOCKHOLM),
        Told("threaten", "RUS", "SWE", "Rusland truer", "truer", STOCKHOLM),
        Told("deploy", "SWE", "", "Derimod vil landet", "sende", status=Status.PLANNED, speaker="SWE"),
        Told("congratulate", "UKR", "SWE", "Ukraines præsident", "lykønskede", STOCKHOLM),
    ],
    "ukraine-2022": [
        Told("invade", "RUS", "UKR", "Russia invaded Ukraine", "invaded", KYIV),
        Told("break-relations", "UKR", "RUS", "Ukraine broke off", "broke off", KYIV),
        Told("shoot-down", "UKR", "RUS", "Ukraine's army said", "shot down", KYIV, speaker="UKR"),
        Told("impose-sanctions", "USA", "RUS", "U.S. President Joe Biden", "sanctions", KYIV),
        Told("military-aid", "USA", "UKR", "Foreign ministry spokeswoman", "supplying", speaker="CHN"),
    ],
}


def sentence_of(article: Article, beginning: str) -> str:
    start = article.text.index(beginning)
    return article.text[start:].split(". ")[0].split("\n")[0]


def tell(make_event: MakeEvent, article: Article, told: Told) -> Event:
    return make_event(
        article,
        told.action,
        told.source,
        told.target,
        sentence_of(article, told.beginning),
        told.trigger,
        days=told.days,
        status=told.status,
        speaker=told.speaker,
        place=told.place,
    )


@pytest.fixture
def store(make_event: MakeEvent) -> Iterator[Store]:
    """Return a store with 15 events of three of the sample articles."""
    articles = {article.id: article for article in read_articles([ARTICLES]) if isinstance(article, Article)}
    with Store.in_memory() as store:
        for name, told in EVENTS.items():
            store.add(articles[name], [tell(make_event, articles[name], event) for event in told])
        yield store


@pytest.fixture
def records(store: Store) -> Records:
    return read_records(store.rows)


@pytest.fixture
def page_file(records: Records, tmp_path: Path) -> Path:
    path = tmp_path / "graph.html"
    write_page(records, path, title="Sample events")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium is not None, "the browser tests need Debian's chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return a function that opens a file; afterwards no page may have logged anything or asked for anything else."""
    messages: list[str] = []
    requests: list[str] = []
    with contextlib.ExitStack() as closing:

        def open_file(
            path: Path, fragment: str = "", *, width: int = 1440, height: int = 860, locale: str = "en-GB"
        ) -> Page:
            size: ViewportSize = {"width": width, "height": height}
            context = browser.new_context(viewport=size, offline=True, locale=locale)
            closing.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(60_000)  # a busy machine may starve the browser
            page.on("console", lambda message: note_message(message, messages))
            page.on("pageerror", lambda error: messages.append(str(error)))
            page.on("request", lambda request: note_request(request, path, requests))
            page.goto(path.as_uri() + fragment)
            page.wait_for_selector("html[data-ready=yes]", state="attached")
            return page

        yield open_file
    assert messages == []
    assert requests == []


def note_message(message: ConsoleMessage, messages: list[str]) -> None:
    messages.append(f"{message.type}: {message.text}")


def note_request(request: Request, path: Path, requests: list[str]) -> None:
    if not request.url.startswith((path.as_uri(), "blob:", "data:")):
        requests.append(request.url)
