"""Read a store as rows of a table: one per event and pair of source and target, one by one.

Each event is looked up alone, so that memory does not grow with the graph, and rows are sorted on disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import cache
from itertools import product
from typing import Any, cast
from urllib.parse import unquote

import pyoxigraph as ox

from kg.exporters.sorting import sort_lines
from kg.ontology.actions import load_actions
from kg.ontology.actors import load_actors
from kg.store import Store


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event between one source and one target.

    Attributes:
        date: As told: a day, a month, a year, an interval or "".
        earliest: First possible day, `YYYY-MM-DD` or "".
        latest: Last possible day, `YYYY-MM-DD` or "".
        source: Id of the actor that acts.
        source_name: Its English name.
        source_code: Its code, ISO 3166-1 alpha-3 or an acronym.
        source_kind: Class of the actor: `State`, `InternationalOrganization`, ...
        action: Id of the action.
        type: One of the 16 event types.
        quad: One of the 4 quads.
        cameo: Nearest CAMEO code, as text.
        goldstein: Goldstein value of that code, "" where it has none.
        target: Id of the actor that is acted on, "" for none.
        target_name: Its English name.
        target_code: Its code.
        target_kind: Class of the actor.
        support: `Stated`, `Claimed`, `Disputed` or `Denied`.
        status: What most claims say: `actual`, `planned`, `negated` or `hypothetical`.
        speakers: Ids of who says so, parted by `;`, "" where only articles themselves do.
        claims: How many passages tell of it.
        articles: How many articles.
        publishers: How many publishers.
        confidence: That of the surest claim, from 0 to 1.
        place: As written, "" where unknown.
        country: ISO 3166-1 alpha-3 code of the place, "" where unknown.
        latitude: WGS 84 degrees, "" where unknown.
        longitude: The same.
        sentence: The first sentence that tells of it.
        article: Id of the article of that sentence.
        title: Its headline.
        publisher: Who published it.
        published: When, possibly partial.
        language: Its language.
        url: Its address.
        event: Id of the event.
    """

    date: str
    earliest: str
    latest: str
    source: str
    source_name: str
    source_code: str
    source_kind: str
    action: str
    type: str
    quad: str
    cameo: str
    goldstein: str
    target: str
    target_name: str
    target_code: str
    target_kind: str
    support: str
    status: str
    speakers: str
    claims: int
    articles: int
    publishers: int
    confidence: float
    place: str
    country: str
    latitude: str
    longitude: str
    sentence: str
    article: str
    title: str
    publisher: str
    published: str
    language: str
    url: str
    event: str


COLUMNS = tuple(field.name for field in fields(EventRow))


def read_rows(store: Store) -> Iterator[EventRow]:
    """Yield the rows of a store by first day, event, source and target; undated events come last."""
    lines = (_to_line(row) for row in _read_unsorted(store))
    for line in sort_lines(lines):
        yield EventRow(**json.loads(line.split("\t", 1)[1]))


def _to_line(row: EventRow) -> str:
    key = "|".join((row.earliest or row.latest or "9999", row.event, row.source, row.target))
    return f"{key}\t{json.dumps(asdict(row))}\n"


def _read_unsorted(store: Store) -> Iterator[EventRow]:
    reader = _Reader(store)
    for quad in store.find(None, store.names.term("rdf:type"), store.names.term("sem:Event")):
        yield from reader.rows(cast("ox.NamedNode", quad.subject))


@dataclass(frozen=True)
class _Claim:
    """What a row needs of a claim, in the order in which claims are sorted."""

    article: str
    start: int
    sentence: str
    status: str
    confidence: float
    speakers: tuple[str, ...]
    place: str


class _Reader:
    """Looks events up in a store; keeps what it read of actors and the latest articles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._actor: Callable[[str], dict[str, str]] = cache(_describe_actor)

    def rows(self, event: ox.NamedNode) -> Iterator[EventRow]:
        """Yield one row per pair of source and target of an event."""
        facts = self._facts(event)
        for source, target in product(self._ids(event, "kg:source"), self._ids(event, "kg:target") or [""]):
            sides: dict[str, Any] = {"source": source, "target": target}
            for side, actor in (("source", source), ("target", target)):
                sides |= {f"{side}_{name}": value for name, value in self._actor(actor).items()}
            yield EventRow(**sides, **facts)

    def _facts(self, event: ox.NamedNode) -> dict[str, Any]:
        """Return what all rows of an event have in common."""
        claims = sorted(self._claims(event), key=lambda claim: (claim.article, claim.start, claim.sentence))
        papers = {claim.article: self._article(claim.article) for claim in claims}
        statuses = [claim.status for claim in claims]
        first = claims[0]
        return {
            "event": self._id(event),
            "date": self._text(event, "kg:date"),
            "earliest": self._text(event, "sem:hasEarliestBeginTimeStamp"),
            "latest": self._text(event, "sem:hasLatestEndTimeStamp"),
            "support": self._id(self._node(event, "kg:support")),
            "status": max(statuses, key=statuses.count),
            "speakers": ";".join(sorted({name for claim in claims for name in claim.speakers})),
            "claims": len(claims),
            "articles": len(papers),
            "publishers": len({paper["publisher"] for paper in papers.values()} - {""}),
            "confidence": max(claim.confidence for claim in claims),
            "sentence": first.sentence,
            **self._action(event),
            **self._place(event, claims),
            **papers[first.article],
        }

    def _action(self, event: ox.NamedNode) -> dict[str, str]:
        name = self._id(self._node(event, "kg:action"))
        action = load_actions().get(name)
        if action is None:
            return {"action": name, "type": "", "quad": "", "cameo": "", "goldstein": ""}
        value = "" if action.goldstein is None else f"{action.goldstein:.1f}"
        facts = {"type": action.type, "quad": action.quad, "cameo": action.cameo_code, "goldstein": value}
        return {"action": name, **facts}

    def _place(self, event: ox.NamedNode, claims: list[_Claim]) -> dict[str, str]:
        places = sorted(self._nodes(event, "sem:hasPlace"), key=str)
        place = places[0] if places else None
        return {
            "place": next((claim.place for claim in claims if claim.place), ""),
            "country": self._id(self._node(place, "kg:country")) if place else "",
            "latitude": self._text(place, "geo:lat") if place else "",
            "longitude": self._text(place, "geo:long") if place else "",
        }

    def _article(self, iri: str) -> dict[str, str]:
        node = ox.NamedNode(iri)
        return {
            "article": self._text(node, "dct:identifier"),
            "title": self._text(node, "dct:title"),
            "publisher": self._text(node, "dct:publisher"),
            "published": self._text(node, "dct:issued"),
            "language": self._text(node, "dct:language"),
            "url": self._text(node, "dct:source"),
        }

    def _claims(self, event: ox.NamedNode) -> Iterator[_Claim]:
        for quad in self._store.find(None, self._store.names.term("kg:about"), event):
            claim = cast("ox.NamedNode", quad.subject)
            span = self._node(claim, "oa:hasSelector")
            yield _Claim(
                article=self._text(claim, "oa:hasSource"),
                start=int(self._text(span, "oa:start")),
                sentence=self._text(span, "oa:exact"),
                status=self._id(self._node(claim, "kg:status")),
                confidence=float(self._text(claim, "kg:confidence")),
                speakers=tuple(self._ids(claim, "kg:attributedTo")),
                place=self._text(claim, "kg:placeName"),
            )

    def _nodes(self, subject: ox.NamedNode | None, curie: str) -> list[ox.NamedNode]:
        found = self._store.find(subject, self._store.names.term(curie))
        return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode)]

    def _node(self, subject: ox.NamedNode | None, curie: str) -> ox.NamedNode | None:
        return next(iter(self._nodes(subject, curie)), None)

    def _ids(self, subject: ox.NamedNode, curie: str) -> list[str]:
        return sorted(self._id(node) for node in self._nodes(subject, curie))

    def _id(self, node: ox.NamedNode | None) -> str:
        return unquote(node.value.replace("#", "/").rsplit("/", 1)[-1]) if node is not None else ""

    def _text(self, subject: ox.NamedNode | None, curie: str) -> str:
        if subject is None:
            return ""
        for quad in self._store.find(subject, self._store.names.term(curie)):
            if isinstance(quad.object, ox.Literal | ox.NamedNode):
                return quad.object.value
        return ""


def _describe_actor(name: str) -> dict[str, str]:
    actors = load_actors()
    if name not in actors:
        return {"name": name.replace("_", " "), "code": "", "kind": ""}
    actor = actors.actor(name)
    return {"name": actor.label("en"), "code": actor.code, "kind": str(actor.kind)}
