"""Events as an annotator writes them."""

from __future__ import annotations

from kg.exporters.annotations import clearest_claim, to_record
from kg.model import (
    Article,
    Claim,
    Event,
    Mention,
    MentionKind,
    PlaceMention,
    Resolution,
    ResolvedClaim,
    Span,
    Status,
    Support,
)
from kg.ontology.actions import load_actions

TEXT = "Rusland udviser OIC's udsending fra Moskva, siger Lavrov."
ARTICLE = Article("a", TEXT, "da", "2021-10-18", "Rusland svarer")


def resolution(text: str, actor: str, principal: str) -> Resolution:
    start = TEXT.index(text)
    return Resolution(Mention(Span(start, start + len(text)), text, MentionKind.NAME), actor, principal, principal)


def claim(status: Status = Status.ACTUAL, confidence: float = 0.8) -> ResolvedClaim:
    start = TEXT.index("udviser")
    return ResolvedClaim(
        Claim(
            "expel-diplomats",
            (),
            (),
            status,
            (),
            None,
            None,
            Span(start, start + 7),
            Span(0, len(TEXT)),
            "da:x",
            confidence,
        ),
        "a",
        (resolution("Rusland", "RUS", "RUS"),),
        (resolution("OIC", "OIC", "OIC"),),
        (resolution("Lavrov", "Sergey_Lavrov", "RUS"),),
        TEXT,
    )


def event(*claims: ResolvedClaim) -> Event:
    place = PlaceMention(Span(36, 42), "Moskva")
    return Event(
        "e1",
        "expel-diplomats",
        ("RUS",),
        ("OIC",),
        "2021-10-18",
        "2021-10-18",
        "2021-10-18",
        place,
        Support.STATED,
        claims,
    )


def guide_code(actor: str, date: str) -> str:
    assert date == "2021-10-18"
    return {"RUS": "RUS"}.get(actor, "OTH")


def test_an_event_is_written_with_the_codes_of_the_closed_list_and_its_own() -> None:
    record = to_record(ARTICLE, [event(claim())], load_actions(), guide_code)
    assert record["id"] == "a"
    assert record["text"] == TEXT
    assert record["events"] == [
        {
            "source": ["RUS"],
            "type": "SANCTION",
            "action": "expel-diplomats",
            "target": ["OTH"],
            "status": "actual",
            "attributed_to": ["RUS"],
            "date": "2021-10-18",
            "place": "Moskva",
            "trigger": "udviser",
            "evidence": TEXT,
            "source_names": ["Rusland"],
            "target_names": ["OIC"],
            "source_ids": ["RUS"],
            "target_ids": ["OIC"],
            "id": "e1",
            "support": "Stated",
            "rule": "da:x",
            "confidence": 0.8,
        }
    ]


def test_what_happened_shows_an_event_better_than_what_may_and_the_sure_better_than_the_unsure() -> None:
    may, unsure, sure = claim(Status.HYPOTHETICAL, 1.0), claim(confidence=0.3), claim(confidence=0.9)
    assert clearest_claim(event(may, unsure, sure)) is sure
