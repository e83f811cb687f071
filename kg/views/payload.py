"""Turn records into the compact columns that the page unpacks.

One list per field, whole numbers for days and references: repeated keys and sentences would dominate a page of many
events. What a filter needs (`facts`) is apart from what only a reader of one event needs (`evidence`), so that the
page can start before the sentences are unpacked.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from kg.graph.records import ClaimRecord, EventRecord, Records
from kg.ontology.actions import load_actions
from kg.views.links import SUPPORTS, strongest, sum_links

STATUSES = ("actual", "planned", "negated", "hypothetical")
EVIDENCE_LIMIT = 20_000
"""Events whose sentences a page holds; of more, those of the strongest links."""

LANGUAGES = ("en", "da")
EPOCH = date(1970, 1, 1)

Columns = dict[str, Any]


def pack(value: object) -> str:
    """Return a JSON value compressed and as base64: smaller, and without a character that HTML could misread.

    Example:
        >>> pack([]).startswith("H4sI")
        True
    """
    return pack_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def pack_text(text: str) -> str:
    """Return a text compressed and as base64."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)).decode("ascii")


def to_facts(records: Records, places: Mapping[str, int]) -> Columns:
    """Return what the page filters by.

    Args:
        records: The events to show.
        places: Actor id -> index of its node.
    """
    people = _People(records, places)
    actions = sorted({event.action for event in records.events})
    claims = [claim for event in records.events for claim in event.claims]
    cited = {claim.article for claim in claims}
    articles = [article for article in records.articles if article.id in cited]
    index = {article.id: position for position, article in enumerate(articles)}
    return {
        "actions": [_action(name) for name in actions],
        "events": _event_columns(records.events, places, {name: i for i, name in enumerate(actions)}),
        "claims": _claim_columns(claims, index, people),
        "people": people.table,
        "articles": {
            "title": [article.title for article in articles],
            "url": [safe_url(article.url) for article in articles],
            "publisher": [article.publisher for article in articles],
            "date": [article.date for article in articles],
            "language": [article.language for article in articles],
        },
    }


def to_evidence(records: Records) -> Columns:
    """Return the events' ids, and each claim's sentence with its trigger; None where the page has no room for it."""
    kept = _with_evidence(records.events)
    claims = [(event.id in kept, claim) for event in records.events for claim in event.claims]
    return {
        "id": [event.id for event in records.events],
        "quote": [claim.quote if keep else None for keep, claim in claims],
        "trigger": [list(claim.trigger) if keep else None for keep, claim in claims],
    }


def _with_evidence(events: Sequence[EventRecord]) -> set[str]:
    """Return the ids of the events whose sentences go along."""
    if len(events) <= EVIDENCE_LIMIT:
        return {event.id for event in events}
    links = sum_links(events)
    rank = {pair: place for place, pair in enumerate(strongest(links))}
    order = sorted(events, key=lambda event: (min((rank[pair] for pair in event.pairs), default=len(rank)), event.id))
    return {event.id for event in order[:EVIDENCE_LIMIT]}


def safe_url(url: str) -> str:
    """Return the address if it is one of the web, "" otherwise.

    Example:
        >>> safe_url("javascript:alert(1)")
        ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def _action(name: str) -> list[object]:
    """Return an action's row: id, type, quad, label by language, Goldstein value."""
    action = load_actions().get(name)
    if action is None:
        return [name, "", "", *(name for _ in LANGUAGES), None]
    labels = [action.labels.get(language, name) for language in LANGUAGES]
    return [name, action.type, action.quad, *labels, action.goldstein]


def _event_columns(events: Sequence[EventRecord], places: Mapping[str, int], actions: Mapping[str, int]) -> Columns:
    spots = sorted({(event.place, event.latitude, event.longitude) for event in events if event.place}, key=repr)
    spot = {place: index for index, place in enumerate(spots)}
    return {
        "action": [actions[event.action] for event in events],
        "source": [_compact([places[actor] for actor in event.sources]) for event in events],
        "target": [_compact([places[actor] for actor in event.targets]) for event in events],
        "first": [_day(event.earliest) for event in events],
        "last": [_day(event.latest) for event in events],
        "support": [SUPPORTS.index(event.support) for event in events],
        "place": [spot.get((event.place, event.latitude, event.longitude), -1) for event in events],
        "places": [list(place) for place in spots],
        "claims": [len(event.claims) for event in events],
    }


def _claim_columns(claims: Sequence[ClaimRecord], articles: Mapping[str, int], people: _People) -> Columns:
    return {
        "article": [articles.get(claim.article, -1) for claim in claims],
        "status": [STATUSES.index(claim.status) for claim in claims],
        "speaker": [_compact([people.index(speaker) for speaker in claim.speakers]) for claim in claims],
        "agent": [_compact([people.index(agent) for agent in claim.agents]) for claim in claims],
        "confidence": [round(claim.confidence * 100) for claim in claims],
    }


def _compact(indices: list[int]) -> int | list[int]:
    """Return one index bare, none as -1, several as they are."""
    if len(indices) == 1:
        return indices[0]
    return indices or -1


def _day(text: str) -> int | None:
    """Return a day as its number since 1970, None where unknown."""
    return (date.fromisoformat(text) - EPOCH).days if text else None


class _People:
    """Who speaks or acts: nodes keep their index, others get the next ones, with their labels in `table`."""

    def __init__(self, records: Records, places: Mapping[str, int]) -> None:
        actors = {actor.id: actor for actor in records.actors}
        claims = (claim for event in records.events for claim in event.claims)
        named = {name for claim in claims for name in (*claim.speakers, *claim.agents)}
        others = sorted(named - set(places))
        self._index = {**places, **{name: len(places) + position for position, name in enumerate(others)}}
        self.table: list[list[str]] = []
        for name in others:
            labels = actors[name].labels if name in actors else {}
            fallback = labels.get("en", name.replace("_", " "))
            self.table.append([name, *(labels.get(language, fallback) for language in LANGUAGES)])

    def index(self, name: str) -> int:
        """Return the index by which the page knows somebody."""
        return self._index[name]
