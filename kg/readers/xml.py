"""Read news in XML: NewsML-G2 and NITF as wire agencies send them, RSS and Atom feeds.

The root element tells which. A file that declares entities is refused: no such feed needs them, and nested ones fill
the memory ("billion laughs").
"""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from xml.etree import ElementTree as ET

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Source
from kg.readers.extras import import_extra

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKUP = re.compile(r"<[^>]{1,2000}>")
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)\s*>|<br\s*/?>", re.IGNORECASE)


def read(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the articles of an XML file.

    Raises:
        InputError: It is no XML, declares entities, or is in no news format.
    """
    content = source.read()
    root = parse_xml(decode(content))
    reader = _READERS.get(_local(root.tag))
    if reader is None:
        raise InputError(f"XML with the root {_local(root.tag)!r}; there are: {', '.join(_READERS)}")
    yield from reader(root, content)


def parse_xml(text: str) -> ET.Element:
    """Return the root element of a document.

    Raises:
        InputError: It is not well-formed, or declares entities.
    """
    if _ENTITY.search(text):
        raise InputError("XML that declares entities")
    try:
        return ET.fromstring(_DECLARATION.sub("", text))  # noqa: S314  # entities are refused above
    except (ET.ParseError, RecursionError) as error:
        raise InputError(f"not well-formed XML: {error}") from error


def _read_nitf(root: ET.Element, content: bytes) -> Iterator[Draft | Rejected]:
    del content
    yield _parse_nitf(root)


def _parse_nitf(root: ET.Element) -> Draft:
    """Return the article of a NITF document (IPTC, 3.x)."""
    body = _first(root, "body.content")
    issued = _first(root, "date.issue")
    published = _first(root, "pubdata")
    return Draft(
        text="\n\n".join(_paragraphs(body)) if body is not None else "",
        date=_basic_date(issued.get("norm", "") if issued is not None else ""),
        title=_text(_first(root, "hl1")) or _text(_first(root, "title")),
        publisher=published.get("name", "") if published is not None else "",
    )


def _read_newsml(root: ET.Element, content: bytes) -> Iterator[Draft | Rejected]:
    """Yield the news items of a NewsML-G2 document (IPTC, 2.x), whose content is NITF, XHTML or plain text."""
    del content
    items = [root] if _local(root.tag) == "newsItem" else [e for e in root.iter() if _local(e.tag) == "newsItem"]
    for item in items:
        yield _parse_newsml_item(item)


def _parse_newsml_item(item: ET.Element) -> Draft:
    nitf = _first(item, "nitf")
    inner = _parse_nitf(nitf) if nitf is not None else None
    inline = _first(item, "inlineXML") if nitf is None else None
    plain = _first(item, "inlineData")
    text = "\n\n".join(_paragraphs(inline)) if inline is not None else _text(plain)
    language = _first(item, "language")
    return Draft(
        text=inner.text if inner is not None else text,
        id=item.get("guid", ""),
        language=language.get("tag", "") if language is not None else "",
        date=(_text(_first(item, "contentCreated")) or _text(_first(item, "versionCreated")))[:10],
        title=_text(_first(item, "headline")) or (inner.title if inner is not None else ""),
        publisher=_text(_first(item, "provider")) or _text(_first(item, "creditline")),
    )


def _read_feed(root: ET.Element, content: bytes) -> Iterator[Draft | Rejected]:
    """Yield the entries of an RSS or Atom feed, with the longest text that each gives."""
    del root
    feed = import_extra("feedparser", "feeds").parse(content)
    if not feed.entries:
        raise InputError("a feed without entries")
    for entry in feed.entries:
        texts = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
        published = entry.get("published_parsed") or entry.get("updated_parsed")
        yield Draft(
            text=_from_html(max(texts, key=len)),
            id=entry.get("id", "") or entry.get("link", ""),
            language=(feed.feed.get("language") or "").partition("-")[0],
            date=_feed_date(published),
            title=_from_html(entry.get("title", "")),
            url=entry.get("link", ""),
            publisher=feed.feed.get("title", ""),
        )


_READERS: dict[str, Callable[[ET.Element, bytes], Iterator[Draft | Rejected]]] = {
    "nitf": _read_nitf,
    "newsItem": _read_newsml,
    "newsMessage": _read_newsml,
    "rss": _read_feed,
    "RDF": _read_feed,
    "feed": _read_feed,
}


def _feed_date(parsed: time.struct_time | None) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(calendar.timegm(parsed))) if parsed is not None else ""


def _from_html(fragment: str) -> str:
    """Return the text of a feed's HTML, which feedparser has made safe and unescaped."""
    return unescape(_MARKUP.sub("", _BLOCK_END.sub("\n\n", fragment))).strip()


def _basic_date(norm: str) -> str:
    """Return `20211018T103000Z` as `2021-10-18`."""
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", norm)
    return "-".join(match.groups()) if match is not None else ""


def _paragraphs(element: ET.Element) -> list[str]:
    blocks = [e for e in element.iter() if _local(e.tag) in ("p", "h1", "h2", "h3", "hl2", "li")]
    return [text for text in map(_text, blocks) if text] or [_text(element)]


def _first(root: ET.Element, name: str) -> ET.Element | None:
    return next((element for element in root.iter() if _local(element.tag) == name), None)


def _text(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
