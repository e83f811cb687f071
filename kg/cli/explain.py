"""`kg explain`: why an event is in the graph."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from kg.queries.explanation import ClaimExplanation

HELP = """
Say why an event is in the graph: the article, the sentence with its trigger, the rule that fired, how each actor was
found, where in the sentence it stood, and what the learned part weighed for and against the event.

[bold]Examples[/bold]

  kg explain 81f991232fea7153076e
  kg explain 81f9 --json
"""

WEIGHT = re.compile(r" \(([+-]\d+\.\d+)\)$")

SUPPORT = {
    "Stated": "an article itself or the acting side says so, and nobody denies it",
    "Claimed": "only others than the acting side say so, or it is merely possible",
    "Disputed": "some say that it happened, others that it did not",
    "Denied": "all that is said is that it did not happen",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", help=HELP)(explain)


def explain(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An id, the beginning of one, or an IRI.")],
    store: StoreFolder = STORE,
    lang: Annotated[str, typer.Option(help="Language of the event's label: da or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say why an event is in the graph."""
    from kg.cli.presentation import out, safe
    from kg.queries.explanation import explain_event
    from kg.remote import read_store

    with read_store(store) as graph:
        found = explain_event(graph, event, lang)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    console = out()
    console.print(f"[bold]{safe(found.label)}[/bold]  {safe(found.date or 'undated')}", soft_wrap=True)
    console.print(f"event {found.event}, action {safe(found.action)}", soft_wrap=True)
    console.print(f"{found.support}: {SUPPORT[found.support]}", soft_wrap=True)
    for claim in found.claims:
        _print_claim(console, claim)


def _print_claim(console: Console, claim: ClaimExplanation) -> None:
    from kg.cli.presentation import safe

    about = ", ".join(part for part in (claim.publisher, claim.issued, claim.title, claim.url) if part)
    console.print(f"\n[bold]{safe(claim.article)}[/bold]  {safe(about)}", soft_wrap=True)
    marked = (
        f"[bold reverse]{safe(claim.trigger)}[/bold reverse]" if console.is_terminal else safe(f"[{claim.trigger}]")
    )
    console.print(f"  {safe(claim.before)}{marked}{safe(claim.after)}", soft_wrap=True)
    says = ", ".join(claim.speakers) or "the article itself"
    console.print(f"  {claim.status}, says {safe(says)}; confidence {claim.confidence:.2f}", soft_wrap=True)
    console.print(f"  rule {safe(claim.rule)}, trigger “{safe(claim.trigger)}”", soft_wrap=True)
    for name, words in (("time", claim.time), ("place", claim.place)):
        if words:
            console.print(f"  {name} “{safe(words)}”", soft_wrap=True)
    for line in (*claim.resolutions, *describe_features(claim.features)):
        console.print(f"  {safe(line)}", soft_wrap=True)


def describe_features(features: Sequence[str]) -> Iterator[str]:
    """Yield what decided, a line for what was found where and a line for what the learned part weighed.

    Example:
        >>> list(describe_features(["source=learned", "status=actual (+0.57)", "target=for", "type=AID (-0.60)"]))
        ['found: source by the learned part, target=for', 'weighed: type=AID (-0.60), status=actual (+0.57)']
    """
    weights = {feature: float(match[1]) for feature in features if (match := WEIGHT.search(feature))}
    found = [feature.replace("=learned", " by the learned part") for feature in features if feature not in weights]
    if found:
        yield f"found: {', '.join(found)}"
    if weights:
        yield f"weighed: {', '.join(sorted(weights, key=lambda feature: -abs(weights[feature])))}"
