from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from thinc.api import Model, fix_random_seed

from kg.name_features import COLUMNS, Listed, NameColumns, make_name_embed, pack, unpack
from kg.name_lists import PERSON_NAME, PLACE_NAME, NameLists

LISTS = NameLists(
    words={
        "iran": Listed.LARGE_PLACE,
        "new": Listed.COMMON | Listed.BEGINS_A_NAME,
        "york": Listed.SURNAME | Listed.SMALL_PLACE,
        "mette": Listed.GIVEN_NAME | Listed.BEGINS_A_NAME,
    },
    phrases={"new york": PLACE_NAME, "new york city": PLACE_NAME, "mette frederiksen": PERSON_NAME},
    clusters={"Iran": 0b1010_1100_1111, "the": 0b11, "The": 0b101},
)


def make_layer(**shares: float) -> Model[list[Doc], Any]:
    return make_name_embed(  # type: ignore[no-any-return]  # the registry has no types
        16, {"norm": [50, 8], "lists": [20, 4], "phrase": [20, 4]}, **shares
    )


def columns_of(words: list[str], *, train: bool = False, **shares: float) -> dict[str, list[int]]:
    [layer] = [node for node in make_layer(**shares).walk() if node.name == "name_features"]
    layer.attrs.update(LISTS.to_tables())
    [rows], _ = NameColumns()(layer, [Doc(spacy.blank("da").vocab, words=words)], train)
    return dict(zip(COLUMNS, rows.T.tolist(), strict=True))


@pytest.mark.parametrize(
    ("word", "lists"),
    [
        pytest.param("Iran", Listed.LARGE_PLACE, id="as written"),
        pytest.param("IRAN", Listed.LARGE_PLACE, id="in capitals"),
        pytest.param("Iran-aftalen", Listed.LARGE_PLACE | Listed.PART, id="before a hyphen"),
        pytest.param("New", Listed.COMMON, id="beginning a name is told by the phrase"),
        pytest.param("Mars", Listed(0), id="not listed"),
        pytest.param("-", Listed(0), id="a hyphen alone"),
    ],
)
def test_a_word_is_on_the_lists_that_hold_it_written_small(word: str, lists: Listed) -> None:
    assert columns_of([word])["lists"] == [lists + 1]


def test_the_longest_listed_name_is_marked_from_its_first_word_on() -> None:
    first, further = 2 * PLACE_NAME + 2, 2 * PLACE_NAME + 1
    assert columns_of(["I", "New", "York", "City", "."])["phrase"] == [1, first, further, further, 1]
    assert columns_of(["New", "York", "New"])["phrase"] == [first, further, 1]


def test_a_word_has_its_own_class_and_that_of_its_small_form() -> None:
    found = columns_of(["Iran", "The", "THE", "iran"])
    assert found["class"][0] != found["class"][1] != found["class"][2]
    assert found["class"][2] == found["small_class"][2] == found["small_class"][1]
    assert found["class"][3] == 1


def test_everything_hidden_leaves_form_lists_and_part_of_speech_empty() -> None:
    fix_random_seed(0)
    found = columns_of(["Iran", "truer"], train=True, hide_word=1.0, hide_lists=1.0, hide_pos=1.0)
    assert all(found[name] == [0, 0] for name in ("norm", "lists", "phrase", "class", "pos"))
    assert 0 not in found["shape"]


def test_nothing_is_hidden_in_use() -> None:
    assert 0 not in columns_of(["Iran"], hide_word=1.0, hide_lists=1.0, hide_pos=1.0)["norm"]


def test_tables_come_out_as_they_went_in() -> None:
    table = {"a": 3, "b": 1, "c": 3, "d": 256}
    found = unpack(*pack(table))
    strings = spacy.blank("da").vocab.strings
    hashes = np.array([strings.add(string) for string in (*table, "e")], dtype="uint64")
    assert found.find(hashes).tolist() == [3, 1, 3, 256, 0]


def test_a_saved_model_knows_its_lists(tmp_path: Path) -> None:
    nlp = spacy.blank("da")
    doc = nlp("Iran truer New York")
    layer, other = make_layer(), make_layer()
    for node in layer.walk():
        if node.name == "name_features":
            node.attrs.update(LISTS.to_tables())
    layer.initialize(X=[doc])
    layer.to_disk(tmp_path / "model")
    other.initialize(X=[doc])
    before = other.predict([doc])[0]
    other.from_disk(tmp_path / "model")
    assert np.allclose(layer.predict([doc])[0], other.predict([doc])[0])
    assert not np.allclose(before, other.predict([doc])[0])


def test_a_document_without_words_gives_no_rows() -> None:
    assert columns_of([]) == {name: [] for name in COLUMNS}
