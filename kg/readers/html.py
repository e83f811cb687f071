"""Read a web page: its article's text, title, date, language and publisher, found by trafilatura (Barbaresi 2021)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Source
from kg.readers.extras import import_extra


def read(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the one article of a page."""
    yield parse_html(decode(source.read()), source.name if source.name.startswith(("http://", "https://")) else "")


def parse_html(page: str, url: str = "") -> Draft:
    """Return a page's article without menus, advertisements and comments.

    Args:
        page: HTML.
        url: Where the page comes from, "" where unknown; the page itself may tell.

    Raises:
        InputError: There is no article in it.
        MissingExtra: trafilatura is not installed.
    """
    trafilatura = import_extra("trafilatura", "html")
    document = trafilatura.bare_extraction(
        page, url=url or None, include_comments=False, include_tables=False, deduplicate=False, with_metadata=True
    )
    if document is None or not (document.text or "").strip():
        raise InputError("no article found in the page")
    # trafilatura gives a paragraph a line, and the headline as the first of them
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    return Draft(
        text="\n\n".join(lines[1:] if len(lines) > 1 and lines[0] == document.title else lines),
        language=document.language or "",
        date=document.date or "",
        title=document.title or "",
        url=url or document.url or "",
        publisher=document.sitename or document.hostname or "",
    )
