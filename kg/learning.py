"""Train the learned part of extraction from annotated articles: who fills a role, what happened, what is an event.

All three are logistic regressions with L2 regularisation over hashed features, in one vector of weights. Roles and
status are learned from the predicates that gold's triggers stand at. Acceptance is learned from candidates whose roles
were cast by a model that had not seen their article, so that it meets at work what it met in training. Folds keep
together the articles of one day and of the same actors, since these tell of the same events. Needs scikit-learn (the
extra `train`); nothing at run time does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import MissingExtra
from kg.extraction.claims import Candidate, Rules, Survey, find_candidates, status_of
from kg.extraction.features import describe
from kg.extraction.fillers import Filler, describe_filler
from kg.extraction.judge import place_of, surroundings_of
from kg.extraction.linear import BITS, LinearModel, hash_feature
from kg.extraction.modality import describe_status, of_status
from kg.model import Status

FOLDS = 5
SEED = 20211018
ROLE_STRENGTH = 0.1
JUDGE_STRENGTH = 0.04
STATUS_STRENGTH = 0.3
TOLERANCE = 0.004
"""So little F1 is given for a lower threshold: the curve is flat, and people find more than the tool does."""
KEPT = 1e-3
"""Weights nearer to zero are not kept."""
REAL = frozenset({Status.ACTUAL, Status.PLANNED})

Triple = tuple[str, str, str]
CodeOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as a human coder wrote it.

    Attributes:
        sources: Actor codes.
        type: Event type.
        targets: Actor codes.
        status: Whether it happened.
        start: Offset of the trigger, -1 where it is not found.
        end: Offset after the trigger.
    """

    sources: frozenset[str]
    type: str
    targets: frozenset[str]
    status: Status
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article to learn from.

    Attributes:
        survey: What the tables find in it.
        rules: Of its language.
        code_of: Gives a principal's actor code.
        gold: What a human coder found.
        group: Articles that tell of the same events share it.
    """

    survey: Survey
    rules: Rules
    code_of: CodeOf
    gold: tuple[GoldEvent, ...]
    group: int

    @property
    def language(self) -> str:
        """Return the language's code."""
        return self.rules.language.code

    @property
    def triples(self) -> frozenset[Triple]:
        """Return the triples of the events that happened or will happen."""
        real = (e for e in self.gold if e.status in REAL)
        return frozenset().union(*(triples_of(e.sources, e.type, e.targets) for e in real))


@dataclass(frozen=True, slots=True)
class Example:
    """Features with their answer; for a candidate also what it would add to a prediction."""

    features: tuple[str, ...]
    right: bool
    article: str = ""
    language: str = ""
    triples: frozenset[Triple] = frozenset()
    real: bool = True
    place: tuple[int, bool, bool] = (-1, False, False)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What training made.

    Attributes:
        model: The weights and, by language, the lowest threshold whose F1 is as good as the best.
        figures: Language -> threshold, precision, recall and F1 of types, cross-validated.
        examples: The candidates, with their cross-validated confidence.
    """

    model: LinearModel
    figures: Mapping[str, Mapping[str, float]]
    examples: tuple[tuple[Example, float], ...]


def train(lessons: Sequence[Lesson], role_strength: float = ROLE_STRENGTH, strength: float = JUDGE_STRENGTH) -> Lessons:
    """Learn roles and acceptance from annotated articles.

    Raises:
        MissingExtra: scikit-learn is not installed.
    """
    folds = np.array([lesson.group % FOLDS for lesson in lessons])
    roles = [role_examples(lesson) for lesson in lessons]
    statuses = [status_examples(lesson) for lesson in lessons]
    found: list[list[Example]] = [[] for _ in lessons]
    for fold in range(FOLDS):
        seen = [e for n, examples in enumerate(roles) if folds[n] != fold for e in examples]
        told = [e for n, examples in enumerate(statuses) if folds[n] != fold for e in examples]
        model = LinearModel(_fit(seen, role_strength) + _fit(told, STATUS_STRENGTH), {})
        for n in np.flatnonzero(folds == fold):
            found[n] = candidate_examples(lessons[int(n)], model)
    examples = [e for several in found for e in several]
    fold_of = np.array([folds[n] for n, several in enumerate(found) for _ in several])
    confidences = np.zeros(len(examples))
    for fold in range(FOLDS):
        weights = _fit([e for e, f in zip(examples, fold_of, strict=True) if f != fold], strength)
        blind = LinearModel(weights, {})
        for n in np.flatnonzero(fold_of == fold):
            confidences[n] = blind.probability(examples[int(n)].features)
    figures = {
        code: _best_threshold([x for x in lessons if x.language == code], examples, confidences)
        for code in sorted({x.language for x in lessons})
    }
    thresholds = {code: figure["threshold"] for code, figure in figures.items()}
    thresholds["other"] = max(thresholds.values())
    weights = _fit([e for several in roles for e in several], role_strength) + _fit(examples, strength)
    weights += _fit([e for several in statuses for e in several], STATUS_STRENGTH)
    weights[np.abs(weights) < KEPT] = 0
    return Lessons(
        LinearModel(weights, thresholds), figures, tuple(zip(examples, map(float, confidences), strict=True))
    )


def role_examples(lesson: Lesson) -> list[Example]:
    """Return for each filler near a gold trigger whether it has a role in the event."""
    examples = []
    for scene in lesson.survey.scenes:
        token = scene.predicate.token
        here = [e for e in lesson.gold if e.type == scene.type and e.start <= token.idx < e.end]
        if not here:
            continue
        sources = frozenset().union(*(e.sources for e in here))
        targets = frozenset().union(*(e.targets for e in here))
        answers = {"side": sources | targets} if scene.symmetric else {"source": sources, "target": targets}
        for filler, (role, codes) in itertools.product(scene.fillers, answers.items()):
            features = describe_filler(scene, filler, role, lesson.language)
            examples.append(Example(features, _stands_for(filler, codes, lesson.code_of)))
    return examples


def status_examples(lesson: Lesson) -> list[Example]:
    """Return for each predicate at a gold trigger and each status whether it is the human coder's."""
    examples = []
    for scene in lesson.survey.scenes:
        token = scene.predicate.token
        here = [e for e in lesson.gold if e.type == scene.type and e.start <= token.idx < e.end]
        if not here or scene.predicate.implied:
            continue
        verdict, time = status_of(scene, lesson.survey, lesson.rules)
        features = describe_status(scene.predicate, verdict, time, scene.type, lesson.language)
        examples += [Example(of_status(status, features), here[0].status is status) for status in Status]
    return examples


def candidate_examples(lesson: Lesson, model: LinearModel | None) -> list[Example]:
    """Return for each candidate whether a human coder has its event, or one of its triples."""
    candidates = find_candidates(lesson.survey, lesson.rules, model)
    examples = []
    for candidate, around in zip(candidates, surroundings_of(candidates), strict=True):
        triples = candidate_triples(candidate, lesson.code_of)
        status = candidate.claim.status
        right = bool(candidate.claim.sources) and _is_right(triples, status, lesson)
        features = describe(candidate, around, lesson.rules)
        examples.append(
            Example(
                features, right, lesson.survey.article.id, lesson.language, triples, status in REAL, place_of(candidate)
            )
        )
    return [e for e in examples if e.triples]


def candidate_triples(candidate: Candidate, code_of: CodeOf) -> frozenset[Triple]:
    """Return the triples that a candidate would add to a prediction; none where nobody acts."""
    sources = {code_of(p) for party in candidate.cast.roles.source.parties for p in party.principals}
    targets = {code_of(p) for party in candidate.cast.roles.target.parties for p in party.principals}
    if not sources:
        return frozenset()
    return triples_of(sources, candidate.scene.type, targets - sources or targets, symmetric=candidate.scene.symmetric)


def triples_of(
    sources: Iterable[str], kind: str, targets: Iterable[str], *, symmetric: bool | None = None
) -> frozenset[Triple]:
    """Return the triples of an event, every source crossed with every target, "-" for none.

    Example:
        >>> sorted(triples_of(["USA"], "CONSULT", ["CHN"]))
        [('CHN', 'CONSULT', 'USA')]
    """
    unordered = kind in ("CONSULT", "AGREE", "COOPERATE") if symmetric is None else symmetric
    found = set()
    for source, target in itertools.product(list(sources) or ["-"], list(targets) or ["-"]):
        pair = sorted((source, target)) if unordered and "-" not in (source, target) else [source, target]
        found.add((pair[0], kind, pair[1]))
    return frozenset(found)


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


def _stands_for(filler: Filler, codes: frozenset[str], code_of: CodeOf) -> bool:
    own = {code_of(p) for p in filler.principals}
    return len(own & codes) * 2 > len(own)


def _is_right(triples: frozenset[Triple], status: Status, lesson: Lesson) -> bool:
    for event in lesson.gold:
        same = event.status in REAL if status in REAL else event.status is status
        if same and triples & _both_ways(event):
            return True
    return False


def _both_ways(event: GoldEvent) -> frozenset[Triple]:
    return triples_of(event.sources, event.type, event.targets) | (
        triples_of(event.sources, event.type, event.targets, symmetric=True) if event.type == "SUPPORT" else frozenset()
    )


def _best_threshold(
    lessons: Sequence[Lesson], examples: Sequence[Example], confidences: NDArray[np.float64]
) -> dict[str, float]:
    gold = {x.survey.article.id: x.triples for x in lessons}
    mine = [(e, float(c)) for e, c in zip(examples, confidences, strict=True) if e.article in gold]
    rows = [_figures(mine, gold, float(threshold)) for threshold in np.arange(0.1, 0.8, 0.02)]
    best = max(row["f1"] for row in rows)
    return min((r for r in rows if r["f1"] >= best - TOLERANCE), key=lambda r: r["threshold"])


def _figures(
    examples: Iterable[tuple[Example, float]], gold: Mapping[str, frozenset[Triple]], threshold: float
) -> dict[str, float]:
    surest: dict[tuple[str, tuple[int, bool, bool]], tuple[float, Example]] = {}
    for example, confidence in examples:
        word = (example.article, example.place)
        if confidence >= threshold and confidence > surest.get(word, (0.0, example))[0]:
            surest[word] = (confidence, example)
    predicted: dict[str, set[Triple]] = {}
    for _, example in surest.values():
        if example.real:
            predicted.setdefault(example.article, set()).update(example.triples)
    hits = sum(len(triples & gold[article]) for article, triples in predicted.items())
    total, wanted = sum(map(len, predicted.values())), sum(map(len, gold.values()))
    return {
        "threshold": round(threshold, 2),
        "precision": hits / total if total else 0.0,
        "recall": hits / wanted if wanted else 0.0,
        "f1": 2 * hits / (total + wanted) if total + wanted else 0.0,
    }


def _fit(examples: Sequence[Example], strength: float) -> NDArray[np.float32]:
    """Return the weights that tell right examples from wrong ones; none where all have one answer."""
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 # an extra
    except ImportError as error:
        raise MissingExtra("training needs scikit-learn: pip install 'kg-events[train]'") from error
    answers = np.array([e.right for e in examples])
    if len(np.unique(answers)) < 2:
        return np.zeros(1 << BITS, dtype=np.float32)
    model = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False, max_iter=300, random_state=SEED)
    model.fit(_matrix(examples), answers)
    return np.asarray(model.coef_[0], dtype=np.float32)


def _matrix(examples: Sequence[Example]) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 # comes with scikit-learn

    indices = [sorted({hash_feature(f) for f in e.features}) for e in examples]
    starts = np.cumsum([0, *map(len, indices)])
    flat = np.fromiter(itertools.chain.from_iterable(indices), dtype=np.int32)
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(examples), 1 << BITS))
