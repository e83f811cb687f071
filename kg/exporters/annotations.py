"""Write events as a human annotator would: one JSON object an article, codes of a closed list.

The scheme is that of the evaluation corpora: each event has its actors as codes (ISO 3166-1 alpha-3 or an
organisation's acronym, `OTH` for any other), one of the 16 PLOVER types, a finer action where one fits, its status,
who says so, its date and the sentence that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.model import Article, Event, Resolution, ResolvedClaim, Status
from kg.ontology.actions import Action

# The status that a reader takes from an event told in several ways: what happened weighs more than what may.
_WEIGHT = {Status.ACTUAL: 0, Status.PLANNED: 1, Status.NEGATED: 2, Status.HYPOTHETICAL: 3}

GuideCode = Callable[[str, str], str]
"""Gives the code in the closed list of an actor at a date, `OTH` where it has none."""


def to_record(
    article: Article, events: Iterable[Event], actions: Mapping[str, Action], guide_code: GuideCode
) -> dict[str, object]:
    """Return an article with its events, ready for `json.dumps`.

    Args:
        article: The text that was read.
        events: What was found in it.
        actions: The action scheme.
        guide_code: Gives an actor's code in the closed list.

    Returns:
        The article's fields and `events`, in the order of the events.
    """
    return {
        "id": article.id,
        "lang": article.language,
        "date": article.date,
        "title": article.title,
        "text": article.text,
        "events": [to_annotation(event, article, actions, guide_code) for event in events],
    }


def to_annotation(
    event: Event, article: Article, actions: Mapping[str, Action], guide_code: GuideCode
) -> dict[str, object]:
    """Return one event as an annotator would write it, by its clearest claim."""
    claim = clearest_claim(event)
    action = actions[event.action]
    return {
        "source": _codes(event.sources, article.date, guide_code),
        "type": action.type,
        "action": "" if action.id == action.type else action.id,
        "target": _codes(event.targets, article.date, guide_code),
        "status": claim.claim.status.value,
        "attributed_to": _codes((speaker.principal for speaker in claim.speakers), article.date, guide_code),
        "date": event.date,
        "place": event.place.text if event.place is not None else "",
        "trigger": article.text[claim.claim.trigger.start : claim.claim.trigger.end],
        "evidence": claim.quote,
        "source_names": _names(claim.sources),
        "target_names": _names(claim.targets),
        "source_ids": list(event.sources),
        "target_ids": list(event.targets),
        "id": event.id,
        "support": event.support.value,
        "rule": claim.claim.rule,
        "confidence": round(claim.claim.confidence, 3),
    }


def clearest_claim(event: Event) -> ResolvedClaim:
    """Return the claim that shows an event best: what happened before what may, then the surest, then the first."""
    return min(event.claims, key=lambda c: (_WEIGHT[c.claim.status], -c.claim.confidence, c.claim.trigger))


def _codes(actors: Iterable[str], date: str, guide_code: GuideCode) -> list[str]:
    return sorted({guide_code(actor, date) for actor in actors})


def _names(resolutions: Sequence[Resolution]) -> list[str]:
    return list(dict.fromkeys(resolution.mention.text for resolution in resolutions))
