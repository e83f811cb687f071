"""Fetch what an address names, politely: robots.txt, one request a second and host, nothing twice that is unchanged.

A page, a document or a table is read as its file would be. A feed is followed: each of its entries' pages is fetched.
The robots exclusion protocol is RFC 9309; conditional requests are RFC 9110, 13.
"""

from __future__ import annotations

import contextlib
import io
import ipaddress
import json
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.drafts import BYTES_LIMIT, Draft, Source
from kg.readers.extras import import_extra
from kg.readers.formats import find_formats

WEB = "web"
"""The suffix of a source that is an address not yet fetched."""

PAUSE = 1.0
LONGEST_PAUSE = 30.0
LONGEST_TITLE = 80
TIMEOUT = 20.0
AGENT = "kg-events"

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
}
_FEED_ROOTS = (b"<rss", b"<feed", b"<rdf:RDF")

Versions = dict[str, dict[str, str]]
"""Address to the headers of a conditional request for it."""


class Web:
    """A polite client for one run.

    Args:
        versions: What each address told of its version in earlier runs; this run's are added.
        pause: Seconds between two requests to one host, unless its robots.txt asks for more.
        sleep: Waits; a test passes its own.
    """

    def __init__(
        self, versions: Versions | None = None, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._versions = {} if versions is None else versions
        self._pause, self._sleep = pause, sleep
        self._robots: dict[str, RobotFileParser] = {}
        self._last: dict[str, float] = {}
        self._client: Any = None  # httpx's; imported with the first address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def fetch(self, source: Source) -> Iterator[Source | Rejected]:
        """Yield what stands at a source's address: nothing where it is unchanged, the entries of a feed, or one file.

        Raises:
            InputError: The host forbids it, does not answer, or answers with an error.
            MissingExtra: httpx is not installed.
        """
        found = self._get(source)
        if found is None:
            return
        if found.suffix == ".xml" and any(root in found.read()[:2000] for root in _FEED_ROOTS):
            yield from self._follow(found)
        else:
            yield found

    def _follow(self, feed: Source) -> Iterator[Source | Rejected]:
        from kg.readers.xml import read  # noqa: PLC0415  # most runs see no feed

        for entry in read(feed):
            if not isinstance(entry, Draft):
                yield entry
                continue
            if not entry.url:
                yield Rejected(feed.name, f"an entry without an address: {entry.title[:LONGEST_TITLE] or 'no title'}")
                continue
            if _is_private(entry.url) and urlsplit(entry.url).hostname != urlsplit(feed.name).hostname:
                yield Rejected(entry.url, f"{feed.name} links to a private address")
                continue
            try:
                page = self._get(Source(entry.url, entry.url, WEB, io.BytesIO, feed.columns))
            except InputError as error:
                yield Rejected(entry.url, str(error))
            else:
                yield from [page] if page is not None else []

    def _get(self, source: Source) -> Source | None:
        """Return the file at an address, None where it has not changed since the last run."""
        self._check_robots(source.name)
        self._wait(source.name)
        status, headers, content = self._request(source.name, self._versions.get(source.name, {}))
        if status == 304:
            return None
        if status >= 400:
            raise InputError(f"the server answers {status}")
        told = {"If-None-Match": headers.get("etag", ""), "If-Modified-Since": headers.get("last-modified", "")}
        self._versions[source.name] = {name: value for name, value in told.items() if value}
        suffix = _find_suffix(headers.get("content-type", ""), source.name)
        return Source(source.name, source.stem, suffix, lambda: io.BytesIO(content), source.columns, source.depth)

    def _request(self, url: str, conditions: dict[str, str]) -> tuple[int, Any, bytes]:
        httpx = import_extra("httpx", "feeds")
        if self._client is None:
            agent = {"User-Agent": f"{AGENT}/{version('kg-events')}"}
            self._client = httpx.Client(follow_redirects=True, timeout=TIMEOUT, headers=agent, max_redirects=5)
        try:
            with self._client.stream("GET", url, headers=conditions) as response:
                if _is_private(str(response.url)) and not _is_private(url):
                    raise InputError("leads to a private address")
                content = b""
                for part in response.iter_bytes():
                    content += part
                    if len(content) > BYTES_LIMIT:
                        raise InputError(f"larger than {BYTES_LIMIT // 1_000_000} MB")
                return response.status_code, response.headers, content
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise InputError(f"no answer: {error}") from error

    def _check_robots(self, url: str) -> None:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self._robots:
            robots = RobotFileParser()
            status, _, content = self._request(f"{place}/robots.txt", {})
            # RFC 9309, 2.3.1: no file allows all, a server in trouble forbids all.
            lines = content.decode("utf-8", errors="replace").splitlines() if status < 400 else []
            robots.parse(["User-agent: *", "Disallow: /"] if status >= 500 else lines)
            self._robots[place] = robots
        if not self._robots[place].can_fetch(AGENT, url):
            raise InputError("robots.txt forbids it")

    def _wait(self, url: str) -> None:
        parts = urlsplit(url)
        asked = float(self._robots[f"{parts.scheme}://{parts.netloc}"].crawl_delay(AGENT) or 0)
        pause = min(max(self._pause, asked), LONGEST_PAUSE)
        left = self._last.get(parts.netloc, -pause) + pause - time.monotonic()
        if parts.netloc in self._last and left > 0:
            self._sleep(left)
        self._last[parts.netloc] = time.monotonic()


def is_address(path: str) -> bool:
    """Say whether a path is an address on the web."""
    return path.startswith(("http://", "https://"))


def _find_suffix(kind: str, url: str) -> str:
    kind = kind.partition(";")[0].strip().lower()
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    return _SUFFIXES.get(kind) or (named if named in find_formats() else ".html")


def _is_private(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    with contextlib.suppress(ValueError):
        return not ipaddress.ip_address(host).is_global
    return host == "localhost" or "." not in host


def read_versions(path: Path) -> Versions:
    """Return what an earlier run wrote, nothing where there is no such file or it is broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(url): dict(told) for url, told in found.items()} if isinstance(found, dict) else {}


def write_versions(path: Path, versions: Versions) -> None:
    """Keep the versions for the next run; to be called when what was fetched is safely stored."""
    path.write_text(json.dumps(versions, indent=1, sort_keys=True) + "\n", encoding="utf-8")
