"""`kg build`: what it stores, what it reports, and what a rerun does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.store import Store

EXPULSION = "date 2018-03-26\n\nRusland udviser i dag to danske diplomater, og Danmark fordømte beslutningen.\n"
INVASION = "date 2022-02-24\n\nRusland invaderer torsdag Ukraine.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(EXPULSION, encoding="utf-8")
    (folder / "b.txt").write_text(INVASION, encoding="utf-8")
    return folder


def build(articles: Path, out: Path, *options: str) -> tuple[int, dict[str, object]]:
    code = run(["build", str(articles), "-o", str(out), "--quiet", *options])
    report: dict[str, object] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return code, report


def triples(out: Path) -> list[str]:
    with Store.read(out / "store") as store:
        return sorted(map(str, store.quads()))


def test_the_sample_articles_give_a_graph_of_every_article(sample_graph: Path) -> None:
    with Store.read(sample_graph / "store") as store:
        rows = list(store.rows("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?claim oa:hasSource ?a }"))
    assert int(rows[0]["n"]) == 14
    report = json.loads((sample_graph / "report.json").read_text(encoding="utf-8"))
    assert report["articles"] == {"added": 14, "unchanged": 0, "undated": 0}
    assert report["languages"] == {"da": 10, "en": 4}
    assert report["rejected"] == []


def test_every_claim_tells_which_run_made_it(sample_graph: Path) -> None:
    with Store.read(sample_graph / "store") as store:
        made = "SELECT DISTINCT ?run { ?claim a kg:Claim OPTIONAL { ?claim prov:wasGeneratedBy ?run } }"
        (run_row,) = store.rows(made)
        settings = {row["s"] for row in store.rows(f"SELECT ?s {{ <{run_row['run']}> kg:setting ?s }}")}
    assert "extractor full" in settings
    assert any(setting.startswith("kg-events ") for setting in settings)


def test_nothing_is_written_to_standard_output(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build", str(articles), "-o", str(tmp_path / "out")])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "articles added" in captured.err


def test_a_rerun_adds_nothing_and_a_changed_article_alone_is_done_again(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(articles, out)[1]["articles"] == {"added": 2, "unchanged": 0, "undated": 0}
    before = triples(out)
    assert build(articles, out)[1]["articles"] == {"added": 0, "unchanged": 2, "undated": 0}
    assert triples(out) == before
    (articles / "b.txt").write_text(INVASION.replace("Ukraine", "Georgien"), encoding="utf-8")
    assert build(articles, out)[1]["articles"] == {"added": 1, "unchanged": 1, "undated": 0}
    assert triples(out) != before


def test_an_article_that_the_store_lost_is_built_again(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out)
    before = triples(out)
    with Store.open(out / "store") as store:
        store.remove("b")
    assert build(articles, out)[1]["articles"] == {"added": 1, "unchanged": 1, "undated": 0}
    assert triples(out) == before


def test_an_article_that_was_removed_stays_out_until_it_is_asked_for_again(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out)
    before = triples(out)
    assert run(["remove", "b", "--store", str(out / "store")]) == 0
    without = triples(out)
    assert without != before
    (articles / "b.txt").write_text(INVASION.replace("torsdag", "i dag"), encoding="utf-8")
    assert build(articles, out)[1]["withdrawn"] == ["b"]
    assert triples(out) == without
    (articles / "b.txt").write_text(INVASION, encoding="utf-8")
    report = build(articles, out, "--again")[1]
    assert (report["withdrawn"], report["articles"]) == ([], {"added": 1, "unchanged": 1, "undated": 0})
    assert build(articles, out)[1]["articles"] == {"added": 0, "unchanged": 2, "undated": 0}
    assert triples(out) == before


def test_a_build_into_another_folder_is_remembered_by_its_own(articles: Path, tmp_path: Path) -> None:
    out, store = tmp_path / "out", str(tmp_path / "elsewhere" / "graph")
    assert build(articles, out, "--store", store)[0] == 0
    assert not (out / "store").exists()
    assert run(["remove", "b", "--store", store, "--out", str(out)]) == 0
    assert build(articles, out, "--store", store)[1]["withdrawn"] == ["b"]


def test_a_manifest_that_was_cut_short_costs_one_article(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out)
    manifest = out / "manifest.jsonl"
    manifest.write_text(manifest.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert build(articles, out)[1]["articles"] == {"added": 0, "unchanged": 2, "undated": 0}


def test_a_bad_file_is_reported_and_the_rest_goes_on(articles: Path, tmp_path: Path) -> None:
    (articles / "c.txt").write_bytes(b"\x00\x01\x02")
    code, report = build(articles, tmp_path / "out")
    assert code == 3
    assert report["articles"] == {"added": 2, "unchanged": 0, "undated": 0}
    lines = (tmp_path / "out" / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in lines] == ["binary data, no text"]


def test_only_articles_since_a_day_and_up_to_a_limit_are_taken(articles: Path, tmp_path: Path) -> None:
    assert build(articles, tmp_path / "1", "--since", "2020")[1]["languages"] == {"da": 1}
    assert build(articles, tmp_path / "2", "--limit", "1")[1]["languages"] == {"da": 1}


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", str(articles), "-o", str(tmp_path / "out"), "--dry-run"]) == 0
    assert "2 articles" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_two_orders_of_the_same_articles_give_the_same_graph(articles: Path, tmp_path: Path) -> None:
    names = [str(articles / "a.txt"), str(articles / "b.txt")]
    for out, paths in ((tmp_path / "1", names), (tmp_path / "2", names[::-1])):
        assert run(["build", *paths, "-o", str(out), "--quiet"]) == 0
    assert triples(tmp_path / "1") == triples(tmp_path / "2")
