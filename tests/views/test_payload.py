from __future__ import annotations

import base64
import gzip
import json

import pytest

from kg.graph.records import ActorRecord, ArticleRecord, ClaimRecord, EventRecord, Records
from kg.views import payload
from kg.views.payload import pack, safe_url, to_evidence, to_facts

ACTORS = (
    ActorRecord("Jens_Stoltenberg", "other", "", {"en": "Jens Stoltenberg"}),
    ActorRecord("NATO", "organisation", "NATO", {"en": "NATO"}),
    ActorRecord("RUS", "state", "RUS", {"da": "Rusland", "en": "Russia"}),
)
CLAIMS = (
    ClaimRecord("a", "planned", ("Jens_Stoltenberg", "NATO"), "Rusland lukker.", (8, 14), 0.875),
    ClaimRecord("a", "negated", agents=("Sergey_Lavrov",)),
)
EVENTS = (
    EventRecord(
        "e1", "close-mission", ("RUS",), ("NATO",), "2021-11-01", "2021-11-01", "2021-11-01", "Disputed",
        "Bruxelles", 50.8, 4.4, CLAIMS,
    ),
    EventRecord("e2", "deploy", ("NATO", "RUS"), latest="1970-01-03"),
)  # fmt: skip
ARTICLES = (ArticleRecord("a", "T", "https://x.example/", "P", "2021-10-18", "da"), ArticleRecord("unused"))
RECORDS = Records(ACTORS, ARTICLES, EVENTS)
PLACES = {"NATO": 0, "RUS": 1}


def test_events_become_columns_of_whole_numbers() -> None:
    columns = to_facts(RECORDS, PLACES)["events"]
    assert columns["source"] == [1, [0, 1]]
    assert columns["target"] == [0, -1]
    assert columns["first"] == [18932, None]
    assert columns["last"] == [18932, 2]
    assert columns["support"] == [2, 0]
    assert (columns["place"], columns["places"]) == ([0, -1], [["Bruxelles", 50.8, 4.4]])
    assert columns["claims"] == [2, 0]


def test_claims_keep_status_speakers_and_article() -> None:
    facts = to_facts(RECORDS, PLACES)
    assert facts["claims"] == {
        "article": [0, 0],
        "status": [1, 2],
        "speaker": [[2, 0], -1],
        "agent": [-1, 3],
        "confidence": [88, 100],
    }
    assert facts["people"] == [
        ["Jens_Stoltenberg", "Jens Stoltenberg", "Jens Stoltenberg"],
        ["Sergey_Lavrov", "Sergey Lavrov", "Sergey Lavrov"],
    ]
    assert facts["articles"]["publisher"] == ["P"]


def test_actions_come_with_type_quad_and_labels() -> None:
    close, deploy = to_facts(RECORDS, PLACES)["actions"]
    assert close[:3] == ["close-mission", "SANCTION", "material-conflict"]
    assert close[3] != close[4]
    assert deploy[0] == "deploy"


def test_above_the_limit_the_strongest_links_keep_their_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "EVIDENCE_LIMIT", 2)
    pairs = [("A", "B"), ("B", "C"), ("B", "C"), ("C", "A")]
    events = tuple(
        EventRecord(f"e{i}", "meet", (one,), (other,), claims=(ClaimRecord("a", "actual", quote=f"s{i}"),))
        for i, (one, other) in enumerate(pairs)
    )
    evidence = to_evidence(Records((), (), events))
    assert evidence["quote"] == [None, "s1", "s2", None]
    assert evidence["id"] == ["e0", "e1", "e2", "e3"]


def test_a_packed_value_is_the_same_bytes_each_time_and_safe_in_html() -> None:
    value = {"text": "</script><!-- Ærø"}
    packed = pack(value)
    assert packed == pack(value)
    assert json.loads(gzip.decompress(base64.b64decode(packed))) == value
    assert "<" not in packed


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.example/a?b=c", True),
        ("HTTP://x.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//x.example", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_kept(url: str, kept: bool) -> None:
    assert safe_url(url) == (url if kept else "")
