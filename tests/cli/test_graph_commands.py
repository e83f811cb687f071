"""The commands that read and change a store, run as a user runs them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.model import Article, Event
from kg.store import Store


@pytest.fixture(autouse=True)
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_article: Article, sample_events: tuple[Event, ...]
) -> Iterator[Path]:
    """Return a working folder whose `out/store` holds the sample article."""
    with Store.open(tmp_path / "out" / "store") as store:
        store.add(sample_article, sample_events)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_a_named_query_takes_its_parameters_as_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "dyad", "--from", "EST", "--to=BLR", "--since", "2024", "--format", "csv"]) == 0
    header, row = capsys.readouterr().out.splitlines()
    assert header == "date,issued,action,support,status,speaker,sentence,url,event"
    assert "Estonia will close" in row


def test_the_sparql_of_the_readme_finds_what_the_named_query_finds(
    sample_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```sparql\n(.*?)```", readme, re.DOTALL)
    named = ["expulsions", "--since", "2018", "--until", "2018"]
    found = []
    for asked in ([text], named):
        assert run(["query", *asked, "--store", str(sample_graph / "store"), "--format", "json"]) == 0
        rows = json.loads(capsys.readouterr().out)["results"]["bindings"]
        found.append(sorted((row["source"]["value"], row["sentence"]["value"]) for row in rows))
    assert found[0] == found[1]
    assert len(found[0]) >= 8


def test_the_list_names_every_query_with_purpose_and_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--list"]) == 0
    assert "kg query expulsions --since 2018 --until 2018" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_select_is_answered_in_every_format(capsysbinary: pytest.CaptureFixture[bytes], form: str) -> None:
    assert run(["query", "SELECT ?did { actor:EST ?did actor:BLR }", "-f", form]) == 0
    answer = capsysbinary.readouterr()
    assert b"close-mission" in answer.out
    assert answer.err == b""


@pytest.mark.parametrize(("form", "word"), [("table", "yes"), ("json", '"boolean":true'), ("xml", "<boolean>true")])
def test_ask_is_answered(capsysbinary: pytest.CaptureFixture[bytes], form: str, word: str) -> None:
    assert run(["query", "ASK { actor:EST act:meet actor:POL }", "-f", form]) == 0
    assert word in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?e kg:source actor:EST }", "DESCRIBE actor:EST"])
@pytest.mark.parametrize("form", ["table", "turtle", "nt", "jsonld", "rdf"])
def test_graphs_are_answered(capsysbinary: pytest.CaptureFixture[bytes], query: str, form: str) -> None:
    assert run(["query", query, "-f", form]) == 0
    assert b"EST" in capsysbinary.readouterr().out


def test_a_query_may_come_from_a_file_or_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "mine.rq").write_text("ASK { actor:EST act:meet actor:POL }")
    assert run(["query", "mine.rq"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { actor:POL act:meet actor:EST }"))
    assert run(["query", "-"]) == 0
    assert [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip() in ("yes", "no")] == [
        "yes",
        "no",
    ]


def test_a_name_that_the_graph_does_not_know_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "dyad", "--from", "ESX", "--type", "sanction"]) == 0
    said = capsys.readouterr().err
    assert "--from ESX: no such actor in this graph; nearest: EST" in said
    assert "--type sanction: no such action in this graph; nearest: SANCTION" in said
    assert run(["query", "dyad", "--from", "EST", "--type", "SANCTION"]) == 0
    assert capsys.readouterr().err == ""


def test_show_prints_the_sparql_with_the_values_bound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "dyad", "--from", "RUS", "--show"]) == 0
    assert "VALUES ?from { actor:RUS }" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query", "SELECT * {\n ?s ?p"], 1, "line 2, column"),
        (["query", "SELECT * { ?s dc:title ?o }"], 1, "unknown prefix 'dc:'"),
        (["query", "dyads"], 1, "dyad"),
        (["query", "dyad", "--whom", "RUS"], 2, "no parameter --whom; it has --from"),
        (["query", "dyad", "--since", "yesterday"], 2, "--since 'yesterday'"),
        (["query", "dyad", "--from"], 2, "--from has no value"),
        (["query", "dyad", "RUS"], 2, "'RUS' stands alone"),
        (["query", "ASK {}", "--from", "RUS"], 2, "only a named query takes parameters"),
        (["query"], 2, "no query"),
        (["query", "ASK {}", "-f", "csv"], 2, "take json, xml or table"),
        (["query", "DESCRIBE actor:EST", "-f", "csv"], 2, "a graph cannot be written as csv"),
        (["query", "ASK {}", "--store", "nowhere"], 1, "no store in nowhere"),
        (["explain", "ffff"], 1, "no event 'ffff'"),
        (["export", "graph.docx"], 2, "no export form 'docx'"),
        (["export"], 2, "no file"),
        (["remove", "never"], 1, "not in the store: never"),
        (["remove", "never", "--store", "nowhere"], 1, "no store in nowhere"),
        (["store", "load", "missing.nt"], 1, "missing.nt"),
        (["store", "backup", "out"], 1, "there already"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    assert run(arguments) == code
    answer = capsys.readouterr()
    assert message in answer.err
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1


def test_explain_marks_the_trigger_and_names_rule_and_actors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "0fc5"]) == 0
    text = capsys.readouterr().out
    assert "Minsk [hacked] the OSCE." in text
    assert "rule en:cyberattack-1" in text
    assert "speaker “LVA” = LVA: name of a state" in text
    assert "Claimed: only others than the acting side say so" in text


def test_explain_gives_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "0fc5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["trigger"] == "hacked"


def test_an_exported_graph_loads_into_the_same_graph(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "a.nq"]) == 0
    assert run(["store", "load", "a.nq", "--store", "other"]) == 0
    assert run(["store", "dump", "b.nq", "--store", "other"]) == 0
    assert Path("a.nq").read_bytes() == Path("b.nq").read_bytes()
    assert run(["export", "--list"]) == 0
    assert "Turtle" in capsys.readouterr().out


def test_remove_takes_an_article_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["store", "backup", "copy"]) == 0
    assert run(["remove", "sample-1"]) == 0
    capsys.readouterr()
    for store, articles in (("out/store", 0), ("copy", 1)):
        assert run(["store", "info", "--json", "--store", store]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert (facts["articles"], facts["events"]) == (articles, articles * 4)
    assert run(["store", "info"]) == 0


def test_the_graph_of_the_sample_articles_is_valid(sample_graph: Path) -> None:
    assert run(["validate", "--store", str(sample_graph / "store")]) == 0


def test_validate_ends_with_1_where_a_rule_is_broken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate"]) == 0
    with Store.open(folder / "out" / "store") as store:
        store.update("DELETE WHERE { ?event kg:support ?x }")
    assert run(["validate"]) == 1
    assert "an event has exactly one support" in " ".join(capsys.readouterr().out.split())
