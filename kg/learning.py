"""Train the judge from annotated articles: which candidates of the rules would a human coder accept?

A candidate is right where gold has an event of its type between its parties in that article. Logistic regression with
L2 regularisation over hashed features; cross-validation in folds that keep together the articles of one day and of the
same actors, since these tell of the same events. Needs scikit-learn (the extra `train`); nothing at run time does.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import MissingExtra
from kg.extraction.judge import BITS, hash_feature

FOLDS = 5
SEED = 20211018
KEPT = 1e-4
"""Weights nearer to zero are not shipped."""

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate with its answer.

    Attributes:
        article: Its article's id.
        language: ISO 639-1.
        group: Articles that tell of the same events share it.
        features: From `kg.extraction.features`.
        triples: What it adds to a prediction: (source, type, target) with actor codes.
        right: Whether a human coder has one of them.
        scored: Whether its status counts in the headline score (actual or planned).
    """

    article: str
    language: str
    group: int
    features: tuple[str, ...]
    triples: frozenset[Triple]
    right: bool
    scored: bool


def train_weights(examples: Sequence[Example], strength: float) -> NDArray[np.float32]:
    """Return weights of shape (2 ** BITS,) learned from examples.

    Args:
        examples: At least one right and one wrong.
        strength: Inverse of the regularisation, scikit-learn's `C`.

    Raises:
        MissingExtra: scikit-learn is not installed.
    """
    model = _linear_model(strength)
    model.fit(_matrix(examples), np.array([e.right for e in examples]))
    return np.asarray(model.coef_[0], dtype=np.float32)


def cross_validate(examples: Sequence[Example], strength: float) -> NDArray[np.float64]:
    """Return for each example the confidence of a model that has not seen its group, shape (len(examples),)."""
    try:
        from sklearn.model_selection import GroupKFold  # noqa: PLC0415 # an extra
    except ImportError as error:
        raise MissingExtra("training needs scikit-learn: pip install 'kg-events[train]'") from error
    matrix, answers = _matrix(examples), np.array([e.right for e in examples])
    confidences = np.zeros(len(examples))
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, test in folds.split(matrix, answers, groups=[e.group for e in examples]):
        model = _linear_model(strength)
        model.fit(matrix[train], answers[train])
        confidences[test] = model.predict_proba(matrix[test])[:, 1]
    return confidences


def best_threshold(
    examples: Sequence[Example], confidences: NDArray[np.float64], gold: Mapping[str, frozenset[Triple]]
) -> tuple[float, float]:
    """Return the threshold with the highest F1 over triples, and that F1.

    Args:
        examples: Of one language.
        confidences: Cross-validated.
        gold: Article id -> its triples of actual and planned events.
    """
    scored = [(threshold, triple_f1(examples, confidences, gold, threshold)) for threshold in np.arange(0.1, 0.8, 0.02)]
    return max(((float(t), f1) for t, f1 in scored), key=lambda e: e[1])


def triple_f1(
    examples: Sequence[Example],
    confidences: NDArray[np.float64],
    gold: Mapping[str, frozenset[Triple]],
    threshold: float,
) -> float:
    """Return the micro-averaged F1 of the triples of the examples at or above a threshold."""
    predicted: dict[str, set[Triple]] = {}
    for example, confidence in zip(examples, confidences, strict=True):
        if example.scored and confidence >= threshold:
            predicted.setdefault(example.article, set()).update(example.triples)
    hits = sum(len(triples & gold.get(article, frozenset())) for article, triples in predicted.items())
    total = sum(map(len, predicted.values())) + sum(map(len, gold.values()))
    return 2 * hits / total if total else 0.0


def group_articles(keys: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return article id -> number of its group; articles that share a key (a date, a set of actors) share a group.

    Example:
        >>> group_articles({"a": ["2021-10-18"], "b": ["2021-10-18", "RUS NATO"], "c": ["RUS NATO"], "d": ["x"]})
        {'a': 0, 'b': 0, 'c': 0, 'd': 1}
    """
    parent = {article: article for article in keys}

    def root(article: str) -> str:
        while parent[article] != article:
            article = parent[article]
        return article

    by_key: dict[str, str] = {}
    for article, key in ((a, k) for a, names in keys.items() for k in names):
        parent[root(article)] = root(by_key.setdefault(key, article))
    numbers: dict[str, int] = {}
    return {article: numbers.setdefault(root(article), len(numbers)) for article in keys}


def write_weights(path: Path, weights: NDArray[np.float32], thresholds: Mapping[str, float]) -> None:
    """Write the weights that matter, for `kg.extraction.judge.load_judge`."""
    indices = np.flatnonzero(np.abs(weights) > KEPT).astype(np.int32)
    names = sorted(thresholds)
    np.savez_compressed(
        path,
        indices=indices,
        values=weights[indices].astype(np.float32),
        languages=np.array(names),
        thresholds=np.array([thresholds[n] for n in names]),
    )


def triples_of(sources: Iterable[str], kind: str, targets: Iterable[str], *, symmetric: bool) -> frozenset[Triple]:
    """Return the triples of an event, every source crossed with every target, "-" for none.

    Example:
        >>> sorted(triples_of(["USA"], "CONSULT", ["CHN"], symmetric=True))
        [('CHN', 'CONSULT', 'USA')]
    """
    found = set()
    for source, target in itertools.product(list(sources) or ["-"], list(targets) or ["-"]):
        pair = sorted((source, target)) if symmetric and "-" not in (source, target) else [source, target]
        found.add((pair[0], kind, pair[1]))
    return frozenset(found)


def _linear_model(strength: float) -> Any:  # scikit-learn is untyped and optional
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 # an extra
    except ImportError as error:
        raise MissingExtra("training needs scikit-learn: pip install 'kg-events[train]'") from error
    return LogisticRegression(C=strength, solver="liblinear", fit_intercept=False, max_iter=300, random_state=SEED)


def _matrix(examples: Sequence[Example]) -> Any:  # a scipy matrix, from an optional package
    from scipy.sparse import csr_matrix  # noqa: PLC0415 # comes with scikit-learn

    indices = [sorted({hash_feature(f) for f in e.features}) for e in examples]
    starts = np.cumsum([0, *map(len, indices)])
    flat = np.fromiter(itertools.chain.from_iterable(indices), dtype=np.int32)
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(examples), 1 << BITS))
