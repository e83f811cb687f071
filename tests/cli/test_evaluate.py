"""`kg evaluate`: figures of the present extraction, or of one written before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli.main import run


def write(path: Path, events: list[dict[str, object]]) -> str:
    text = "Rusland udviser to danske diplomater."
    path.write_text(json.dumps({"id": "a", "lang": "da", "text": text, "events": events}) + "\n", encoding="utf-8")
    return str(path)


EXPULSION: dict[str, object] = {"source": ["RUS"], "type": "SANCTION", "target": ["DNK"], "status": "actual"}
PRAISE: dict[str, object] = {"source": ["DNK"], "type": "SUPPORT", "target": ["RUS"], "status": "actual"}


def test_what_is_extracted_now_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", write(tmp_path / "gold.jsonl", [EXPULSION]), "--quiet"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.strip().startswith("type"))
    assert line.split() == ["type", "1.000", "1.000", "1.000", "1", "1", "1"]


def test_errors_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, predicted = write(tmp_path / "gold.jsonl", [EXPULSION]), write(tmp_path / "pred.jsonl", [PRAISE])
    assert run(["evaluate", gold, "--predicted", predicted, "--errors"]) == 0
    output = capsys.readouterr().out
    assert "RUS SANCTION DNK" in output
    assert "DNK SUPPORT RUS" in output


def test_each_language_has_its_tables_with_its_event_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = {"id": "b", "lang": "en", "text": "The weather is fine.", "events": []}
    gold = Path(write(tmp_path / "gold.jsonl", [EXPULSION]))
    gold.write_text(gold.read_text(encoding="utf-8") + json.dumps(english) + "\n", encoding="utf-8")
    assert run(["evaluate", str(gold), "--quiet"]) == 0
    output = capsys.readouterr().out
    lines = [line.split() for line in output.splitlines()]
    assert output.index("da: 1 articles") < output.index("en: 1 articles")
    assert ["SANCTION", "1.000", "1.000", "1.000", "1", "1", "1"] in lines
    assert ["event-free", "articles", "with", "an", "event", "0.000", "0", "of", "1"] in lines


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(['{"id": "a"}'], ":1: no annotated article", id="no events"),
        pytest.param(['{"id": "a", "events": []}', "{"], ":2: no annotated article", id="no JSON"),
        pytest.param(['{"id": "a", "events": [1]}'], ":1: event 1: it is no JSON object", id="no object"),
        pytest.param(
            ['{"id": "a", "events": [{"source": ["RUS"], "type": "SANCTIONS"}]}'],
            ":1: event 1: no event type 'SANCTIONS'; nearest: 'SANCTION'",
            id="an unknown type",
        ),
        pytest.param(
            ['{"id": "a", "events": [{"source": ["RUS"]}]}'], "no event type None; there are: ACCUSE, ", id="no type"
        ),
        pytest.param(
            ['{"id": "a", "events": [{"source": "RUS", "type": "AID"}]}'], "source is no list of codes", id="a string"
        ),
        pytest.param(
            ['{"id": "a", "events": [{"source": ["RUS"], "type": "AID", "status": "done"}]}'],
            "no status 'done'; there are: actual, planned, negated, hypothetical",
            id="an unknown status",
        ),
        pytest.param(['{"id": "a", "events": []}'] * 2, ":2: the article 'a' stands in the file twice", id="twice"),
    ],
)
def test_a_line_that_is_no_annotated_article_is_named_with_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[str], message: str
) -> None:
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(["evaluate", str(tmp_path / "gold.jsonl")]) == 1
    assert message in " ".join(capsys.readouterr().err.split())
