"""Near copies share a band; other articles do not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kg.analysis.overview import count
from kg.fingerprint import BANDS, fingerprint
from kg.graph.records import read_records
from kg.model import Article
from kg.pipeline import Processed, Settings, run
from kg.queries import load_query
from kg.readers import read_articles
from kg.store import Store

ARTICLES = [a for a in read_articles([Path(__file__).parent / "articles"]) if isinstance(a, Article)]


def shorten(text: str) -> str:
    return text.rsplit("\n\n", 1)[0]


def sign(text: str) -> str:
    return f"{text}\n\n/ritzau/"


def correct(text: str) -> str:
    words = text.split(" ")
    return " ".join(f"{word}x" if number % 60 == 30 else word for number, word in enumerate(words))


@pytest.mark.parametrize("edit", [shorten, sign, correct, str.upper])
@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_an_edited_copy_shares_a_band(article: Article, edit: object) -> None:
    assert callable(edit)
    assert set(fingerprint(article.text)) & set(fingerprint(edit(article.text)))


def test_no_two_articles_share_a_band() -> None:
    bands = {article.id: set(fingerprint(article.text)) for article in ARTICLES}
    assert [pair for pair in combinations(bands, 2) if bands[pair[0]] & bands[pair[1]]] == []


def test_the_fingerprint_is_the_same_everywhere() -> None:
    assert len(fingerprint(ARTICLES[0].text)) == BANDS
    assert fingerprint("Rusland udviser to danske diplomater")[0] == "0c0f5129bfabdc4a"


def test_a_text_shorter_than_a_run_has_none() -> None:
    assert fingerprint("Nato svarer igen") == ()


def test_the_graph_links_a_copy_whatever_the_order() -> None:
    original = ARTICLES[0]
    copy = replace(original, id="copy", text=correct(original.text), publisher="Another paper")
    for order in ([original, ARTICLES[1], copy], [copy, ARTICLES[1], original]):
        store = Store.in_memory()
        for article in order:
            store.add(article, ())
        store.link_copies()
        found = [(row["article"], row["copy"]) for row in store.rows(load_query("same-text").bind({}))]
        assert [tuple(name.rpartition("/")[2] for name in sorted(pair)) for pair in found] == [
            (original.id, "copy"),
        ]


def links(store: Store) -> set[tuple[str, str]]:
    rows = store.rows("SELECT ?one ?other { ?one kg:sameText ?other }")
    return {(row["one"].rpartition("/")[2], row["other"].rpartition("/")[2]) for row in rows}


def test_a_link_goes_with_its_article_and_with_its_likeness() -> None:
    original = ARTICLES[0]
    copies = [replace(original, id=name, text=correct(original.text)) for name in ("copy-1", "copy-2")]
    store = Store.in_memory()
    for article in (original, *copies):
        store.add(article, ())
    store.link_copies()
    assert len(links(store)) == 6
    assert not store.add(original, ())
    assert len(links(store)) == 6
    store.remove("copy-1")
    assert links(store) == {(original.id, "copy-2"), ("copy-2", original.id)}
    store.add(replace(copies[1], text=ARTICLES[1].text), ())
    store.link_copies()
    assert links(store) == set()


def test_what_copies_tell_counts_once_and_every_publisher_is_named() -> None:
    original = replace(ARTICLES[0], publisher="One")
    copy = replace(original, id="zz-copy", text=sign(original.text), publisher="Two")
    store = Store.in_memory()
    for item in run([original, copy], Settings()):
        assert isinstance(item, Processed)
        store.add(item.article, item.events)
    store.link_copies()
    records = read_records(store.rows)
    dated = [event for event in records.events if event.earliest]
    assert dated
    assert all(len(event.claims) == 2 * len(event.told) for event in dated)
    assert all({claim.article for claim in event.claims} == {original.id, "zz-copy"} for event in dated)
    counted = {(row.what, row.name): row.number for row in count(records)}
    assert counted["all", "articles"] == 2
    assert counted["all", "texts"] == 1
    assert counted["publisher", "One"] == counted["publisher", "Two"] == 1
    assert counted["all", "claims"] == sum(len(event.told) for event in records.events)
