"""The page in a browser: what a reader sees, does and takes away."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from kg.graph.records import ActorRecord, ArticleRecord, ClaimRecord, EventRecord, Records
from kg.store import Store
from kg.views.html import write_page
from kg.views.triples import select_triples

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]

COLOURS = """() => {
  const canvas = document.querySelector("#graph canvas");
  const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return new Set(pixels).size;
}"""


def summary(page: Page) -> str:
    return page.locator("#summary").inner_text()


def find(page: Page, words: str) -> None:
    """Choose an actor by keyboard alone."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("#details .close")).to_be_visible()


def tick(page: Page, label: str) -> None:
    page.locator("#facets .name", has_text=re.compile(f"^{label}")).click()


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_bytes()


def test_it_opens_from_a_file_without_network_and_draws_the_actors(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    assert summary(page) == "15 events · 8 actors · 12 links"
    assert page.evaluate(COLOURS) > 50


def test_a_link_shows_its_events_newest_first_with_sentence_trigger_and_source(
    open_page: OpenPage, page_file: Path
) -> None:
    page = open_page(page_file)
    page.get_by_role("button", name="United States → Russia").click()
    cards = page.locator(".card")
    expect(cards).to_have_count(2)
    assert [when.split(" · ")[0] for when in page.locator(".card .when").all_inner_texts()] == [
        "24 Feb 2022",
        "26 Mar 2018",
    ]
    last = cards.nth(1)
    assert last.locator("mark").inner_text() == "udviser"
    assert last.locator("blockquote").inner_text().startswith("USA udviser 60 russere")
    assert "Eksempelbureauet" in last.inner_text()
    assert "New York" in last.inner_text()


def test_what_is_claimed_denied_or_planned_is_said_and_seen(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "#link=AUT>RUS")
    assert page.locator(".card .badge.denied").count() == 1
    assert page.locator(".card .badge.negated").inner_text() == "Did not happen"
    assert "says Austria" in page.locator(".card").inner_text()
    find(page, "swe")
    expect(page.locator(".card .badge.planned")).to_have_count(1)


def test_a_click_in_the_drawing_chooses_a_link(open_page: OpenPage, records: Records, tmp_path: Path) -> None:
    invasion = next(event.id for event in records.events if event.action == "invade")
    write_page(records.choose(events={invasion}), tmp_path / "one.html", title="One link")
    page = open_page(tmp_path / "one.html")
    page.locator("#graph").click()
    expect(page.locator("#details h2")).to_have_text("🇷🇺 Russia → 🇺🇦 Ukraine")


def test_an_actor_is_found_by_code_or_name_in_either_language(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    for words, name in (
        ("gbr", "United Kingdom"),
        ("østr", "Austria"),
        ("Nato", "NATO"),
        ("ostrig", "Austria"),
        ("storbri", "United Kingdom"),
    ):
        find(page, words)
        expect(page.locator("#details h2")).to_contain_text(name)


@pytest.mark.parametrize(
    ("label", "events"),
    [
        pytest.param("Material conflict", 7, id="quad"),
        pytest.param("Sanction", 10, id="type"),
        pytest.param("Organisations", 13, id="kind of actor"),
        pytest.param("Did not happen", 14, id="status"),
        pytest.param("Only claimed", 14, id="support"),
        pytest.param("English", 10, id="language"),
        pytest.param("Sample Wire", 5, id="publisher"),
        pytest.param("China", 1, id="who says so"),
    ],
)
def test_each_filter_leaves_what_it_should_and_survives_a_reload(
    open_page: OpenPage, page_file: Path, label: str, events: int
) -> None:
    page = open_page(page_file)
    tick(page, label)
    expect(page.locator("#summary")).to_contain_text(re.compile(rf"^{events} event"))
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert summary(page).startswith(f"{events} event")


def test_a_filter_hides_the_edges_themselves(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    tick(page, "Verbal conflict")
    expect(page.locator("#summary")).to_contain_text("9 links")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#summary")).to_have_text("15 events · 8 actors · 12 links")


def test_one_action_can_be_hidden_in_the_tree_of_types(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    page.get_by_role("button", name="Show the actions of Sanction").click()
    tick(page, "expels diplomats of")
    expect(page.locator("#summary")).to_contain_text("12 events")
    assert (
        page.locator("label.tick", has_text="Material conflict").locator("input").evaluate("box => box.indeterminate")
    )


def test_sliders_filter_by_count_and_confidence(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "#min=2")
    assert summary(page) == "4 events · 3 actors · 2 links"
    page.goto(page_file.as_uri() + "#conf=90")
    expect(page.locator("#summary")).to_contain_text("0 events")
    expect(page.locator("#empty")).to_be_visible()


def test_a_period_is_brushed_and_played(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    box = page.locator(".plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator("#summary")).to_contain_text("7 events")
    expect(page).to_have_url(re.compile("from=2021"))
    page.get_by_role("button", name="All dates").click()
    expect(page.locator("#summary")).to_contain_text("15 events")
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "true")
    first = page.locator("#from").input_value()
    page.wait_for_timeout(900)
    assert page.locator("#from").input_value() > first
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")


def test_dates_can_be_typed(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    page.locator("#from").fill("2024-01-01")
    expect(page.locator("#summary")).to_contain_text("3 events")


def test_focus_keeps_the_neighbours_and_escape_leaves_it(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    find(page, "swe")
    page.get_by_role("button", name="Show only its neighbours").click()
    expect(page.locator("#banner")).to_contain_text("Only Sweden")
    assert summary(page) == "7 events · 4 actors · 5 links"
    page.keyboard.press("Escape")
    expect(page.locator("#summary")).to_contain_text("8 actors")


def test_the_shortest_path_between_two_actors_is_shown(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    find(page, "aut")
    page.locator("#path-search").fill("nato")
    page.keyboard.press("Enter")
    expect(page.locator("#banner")).to_contain_text("Austria to NATO: 3 steps")
    page.get_by_role("button", name="Leave the path").click()
    expect(page.locator("#banner")).to_be_hidden()


def test_the_table_sorts_and_leads_to_the_evidence_by_keyboard_alone(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#pane table")).to_be_visible()
    assert page.locator("tbody tr").count() == 15
    page.locator("#sort-source").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th.c-source")).to_have_attribute("aria-sort", "ascending")
    assert page.locator("tbody td.c-source").first.inner_text() == "Austria"
    page.locator("tbody th button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("🇦🇹 Austria → 🇷🇺 Russia")


def test_the_csv_holds_what_passes_the_filters(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "#from=2022-01-01&until=2022-12-31")
    rows = list(csv.DictReader(io.StringIO(saved(page, "#save-csv").decode("utf-8-sig"))))
    assert len(rows) == 4
    assert {row["source"] for row in rows} == {"RUS", "UKR", "USA"}
    assert next(row for row in rows if row["action"] == "invade")["sentence"].startswith("Russia invaded Ukraine")
    assert next(row for row in rows if row["action"] == "shoot-down")["says"] == "UKR"


def test_the_page_counts_as_loaded_when_it_is_drawn(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    assert ready <= loaded
    assert page.locator("iframe").count() == 0


@pytest.mark.parametrize(("width", "height"), [(1440, 860), (390, 844), (390, 500)])
def test_every_actor_is_named_by_its_name_or_code(
    open_page: OpenPage, page_file: Path, records: Records, width: int, height: int
) -> None:
    page = open_page(page_file, width=width, height=height)
    page.evaluate(
        """() => {
          globalThis.written = new Set();
          const write = CanvasRenderingContext2D.prototype.fillText;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            written.add(text);
            return write.call(this, text, ...rest);
          };
        }"""
    )
    page.locator("#zoom-fit").click()
    page.wait_for_timeout(300)
    written = set(page.evaluate("[...written]"))
    active = {name for event in records.events for name in (*event.sources, *event.targets)}
    names = {actor.id: {actor.labels["en"], actor.code} for actor in records.actors if actor.id in active}
    assert [actor for actor, known in names.items() if not known & written] == []


def test_the_drawing_is_saved_as_png_and_svg(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    assert saved(page, "#save-png").startswith(b"\x89PNG")
    svg = ElementTree.fromstring(saved(page, "#save-svg"))  # noqa: S314  # our own page wrote it
    texts = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert "Sample events" in texts
    assert {"Denmark", "NATO", "RUS"} <= set(texts)


def test_the_map_colours_the_countries_and_places_the_events(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "#pane=map")
    assert page.locator(".country[class*=' s']").count() == 7
    assert page.locator(".spot").count() == 1
    page.locator(".country", has_text="Ukraine").first.click()
    expect(page.locator("#details h2")).to_contain_text("Ukraine")


def test_a_pair_has_a_timeline_in_two_lanes(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "#link=USA>RUS")
    assert page.locator(".lanes circle.conflict").count() == 2
    assert page.locator(".lanes circle.coop").count() == 0
    page.locator(".lanes circle").last.click()
    assert page.evaluate("document.activeElement.className").startswith("card")


def test_it_speaks_the_browsers_language_and_another_on_demand(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, locale="da-DK")
    assert summary(page) == "15 begivenheder · 8 aktører · 12 forbindelser"
    assert page.locator("#facets").get_by_text("Konflikt i handling").count() == 1
    page.get_by_role("button", name="English").click()
    expect(page.locator("#summary")).to_have_text("15 events · 8 actors · 12 links")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_chosen_theme_survives_a_reload(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile("theme=dark"))
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_page_fits_a_phone(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file, "#pane=table", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator("#facets")).to_be_hidden()


def test_sparql_answers_offline_over_the_pages_own_data(
    open_page: OpenPage, store: Store, records: Records, tmp_path: Path
) -> None:
    path = tmp_path / "sparql.html"
    write_page(records, path, title="With SPARQL", triples=select_triples(store, records))
    page = open_page(path)
    page.get_by_role("button", name="SPARQL").click()
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#pane table")).to_be_visible()
    assert page.locator("#pane tbody tr").filter(has_text="invade").count() == 1
    page.get_by_label("SPARQL query").fill("SELECT ?x { ?x a kg:Claim }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#pane tbody tr")).to_have_count(15)
    page.get_by_label("SPARQL query").fill("SELEKT")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#pane .error")).to_contain_text("error at")


def make_fan(links: int) -> Records:
    """Return one actor with as many partners, each of which it met in 2020 (and the first in 1950)."""
    hub = ActorRecord("HUB", "organisation", "HUB", {"en": "Hub"})
    partners = [ActorRecord(f"P{i:04d}", "state", f"P{i:04d}", {"en": f"Partner {i}"}) for i in range(links)]
    met = [
        EventRecord(f"e{actor.id}", "meet", ("HUB",), (actor.id,), "2020-01-05", "2020-01-05", "2020-01-05")
        for actor in partners
    ]
    article = ArticleRecord("a", "Title", "https://news.example/1", "The Example", "2020-01-06", "en")
    claims = (ClaimRecord("a", "actual", quote="They met.", trigger=(5, 8)),)
    later = [replace(event, id=f"f{event.id}", latest="2021-06-30") for event in met[:99]]
    long_ago = EventRecord("g", "meet", ("HUB",), ("P0000",), "1950-01-01", "1950-01-01", "1950-01-01")
    events = [replace(event, claims=claims) for event in (*met, *later, long_ago)]
    return Records((hub, *partners), (article,), tuple(sorted(events, key=lambda event: event.id)))


def test_of_many_links_the_strongest_are_drawn_and_a_weak_one_when_it_is_chosen(
    open_page: OpenPage, tmp_path: Path
) -> None:
    write_page(make_fan(900), tmp_path / "fan.html", title="Fan")
    page = open_page(tmp_path / "fan.html")
    assert summary(page) == "1,000 events · 801 actors · 800 of 900 links shown"
    find(page, "P0899")
    expect(page.locator("#summary")).to_contain_text("802 actors")


def test_events_of_long_ago_share_the_first_period(open_page: OpenPage, tmp_path: Path) -> None:
    write_page(make_fan(200), tmp_path / "fan.html", title="Fan")
    page = open_page(tmp_path / "fan.html")
    assert page.locator(".axis span").first.inner_text().startswith("≤ 2020")
    page.locator(".plot").click(position={"x": 2, "y": 20})
    expect(page.locator("#from")).to_have_value("")
    expect(page).to_have_url(re.compile("until=2020"))


def test_a_sentence_that_is_not_in_the_page_is_found_with_kg_explain(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.views.payload.EVIDENCE_LIMIT", 1)
    write_page(make_fan(2), tmp_path / "fan.html", title="Fan")
    page = open_page(tmp_path / "fan.html", "#link=HUB>P0001")
    expect(page.locator(".card .why").first).to_have_text(
        "The sentence is not in this page. Read it with kg explain feP0001"
    )


def test_the_first_frame_shows_what_the_events_sum_to(open_page: OpenPage, page_file: Path, records: Records) -> None:
    page = open_page(page_file)
    packed = page.locator("#data-edges").evaluate("block => block.textContent")
    sums = json.loads(gzip.decompress(base64.b64decode(packed)))
    names = {actor.id: actor.labels["en"] for actor in records.actors}
    expected = [f"{names[edge['from']]} → {names[edge['to']]}\n{edge['count']}" for edge in sums]
    assert page.locator("#details .links").first.locator("li").all_inner_texts() == expected[:10]
