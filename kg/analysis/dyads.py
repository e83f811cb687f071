"""Follow pairs of actors over time: cooperation, conflict, and the tension between them.

Tension is the mean Goldstein value of a period's events with its sign turned: from -10, close cooperation, to 10, open
war. Goldstein values are ordinal at heart; their means compare periods of one pair better than they compare pairs.

Source: Goldstein, "A conflict-cooperation scale for WEIS events data", Journal of Conflict Resolution 36 (1992).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.records import EventRecord
from kg.ontology.actions import load_actions

PERIODS = {"day": 10, "month": 7, "year": 4}
"""Name of a period -> how many characters of an ISO date name it."""


@dataclass(frozen=True, slots=True)
class Period:
    """What two actors did to each other in a period.

    Attributes:
        name: `2018-03` or as long as the period asks for.
        cooperation: How many events of cooperation, in both directions.
        conflict: How many of conflict.
        goldstein: Sum of their Goldstein values.
    """

    name: str
    cooperation: int
    conflict: int
    goldstein: float

    @property
    def tension(self) -> float:
        """Return the mean Goldstein value, its sign turned; 0 where nothing happened."""
        events = self.cooperation + self.conflict
        return round(-self.goldstein / events, 3) if events else 0.0


@dataclass(frozen=True, slots=True)
class Dyad:
    """How much two actors have to do with each other, in both directions."""

    one: str
    other: str
    cooperation: int
    conflict: int
    goldstein: float

    @property
    def events(self) -> int:
        """Return the number of events."""
        return self.cooperation + self.conflict


def has_happened(event: EventRecord) -> bool:
    """Say whether an event is told to have happened or to be going to."""
    return event.support != "Denied" and event.status in ("actual", "planned")


def follow_dyad(events: Iterable[EventRecord], one: str, other: str, period: str = "month") -> tuple[Period, ...]:
    """Return what two actors did to each other, period by period; those without events are left out.

    Args:
        events: In any order; undated ones are left out.
        one: Id of an actor.
        other: Id of another.
        period: A key of `PERIODS`.
    """
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for event in events:
        if event.earliest and has_happened(event) and {one, other} in map(set, event.pairs):
            _add(sums[event.earliest[: PERIODS[period]]], event)
    return tuple(Period(name, int(a), int(b), round(value, 3)) for name, (a, b, value) in sorted(sums.items()))


def rank_dyads(events: Iterable[EventRecord]) -> tuple[Dyad, ...]:
    """Return all pairs that have to do with each other, those with most events first."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for event in events:
        if has_happened(event):
            for pair in {_ordered(*pair) for pair in event.pairs}:
                _add(sums[pair], event)
    dyads = (Dyad(one, other, int(a), int(b), round(value, 3)) for (one, other), (a, b, value) in sums.items())
    return tuple(sorted(dyads, key=lambda dyad: (-dyad.events, dyad.one, dyad.other)))


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _add(sums: list[float], event: EventRecord) -> None:
    action = load_actions().get(event.action)
    if action is not None:
        sums[0 if action.quad.endswith("cooperation") else 1] += 1
        sums[2] += action.goldstein or 0.0


def fill_gaps(periods: tuple[Period, ...]) -> Iterator[Period]:
    """Yield months or years without a gap, for plots; days stay as they are."""
    known = {period.name: period for period in periods}
    if not periods or len(periods[0].name) == PERIODS["day"]:
        yield from periods
        return
    name, last = periods[0].name, periods[-1].name
    while name <= last:
        yield known.get(name, Period(name, 0, 0, 0.0))
        name = _next(name)


def _next(name: str) -> str:
    year, _, month = name.partition("-")
    if not month:
        return f"{int(year) + 1:04}"
    return f"{int(year) + 1:04}-01" if month == "12" else f"{year}-{int(month) + 1:02}"
