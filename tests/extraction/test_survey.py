"""What a survey finds before anything is judged: enumerations, implied acts, verbs mistaken for nouns, fights."""

from functools import cache

import pytest

from kg.extraction.casting import cast_roles
from kg.extraction.claims import Survey, find_candidates, survey
from kg.extraction.linear import load_weights
from kg.extraction.word_order import is_misread_verb
from kg.model import Article
from kg.parsing import parse
from kg.pipeline import Settings, Workshop, open_workshop, resolve_actors


@cache
def workshop(language: str) -> Workshop:
    """Return the workshop of a language, rules only."""
    return open_workshop(language, Settings(extractor="rules"))


def surveyed(language: str, text: str) -> Survey:
    """Return the survey of a text published in May 2024."""
    shop = workshop(language)
    ((article, doc),) = parse([Article("a", text, language, "2024-05-14")], shop.pipeline)
    return survey(doc, article, resolve_actors(article, doc, shop), shop.rules)


def words(found: Survey, enumeration: int = 0) -> list[str]:
    """Return the words of the members of an enumeration."""
    distinct = list(dict.fromkeys(found.parties.enumerations.values()))
    text = found.article.text
    return [text[p.mention.span.start : p.mention.span.end] for p in distinct[enumeration]] if distinct else []


@pytest.mark.parametrize(
    ("language", "text", "members"),
    [
        ("da", "Danmark, Norge og Island fordømte Rusland.", ["Danmark", "Norge", "Island"]),
        ("da", "Rusland udviste diplomater fra Estland og Letland.", ["Estland", "Letland"]),
        ("en", "Britain, France, and Germany warned Iran.", ["Britain", "France", "Germany"]),
        ("en", "Iran accused Sweden and Denmark of espionage.", ["Sweden", "Denmark"]),
    ],
)
def test_what_and_closes_is_one_enumeration(language: str, text: str, members: list[str]) -> None:
    assert words(surveyed(language, text)) == members


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Kina støtter Rusland, og Japan støtter Ukraine."),
        ("en", "China backs Russia, and Japan backs Ukraine."),
    ],
)
def test_and_between_clauses_enumerates_nobody(language: str, text: str) -> None:
    assert words(surveyed(language, text)) == []


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("da", "Ungarn vil ikke sende soldater til Ukraine.", "refuse"),
        ("en", "Hungary will not send troops to Ukraine.", "refuse"),
        ("en", "Russia must withdraw its troops from Georgia, France said.", "demand"),
        ("en", "If Israel attacks, Iran will bomb Israel.", "threaten"),
    ],
)
def test_the_telling_of_an_event_is_an_act_of_its_own(language: str, text: str, act: str) -> None:
    assert act in {s.predicate.unit.action for s in surveyed(language, text).scenes if s.predicate.implied}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Ungarn sender soldater til Ukraine."),
        ("en", "Russia has bombed a hospital, Ukraine said."),
        ("en", "Hungary is sending troops to Ukraine."),
    ],
)
def test_a_plain_report_implies_nothing(language: str, text: str) -> None:
    assert [s.predicate.unit.id for s in surveyed(language, text).scenes if s.predicate.implied] == []


def test_a_word_has_but_one_scene_of_each_event_type() -> None:
    found = surveyed("en", "Turkey threatened that it would attack Syria if Syria attacked Turkey.")
    readings = [(s.predicate.token.i, s.type) for s in found.scenes]

    assert len(readings) == len(set(readings))


def test_a_verb_that_the_tagger_takes_for_a_noun_has_its_sides_by_word_order() -> None:
    found = surveyed("da", "I august angreb Rusland Georgien.")
    scene = next(s for s in found.scenes if s.predicate.token.text == "angreb")

    assert is_misread_verb(scene.predicate.token, found.parties)
    assert [p.principals for p in scene.rule.source.parties] == [("RUS",)]
    assert [p.principals for p in scene.rule.target.parties] == [("GEO",)]


def test_a_noun_after_an_article_is_no_verb() -> None:
    found = surveyed("da", "Det russiske angreb på Georgien varede fem dage.")

    assert not any(is_misread_verb(s.predicate.token, found.parties) for s in found.scenes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Armenia clashed with Azerbaijan."),
        ("da", "Armenske styrker kæmpede mod aserbajdsjanske soldater."),
        ("da", "Kampene mellem Armenien og Aserbajdsjan fortsatte."),
    ],
)
def test_who_clashes_with_somebody_is_clashed_with(language: str, text: str) -> None:
    found = surveyed(language, text)
    candidates = [c for c in find_candidates(found, workshop(language).rules, None) if c.claim.action == "clash"]
    sides = {(c.cast.roles.source.parties[0].principals, c.cast.roles.target.parties[0].principals) for c in candidates}

    assert sides == {(("ARM",), ("AZE",)), (("AZE",), ("ARM",))}


@pytest.mark.parametrize(
    ("language", "text", "action", "source", "target"),
    [
        ("da", "Norges statsminister besøgte Armenien i fredags.", "visit", {"NOR"}, {"ARM"}),
        ("en", "The United States has pledged $300 million to Haiti.", "promise-aid", {"USA"}, {"HTI"}),
        ("en", "France and Canada promised more aid to Haiti.", "promise-aid", {"FRA", "CAN"}, {"HTI"}),
    ],
)
def test_who_visits_or_promises_acts(language: str, text: str, action: str, source: set[str], target: set[str]) -> None:
    scene = next(s for s in surveyed(language, text).scenes if s.predicate.unit.action == action)
    roles = cast_roles(scene, load_weights(), language).roles

    assert {p for party in roles.source.parties for p in party.principals} == source
    assert {p for party in roles.target.parties for p in party.principals} == target
