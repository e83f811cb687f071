"""Count what a graph holds: events by type and support, actors, publishers, languages and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.analysis.dyads import rank_dyads
from kg.graph.records import Records
from kg.ontology.actions import load_actions

MOST = 15
"""How many of the actors, pairs and publishers are told."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often something occurs: `what` it is (`type`, `support`, `actor`, ...), its name, and the number."""

    what: str
    name: str
    number: int


def count(records: Records) -> Iterator[Count]:
    """Yield all counts, kind by kind, the largest first within each."""
    events, articles = records.events, records.articles
    claims = [claim for event in events for claim in event.told]
    yield Count("all", "articles", len(articles))
    yield Count("all", "texts", sum(not article.is_copy for article in articles))
    yield Count("all", "events", len(events))
    yield Count("all", "claims", len(claims))
    yield Count("all", "actors", len({name for event in events for name in (*event.sources, *event.targets)}))
    actions = load_actions()
    for what, names, most in (
        ("quad", (actions[event.action].quad for event in events if event.action in actions), None),
        ("type", (actions[event.action].type for event in events if event.action in actions), None),
        ("action", (event.action for event in events), MOST),
        ("support", (event.support for event in events), None),
        ("status", (claim.status for claim in claims), None),
        ("actor", (name for event in events for name in {*event.sources, *event.targets}), MOST),
        ("speaker", (name for claim in claims for name in claim.speakers), MOST),
        ("publisher", (article.publisher for article in articles if article.publisher), MOST),
        ("language", (article.language for article in articles if article.language), None),
        ("year", (event.earliest[:4] for event in events if event.earliest), None),
    ):
        ranked = sorted(Counter(names).items(), key=lambda row: (-row[1], row[0]))
        yield from (Count(what, name, number) for name, number in ranked[:most])
    for dyad in rank_dyads(events)[:MOST]:
        yield Count("dyad", f"{dyad.one} – {dyad.other}", dyad.events)
