"""A weekday or a month is no person, but where a given name, a title or the text itself makes it one."""

import pytest
from spacy.language import Language as Pipeline

from kg.extraction.actors import find_mentions
from kg.extraction.gazetteer import Gazetteer, build_gazetteer
from kg.languages.lexicon import load_language
from kg.model import Article, MentionKind
from kg.ontology.actors import load_actors
from kg.parsing import load_pipeline, parse

ENGLISH = [
    # text, the persons in it
    ("The Good Friday Agreement was signed in Belfast.", []),
    ("Bloody Sunday and Black Monday were remembered.", []),
    ("The Russian foreign minister Friday met his Turkish counterpart.", []),
    ("Foreign Minister Sergei Lavrov Friday met his Turkish counterpart.", ["Sergei Lavrov"]),
    ("President Putin Tuesday condemned the strike.", ["Putin"]),
    ("Russian President Vladimir Putin Wednesday said no.", ["Vladimir Putin"]),
    ("Lavrov Thursday denied it.", ["Lavrov"]),
    ("Russian officials Monday denied it.", []),
    ("The Ukrainian army Sunday attacked, and Germany Saturday condemned it.", []),
    ("The Prime Minister Friday said no.", []),
    ("Germany in March expelled four envoys; on 12 August Russia answered.", []),
    ("May was warm, June was wet, and August 12 was quiet.", []),
    ("President Trump May 5 left for Riyadh.", ["Trump"]),
    ("Israel's June attack on Iran was condemned by Russia.", []),
    ("Ukraine's August offensive surprised Russia.", []),
    ("Prime Minister Godwin Friday met Keir Starmer.", ["Godwin Friday", "Keir Starmer"]),
    ("The islands' Prime Minister Friday met Keir Starmer.", ["Friday", "Keir Starmer"]),
    ("Godwin Friday spoke. On Friday they signed.", ["Godwin Friday"]),
    ("Godwin Friday spoke. Friday said on Monday that he would sign.", ["Godwin Friday", "Friday"]),
    ("Prime Minister May met Merkel in March.", ["May", "Merkel"]),
    ("Theresa May spoke. Russia praised May.", ["Theresa May", "May"]),
    ("Theresa May spoke. May rejected it in May.", ["Theresa May", "May"]),
    ("Theresa May spoke. Last May was cold, and on 5 May it rained.", ["Theresa May"]),
]  # fmt: skip

DANISH = [
    ("Good Friday-aftalen blev underskrevet i Belfast.", []),
    ("Bloody Sunday blev mindet af Irland.", []),
    ("Mandag udviste Tyskland fire udsendinge. August blev lang.", []),
    ("Godwin Friday mødte Keir Starmer fredag.", ["Godwin Friday", "Keir Starmer"]),
    ("Statsminister Theresa May sagde nej. May rejste i maj.", ["Theresa May", "May"]),
]  # fmt: skip

CASES = [pytest.param(code, *case, id=case[0]) for code, rows in (("en", ENGLISH), ("da", DANISH)) for case in rows]


Tools = dict[str, tuple[Pipeline, Gazetteer]]


@pytest.fixture(scope="module")
def tools() -> Tools:
    actors = load_actors()
    return {code: (load_pipeline(code), build_gazetteer(load_language(code), actors)) for code in ("da", "en")}


@pytest.mark.parametrize(("language", "text", "persons"), CASES)
def test_only_persons_are_persons(tools: Tools, language: str, text: str, persons: list[str]) -> None:
    article, (pipeline, gazetteer) = Article("a", text, language, "2026-05-12"), tools[language]
    [(_, doc)] = parse([article], pipeline)
    found = find_mentions(doc, article, load_language(language), gazetteer)
    assert [m.text for m in found if m.kind is MentionKind.PERSON] == persons
