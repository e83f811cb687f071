"""What training promises: features that name nobody, folds that share no event, weights that come back as written."""

from pathlib import Path

import numpy as np
import pytest

from kg.errors import DataError
from kg.extraction.claims import find_candidates, survey
from kg.extraction.features import describe
from kg.extraction.fillers import describe_filler
from kg.extraction.judge import judge_candidates, surroundings_of
from kg.extraction.linear import BITS, LinearModel, hash_feature, load_weights, write_weights
from kg.learning import GoldEvent, Lesson, candidate_examples, group_articles, role_examples, train, triples_of
from kg.model import Article, Status
from kg.parsing import parse
from kg.pipeline import Settings, Workshop, open_workshop, resolve_actors

SENTENCES = [
    ("Rusland udviser fire norske diplomater.", "RUS", "SANCTION", "NOR"),
    ("Kina fordømte tirsdag Japans nye forsvarsplan.", "CHN", "ACCUSE", "JPN"),
    ("Iran truer Israel med gengældelse.", "IRN", "THREATEN", "ISR"),
    ("Sudan bad Egypten om nødhjælp.", "SDN", "REQUEST", "EGY"),
    ("Polen roste Litauen for hjælpen.", "POL", "SUPPORT", "LTU"),
]


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return open_workshop("da", Settings(extractor="rules"))


@pytest.fixture(scope="module")
def lessons(workshop: Workshop) -> list[Lesson]:
    articles = [Article(str(n), text, "da", "2024-05-14") for n, (text, *_) in enumerate(SENTENCES)]
    found = []
    for n, (article, doc) in enumerate(parse(articles, workshop.pipeline)):
        text, source, kind, target = SENTENCES[n]
        gold = (GoldEvent(frozenset({source}), kind, frozenset({target}), Status.ACTUAL, 0, len(text)),)
        surveyed = survey(doc, article, resolve_actors(article, doc, workshop), workshop.rules)
        found.append(Lesson(surveyed, workshop.rules, workshop.actors.guide_code, gold, n))
    return found


def test_no_feature_names_an_actor(lessons: list[Lesson]) -> None:
    names = {"rusland", "norsk", "norske", "kina", "japan", "japans", "iran", "israel", "sudan", "egypten", "polen"}
    names |= {"rus", "nor", "chn", "jpn", "irn", "isr", "sdn", "egy", "pol", "ltu", "litauen"}
    words = set()
    for lesson in lessons:
        candidates = find_candidates(lesson.survey, lesson.rules, None)
        for candidate, around in zip(candidates, surroundings_of(candidates), strict=True):
            words |= {w for f in describe(candidate, around, lesson.rules) for w in _words(f)}
        for scene in lesson.survey.scenes:
            for filler in scene.fillers:
                words |= {w for f in describe_filler(scene, filler, "source", "da") for w in _words(f)}

    assert words & names == set()
    assert {"udvise", "source"} <= words


def test_examples_know_who_acts_and_which_candidates_are_right(lessons: list[Lesson]) -> None:
    roles = [e for lesson in lessons for e in role_examples(lesson)]
    candidates = [e for lesson in lessons for e in candidate_examples(lesson, None)]

    assert sum(e.right for e in roles) >= 2 * len(SENTENCES)
    assert any(not e.right for e in roles)
    assert {e.right for e in candidates} == {True, False}


def test_training_learns_from_few_sentences_and_is_repeatable(lessons: list[Lesson]) -> None:
    first, second = train(lessons, 1.0, 1.0), train(lessons, 1.0, 1.0)

    assert np.array_equal(first.model.weights, second.model.weights)
    judged = [
        j
        for lesson in lessons
        for j in judge_candidates(
            find_candidates(lesson.survey, lesson.rules, first.model), lesson.rules, first.model, 0.5
        )
    ]
    assert sum(j.accepted for j in judged) >= len(SENTENCES) - 1


def test_articles_of_one_day_or_of_the_same_actors_share_a_fold() -> None:
    groups = group_articles({"a": ["2021-10-18"], "b": ["2021-10-18", "NATO RUS"], "c": ["NATO RUS"], "d": ["IRN"]})

    assert groups["a"] == groups["b"] == groups["c"] != groups["d"]


def test_a_symmetric_event_has_unordered_triples() -> None:
    assert triples_of(["USA"], "CONSULT", ["CHN"]) == triples_of(["CHN"], "CONSULT", ["USA"])
    assert triples_of(["USA"], "ACCUSE", ["CHN"]) != triples_of(["CHN"], "ACCUSE", ["USA"])
    assert triples_of(["USA"], "MOBILIZE", []) == {("USA", "MOBILIZE", "-")}


def test_weights_come_back_as_written(tmp_path: Path) -> None:
    weights = np.zeros(1 << BITS, dtype=np.float32)
    weights[hash_feature("bias")] = 1.5
    path = tmp_path / "weights.npz"

    write_weights(path, LinearModel(weights, {"da": 0.3, "other": 0.4}))
    model = load_weights(path)

    assert model.thresholds == {"da": pytest.approx(0.3), "other": pytest.approx(0.4)}
    assert model.weigh(["bias", "nothing"]) == [(1.5, "bias"), (0.0, "nothing")]
    assert model.probability(["bias"]) == pytest.approx(0.8175745)


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--extractor rules"):
        load_weights(tmp_path / "none.npz")


def _words(feature: str) -> set[str]:
    for mark in "|=+:_^ ":
        feature = feature.replace(mark, " ")
    return set(feature.lower().split())
