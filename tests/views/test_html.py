from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import DataError, InputError
from kg.graph.records import Records
from kg.views import assets
from kg.views.assets import hash_source, load_vendor, read_vendored
from kg.views.codes import to_flag
from kg.views.html import render, write_page
from kg.views.links import strongest, sum_links
from kg.views.worldmap import draw_countries


def test_the_same_records_give_the_same_bytes(records: Records) -> None:
    assert render(records, title="x") == render(records, title="x")


def test_a_page_without_events_is_a_page() -> None:
    assert "<!DOCTYPE html>" in render(Records((), (), ()), title="Empty")


def test_nothing_in_the_page_is_loaded_from_elsewhere(records: Records) -> None:
    html = render(records, title="x")
    assert re.findall(r"<(?:script|img|iframe|link)[^>]+(?:src|href)=", html) == []
    assert "@import" not in html


def test_every_inline_script_and_style_is_allowed_by_its_hash(records: Records) -> None:
    html = render(records, title="x")
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert (len(scripts), len(styles)) == (2, 1)
    assert all(hash_source(text) in html for text in scripts + styles)


def test_the_page_is_written_whole_or_not_at_all(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "graph.html"
    write_page(records, path, title="x")
    assert [file.name for file in path.parent.iterdir()] == ["graph.html"]
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="choose another path"):
        write_page(records, tmp_path / "file" / "graph.html", title="x")


def test_every_vendored_file_has_its_recorded_hash_and_its_licence() -> None:
    for name, entry in load_vendor().items():
        assert read_vendored(name)
        assert (assets.VENDOR / f"{entry['name']}.LICENSE").is_file()


def test_a_vendored_file_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "oxigraph.js").write_text("changed")
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    read_vendored.cache_clear()
    with pytest.raises(DataError, match="reinstall"):
        read_vendored("oxigraph.js")
    read_vendored.cache_clear()


def test_every_script_of_the_page_is_joined_into_it() -> None:
    assert {path.name for path in assets.PAGE.glob("*.js")} == set(assets.SCRIPTS)


def test_links_sum_the_events_of_an_ordered_pair(records: Records) -> None:
    links = sum_links(records.events)
    assert strongest(links)[0] == ("UKR", "RUS")
    link = links["UKR", "RUS"]
    assert (link.count, link.cooperation, link.material, link.supports) == (2, 0, 2, [2, 0, 0, 0])
    assert links["AUT", "RUS"].supports == [0, 0, 0, 1]


@pytest.mark.parametrize(("code", "flag"), [("DNK", "🇩🇰"), ("XKX", "🇽🇰"), ("NATO", ""), ("DDR", "")])
def test_states_of_today_have_flags(code: str, flag: str) -> None:
    assert to_flag(code) == flag


def test_the_map_holds_the_countries_by_code_within_the_world() -> None:
    countries = dict(draw_countries())
    assert {"DNK", "RUS", "XKX", "GRL", "USA"} <= set(countries)
    for path in countries.values():
        assert re.fullmatch(r"(M\d+ \d+l-?\d+ -?\d+( -?\d+ -?\d+)*z)+", path)
    starts = [tuple(map(int, start)) for path in countries.values() for start in re.findall(r"M(\d+) (\d+)", path)]
    assert all(0 <= x <= 3600 and 0 <= y <= 1800 for x, y in starts)
    assert all(abs(int(dx)) < 1800 for path in countries.values() for dx in re.findall(r"[l ](-?\d+) -?\d+", path))
