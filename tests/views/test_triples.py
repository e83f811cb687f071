from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph.records import read_records
from kg.store import Store
from kg.views.triples import named_events, select_triples


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?e { ?e kg:action act:cyberattack }",
        "SELECT ?claim ?e ?x { ?claim kg:about ?e . ?e kg:action act:cyberattack OPTIONAL { ?e kg:none ?x } }",
        "CONSTRUCT { ?s kg:hacked ?e } { ?e kg:action act:cyberattack ; kg:source ?s }",
        "DESCRIBE ?e { ?e kg:action act:cyberattack }",
    ],
    ids=["select", "select with unbound", "construct", "describe"],
)
def test_any_answer_names_its_events(store: Store, sample_store: Store, query: str) -> None:
    (event,) = (event.id for event in read_records(sample_store.rows).events if event.action == "cyberattack")
    assert named_events(sample_store, query) == {event}
    assert named_events(store, query) == set()


def test_an_ask_names_no_event_and_a_wrong_query_is_refused(sample_store: Store) -> None:
    assert named_events(sample_store, "ASK { ?e a sem:Event }") == set()
    with pytest.raises(QueryError):
        named_events(sample_store, "SELEKT")


def test_the_triples_of_all_events_are_all_that_a_reader_can_ask(sample_store: Store) -> None:
    records = read_records(sample_store.rows)
    text = select_triples(sample_store, records)["text"]
    copy = ox.Store()
    copy.load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
    for pattern in ("?x a sem:Event", "?x a kg:Claim", "?x oa:exact ?y", "?x dct:publisher ?y", "?x kg:support ?y"):
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        prefixes = dict(sample_store.names.prefixes)
        answer = copy.query(query, prefixes=prefixes)
        assert isinstance(answer, ox.QuerySolutions)
        assert [{"n": row["n"].value} for row in answer] == list(sample_store.rows(query)), pattern


def test_the_triples_of_some_events_leave_the_others_out(sample_store: Store) -> None:
    records = read_records(sample_store.rows)
    some = records.choose(actors=["OSCE"])
    text = select_triples(sample_store, some)["text"]
    assert f"event/{some.events[0].id}>" in text
    others = [event.id for event in records.events if event not in some.events]
    assert not [event for event in others if f"event/{event}>" in text]
