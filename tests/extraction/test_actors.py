"""Which stretches of text name an actor, and how, without a parser: names and titles by their words alone."""

import pytest
import spacy

from kg.extraction.actors import find_mentions
from kg.extraction.gazetteer import Gazetteer, build_gazetteer, find_names, split_words
from kg.languages.lexicon import load_language
from kg.model import Article, Mention, MentionKind
from kg.ontology.actors import load_actors

CASES = [
    # language, text, what is found: text, kind and office or note
    ("da", "Ruslands udenrigsminister",
     [("Ruslands udenrigsminister", "office", "foreign-minister"), ("Ruslands", "name", "")]),
    ("da", "viceudenrigsminister", [("viceudenrigsminister", "office", "deputy-foreign-minister")]),
    ("da", "russiske kampfly", [("russiske kampfly", "office", "forces"), ("russiske", "demonym", "")]),
    ("da", "russiske jagerfly", [("russiske jagerfly", "office", "forces"), ("russiske", "demonym", "")]),
    ("da", "USA's ambassadører", [("USA's ambassadører", "office", "ambassador"), ("USA's", "name", "")]),
    ("da", "FN-udsendingen", [("FN-udsendingen", "office", "envoy"), ("FN", "name", "")]),
    ("da", "Han kom til Wien.", [("Wien", "capital", "place")]),
    ("da", "Wien svarer.", [("Wien", "capital", "")]),
    ("da", "pro-russisk", []),
    ("da", "iransk-støttede", []),
    ("da", "Det er us.", []),
    ("en", "Russia's foreign minister",
     [("Russia's foreign minister", "office", "foreign-minister"), ("Russia's", "name", "")]),
    ("en", "US secretary of state", [("US secretary of state", "office", "foreign-minister"), ("US", "name", "")]),
    ("en", "Kenyan foreign ministry spokeswoman",
     [("Kenyan foreign ministry spokeswoman", "office", "spokesperson"), ("Kenyan", "demonym", "")]),
    ("en", "the president of Benin", [("president of Benin", "office", "president"), ("Benin", "name", "")]),
    ("en", "he went to Geneva", [("Geneva", "capital", "place")]),
    ("en", "anti-American", []),
    ("en", "Iranian-backed", []),
    ("en", "tell us", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteers() -> dict[str, Gazetteer]:
    actors = load_actors()
    return {code: build_gazetteer(load_language(code), actors) for code in ("da", "en")}


def find(language: str, text: str, gazetteers: dict[str, Gazetteer]) -> tuple[Mention, ...]:
    article = Article("a", text, language, "2021-10-18")
    return find_mentions(spacy.blank(language)(text), article, load_language(language), gazetteers[language])


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[c[1] for c in CASES])
def test_mentions_have_their_span_kind_and_office(
    gazetteers: dict[str, Gazetteer], language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = find(language, text, gazetteers)
    assert [(m.text, m.kind.value, m.office or m.note) for m in found] == expected


def test_offsets_count_code_points(gazetteers: dict[str, Gazetteer]) -> None:
    text = "😀 Ængstelige Iran"
    [mention] = find("da", text, gazetteers)
    assert text[mention.span.start : mention.span.end] == "Iran"


def test_several_owners_of_a_title_are_a_group(gazetteers: dict[str, Gazetteer]) -> None:
    [group, *_] = find("en", "the juntas of Niger, Mali and Burkina Faso", gazetteers)
    assert group.kind is MentionKind.GROUP
    assert [m.candidates[0] for m in group.antecedents] == ["NER", "MLI", "BFA"]


def test_a_person_never_seen_points_to_the_title_beside(gazetteers: dict[str, Gazetteer]) -> None:
    found = find("da", "Japans viceudenrigsminister Aiko Tanaka", gazetteers)
    [person] = [m for m in found if m.kind is MentionKind.PERSON]
    assert (person.text, person.candidates) == ("Aiko Tanaka", ())
    assert [a.text for a in person.antecedents] == ["Japans viceudenrigsminister"]


def test_a_given_name_may_be_spelled_otherwise(gazetteers: dict[str, Gazetteer]) -> None:
    [person] = find("da", "Yassir Arafat", gazetteers)
    assert person.candidates == ("Yasser_Arafat",)


def test_mentions_do_not_overlap_but_for_what_stands_inside_another(gazetteers: dict[str, Gazetteer]) -> None:
    text = "Natos generalsekretær, Jens Stoltenberg, mødte USA's udenrigsminister, Antony Blinken, i Riga."
    found = find("da", text, gazetteers)
    for one in found:
        for other in found:
            apart = one.span.end <= other.span.start or other.span.end <= one.span.start
            assert apart or one.span.contains(other.span) or other.span.contains(one.span)


def test_the_longest_name_wins(gazetteers: dict[str, Gazetteer]) -> None:
    text = "Papua New Guinea"
    [hit] = find_names(text, split_words(text), gazetteers["en"])
    assert hit.form.actors == ("PNG",)


def test_an_acronym_keeps_its_case(gazetteers: dict[str, Gazetteer]) -> None:
    text = "is who us WHO"
    assert [h.form.actors for h in find_names(text, split_words(text), gazetteers["en"])] == [("WHO",)]


def test_a_gazetteer_of_another_language_is_refused(gazetteers: dict[str, Gazetteer]) -> None:
    with pytest.raises(ValueError, match="'da' was given for a text in 'en'"):
        find_mentions(spacy.blank("en")("Iran"), Article("a", "Iran", "en"), load_language("en"), gazetteers["da"])
