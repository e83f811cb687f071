"""What is left unparsed, and that it costs nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.extraction.gazetteer import build_gazetteer
from kg.extraction.lexicon_index import index_lexicon
from kg.extraction.prefilter import Prefilter, build_prefilter
from kg.languages.lexicon import load_language
from kg.model import Article
from kg.ontology.actors import load_actors
from kg.pipeline import Processed, Settings, run
from kg.readers import read_articles

ARTICLES = Path(__file__).parents[1] / "articles"


@cache
def prefilter(language: str) -> Prefilter:
    tables = load_language(language)
    return build_prefilter(tables, build_gazetteer(tables, load_actors()), index_lexicon(tables))


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        pytest.param("da", "Ruslands flåde sejlede ud.", True, id="name in the genitive"),
        pytest.param("da", "Den svenskfødte skuespiller fik en pris af russerne.", True, id="demonym"),
        pytest.param("da", "I går trak udenrigsministeren sig.", True, id="title alone, inflected"),
        pytest.param("da", "Bogen koster 200 kroner i handelen.", False, id="title that is a common noun"),
        pytest.param("da", "Lægen så på byen, og folk på havnen ventede.", False, id="titles that need a name"),
        pytest.param("en", "The mayor and a crowd of researchers left the town.", False, id="titles in English"),
        pytest.param("en", "The rebels took the airport.", True, id="rebels without a name"),
        pytest.param("da", "Klimaministeren var ikke til stede.", True, id="title as part of a compound"),
        pytest.param("da", "Mødet i Geneve blev aflyst.", True, id="city"),
        pytest.param("da", "Håndboldholdet vandt med 31-28 foran 4000 tilskuere.", False, id="sport"),
        pytest.param("da", "Det regner, og i morgen bliver det køligere.", False, id="weather"),
        pytest.param("en", "The US envoy left.", True, id="acronym"),
        pytest.param("en", "It told us that the match was over.", False, id="pronoun that is no acronym"),
        pytest.param("en", "The recipe needs two eggs and a cup of flour.", False, id="recipe"),
    ],
)
def test_a_text_that_names_no_actor_is_known(language: str, text: str, names: bool) -> None:
    assert prefilter(language).names_actor(text) is names


@pytest.mark.parametrize(
    ("language", "text", "tells"),
    [
        pytest.param("da", "Han rejste hjem dagen efter.", True, id="pronoun"),
        pytest.param("da", "Landet var uden strøm.", True, id="noun for a state"),
        pytest.param("da", "Begge holdt fast.", True, id="word for two"),
        pytest.param("da", "Underskriften satte et punktum for striden.", True, id="word for an action"),
        pytest.param("da", "Det regner, og i morgen bliver vejret køligere.", False, id="expletive pronoun"),
        pytest.param("en", "Its economy shrank.", True, id="possessive"),
        pytest.param("en", "The two were silent.", True, id="number after an article"),
        pytest.param("en", "Two buses were late.", False, id="number that counts"),
    ],
)
def test_a_paragraph_that_may_tell_of_somebody_named_before_is_kept(language: str, text: str, tells: bool) -> None:
    assert prefilter(language).may_tell(text) is tells


def test_no_event_of_the_sample_articles_is_lost() -> None:
    weather = "I morgen bliver det køligt med lidt regn og svag vind."
    read = [a for a in read_articles([ARTICLES]) if isinstance(a, Article)]
    mixed = [*read, Article("weather", weather, "da"), Article("sun", "Rusland lukker.\n\n" + weather, "da")]

    def events(*, prefiltered: bool) -> list[tuple[str, str]]:
        found = run(mixed, Settings(prefilter=prefiltered))
        return [(item.article.id, repr(item.events)) for item in found if isinstance(item, Processed)]

    assert events(prefiltered=True) == events(prefiltered=False)
    assert [name for name, _ in events(prefiltered=True)] == [article.id for article in mixed]
