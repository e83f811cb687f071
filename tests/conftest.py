"""What a machine must have for some tests, skipped where it lacks it; and events made by hand for many."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from kg.identity import event_id
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
    TimeExpression,
)
from kg.store import Store
from kg.support import derive_support

PROGRAMS = {"browser": "chromium", "rapper": "rapper"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests whose program is not installed, except where CI says that it must be."""
    for marker, program in PROGRAMS.items():
        if shutil.which(program) is None and not os.environ.get("CI"):
            for item in items:
                if item.get_closest_marker(marker) is not None:
                    item.add_marker(pytest.mark.skip(reason=f"{program} is not installed"))


SAMPLE_TEXT = (
    "Estonia will close Belarus' consulate in Narva from 1 May. "
    "According to the Latvian foreign minister, Minsk hacked the OSCE.\n\n"
    "Belarus denied that it had threatened Lithuania. Polish and Estonian ministers met in Tartu."
)
TARTU = PlaceMention(Span(212, 217), "Tartu", "588335", "EST", 58.38062, 26.72509)

MakeArticle = Callable[..., Article]
MakeEvent = Callable[..., Event]


def build_article(**changes: str) -> Article:
    """Return the sample article, with some fields changed."""
    fields = {
        "id": "sample-1",
        "text": SAMPLE_TEXT,
        "language": "en",
        "date": "2024-04-18",
        "title": "Estonia closes a consulate",
        "url": "https://news.example/a/1",
        "publisher": "The Example",
    }
    return Article(**(fields | changes))


def build_event(
    article: Article,
    action: str,
    source: str,
    target: str,
    sentence: str,
    trigger: str,
    *,
    status: Status = Status.ACTUAL,
    speaker: str = "",
    days: tuple[str, str] = ("", ""),
    place: PlaceMention | None = None,
    source_actor: str = "",
) -> Event:
    """Return an event with one claim, its offsets found in the article's text."""
    span = find_span(article, sentence)
    claim = Claim(
        action=action,
        sources=(build_mention(source),),
        targets=(build_mention(target),) if target else (),
        status=status,
        speakers=(build_mention(speaker),) if speaker else (),
        time=TimeExpression(span, days[0], "day") if days[0] else None,
        place=place,
        trigger=find_span(article, trigger, span.start),
        sentence=span,
        rule=f"en:{action}-1",
        confidence=0.87,
    )
    resolved = ResolvedClaim(
        claim,
        article.id,
        (build_resolution(source, source_actor),),
        (build_resolution(target),) if target else (),
        (build_resolution(speaker),) if speaker else (),
        sentence,
        article.text[max(0, span.start - 32) : span.start],
        article.text[span.end : span.end + 32],
    )
    sources, targets = (source,), (target,) if target else ()
    support = derive_support([(status, [speaker] if speaker else [])], sources)
    name = event_id(action, sources, targets, *days, article.id)
    return Event(name, action, sources, targets, days[0], *days, place, support, (resolved,))


def find_span(article: Article, words: str, start: int = 0) -> Span:
    at = article.text.index(words, start)
    return Span(at, at + len(words))


def build_mention(actor: str) -> Mention:
    return Mention(Span(0, len(actor)), actor, MentionKind.NAME, (actor,))


def build_resolution(principal: str, actor: str = "") -> Resolution:
    steps = ("name of a state",)
    return Resolution(build_mention(principal), actor or principal, principal, principal, principal, steps)


@pytest.fixture
def make_article() -> MakeArticle:
    return build_article


@pytest.fixture
def make_event() -> MakeEvent:
    return build_event


@pytest.fixture
def sample_article() -> Article:
    return build_article()


@pytest.fixture
def sample_events(sample_article: Article) -> tuple[Event, ...]:
    """Return a Stated, a Claimed, a Denied and a symmetric event of the sample article."""
    planned, hacked, denied, met = SAMPLE_TEXT.replace("\n\n", " ").replace(". ", ".|").split("|")
    may = ("2024-05-01", "2024-05-01")
    april = ("2024-04-01", "2024-04-30")
    build = build_event
    return (
        build(sample_article, "close-mission", "EST", "BLR", planned, "close", status=Status.PLANNED, days=may),
        build(sample_article, "cyberattack", "BLR", "OSCE", hacked, "hacked", speaker="LVA"),
        build(sample_article, "threaten", "BLR", "LTU", denied, "threatened", status=Status.NEGATED, speaker="BLR"),
        build(sample_article, "meet", "POL", "EST", met, "met", days=april, place=TARTU),
    )


@pytest.fixture
def sample_store(sample_article: Article, sample_events: tuple[Event, ...]) -> Iterator[Store]:
    with Store.in_memory() as store:
        store.add(sample_article, sample_events)
        yield store
