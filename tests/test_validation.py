from __future__ import annotations

import pytest

from kg.model import Article, Event
from kg.store import Store
from kg.validation import Violation, validate_store

EVENT, CLAIM = "ev:81f991232fea7153076e", "cl:81f991232fea7153076e-sample-1-13"

SOURCE = "an event has at least one source, and each is a state, organization or movement"

# What breaks the sample graph, and the rule that it breaks.
BROKEN = [
    (f"DELETE WHERE {{ {EVENT} kg:source ?x }}", SOURCE),
    (f"INSERT DATA {{ {EVENT} kg:source place:1 }}", SOURCE),
    (
        f"INSERT DATA {{ {EVENT} kg:action act:meet }}",
        "an event has exactly one action, a concept of the action scheme",
    ),
    (f"INSERT DATA {{ {EVENT} kg:support kg:Denied }}", "an event has exactly one support"),
    (
        f'INSERT DATA {{ {EVENT} sem:hasEarliestBeginTimeStamp "2025-01-01"^^xsd:date }}',
        "an event has at most one first day, not after its last",
    ),
    (
        f"DELETE WHERE {{ {EVENT} sem:hasEarliestBeginTimeStamp ?x ; sem:hasLatestEndTimeStamp ?y }}",
        "an event with a date as told has a first or a last day",
    ),
    (f"DELETE WHERE {{ {CLAIM} kg:status ?x }}", "a claim has exactly one status"),
    (f"DELETE WHERE {{ {CLAIM} kg:trigger ?x }}", "a claim has exactly one trigger"),
    (f"INSERT DATA {{ {CLAIM} kg:confidence 1.5 }}", "a claim has exactly one confidence, from 0 to 1"),
    (f"INSERT DATA {{ {CLAIM} kg:speakerPrincipal actor:NOBODY }}", "who is spoken for is a state"),
    (
        'DELETE { ?s oa:exact ?x } INSERT { ?s oa:exact "x" } WHERE { ?s oa:exact ?x ; oa:start 0 }',
        "a passage is as long as its start and end tell",
    ),
    (f"INSERT DATA {{ {CLAIM} prov:wasGeneratedBy art:sample-1 }}", "a claim was made by a run"),
    (
        f"INSERT DATA {{ {CLAIM} prov:wasGeneratedBy run:x . run:x a prov:Activity }}",
        "a run tells its software, data and settings",
    ),
    ("INSERT DATA { span:sample-1-0-58 oa:start 70 }", "a passage has exactly one start, before its end"),
    ('INSERT DATA { art:sample-1 kg:textSha256 "no" }', "an article has exactly one SHA-256 of its text"),
    ("INSERT DATA { art:sample-1 dct:source <ftp://x/> }", "the address of an article is an http or https link"),
    ("DELETE WHERE { actor:EST skos:prefLabel ?x }", "an actor has a name, one a language"),
    ("INSERT DATA { place:588335 geo:lat 91.0 }", "a latitude lies between -90 and 90"),
    ("DELETE WHERE { act:meet skos:broader ?x }", "the broader concepts of an action end in cooperation or conflict"),
    ("INSERT DATA { actor:BLR act:cyberattack actor:OSCE }", "a direct triple rests on a Stated event"),
    ("DELETE DATA { actor:EST act:close-mission actor:BLR }", "a Stated event has its direct triple"),
]


def test_the_graph_that_the_tool_writes_is_valid(sample_store: Store) -> None:
    assert list(validate_store(sample_store)) == []


def test_an_empty_store_is_valid() -> None:
    with Store.in_memory() as store:
        assert list(validate_store(store)) == []


def test_another_base_is_valid_too(sample_article: Article, sample_events: tuple[Event, ...]) -> None:
    with Store.in_memory("https://my.example/g/") as store:
        store.add(sample_article, sample_events)
        assert list(validate_store(store)) == []


@pytest.mark.parametrize(("update", "message"), BROKEN)
def test_a_broken_graph_is_told_what_is_wrong(sample_store: Store, update: str, message: str) -> None:
    sample_store.update(update)
    assert any(violation.message.startswith(message) for violation in validate_store(sample_store))


def test_a_violation_names_node_and_value_as_people_write_them(sample_store: Store) -> None:
    sample_store.update(f"INSERT DATA {{ {EVENT} kg:source place:588335 }}")
    assert Violation(EVENT, SOURCE, "place:588335") in set(validate_store(sample_store))
