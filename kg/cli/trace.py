"""What `kg extract --trace` tells of candidates that became no event: the words, the rule, the reason, what decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

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
        status: `actual`, `planned`, `negated` or `hypothetical`.
        confidence: In [0, 1]; 1 without the learned part.
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


def to_traces(processed: Processed) -> list[dict[str, object]]:
    """Return an article's rejected candidates, in the order of the text, ready for `json.dumps`."""
    return [asdict(trace(judgement, processed.article)) for judgement in processed.rejected]


def print_traces(console: Console, processed: Processed) -> None:
    """Print an article's rejected candidates, in the order of the text."""
    from kg.cli.presentation import safe

    for told in (trace(judgement, processed.article) for judgement in processed.rejected):
        sides = f"{_join(told.source)} {told.action} {_join(told.target)}, {told.status}"
        console.print(f"[yellow]rejected[/yellow] {safe(f'{sides}: {told.reason}')}", soft_wrap=True)
        console.print(f"  {safe(' '.join(f'{told.before}[{told.trigger}]{told.after}'.split()))}", soft_wrap=True)
        console.print(f"  rule {safe(told.rule)}; {safe('; '.join(told.features))}", soft_wrap=True)
    if not processed.rejected:
        console.print("[yellow]rejected[/yellow] nothing: no other word names an action with an actor in its place")
    console.print()


def _ids(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(principal for party in parties for principal in party.principals))


def _join(ids: Iterable[str]) -> str:
    return "+".join(ids) or NOBODY
