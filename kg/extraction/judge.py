"""Judge candidate events by a model learned from annotated articles.

The model is a logistic regression over hashed features (Weinberger et al. 2009, "Feature hashing for large scale
multitask learning"): a vector of weights, shipped as `judge.npz`, and a sum. So it needs no learning library at run
time, and `kg explain` can show which features decided. `kg.learning` trains it.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError
from kg.extraction.claims import Candidate, Rules
from kg.extraction.features import Surroundings, describe
from kg.extraction.grammar import path_to_root

WEIGHTS = Path(__file__).with_name("judge.npz")
BITS = 18
SHOWN = 6
"""So many of the weightiest features are kept on a claim for `kg explain`."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The learned weights.

    Attributes:
        weights: One float for each hash of a feature, shape (2 ** BITS,).
        thresholds: Language code -> the confidence from which on a candidate is accepted; "" for all others.
    """

    weights: NDArray[np.float32]
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge made of a candidate.

    Attributes:
        candidate: With the confidence and the deciding features on its claim.
        accepted: Whether it becomes a claim of the graph.
        reason: Why not, in words; "" where it does.
    """

    candidate: Candidate
    accepted: bool
    reason: str = ""


@cache
def load_judge(path: Path = WEIGHTS) -> Judge:
    """Read the shipped weights.

    Raises:
        DataError: The file is missing or not of this version.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            weights = np.zeros(1 << BITS, dtype=np.float32)
            weights[file["indices"]] = file["values"]
            names, values = file["languages"], file["thresholds"]
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise DataError(f"{path}: no weights of the judge ({error}); train them, or use --extractor rules") from error
    return Judge(weights, {str(n): float(v) for n, v in zip(names, values, strict=True)})


def judge_candidates(
    candidates: Sequence[Candidate], rules: Rules, judge: Judge | None, min_confidence: float | None = None
) -> tuple[Judgement, ...]:
    """Return a judgement of each candidate, in order.

    Args:
        candidates: Of one article.
        rules: The language's.
        judge: None accepts what the rules find complete: a source, and a target where the action needs one.
        min_confidence: In place of the language's own threshold.
    """
    if judge is None:
        return tuple(_by_rule(c) for c in candidates)
    threshold = judge.thresholds.get(rules.language.code, judge.thresholds[""])
    wanted = threshold if min_confidence is None else min_confidence
    return tuple(
        _by_weight(candidate, describe(candidate, around, rules), judge, wanted)
        for candidate, around in zip(candidates, surroundings_of(candidates, rules), strict=True)
    )


def surroundings_of(candidates: Sequence[Candidate], rules: Rules) -> list[Surroundings]:
    """Return what stands around each candidate."""
    seen: Counter[tuple[str, frozenset[str], frozenset[str]]] = Counter()
    crowd = Counter(c.claim.sentence for c in candidates)
    types = {c.predicate.token.i: rules.actions[c.claim.action].type for c in candidates}
    found = []
    for candidate in candidates:
        token = candidate.predicate.token
        key = (
            types[token.i],
            frozenset(p for party in candidate.roles.source.parties for p in party.principals),
            frozenset(p for party in candidate.roles.target.parties for p in party.principals),
        )
        above = next((types[t.i] for t in path_to_root(token) if t != token and t.i in types), "")
        paragraph = token.doc.text.count("\n\n", 0, token.idx)
        found.append(Surroundings(seen[key], crowd[candidate.claim.sentence] - 1, above, paragraph))
        seen[key] += 1
    return found


def hash_feature(feature: str) -> int:
    """Return the index of a feature's weight; the same on every machine and in every run."""
    return zlib.crc32(feature.encode("utf-8")) & ((1 << BITS) - 1)


def _by_rule(candidate: Candidate) -> Judgement:
    if not candidate.claim.sources:
        return Judgement(candidate, accepted=False, reason="nobody acts")
    if not candidate.claim.targets:
        return Judgement(candidate, accepted=False, reason="nobody is acted on")
    return Judgement(candidate, accepted=True)


def _by_weight(candidate: Candidate, features: Iterable[str], judge: Judge, threshold: float) -> Judgement:
    weighed = [(float(judge.weights[hash_feature(f)]), f) for f in features]
    confidence = 1 / (1 + float(np.exp(-sum(w for w, _ in weighed))))
    deciding = sorted(weighed, key=lambda e: (-abs(e[0]), e[1]))[:SHOWN]
    shown = tuple(f"{name} ({weight:+.2f})" for weight, name in deciding if weight)
    claim = replace(candidate.claim, confidence=round(confidence, 3), features=(*candidate.claim.features, *shown))
    judged = replace(candidate, claim=claim)
    if not candidate.claim.sources:
        return Judgement(judged, accepted=False, reason="nobody acts")
    if confidence < threshold:
        return Judgement(judged, accepted=False, reason=f"confidence {confidence:.2f} below {threshold:.2f}")
    return Judgement(judged, accepted=True)
