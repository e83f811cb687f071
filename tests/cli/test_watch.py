"""`kg watch`: one pass adds what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli.main import run


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.jsonl").write_text(json.dumps({"body": "Rusland udviser to danske diplomater."}), encoding="utf-8")
    path = tmp_path / "feeds.toml"
    path.write_text(f'[[source]]\npath = "{inbox}"\nlang = "da"\ncolumns = {{ text = "body" }}\n', encoding="utf-8")
    return path


def test_each_pass_adds_what_is_new(feeds: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["watch", str(feeds), "-o", str(out), "--quiet"]
    assert run(arguments) == 0
    (tmp_path / "inbox" / "b.jsonl").write_text(json.dumps({"body": "Kina truer Taiwan."}), encoding="utf-8")
    assert run(arguments) == 0
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["articles"] == {"added": 1, "unchanged": 1, "undated": 1}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("", "no [[source]]", id="empty"),
        pytest.param("[[source", "feeds.toml:", id="no TOML"),
        pytest.param("[[source]]\nlang = 'da'", "source 1: no path", id="no path"),
        pytest.param(
            "[[source]]\npath = 'a'\nlanguage = 'da'", "unknown language; there are: columns, lang, path", id="key"
        ),
        pytest.param("[[source]]\npath = 'a'\ncolumns = 3", "columns is no table", id="columns"),
    ],
)
def test_a_wrong_list_is_told(tmp_path: Path, content: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(content, encoding="utf-8")
    assert run(["watch", str(path)]) == 1
    assert reason in capsys.readouterr().err
