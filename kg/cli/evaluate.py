"""`kg evaluate`: how close the extracted events come to a human annotator's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import ActorFiles, Confidence, Extractor, Lang, Model, Quiet, make_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.evaluation import Evaluation, Score
    from kg.model import Rejected


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Annotated articles, one JSON object a line.")],
    predicted: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Events from `kg extract --format jsonl`; otherwise extracted now."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every missed and every spurious triple.")] = False,
    lang: Lang = "",
    model: Model = None,
    actors: ActorFiles = None,
    extractor: Extractor = "full",
    min_confidence: Confidence = None,
    quiet: Quiet = False,
) -> None:
    """Compare extracted events with annotated ones, by language and event type: precision, recall and F1 of triples.

    A triple is a source, an event type and a target; every source goes with every target.

    [bold]Examples[/bold]

      kg evaluate gold.jsonl
      kg evaluate gold.jsonl --errors
      kg evaluate gold.jsonl --predicted events.jsonl
    """
    from kg.cli.gold import read_records
    from kg.cli.presentation import finish, watch
    from kg.evaluation import evaluate as compare
    from kg.exporters.annotations import to_record
    from kg.ontology.actions import load_actions
    from kg.ontology.actors import load_actors
    from kg.pipeline import run
    from kg.readers import read_articles

    records = read_records(gold, lang)
    rejected: list[Rejected] = []
    if predicted is not None:
        found = read_records(predicted)
    else:
        settings = make_settings(model, actors, extractor, min_confidence)
        guide_code = load_actors(settings.actors).guide_code
        processed = watch(run(read_articles([gold], language=lang), settings), rejected, "reading", quiet)
        found = [dict(to_record(p.article, p.events, load_actions(), guide_code)) for p in processed]
    by_id = {record["id"]: record for record in found}
    for language in sorted({record["lang"] for record in records}):
        _print(compare([r for r in records if r["lang"] == language], by_id), language, errors=errors)
    finish(rejected)


def _print(found: Evaluation, language: str, *, errors: bool) -> None:
    from kg.cli.presentation import out, print_table

    console = out()
    if errors:
        listed = [("missed", *item) for item in found.missed] + [("spurious", *item) for item in found.spurious]
        lines = [(kind, article, " ".join(triple), sentence) for kind, article, triple, sentence in sorted(listed)]
        print_table(console, "", ("", "article", "triple", "sentence+"), lines)
    columns = ("precision>", "recall>", "F1>", "right>", "predicted>", "gold>")
    title = f"{language}: {found.articles} articles" if language else f"{found.articles} articles"
    print_table(console, title, ("level", *columns), _scores(found.levels))
    print_table(console, "", ("event type", *columns), _scores(found.types))
    details = {"salient events found": found.salient, **{f"right {d}": found.matched[d] for d in found.matched}}
    details["event-free articles with an event"] = found.false_alarms
    shares = [(name, _share(part, whole), f"{part} of {whole}") for name, (part, whole) in details.items()]
    print_table(console, "", ("detail", "share>", ""), shares)


def _scores(scores: Mapping[str, Score]) -> list[tuple[str, ...]]:
    return [
        (name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.hits), str(s.predicted), str(s.gold))
        for name, s in scores.items()
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"
