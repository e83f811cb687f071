from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.queries.explanation import explain_event
from kg.store import Store


def test_an_event_is_explained_down_to_trigger_rule_and_actors(sample_store: Store) -> None:
    found = explain_event(sample_store, "0fc5", "da")
    assert (found.label, found.support, found.date) == ("Belarus hacker OSCE", "Claimed", "")
    (claim,) = found.claims
    assert claim.before + claim.trigger + claim.after == (
        "According to the Latvian foreign minister, Minsk hacked the OSCE."
    )
    assert (claim.trigger, claim.rule, claim.speakers, claim.status) == (
        "hacked",
        "en:cyberattack-1",
        ("LVA",),
        "actual",
    )
    assert claim.article == "sample-1"
    assert claim.confidence == pytest.approx(0.87)
    assert "source “BLR” = BLR: name of a state" in claim.resolutions


@pytest.mark.parametrize(
    ("event", "message"),
    [("ffff", "no event 'ffff'"), ("", "no event"), ("0", "2 events begin"), ("> ?p ?o } #", "no event")],
)
def test_an_event_that_is_not_one_is_refused(sample_store: Store, event: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        explain_event(sample_store, event)


@pytest.mark.parametrize(
    "event", ["81f991232fea7153076e", "ev:81f9", "https://example.org/kg/event/81f991232fea7153076e"]
)
def test_an_event_may_be_named_by_id_beginning_or_iri(sample_store: Store, event: str) -> None:
    assert explain_event(sample_store, event).action == "close-mission"
