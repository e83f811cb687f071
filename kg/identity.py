"""Make names from content, so that the same event found in two articles has one IRI.

An event's id hashes its action, its two sides and its resolved interval; never its status, speaker, place or text.
So merging graphs is set union, and workers need not talk to each other. An event that no text dates hashes its
article too: it is not known to be the same as its likes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from kg.ontology.actions import load_actions

HASH_DIGITS = 20
"""80 bits: among a billion events the chance of one collision is about one in two million."""

Sides = tuple[tuple[str, ...], tuple[str, ...]]


def hash_content(*parts: str) -> str:
    """Return a short hexadecimal SHA-256 of some strings, their order and borders kept.

    Example:
        >>> hash_content("a", "b") == hash_content("ab")
        False
    """
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:HASH_DIGITS]


def order_sides(action: str, sources: Iterable[str], targets: Iterable[str]) -> Sides:
    """Return the two sides, each sorted and without repetition; of a mutual action the smaller side first.

    Args:
        action: Id of an action; an unknown one is taken as directed.
        sources: Principals' ids.
        targets: Principals' ids.

    Example:
        >>> order_sides("meet", ["USA"], ["CHN"])
        (('CHN',), ('USA',))
    """
    first, second = tuple(sorted(set(sources))), tuple(sorted(set(targets)))
    known = load_actions().get(action)
    if known is not None and not known.is_directed and second and second < first:
        return second, first
    return first, second


def event_id(  # the parts of one key, in the order in which they are hashed
    action: str,
    sources: Iterable[str],
    targets: Iterable[str],
    earliest: str,
    latest: str,
    article_id: str = "",
) -> str:
    """Return the id of an event: a hash of what it is.

    Args:
        action: Id of an action.
        sources: Principals' ids, in any order.
        targets: Principals' ids, in any order.
        earliest: First possible day, `YYYY-MM-DD`, "" where the text does not tell.
        latest: Last possible day, the same.
        article_id: Used only where neither day is known.

    Example:
        >>> event_id("meet", ["USA"], ["CHN"], "2024-11-16", "2024-11-16")
        'be30351c5a55ea51aee7'
    """
    first, second = order_sides(action, sources, targets)
    where = "" if earliest or latest else article_id
    return hash_content(action, "|".join(first), "|".join(second), earliest, latest, where)


def article_name(article_id: str) -> str:
    """Return the local part of an article's IRI: its id where that is plain, else what is plain of it and a hash.

    Example:
        >>> article_name("da-d01")
        'da-d01'
        >>> article_name("2021/10: Rusland lukker")
        '2021-10-Rusland-lukker-ddd3564b'
    """
    if re.fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?", article_id):
        return article_id
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", article_id)[:40].strip("-")
    return f"{plain}-{hash_content(article_id)[:8]}".lstrip("-")


def run_id(*settings: str) -> str:
    """Return the id of a run: a hash of software version, models and settings, never of a time."""
    return hash_content("run", *settings)[:12]
