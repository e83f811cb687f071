"""Sum the events of each ordered pair of actors: what an edge of the drawing shows.

The page sums in the same way after each change of a filter (`page/links.js`); the sums made here draw the first
frame, choose the strongest links and weigh the layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.records import EventRecord
from kg.ontology.actions import load_actions

SUPPORTS = ("Stated", "Claimed", "Disputed", "Denied")
"""In the order of the page's columns; a link shows the best support that any of its events has."""

SHOWN = 800
"""Links drawn at once, strongest first: more is a tangle, and costs frames."""


@dataclass(slots=True)
class Link:
    """The events of one ordered pair.

    Attributes:
        count: Of events.
        cooperation: How many of them cooperate; the rest are conflict.
        material: How many of them are material; the rest are verbal.
        supports: How many have each support, in the order of `SUPPORTS`.
    """

    count: int = 0
    cooperation: int = 0
    material: int = 0
    supports: list[int] = field(default_factory=lambda: [0] * len(SUPPORTS))


def sum_links(events: Iterable[EventRecord]) -> dict[tuple[str, str], Link]:
    """Return the link of each (source, target) that an event joins."""
    actions = load_actions()
    links: dict[tuple[str, str], Link] = {}
    for event in events:
        quad = actions[event.action].quad if event.action in actions else ""
        for pair in event.pairs:
            link = links.setdefault(pair, Link())
            link.count += 1
            link.cooperation += quad.endswith("-cooperation")
            link.material += quad.startswith("material-")
            link.supports[SUPPORTS.index(event.support)] += 1
    return links


def strongest(links: Mapping[tuple[str, str], Link]) -> list[tuple[str, str]]:
    """Return the pairs by number of events, most first, in a tie by ids."""
    return sorted(links, key=lambda pair: (-links[pair].count, pair))
