from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.analysis.centrality import find_communities, make_simple_network, rank_actors
from kg.analysis.dyads import Period, fill_gaps, follow_dyad, rank_dyads
from kg.analysis.overview import count
from kg.analysis.plots import plot_dyad
from kg.cli.main import run
from kg.errors import UsageError
from kg.graph.records import ClaimRecord, EventRecord, Records
from kg.model import Article, Event
from kg.store import Store


def event(
    action: str, source: str, target: str, day: str = "2024-03-05", status: str = "actual", **how: str
) -> EventRecord:
    name = f"{action}-{source}-{target}-{day}-{status}"
    claims = (ClaimRecord("a", status),)
    return EventRecord(name, action, (source,), (target,) if target else (), day, day, day, claims=claims, **how)  # type: ignore[arg-type]


EVENTS = (
    event("meet", "DNK", "SWE"),
    event("expel-diplomats", "DNK", "RUS"),
    event("expel-diplomats", "RUS", "DNK", "2024-03-20"),
    event("praise", "RUS", "DNK", "2024-06-01"),
    event("invade", "RUS", "DNK", "2024-04-01", status="hypothetical"),
    event("attack", "RUS", "DNK", "2024-04-01", support="Denied"),
    event("test-missile", "PRK", ""),
    event("condemn", "RUS", "DNK", ""),
)


def test_a_dyad_is_followed_in_both_directions_and_only_through_what_happened() -> None:
    march, june = follow_dyad(EVENTS, "RUS", "DNK")
    assert (march.name, march.cooperation, march.conflict, march.goldstein, march.tension) == (
        "2024-03",
        0,
        2,
        -14.0,
        7.0,
    )
    assert (june.name, june.cooperation, june.conflict, june.tension) == ("2024-06", 1, 0, -3.4)
    assert follow_dyad(EVENTS, "DNK", "RUS") == (march, june)
    assert [period.name for period in follow_dyad(EVENTS, "DNK", "RUS", "year")] == ["2024"]
    assert follow_dyad(EVENTS, "DNK", "CHN") == ()


def test_pairs_are_ranked_by_their_events() -> None:
    assert [(dyad.one, dyad.other, dyad.events) for dyad in rank_dyads(EVENTS)] == [
        ("DNK", "RUS", 4),
        ("DNK", "SWE", 1),
    ]


@pytest.mark.parametrize(
    ("names", "filled"),
    [
        (["2023-11", "2024-02"], ["2023-11", "2023-12", "2024-01", "2024-02"]),
        (["2019", "2021"], ["2019", "2020", "2021"]),
        (["2024-01-05", "2024-01-09"], ["2024-01-05", "2024-01-09"]),
        ([], []),
    ],
)
def test_gaps_between_months_and_years_are_filled(names: list[str], filled: list[str]) -> None:
    assert [row.name for row in fill_gaps(tuple(Period(name, 1, 0, 0.0) for name in names))] == filled


def test_who_links_others_stands_between_them() -> None:
    standings = {row.actor: row for row in rank_actors(EVENTS)}
    assert next(iter(standings)) == "DNK"
    denmark = standings["DNK"]
    assert (denmark.events, denmark.partners, denmark.acts, denmark.suffers, denmark.betweenness) == (
        5,
        2,
        2,
        3,
        0.333333,
    )
    assert standings["PRK"].community == 0
    assert standings["SWE"].betweenness == 0


def test_those_who_have_to_do_with_each_other_belong_together() -> None:
    pairs = ["AB", "BC", "AC", "DE", "EF", "DF", "CD"]
    groups = find_communities(make_simple_network(event("meet", *pair) for pair in pairs))
    assert groups["A"] == groups["B"] == groups["C"] != groups["D"] == groups["E"] == groups["F"]
    assert find_communities(make_simple_network(())) == {}


def test_everything_is_counted() -> None:
    counts = {(row.what, row.name): row.number for row in count(Records((), (), EVENTS))}
    assert counts["all", "events"] == 8
    assert counts["type", "SANCTION"] == 2
    assert counts["support", "Denied"] == 1
    assert counts["dyad", "DNK – RUS"] == 4
    assert counts["year", "2024"] == 7


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_a_plot_is_drawn_the_same_each_time(tmp_path: Path, suffix: str, start: bytes) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        plot_dyad(follow_dyad(EVENTS, "RUS", "DNK"), path, "RUS – DNK")
    assert paths[0].read_bytes().startswith(start)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_plot_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png or \.svg"):
        plot_dyad((), tmp_path / "plot.gif", "")


def test_the_commands_print_tables_csv_and_json(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sample_article: Article,
    sample_events: tuple[Event, ...],
) -> None:
    with Store.open(tmp_path / "out" / "store") as store:
        store.add(sample_article, sample_events)
    monkeypatch.chdir(tmp_path)
    assert run(["dyad", "EST", "POL", "--monthly", "--format", "csv", "--plot", "plots/a.svg"]) == 0
    assert list(csv.reader(io.StringIO(capsys.readouterr().out)))[1:] == [["2024-04", "1", "0", "2.5", "-2.5"]]
    assert (tmp_path / "plots" / "a.svg").is_file()
    assert run(["central", "--limit", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["actor"] == "BLR"
    assert run(["stats"]) == 0
    assert "SANCTION" in capsys.readouterr().out
    for wrong in (["dyad", "EST", "POL", "--by", "week"], ["stats", "--format", "xls"]):
        assert run(wrong) == 2
