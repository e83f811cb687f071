"""Compare extracted events with a human annotator's, as precision, recall and F1.

An article's events become sets of triples (source, type, target): every source with every target, `-` for none. Only
events that happened or will happen count in the main figures; symmetric types and signed treaties have no direction.
The figures are micro-averaged: counts are summed over the articles first. Gold and predicted events are records of
`kg.exporters.annotations`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from kg.ontology.actions import SYMMETRIC_TYPES, load_actions

Record = Mapping[str, Any]  # a JSON object; its fields are checked where they are read
Triple = tuple[str, str, str]

REAL = frozenset({"actual", "planned"})
LEVELS = ("type", "quad", "dyad", "action", "strict", "marked")
DETAILS = ("date", "status", "attributed_to", "evidence", "action")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of triples, summed over articles.

    Attributes:
        hits: In both.
        predicted: In the prediction.
        gold: In the annotation.
    """

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Return the share of predicted triples that are right, 0 where there are none."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the share of annotated triples that were found, 0 where there are none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall.

        Example:
            >>> Score(hits=1, predicted=2, gold=2).f1
            0.5
        """
        return 2 * self.hits / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    def plus(self, gold: Iterable[object], predicted: Iterable[object]) -> Score:
        """Return the score with one article's triples added."""
        wanted, found = set(gold), set(predicted)
        return Score(self.hits + len(wanted & found), self.predicted + len(found), self.gold + len(wanted))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one comparison.

    Attributes:
        articles: How many were compared.
        levels: Score by level: `type` is the headline; `quad`, `dyad` and `action` are coarser and finer; `strict`
            takes all events with their status, `marked` those that are no plain facts.
        types: Score by event type, of what counts at the level `type`.
        salient: (found, annotated) triples that a reader would name first.
        false_alarms: (with a predicted event, all) articles of which no event is annotated.
        matched: (right, told) of each detail on the triples found.
        missed: (article, triple, sentence) of the annotation that the prediction lacks.
        spurious: The same of the prediction that the annotation lacks.
    """

    articles: int
    levels: Mapping[str, Score]
    types: Mapping[str, Score]
    salient: tuple[int, int]
    false_alarms: tuple[int, int]
    matched: Mapping[str, tuple[int, int]]
    missed: tuple[tuple[str, Triple, str], ...] = field(default=())
    spurious: tuple[tuple[str, Triple, str], ...] = field(default=())


def evaluate(gold: Sequence[Record], predicted: Mapping[str, Record]) -> Evaluation:
    """Compare records with the gold records of the same id.

    Args:
        gold: Annotated articles.
        predicted: Articles with extracted events by id; one that is missing counts as empty.

    Returns:
        The figures; all 0 where gold is empty.
    """
    levels = dict.fromkeys(LEVELS, Score())
    types: dict[str, Score] = {}
    salient, alarms, matched = (0, 0), (0, 0), dict.fromkeys(DETAILS, (0, 0))
    missed: list[tuple[str, Triple, str]] = []
    spurious: list[tuple[str, Triple, str]] = []
    for article in gold:
        wanted, found = article["events"], predicted.get(article["id"], {}).get("events", [])
        treaties = _treaty_pairs(wanted)
        for level in LEVELS:
            levels[level] = levels[level].plus(
                _level_keys(level, wanted, treaties), _level_keys(level, found, treaties)
            )
        want, got = (_real_triples(events, treaties) for events in (wanted, found))
        types = _add_types(types, want, got)
        alarms = alarms if want else _add(alarms, (int(bool(got)), 1))
        marks = [triple in got for triple, event in want.items() if event.get("salient")]
        salient = (salient[0] + sum(marks), salient[1] + len(marks))
        for triple in want.keys() & got.keys():
            matched = {detail: _add(matched[detail], _compare(detail, want[triple], got[triple])) for detail in DETAILS}
        missed += ((article["id"], t, str(want[t].get("evidence", ""))) for t in sorted(want.keys() - got.keys()))
        spurious += ((article["id"], t, str(got[t].get("evidence", ""))) for t in sorted(got.keys() - want.keys()))
    return Evaluation(len(gold), levels, types, salient, alarms, matched, tuple(missed), tuple(spurious))


def _add_types(types: Mapping[str, Score], want: Iterable[Triple], got: Iterable[Triple]) -> dict[str, Score]:
    """Return the scores by type with one article's triples added, the types in alphabetical order."""
    kinds = sorted({*types, *(kind for _, kind, _ in (*want, *got))})
    return {
        kind: types.get(kind, Score()).plus((t for t in want if t[1] == kind), (t for t in got if t[1] == kind))
        for kind in kinds
    }


def _level_keys(level: str, events: Sequence[Record], treaties: set[frozenset[str]]) -> Iterator[object]:
    """Yield what is counted at a level, for each event and pair of actors."""
    key: Callable[[Record, str, str], object] = _LEVEL_KEYS[level]
    for event in events:
        status = event.get("status", "actual")
        if (level == "strict") or (status != "actual" if level == "marked" else status in REAL):
            for source, target in _pairs(event, treaties):
                yield key(event, source, target)


_LEVEL_KEYS: Mapping[str, Callable[[Record, str, str], object]] = {
    "type": lambda event, source, target: (source, event["type"], target),
    "quad": lambda event, source, target: (source, load_actions()[event["type"]].quad, target),
    "dyad": lambda _, source, target: tuple(sorted((source, target))),
    "action": lambda event, source, target: (source, event["type"], event.get("action", ""), target),
    "strict": lambda event, source, target: (source, event["type"], target, _plain_status(event)),
    "marked": lambda event, source, target: (source, event["type"], target, event["status"]),
}


def _plain_status(event: Record) -> str:
    status = str(event.get("status", "actual"))
    return "real" if status in REAL else status


def _pairs(event: Record, treaties: set[frozenset[str]]) -> Iterator[tuple[str, str]]:
    for source, target in product(event.get("source") or ["-"], event.get("target") or ["-"]):
        undirected = event["type"] in SYMMETRIC_TYPES or (
            event["type"] == "SUPPORT" and frozenset((source, target)) in treaties
        )
        yield (target, source) if undirected and "-" not in (source, target) and target < source else (source, target)


def _treaty_pairs(events: Sequence[Record]) -> set[frozenset[str]]:
    """Return the pairs that signed something together: their support has no direction."""
    signed = (event for event in events if event.get("action") == "sign-agreement")
    return {frozenset(pair) for event in signed for pair in product(event["source"], event["target"])}


def _real_triples(events: Sequence[Record], treaties: set[frozenset[str]]) -> dict[Triple, Record]:
    """Map every triple of real events to the first event that has it."""
    triples: dict[Triple, Record] = {}
    for event in events:
        if event.get("status", "actual") in REAL:
            for source, target in _pairs(event, treaties):
                triples.setdefault((source, event["type"], target), event)
    return triples


def _compare(detail: str, gold: Record, predicted: Record) -> tuple[int, int]:
    """Return (right, told): dates and speakers count only where one of the two tells any."""
    if detail == "evidence":
        return int(_is_same_sentence(gold, predicted)), 1
    one, other = gold.get(detail) or "", predicted.get(detail) or ""
    if detail in ("date", "attributed_to") and not one and not other:
        return 0, 0
    return int(set(one) == set(other) if detail == "attributed_to" else one == other), 1


def _is_same_sentence(gold: Record, predicted: Record) -> bool:
    one, other = (set(str(event.get("evidence", "")).lower().split()) for event in (gold, predicted))
    return bool(one and other) and len(one & other) / len(one | other) >= 0.5


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
