"""Near copies share a band; other articles do not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from kg.fingerprint import BANDS, fingerprint
from kg.model import Article
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
        found = [(row["article"], row["copy"]) for row in store.rows(load_query("same-text").bind({}))]
        assert [tuple(name.rpartition("/")[2] for name in sorted(pair)) for pair in found] == [
            (original.id, "copy"),
        ]
