"""What `kg extract --trace` tells of candidates that became no event: the words, the rule, the reason, what decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from kg.extraction.fillers import Scene
    from kg.extraction.judge import Judgement
    from kg.extraction.parties import Party
    from kg.model import Article
    from kg.pipeline import Processed

NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Trace:
    """A rejected candidate in words.

    Attributes:
        reason: Why it became no event.
        rule: Id of the lexical unit.
        trigger: The words that name the action.
        source: Actor ids, () where nobody acts.
        action: Id.
        target: Actor ids, () where nobody is acted on.
        status: `actual`, `planned`, `negated` or `hypothetical`; "" where nobody stands near.
        confidence: In [0, 1]; 1 without the learned part, 0 where nobody stands near.
        before: The sentence up to the trigger.
        after: The sentence from behind it.
        features: What decided, as `name=value`, weights in brackets.
    """

    reason: str
    rule: str
    trigger: str
    source: tuple[str, ...]
    action: str
    target: tuple[str, ...]
    status: str
    confidence: float
    before: str
    after: str
    features: tuple[str, ...]


def trace(judgement: Judgement, article: Article) -> Trace:
    """Return a judgement in words."""
    claim, roles, text = judgement.candidate.claim, judgement.candidate.cast.roles, article.text
    return Trace(
        reason=judgement.reason,
        rule=claim.rule,
        trigger=text[claim.trigger.start : claim.trigger.end],
        source=_ids(roles.source.parties),
        action=claim.action,
        target=_ids(roles.target.parties),
        status=claim.status.value,
        confidence=claim.confidence,
        before=text[claim.sentence.start : claim.trigger.start],
        after=text[claim.trigger.end : claim.sentence.end],
        features=claim.features,
    )


def trace_idle(scene: Scene, article: Article) -> Trace:
    """Return a predicate with nobody near it in words."""
    from kg.extraction.claims import sentence_span, trigger_span

    trigger, sentence, text = trigger_span(scene.predicate), sentence_span(scene.predicate.token), article.text
    return Trace(
        reason="nobody acts and nobody is acted on",
        rule=f"{article.language}:{scene.predicate.unit.id}",
        trigger=text[trigger.start : trigger.end],
        source=(),
        action=scene.predicate.unit.action,
        target=(),
        status="",
        confidence=0.0,
        before=text[sentence.start : trigger.start],
        after=text[trigger.end : sentence.end],
        features=(),
    )


def trace_all(processed: Processed) -> list[Trace]:
    """Return what became no event in an article: first what somebody stood near, each in the order of the text."""
    article = processed.article
    return [
        *(trace(judgement, article) for judgement in processed.rejected),
        *(trace_idle(scene, article) for scene in processed.idle),
    ]


def to_traces(processed: Processed) -> list[dict[str, object]]:
    """Return what became no event in an article, ready for `json.dumps`."""
    return [asdict(told) for told in trace_all(processed)]


def print_traces(console: Console, processed: Processed) -> None:
    """Print what became no event in an article."""
    from kg.cli.presentation import safe

    traces = trace_all(processed)
    for told in traces:
        sides = f"{_join(told.source)} {told.action} {_join(told.target)}{told.status and ', '}{told.status}"
        console.print(f"[yellow]rejected[/yellow] {safe(f'{sides}: {told.reason}')}", soft_wrap=True)
        console.print(f"  {safe(' '.join(f'{told.before}[{told.trigger}]{told.after}'.split()))}", soft_wrap=True)
        console.print(f"  rule {safe('; '.join((told.rule, *told.features)))}", soft_wrap=True)
    if not traces:
        console.print("[yellow]rejected[/yellow] nothing: no other word names an action")
    console.print()


def _ids(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(principal for party in parties for principal in party.principals))


def _join(ids: Iterable[str]) -> str:
    return "+".join(ids) or NOBODY
