"""Article text is hostile: nothing in it may run, link or compute, wherever the page shows it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kg.graph.records import ActorRecord, ArticleRecord, ClaimRecord, EventRecord, Records
from kg.views.html import render, write_page

OpenPage = Callable[..., Page]

SCRIPT = "</script><script>window.hit=1</script>"
IMAGE = "<img src=x onerror='window.hit=1'> href"
FORMULA = '=HYPERLINK("http://evil.example";"x")'


@pytest.fixture
def hostile() -> Records:
    """Return a graph whose every text is an attack; `href` in a title made stock pyvis insert markup."""
    actors = (
        ActorRecord("AAA", "state", SCRIPT, {"en": IMAGE, "da": SCRIPT}),
        ActorRecord("BBB", "organisation", "BBB", {"en": "{{ 7*7 }}<!--", "da": "&lt;script&gt;"}),
        ActorRecord("PPP", "other", "", {"en": SCRIPT}),
    )
    article = ArticleRecord("a", SCRIPT, "javascript:window.hit=1", IMAGE, "2024-01-01", "en")
    claims = (
        ClaimRecord("a", "actual", ("PPP",), FORMULA + SCRIPT, (0, 4), 0.9, IMAGE),
        ClaimRecord("a", "negated", (), IMAGE, (5, 2)),
    )
    event = EventRecord("e1", "invade", ("AAA",), ("BBB",), support="Disputed", place=IMAGE, claims=claims)
    return Records(actors, (article,), (event,))


@pytest.fixture
def hostile_file(hostile: Records, tmp_path: Path) -> Path:
    path = tmp_path / "hostile.html"
    write_page(hostile, path, title=SCRIPT + IMAGE)
    return path


def test_no_text_reaches_the_page_as_markup(hostile: Records) -> None:
    html = render(hostile, title=SCRIPT + IMAGE)
    assert "window.hit" not in html.replace("&lt;script&gt;window.hit=1&lt;/script&gt;", "").replace(
        "onerror=&#39;window.hit=1&#39;", ""
    )
    assert "<img" not in html


def test_the_policy_allows_only_what_stands_in_the_page(hostile: Records) -> None:
    html = render(hostile, title="x")
    policy = html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.browser
@pytest.mark.parametrize("fragment", ["#node=AAA", "#link=AAA>BBB", "#pane=table&ui=da", "#pane=map"])
def test_nothing_runs_and_nothing_links(open_page: OpenPage, hostile_file: Path, fragment: str) -> None:
    page = open_page(hostile_file, fragment)
    page.locator("#graph").hover(position={"x": 300, "y": 250})
    page.mouse.move(720, 400, steps=12)
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, a[href^='javascript']").count() == 0
    assert page.locator("h1").inner_text() == SCRIPT + IMAGE


@pytest.mark.browser
def test_names_and_sentences_are_shown_as_written(open_page: OpenPage, hostile_file: Path) -> None:
    page = open_page(hostile_file, "#link=AAA>BBB")
    expect(page.locator(".card blockquote").first).to_have_text(FORMULA + SCRIPT)
    expect(page.locator("#details h2")).to_contain_text(IMAGE)


@pytest.mark.browser
@pytest.mark.parametrize(
    "fragment",
    [
        "#node=<script>",
        "#link=a>b>c&path=>",
        "#min=9999999999&cap=-1",
        "#from=2024-99-99&until=x",
        "#pane=none&sort=none&theme=none&ui=none",
        "#x=%00&who=%F0",
    ],
)
def test_a_broken_address_opens_the_page_all_the_same(open_page: OpenPage, hostile_file: Path, fragment: str) -> None:
    page = open_page(hostile_file, fragment)
    assert page.locator("#summary").inner_text() == "1 event · 2 actors · 1 link"


@pytest.mark.browser
def test_a_spreadsheet_computes_nothing(open_page: OpenPage, hostile_file: Path) -> None:
    page = open_page(hostile_file)
    with page.expect_download() as download:
        page.locator("#save-csv").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'" + FORMULA + SCRIPT in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == ["-10", "-10"]
