from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.name_features import Listed
from kg.name_lists import PLACE_NAME, NameLists
from kg.training_documents import draw_name_documents, widen
from kg.treebank import ROOT, Sentence, Swaps, Word, find_names

LISTS = NameLists(
    words={
        "selma": Listed.GIVEN_NAME,
        "will": Listed.GIVEN_NAME | Listed.COMMON,
        "ferreira": Listed.SURNAME,
        "lagos": Listed.LARGE_PLACE,
        "tarm": Listed.SMALL_PLACE,
    },
    phrases={"buenos aires": PLACE_NAME},
)
SWAPS = Swaps(
    names={"PER": (("Xi",),), "LOC": (("Gaza",),), "ORG": (("Nato",),)},
    adjectives=("finsk",),
    quotes=(("»", "«"),),
    genitive="",
    link={"PER": "flat", "LOC": "flat", "ORG": "flat"},
    last=(),
)


def word(form: str, head: int, dep: str, pos: str, name: str = "O") -> Word:
    return Word(form, form, pos, "", head, dep, name, space=True)


SENTENCE = Sentence(
    (
        word("Boris", 1, "nsubj", "PROPN", "B-PER"),
        word("left", ROOT, "ROOT", "VERB"),
        word("Omaha", 1, "obj", "PROPN", "B-LOC"),
        word(".", 1, "punct", "PUNCT"),
    ),
    document="weblog-1",
)


def test_listed_names_take_the_place_of_those_of_today() -> None:
    names = widen(SWAPS, LISTS, random.Random(0)).names  # noqa: S311 # nothing secret is drawn
    assert set(names["PER"]) == {("Selma",), ("Ferreira",), ("Selma", "Ferreira")}
    assert set(names["LOC"]) == {("Lagos",), ("Tarm",), ("Buenos", "Aires")}
    assert names["ORG"] == SWAPS.names["ORG"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_sentences_come_as_they_are_and_with_other_names(language: str) -> None:
    documents = draw_name_documents(language, [SENTENCE] * 30, LISTS)
    forms = {sentence.forms for document in documents for sentence in document}
    assert SENTENCE.forms in forms
    assert len(forms) > 10
    assert documents == draw_name_documents(language, [SENTENCE] * 30, LISTS)


def test_english_copies_hold_listed_persons_and_gum_is_not_copied() -> None:
    gum = replace(SENTENCE, document="GUM_news_1")
    copies = [s for d in draw_name_documents("en", [SENTENCE] * 60, LISTS) for s in d]
    assert any("Selma" in s.forms and (0, 1, "PER") in find_names(s) for s in copies)
    assert [s for d in draw_name_documents("en", [gum] * 8, LISTS) for s in d] == [gum] * 8
