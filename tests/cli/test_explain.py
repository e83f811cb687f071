"""`kg explain` on a graph that was extracted, not made by hand."""

from __future__ import annotations

import json

import pytest

from kg.cli.explain import describe_features
from kg.cli.main import run

TEXT = "Russia expelled two Norwegian diplomats on Monday. Sweden voiced support for its neighbour."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "a.txt").write_text(f"date 2024-03-05\nlang en\n\n{TEXT}\n", encoding="utf-8")
    assert run(["build", str(folder / "a.txt"), "-o", str(folder / "out"), "--quiet"]) == 0
    return str(folder / "out" / "store")


@pytest.fixture
def expulsion(store: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["query", "dyad", "--from", "RUS", "--to", "NOR", "--format", "json", "--store", store]) == 0
    (row,) = json.loads(capsys.readouterr().out)["results"]["bindings"]
    return str(row["event"]["value"])


def test_an_extracted_event_names_its_rule_its_actors_and_what_decided(
    store: str, expulsion: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", expulsion, "--store", store]) == 0
    output = capsys.readouterr().out
    assert "rule en:expel" in output
    assert "source “Russia” = RUS" in output
    assert "target “Norwegian diplomats” = NOR" in output
    assert "found: source=subj, target=" in output
    assert "weighed: " in output


@pytest.mark.parametrize(
    ("features", "lines"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param(("source=subj", "target=obj"), ["found: source=subj, target=obj"], id="rules alone"),
        pytest.param(("source=learned",), ["found: source by the learned part"], id="a role that was learned"),
        pytest.param(("a=1 (+0.10)", "b=2 (-0.30)"), ["weighed: b=2 (-0.30), a=1 (+0.10)"], id="the weightiest first"),
        pytest.param(("status=(no)",), ["found: status=(no)"], id="brackets that hold no weight"),
    ],
)
def test_what_decided_is_told_in_two_lines(features: tuple[str, ...], lines: list[str]) -> None:
    assert list(describe_features(features)) == lines
