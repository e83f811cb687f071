"""Figures of a comparison, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluation import Score, evaluate


def event(source: str, type_: str, target: str = "", status: str = "actual", **more: Any) -> dict[str, Any]:
    """Write an annotation shortly: actors separated by blanks."""
    return {"source": source.split(), "type": type_, "target": target.split(), "status": status, **more}


def compare(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], level: str = "type") -> Score:
    record = {"id": "a", "events": gold}
    return evaluate([record], {"a": {"id": "a", "events": predicted}}).levels[level]


RUS_USA = event("RUS", "ACCUSE", "USA")


@pytest.mark.parametrize(
    ("gold", "predicted", "level", "expected"),
    [
        pytest.param([RUS_USA], [RUS_USA], "type", Score(1, 1, 1), id="the same"),
        pytest.param([RUS_USA], [], "type", Score(0, 0, 1), id="missed"),
        pytest.param([], [RUS_USA], "type", Score(0, 1, 0), id="spurious"),
        pytest.param([RUS_USA], [event("USA", "ACCUSE", "RUS")], "type", Score(0, 1, 1), id="turned round"),
        pytest.param([RUS_USA], [event("USA", "ACCUSE", "RUS")], "dyad", Score(1, 1, 1), id="a dyad has no direction"),
        pytest.param([RUS_USA], [event("RUS", "REJECT", "USA")], "quad", Score(1, 1, 1), id="the same quad"),
        pytest.param(
            [event("RUS", "CONSULT", "USA")], [event("USA", "CONSULT", "RUS")], "type", Score(1, 1, 1), id="symmetric"
        ),
        pytest.param(
            [event("RUS", "SUPPORT", "USA", action="sign-agreement")],
            [event("USA", "SUPPORT", "RUS")],
            "type",
            Score(1, 1, 1),
            id="a treaty has no direction",
        ),
        pytest.param(
            [event("DNK SWE", "AID", "UKR")],
            [event("DNK", "AID", "UKR")],
            "type",
            Score(1, 1, 2),
            id="every pair counts",
        ),
        pytest.param([event("RUS", "MOBILIZE")], [event("RUS", "MOBILIZE")], "type", Score(1, 1, 1), id="no target"),
        pytest.param(
            [event("RUS", "ASSAULT", "UKR", "hypothetical")],
            [],
            "type",
            Score(0, 0, 0),
            id="what may be does not count",
        ),
        pytest.param(
            [event("RUS", "ASSAULT", "UKR", "hypothetical")],
            [event("RUS", "ASSAULT", "UKR")],
            "strict",
            Score(0, 1, 1),
            id="but strictly it does",
        ),
        pytest.param(
            [event("RUS", "ASSAULT", "UKR", "planned"), RUS_USA],
            [event("RUS", "ASSAULT", "UKR", "planned"), RUS_USA],
            "marked",
            Score(1, 1, 1),
            id="plain facts are not marked",
        ),
        pytest.param([RUS_USA, RUS_USA], [RUS_USA], "type", Score(1, 1, 1), id="twice is once"),
    ],
)
def test_triples_are_counted(
    gold: list[dict[str, Any]], predicted: list[dict[str, Any]], level: str, expected: Score
) -> None:
    assert compare(gold, predicted, level) == expected


def test_an_article_that_was_not_predicted_counts_as_empty() -> None:
    found = evaluate([{"id": "a", "events": [RUS_USA]}], {})
    assert found.levels["type"] == Score(0, 0, 1)
    assert found.missed == (("a", ("RUS", "ACCUSE", "USA"), ""),)


def test_details_are_compared_where_one_side_tells_them() -> None:
    gold = [event("RUS", "ACCUSE", "USA", date="2021", evidence="Rusland anklager USA i dag", salient=True)]
    predicted = [event("RUS", "ACCUSE", "USA", date="2020", attributed_to=["RUS"], evidence="rusland anklager USA i")]
    found = evaluate([{"id": "a", "events": gold}], {"a": {"id": "a", "events": predicted}})
    assert found.matched["date"] == (0, 1)
    assert found.matched["attributed_to"] == (0, 1)
    assert found.matched["evidence"] == (1, 1)
    assert found.salient == (1, 1)


def test_scores_of_nothing_are_nought() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


def test_precision_and_recall_are_shares() -> None:
    score = Score(hits=1, predicted=4, gold=2)
    assert (score.precision, score.recall, round(score.f1, 3)) == (0.25, 0.5, 0.333)


def test_scores_by_type_count_missed_and_spurious_types() -> None:
    found = evaluate(
        [{"id": "a", "events": [RUS_USA, event("RUS", "ASSAULT", "UKR", "hypothetical")]}, {"id": "b", "events": []}],
        {"a": {"id": "a", "events": [RUS_USA, event("USA", "AID", "UKR")]}},
    )
    assert found.types == {"ACCUSE": Score(1, 1, 1), "AID": Score(0, 1, 0)}


def test_an_article_without_annotated_facts_counts_as_event_free() -> None:
    gold: list[dict[str, Any]] = [{"id": name, "events": []} for name in "ab"]
    gold.append({"id": "c", "events": [event("RUS", "ASSAULT", "UKR", "hypothetical")]})
    gold.append({"id": "d", "events": [RUS_USA]})
    predicted = {name: {"id": name, "events": [RUS_USA]} for name in "acd"}
    assert evaluate(gold, predicted).false_alarms == (2, 3)
