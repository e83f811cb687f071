from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.graph.records import ActorRecord, ClaimRecord, EventRecord, Records, read_records
from kg.model import Article, Event
from kg.store import Store

MakeEvent = Callable[..., Event]


def test_a_store_gives_back_its_events_with_their_evidence(sample_store: Store) -> None:
    records = read_records(sample_store.rows)
    event = next(event for event in records.events if event.action == "close-mission")
    assert (event.sources, event.targets, event.date, event.support) == (("EST",), ("BLR",), "2024-05-01", "Stated")
    (claim,) = event.claims
    assert claim.status == "planned"
    assert claim.quote == "Estonia will close Belarus' consulate in Narva from 1 May."
    assert claim.quote[slice(*claim.trigger)] == "close"
    (article,) = records.articles
    assert (article.id, article.title, article.url) == (
        "sample-1",
        "Estonia closes a consulate",
        "https://news.example/a/1",
    )
    assert (article.publisher, article.date, article.language) == ("The Example", "2024-04-18", "en")


def test_speakers_and_places_come_along(sample_store: Store) -> None:
    events = {event.action: event for event in read_records(sample_store.rows).events}
    assert events["cyberattack"].claims[0].speakers == ("LVA",)
    assert (events["meet"].place, events["meet"].latitude, events["meet"].longitude) == ("Tartu", 58.38062, 26.72509)
    assert events["cyberattack"].place == ""


def test_a_person_who_acts_for_a_state_stands_on_the_claim(sample_article: Article, make_event: MakeEvent) -> None:
    sentence = "Polish and Estonian ministers met in Tartu."
    event = make_event(sample_article, "meet", "POL", "EST", sentence, "met", source_actor="Radoslaw_Sikorski")
    with Store.in_memory() as store:
        store.add(sample_article, [event])
        (read,) = read_records(store.rows).events
    assert (read.sources, read.claims[0].agents) == (("EST",), ("Radoslaw_Sikorski",))


def test_actors_have_kind_code_and_a_label_a_language(sample_store: Store) -> None:
    actors = {actor.id: actor for actor in read_records(sample_store.rows).actors}
    assert (actors["EST"].kind, actors["EST"].code) == ("state", "EST")
    assert actors["EST"].labels == {"da": "Estland", "en": "Estonia"}
    assert actors["OSCE"].kind == "organisation"


def test_an_id_that_an_iri_cannot_hold_comes_back_as_it_was(sample_article: Article, make_event: MakeEvent) -> None:
    sentence = "Estonia will close Belarus' consulate in Narva from 1 May."
    with Store.in_memory() as store:
        store.add(sample_article, [make_event(sample_article, "meet", "Ærø råd", "EST", sentence, "close")])
        assert read_records(store.rows).events[0].sources == ("EST",)
        assert read_records(store.rows).events[0].targets == ("Ærø råd",)


def test_the_claims_of_an_event_stand_in_order_of_article_and_place(
    make_article: Callable[..., Article], make_event: MakeEvent
) -> None:
    days = ("2024-04-01", "2024-04-30")
    with Store.in_memory() as store:
        for name in ("b", "a"):
            article = make_article(id=name)
            sentence = "Polish and Estonian ministers met in Tartu."
            store.add(article, [make_event(article, "meet", "POL", "EST", sentence, "met", days=days)])
        (event,) = read_records(store.rows).events
    assert [claim.article for claim in event.claims] == ["a", "b"]


DATED = [
    EventRecord("day", "meet", ("DNK",), ("SWE",), "2021-10-18", "2021-10-18", "2021-10-18"),
    EventRecord("month", "meet", ("DNK",), ("NATO",), "2021-10", "2021-10-01", "2021-10-31"),
    EventRecord("before", "meet", ("NOR",), ("FIN",), "", "", "2021-05-01"),
    EventRecord("undated", "meet", ("DNK",), ()),
]
NATO = ActorRecord("NATO", "organisation", "OTAN", {"en": "NATO"})
RECORDS = Records((NATO,), (), tuple(DATED))


@pytest.mark.parametrize(
    ("since", "until", "chosen"),
    [
        pytest.param("", "", "day month before undated", id="all"),
        pytest.param("2021", "", "day month before", id="a year"),
        pytest.param("2021-10-19", "", "month", id="a day within a month"),
        pytest.param("", "2021-10", "day month before", id="up to a month, all of it"),
        pytest.param("", "2021-10-05", "month before", id="up to a day"),
        pytest.param("2021-06", "2021-09", "", id="between"),
    ],
)
def test_a_period_chooses_what_may_have_happened_in_it(since: str, until: str, chosen: str) -> None:
    assert [event.id for event in RECORDS.choose(since=since, until=until).events] == chosen.split()


def test_actors_are_chosen_by_id_or_code() -> None:
    assert [event.id for event in RECORDS.choose(actors=("OTAN", "FIN")).events] == ["month", "before"]
    assert [event.id for event in RECORDS.choose(events={"day"}).events] == ["day"]


def test_the_status_of_most_claims_is_the_events_status() -> None:
    def claims(*statuses: str) -> tuple[ClaimRecord, ...]:
        return tuple(ClaimRecord("a", status, confidence=0.1 * i) for i, status in enumerate(statuses))

    event = EventRecord("e", "meet", ("DNK",), (), claims=claims("planned", "actual", "actual"))
    assert event.status == "actual"
    assert event.confidence == pytest.approx(0.2)
    assert EventRecord("e", "meet", ("DNK",), (), claims=claims("planned", "actual")).status == "planned"
