"""Say whether the confidence of an event is the probability that a human coder has it.

    python -m tests.benchmarks.calibration

Measured are the articles of `tests/corpus`. Each candidate is judged by a model
that has not seen its article nor others of its day and actors (5 folds). Printed are, by language, a reliability table
(candidates by their confidence: how many, their mean confidence, the share that a human coder has too) and the expected
calibration error, the mean distance of the two weighed by number (Naeini et al. 2015), of all candidates and of those
that become events.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.learning import Lesson, train
from kg.pipeline import Settings, open_workshop
from tests.benchmarks.events import CORPUS, prepare, read_records

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Judgements of about the same confidence.

    Attributes:
        count: How many.
        confidence: Their mean.
        right: The share that was right.
    """

    count: int
    confidence: float
    right: float


def divide(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> Iterator[Bin]:
    """Yield the bins of equal width that hold a judgement, the least confident first.

    Args:
        judged: Confidence in [0, 1] and whether it was right.
        bins: How many there are between 0 and 1.

    Example:
        >>> list(divide([(0.25, False), (0.75, True), (0.75, False)], bins=2))
        [Bin(count=1, confidence=0.25, right=0.0), Bin(count=2, confidence=0.75, right=0.5)]
    """
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        held.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    for _, several in sorted(held.items()):
        count = len(several)
        yield Bin(count, sum(c for c, _ in several) / count, sum(right for _, right in several) / count)


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error, 0 for no judgements.

    Example:
        >>> expected_error([Bin(1, 0.25, 0.0), Bin(3, 0.75, 0.75)])
        0.0625
    """
    whole = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.right) for b in bins) / whole if whole else 0.0


def main() -> None:
    """Run the benchmark."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    languages = sorted({path.name[:2] for path in CORPUS.glob("*.jsonl")})
    lessons: list[Lesson] = []
    for code in languages:
        workshop = open_workshop(code, Settings(extractor="rules"))
        lessons += [lesson for lesson, _ in prepare(read_records(sorted(CORPUS.glob(f"{code}*.jsonl"))), workshop)]
    learned = train(lessons)
    for code in languages:
        judged = [(c, example.right) for example, c in learned.examples if example.language == code]
        threshold = learned.model.thresholds[code]
        bins = list(divide(judged))
        print(f"{code}: candidates, their mean confidence, the share that is right")
        for b in bins:
            print(f"  {b.count:6} {b.confidence:.3f} {b.right:.3f}")
        events = list(divide((c, right) for c, right in judged if c >= threshold))
        print(f"  expected calibration error {expected_error(bins):.3f}")
        print(f"  of events (from {threshold:.2f} on) {expected_error(events):.3f}")


if __name__ == "__main__":
    main()
