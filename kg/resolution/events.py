"""Make events of claims: one event for all that an article's claims tell of the same thing.

Claims are of one event where action and sides are the same and their dates do not contradict each other. A claim that
tells no date joins the dated event of its kind that stands nearest before it, else the next. The event's id is a hash
of what it is, so that another article's event with the same action, sides and interval is the same node in the graph
(`kg.identity`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.identity import event_id, order_sides
from kg.intervals import bounds_of
from kg.model import Article, Claim, Event, Mention, Resolution, ResolvedClaim, Status
from kg.support import derive_support

CONTEXT = 32
"""Characters of prefix and suffix, as Hypothesis and Apache Annotator keep them for a text quote selector."""

Resolutions = Mapping[Mention, tuple[Resolution, ...]]


@dataclass(frozen=True, slots=True)
class _Side:
    """What makes two claims be of one event, their dates apart."""

    action: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def resolve_events(article: Article, claims: Iterable[Claim], resolutions: Resolutions) -> tuple[Event, ...]:
    """Return the events that an article tells of, in the order of their first claim.

    Args:
        article: The text that the claims' spans refer to.
        claims: As extracted, in the order of the text.
        resolutions: Whom each mention stands for.

    Returns:
        Events, each with all its claims; a claim of whose source nobody is known gives none.
    """
    groups: dict[_Side, list[ResolvedClaim]] = {}
    for claim in claims:
        resolved = resolve_claim(article, claim, resolutions)
        side = _side_of(resolved)
        if side.sources:
            groups.setdefault(side, []).append(resolved)
    events = [_make_event(article, side, group) for side, members in groups.items() for group in _by_date(members)]
    return tuple(sorted(events, key=lambda e: e.claims[0].claim.trigger))


def resolve_claim(article: Article, claim: Claim, resolutions: Resolutions) -> ResolvedClaim:
    """Return a claim with its actors found and its sentence quoted."""
    start, end = claim.sentence.start, claim.sentence.end
    return ResolvedClaim(
        claim=claim,
        article=article.id,
        sources=_resolve_all(claim.sources, resolutions),
        targets=_resolve_all(claim.targets, resolutions),
        speakers=_resolve_all(claim.speakers, resolutions),
        quote=article.text[start:end],
        prefix=article.text[max(0, start - CONTEXT) : start],
        suffix=article.text[end : end + CONTEXT],
    )


def _resolve_all(mentions: Iterable[Mention], resolutions: Resolutions) -> tuple[Resolution, ...]:
    found = {(r.mention.span, r.actor): r for m in mentions for r in resolutions.get(m, ()) if r.principal}
    return tuple(found.values())


def _side_of(resolved: ResolvedClaim) -> _Side:
    sources = {r.principal for r in resolved.sources}
    targets = {r.principal for r in resolved.targets} - sources
    return _Side(resolved.claim.action, *order_sides(resolved.claim.action, sources, targets))


def _by_date(members: list[ResolvedClaim]) -> list[list[ResolvedClaim]]:
    """Divide claims of one kind by their dates; a dateless one joins the nearest dated one before it."""
    groups: list[list[ResolvedClaim]] = []
    waiting: list[ResolvedClaim] = []
    for member in members:
        value = member.claim.time.value if member.claim.time else ""
        if not value:
            (groups[-1] if groups else waiting).append(member)
            continue
        home = next((g for g in groups if _agree(value, _date_of(g))), None)
        if home is None:
            groups.append([member])
        else:
            home.append(member)
    if waiting and groups:
        groups[0] = waiting + groups[0]
    elif waiting:
        groups.append(waiting)
    return groups


def _agree(one: str, other: str) -> bool:
    """Say whether one of two dates lies within the other."""
    (a, b), (c, d) = bounds_of(one), bounds_of(other)
    return (a >= c and b <= d) or (c >= a and d <= b)


def _date_of(members: Iterable[ResolvedClaim]) -> str:
    """Return the most precise date that any of the claims tells, the first of equals; "" where none does."""
    values = [m.claim.time.value for m in members if m.claim.time and m.claim.time.value]
    return min(values, key=_length, default="")


def _length(value: str) -> int:
    first, last = bounds_of(value)
    return (last - first).days


def _make_event(article: Article, side: _Side, members: list[ResolvedClaim]) -> Event:
    date = _date_of(members)
    earliest, latest = (d.isoformat() for d in bounds_of(date)) if date else ("", "")
    views = [(m.claim.status, sorted({s.principal for s in m.speakers})) for m in members]
    return Event(
        id=event_id(side.action, side.sources, side.targets, earliest, latest, article.id),
        action=side.action,
        sources=side.sources,
        targets=side.targets,
        date=date,
        earliest=earliest,
        latest=latest,
        place=next((m.claim.place for m in members if m.claim.place), None),
        support=derive_support(views, side.sources),
        claims=tuple(members),
    )


def with_status(event: Event, statuses: Iterable[Status]) -> Event | None:
    """Return an event with only its claims of some statuses, or None where it has none such."""
    wanted = frozenset(statuses)
    claims = tuple(c for c in event.claims if c.claim.status in wanted)
    return replace(event, claims=claims) if claims else None
