from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]  # stubs would be one more dependency
import pytest

from kg.exporters import FORMS, export
from kg.exporters.rows import COLUMNS, read_rows
from kg.model import Article, Event, PlaceMention, Span
from kg.store import Store

TABLES = [name for name, (module, _) in FORMS.items() if module == "tables" and name != "parquet"]
OTHERS = [name for name, (module, _) in FORMS.items() if module != "rdf"]


def read_csv(store: Store, path: Path, form: str) -> list[dict[str, str]]:
    export(store, path, form)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_own_table_has_a_row_per_event_and_pair_in_order_of_time(sample_store: Store, tmp_path: Path) -> None:
    rows = read_csv(sample_store, tmp_path / "events.csv", "csv")
    assert tuple(rows[0]) == COLUMNS
    assert [(row["source"], row["action"], row["target"]) for row in rows] == [
        ("EST", "meet", "POL"),
        ("EST", "close-mission", "BLR"),
        ("BLR", "cyberattack", "OSCE"),
        ("BLR", "threaten", "LTU"),
    ]
    met, closed, hacked, _ = rows
    assert (met["place"], met["country"], met["latitude"], met["date"]) == ("Tartu", "EST", "58.38062", "2024-04")
    assert (closed["status"], closed["support"], closed["cameo"], closed["speakers"]) == (
        "planned",
        "Stated",
        "161",
        "",
    )
    assert (hacked["speakers"], hacked["support"], hacked["url"]) == ("LVA", "Claimed", "https://news.example/a/1")


def test_an_event_of_several_actors_has_a_row_for_each_pair(
    make_article: Callable[..., Article], make_event: Callable[..., Event]
) -> None:
    article = make_article(text="They condemned it.")
    event = make_event(article, "condemn", "RUS", "NATO", article.text, "condemned")
    with Store.in_memory() as store:
        store.add(article, [replace(event, sources=("CHN", "RUS"), targets=("EU", "NATO"))])
        assert len({(row.source, row.target) for row in read_rows(store)}) == 4


@pytest.mark.parametrize("form", ["gdelt", "icews", "polecat"])
def test_tables_without_a_column_for_status_leave_out_what_did_not_happen(
    sample_store: Store, tmp_path: Path, form: str
) -> None:
    rows = read_csv(sample_store, tmp_path / "events.csv", form)
    assert len(rows) == 3
    assert not any("LTU" in row.values() or "Lithuania" in row.values() for row in rows)


def test_cameo_codes_keep_their_zeros(sample_store: Store, tmp_path: Path) -> None:
    rows = read_csv(sample_store, tmp_path / "events.csv", "gdelt")
    assert {(row["EventCode"], row["EventRootCode"], row["QuadClass"]) for row in rows} == {
        ("044", "04", "1"),
        ("161", "16", "4"),
        ("176", "17", "4"),
    }
    assert rows[0]["SQLDATE"] == "20240401"


def test_a_cell_is_no_formula(
    make_article: Callable[..., Article], make_event: Callable[..., Event], tmp_path: Path
) -> None:
    article = make_article(text="=HYPERLINK(1) they met", title="@SUM(1)", publisher="+1+2", url="")
    place = PlaceMention(Span(0, 2), "-2+3", latitude=-33.9, longitude=151.2)
    event = make_event(article, "meet", "AUS", "NZL", article.text, "met", place=place)
    with Store.in_memory() as store:
        store.add(article, [event])
        for form in TABLES:
            (row,) = read_csv(store, tmp_path / "events.csv", form)
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@"))]
            assert "-33.9" in row.values()
            assert "'-2+3" in row.values()


def test_pandas_reads_the_tables_with_their_types(sample_store: Store, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "events.parquet")
    frame = pd.read_parquet(tmp_path / "events.parquet")
    assert tuple(frame.columns) == COLUMNS
    assert frame["goldstein"].tolist() == [2.5, -4.0, -7.0, -4.4]
    assert frame["cameo"].tolist()[0] == "044"
    export(sample_store, tmp_path / "events.csv")
    again = pd.read_csv(tmp_path / "events.csv", dtype={"cameo": str}, keep_default_na=False)
    assert again["event"].tolist() == frame["event"].tolist()


def test_geojson_holds_the_events_with_coordinates(sample_store: Store, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "events.geojson")
    (feature,) = json.loads((tmp_path / "events.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [26.72509, 58.38062]}
    assert feature["properties"]["action"] == "meet"


def test_neo4j_gets_nodes_and_links_that_fit_together(sample_store: Store, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "graph.zip", "neo4j")
    tables = {}
    with zipfile.ZipFile(tmp_path / "graph.zip") as archive:
        for name in archive.namelist():
            tables[name] = list(csv.DictReader(io.StringIO(archive.read(name).decode())))
    actors = {row["id:ID(Actor)"] for row in tables["actors.csv"]}
    events = {row["id:ID(Event)"] for row in tables["events.csv"]}
    links = tables["sources.csv"] + tables["targets.csv"]
    assert {row[":END_ID(Actor)"] for row in links} == actors == {"BLR", "EST", "LTU", "OSCE", "POL"}
    assert {row[":START_ID(Event)"] for row in links} == events


@pytest.mark.parametrize("form", OTHERS)
def test_the_same_graph_gives_the_same_bytes(
    sample_article: Article, sample_events: tuple[Event, ...], tmp_path: Path, form: str
) -> None:
    files = set()
    for order in list(permutations(sample_events))[::11]:
        with Store.in_memory() as store:
            store.add(sample_article, order)
            export(store, tmp_path / "graph", form)
            files.add((tmp_path / "graph").read_bytes())
    assert len(files) == 1


@pytest.mark.parametrize("form", OTHERS)
def test_an_empty_store_is_written_too(tmp_path: Path, form: str) -> None:
    with Store.in_memory() as store:
        export(store, tmp_path / "graph", form)
    assert (tmp_path / "graph").stat().st_size > 0


@pytest.mark.parametrize("form", ["csv", "gdelt", "icews", "polecat"])
def test_every_column_is_explained(sample_store: Store, tmp_path: Path, form: str) -> None:
    export(sample_store, tmp_path / "table", form)
    columns = (tmp_path / "table").read_text(encoding="utf-8").splitlines()[0].split(",")
    page = (Path(__file__).parents[2] / "kg" / "exporters" / "README.md").read_text(encoding="utf-8")
    table = page.split("| column |" if form == "csv" else f"| `{form}`,")[1].split("\n\n")[0]
    assert re.findall(r"^\| `([^`]+)` \| \S", table, re.MULTILINE) == columns
