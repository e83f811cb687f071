"""Addresses, fetched from a server that the test starts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.model import Article, Rejected
from kg.readers import read_articles
from kg.readers.drafts import Source
from kg.readers.web import WEB, Web, read_versions, write_versions

FIRST = "Danmark udviser to russiske diplomater, siger udenrigsministeren i København mandag."
PAGE = f"""<html lang="da"><head><title>Nyt</title></head><body><article><h1>Nyt</h1><p>{FIRST}</p>
<p>Rusland svarer igen og lukker det danske konsulat i Sankt Petersborg.</p></article></body></html>"""
HTML = "text/html; charset=utf-8"


@dataclass
class Site:
    """A server's pages: path to (status, headers, body); and what was asked of it."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: str, kind: str = HTML, status: int = 200, **headers: str) -> str:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": kind, **told}, body.encode())
        return self.address + path


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.pages.get(self.path, (404, {}, b""))
            if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(url: str) -> tuple[list[Source | Rejected], list[float]]:
    """Fetch one address and return what came and how long the client waited."""
    waits: list[float] = []
    with Web(pause=5.0, sleep=waits.append) as web:
        found = list(web.fetch(Source(url, url, WEB, lambda: pytest.fail("opened before it was fetched"), {})))
    return found, waits


def feed_of(*links: str) -> str:
    items = "".join(f"<item><title>Nyt</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bladet</title>{items}</channel></rss>'


def test_a_page_is_an_article_with_its_address(site: Site) -> None:
    url = site.put("/nyt", PAGE)
    (article,) = read_articles([url])
    assert isinstance(article, Article), article
    assert (article.id, article.url, article.language) == (url, url, "da")
    assert article.text.startswith(FIRST)
    assert site.asked == ["/robots.txt", "/nyt"]


def test_robots_are_obeyed(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /privat\n", "text/plain")
    url = site.put("/privat/nyt", PAGE)
    assert list(read_articles([url])) == [Rejected(url, "robots.txt forbids it")]
    assert site.asked == ["/robots.txt"]


def test_a_server_in_trouble_is_left_alone(site: Site) -> None:
    site.put("/robots.txt", "", status=503)
    url = site.put("/nyt", PAGE)
    assert list(read_articles([url])) == [Rejected(url, "robots.txt forbids it")]


def test_a_feed_is_followed_at_the_pace_that_the_host_asks_for(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    one, two = site.put("/1", PAGE), site.put("/2", PAGE)
    gone = f"{site.address}/gone"
    found, waits = fetch(site.put("/feed", feed_of(one, two, gone), "application/rss+xml"))
    assert [item.name for item in found] == [one, two, gone]
    assert found[2] == Rejected(gone, "the server answers 404")
    assert len(waits) == 3
    assert all(6 < wait <= 7 for wait in waits)


def test_a_feed_leads_to_no_private_address(site: Site) -> None:
    found, _ = fetch(site.put("/feed", feed_of("http://localhost/admin", "http://10.0.0.1/"), "text/xml"))
    assert [isinstance(item, Rejected) and "links to a private address" in item.reason for item in found] == [
        True,
        True,
    ]


def test_a_feed_that_holds_nothing_to_read_says_so(site: Site) -> None:
    empty = site.put("/empty", "<rss><channel><title>Bladet</title></channel></rss>", "application/rss+xml")
    bare = "<rss><channel><item><title>Nyt</title></item></channel></rss>"
    loose = site.put("/loose", bare, "application/rss+xml")
    assert list(read_articles([empty, loose])) == [
        Rejected(empty, "a feed without entries"),
        Rejected(loose, "an entry without an address: Nyt"),
    ]


def test_what_is_unchanged_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    url, path = site.put("/nyt", PAGE, ETag='"1"'), tmp_path / "addresses.json"
    versions = read_versions(path)
    assert len(list(read_articles([url], versions=versions))) == 1
    write_versions(path, versions)
    assert list(read_articles([url], versions=read_versions(path))) == []
    site.put("/nyt", PAGE.replace("mandag", "tirsdag"), ETag='"2"')
    assert len(list(read_articles([url], versions=versions))) == 1


def test_a_redirect_is_followed_and_a_circle_is_not(site: Site) -> None:
    site.put("/nyt", PAGE)
    old = site.put("/old", "", status=301, Location="/nyt")
    circle = site.put("/circle", "", status=302, Location="/circle")
    article, rejected = read_articles([old, circle])
    assert isinstance(article, Article)
    assert isinstance(rejected, Rejected)
    assert "no answer" in rejected.reason


def test_a_list_of_addresses_is_read_and_its_bad_lines_named(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "list.urls"
    path.write_text(f"# today\n{site.put('/nyt', PAGE)}\nnonsense\n", encoding="utf-8")
    article, rejected = read_articles([path])
    assert isinstance(article, Article)
    assert rejected == Rejected(f"{path}:3", "'nonsense' is no address")


def test_a_host_that_does_not_answer_is_a_reason(site: Site) -> None:
    del site
    (rejected,) = read_articles(["http://127.0.0.1:9/nyt"])
    assert isinstance(rejected, Rejected)
    assert "no answer" in rejected.reason


@pytest.mark.parametrize(
    ("path", "kind", "suffix"),
    [
        pytest.param("/a", "application/pdf", ".pdf", id="by its type"),
        pytest.param("/a.jsonl", "application/octet-stream", ".jsonl", id="by its name"),
        pytest.param("/a.php", "application/octet-stream", ".html", id="a page otherwise"),
    ],
)
def test_an_address_is_read_as_what_it_is(site: Site, path: str, kind: str, suffix: str) -> None:
    (found,), _ = fetch(site.put(path, "x", kind))
    assert isinstance(found, Source)
    assert found.suffix == suffix
