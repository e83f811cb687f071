"""Choose what to answer with from what a client accepts.

Source: RFC 9110, section 12.5.1.
"""

from __future__ import annotations

from collections.abc import Sequence

RESULTS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
BOOLEANS = {media: form for media, form in RESULTS.items() if form in ("json", "xml")}
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/n-quads": "nq",
    "application/trig": "trig",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/plain": "nt",
}
"""Media types in order of preference -> how to write them."""


def choose(accept: str, offered: Sequence[str]) -> str:
    """Return the offered media type that a client likes best, "" where it accepts none.

    Args:
        accept: An Accept header; "" accepts everything.
        offered: Media types, the server's favourite first.

    Example:
        >>> choose("text/*;q=0.5, application/rdf+xml", ["text/turtle", "application/rdf+xml"])
        'application/rdf+xml'
    """
    if not accept.strip():
        return offered[0]
    ranges = [_parse_range(part) for part in accept.split(",") if part.strip()]
    likings = [(_quality(media, ranges), -number) for number, media in enumerate(offered)]
    best = max(likings, default=(0.0, 0))
    return offered[-best[1]] if best[0] > 0 else ""


def _parse_range(text: str) -> tuple[str, float]:
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return media, float(parameter[2:])
            except ValueError:
                return media, 0.0
    return media, 1.0


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """Return how much a client likes a media type, by the most specific of the ranges that match it."""
    family = media.partition("/")[0] + "/*"
    for wanted in (media, family, "*/*"):
        for pattern, quality in ranges:
            if pattern == wanted:
                return quality
    return 0.0
