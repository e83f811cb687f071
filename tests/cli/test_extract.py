"""`kg extract`: three formats of the same events."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from kg.cli.main import run

TEXT = "Rusland udviser i dag to danske diplomater."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(f"date 2018-03-26\n\n{TEXT}\n", encoding="utf-8")
    return path


def test_the_table_tells_a_person_who_did_what(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(article)]) == 0
    output = capsys.readouterr().out
    assert all(word in output for word in ("2018-03-26", "Russia", "expels", "Denmark", "actual", TEXT[:20]))


def test_json_lines_keep_the_id_and_ignore_given_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = {
        "id": "x-1",
        "lang": "da",
        "date": "2018-03-26",
        "title": "",
        "text": TEXT,
        "events": [{"source": ["USA"]}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert run(["extract", str(path), "--format", "jsonl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["id"], found["text"]) == ("x-1", TEXT)
    (event,) = found["events"]
    told = {
        key: event[key] for key in ("source", "type", "action", "target", "status", "attributed_to", "date", "trigger")
    }
    assert told == {
        "source": ["RUS"],
        "type": "SANCTION",
        "action": "expel-diplomats",
        "target": ["DNK"],
        "status": "actual",
        "attributed_to": [],
        "date": "2018-03-26",
        "trigger": "udviser",
    }


def test_csv_has_one_line_an_event(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(article), "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["article"], row["date"], row["source"], row["target"]) == ("a", "2018-03-26", "Russia", "Denmark")
    assert row["sentence"] == TEXT


def test_an_article_without_events_is_a_line_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Vejret bliver godt i morgen, og solen skinner.", encoding="utf-8")
    assert run(["extract", str(path), "--format", "jsonl", "--lang", "da"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] == []


def test_what_is_rejected_goes_to_standard_error_with_exit_3(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["extract", str(article), str(tmp_path / "none.txt"), "--format", "csv"]) == 3
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert "none.txt: no such file or folder" in captured.err


@pytest.mark.parametrize("content", [TEXT, json.dumps({"id": "s", "text": TEXT})], ids=["text", "JSON Lines"])
def test_standard_input_is_read(
    content: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode()), encoding="utf-8"))
    assert run(["extract", "-", "--format", "csv"]) == 0
    assert "expels diplomats of" in capsys.readouterr().out


UNSURE = "Kina og Rusland er store lande, og der tales om sanktioner."


@pytest.fixture
def unsure(tmp_path: Path) -> Path:
    """Return an article with a word that names an action, of which nobody is said to do it."""
    path = tmp_path / "b.txt"
    path.write_text(f"{UNSURE}\n", encoding="utf-8")
    return path


def test_a_trace_shows_what_became_no_event_and_why(unsure: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(unsure), "--lang", "da", "--trace", "--min-confidence", "0.999"]) == 0
    output = capsys.readouterr().out
    assert "below 1.00" in output
    assert "der tales om [sanktioner]." in output
    assert "rule da:" in output


def test_a_trace_names_a_word_that_nobody_stands_near(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.txt"
    path.write_text("Der blev udvist mange.\n", encoding="utf-8")
    assert run(["extract", str(path), "--lang", "da", "--trace"]) == 0
    output = capsys.readouterr().out
    assert "nobody acts and nobody is acted on" in output
    assert "Der blev [udvist] mange." in output


def test_a_trace_as_json_has_the_rejected_beside_the_events(unsure: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["extract", str(unsure), "--lang", "da", "--trace", "--format", "jsonl", "--min-confidence", "0.999"]
    assert run(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["events"] == []
    assert "sanktioner" in {rejected["trigger"] for rejected in found["rejected"]}
    assert all(rejected["reason"] and rejected["rule"] for rejected in found["rejected"])


def test_a_trace_says_so_where_nothing_was_rejected(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(article), "--trace"]) == 0
    assert "rejected nothing" in capsys.readouterr().out


def test_without_trace_nothing_is_told_of_the_rejected(unsure: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(unsure), "--lang", "da", "--format", "jsonl"]) == 0
    assert "rejected" not in json.loads(capsys.readouterr().out)


def test_a_trace_in_csv_is_refused(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(article), "--trace", "--format", "csv"]) == 2
    assert "--format table or jsonl" in capsys.readouterr().err
