"""`kg extract`: the events of articles, for people, for spreadsheets, or for a scorer."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    ActorFiles,
    Column,
    Confidence,
    Extractor,
    Lang,
    Limit,
    Model,
    Paths,
    Prefilter,
    Quiet,
    make_settings,
    parse_pairs,
)

if TYPE_CHECKING:
    from kg.model import Rejected
    from kg.ontology.actors import Actors
    from kg.pipeline import Processed


class Format(StrEnum):
    """How the events are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


COLUMNS = ("date", "source", "action", "target", "status", "who says so", "sentence")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(extract)


def extract(
    paths: Paths,
    format: Format = Format.TABLE,  # noqa: A002  # the option's name
    lang: Lang = "",
    column: Column = None,
    model: Model = None,
    actors: ActorFiles = None,
    extractor: Extractor = "full",
    min_confidence: Confidence = None,
    limit: Limit = None,
    prefilter: Prefilter = True,
    trace: Annotated[bool, typer.Option("--trace", help="Show what became no event as well, and why.")] = False,
    quiet: Quiet = False,
) -> None:
    """Print the events of articles: date, source, action, target, status, who says so, the sentence.

    [bold]Examples[/bold]

      kg extract article.txt
      kg extract article.txt --trace
      kg extract articles/ --format csv > events.csv
      cat wire.jsonl | kg extract - --format jsonl
    """
    from itertools import islice

    from kg.cli.presentation import finish, watch
    from kg.errors import UsageError
    from kg.ontology.actors import load_actors
    from kg.pipeline import run
    from kg.readers import read_articles

    if trace and format is Format.CSV:
        raise UsageError("--trace has no place in a line an event; take --format table or jsonl")
    # Who tunes wants to see every sentence judged, so nothing is left unparsed.
    settings = make_settings(model, actors, extractor, min_confidence, prefilter=prefilter and not trace)
    articles = islice(read_articles(paths, language=lang, columns=parse_pairs(column, "--column")), limit)
    rejected: list[Rejected] = []
    found = watch(run(articles, settings), rejected, "reading", quiet)
    _WRITERS[format](found, load_actors(settings.actors), trace)
    finish(rejected)


def write_table(found: Iterable[Processed], actors: Actors, trace: bool) -> None:
    """Print a table an article, and below it what became no event where that is asked for."""
    from kg.cli.presentation import out, print_table
    from kg.cli.trace import print_traces

    for processed in found:
        article = processed.article
        title = "  ".join(part for part in (article.id, article.date, article.title) if part)
        print_table(out(), title, (*COLUMNS[:-1], f"{COLUMNS[-1]}+"), _rows(processed, actors))
        if trace:
            print_traces(out(), processed)


def write_jsonl(found: Iterable[Processed], actors: Actors, trace: bool) -> None:
    """Print one JSON object an article, in the annotators' format; `rejected` is what became no event."""
    from kg.cli.trace import to_traces
    from kg.exporters.annotations import to_record
    from kg.ontology.actions import load_actions

    for processed in found:
        record = to_record(processed.article, processed.events, load_actions(), actors.guide_code)
        record |= {"rejected": to_traces(processed)} if trace else {}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def write_csv(found: Iterable[Processed], actors: Actors, trace: bool) -> None:  # noqa: ARG001 # refused before
    """Print one line an event."""
    from kg.cli.presentation import guard_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("article", *COLUMNS, "event"))
    for processed in found:
        for event, row in zip(processed.events, _rows(processed, actors), strict=True):
            writer.writerow([guard_cell(cell) for cell in (processed.article.id, *row, event.id)])


_WRITERS: dict[Format, Callable[[Iterable[Processed], Actors, bool], None]] = {
    Format.TABLE: write_table,
    Format.JSONL: write_jsonl,
    Format.CSV: write_csv,
}


def _rows(processed: Processed, actors: Actors) -> Iterator[tuple[str, ...]]:
    from kg.cli.presentation import label_of
    from kg.exporters.annotations import clearest_claim
    from kg.ontology.actions import load_actions

    for event in processed.events:
        claim = clearest_claim(event)
        yield (
            event.date,
            ", ".join(label_of(actor, event, actors) for actor in event.sources),
            load_actions()[event.action].labels.get("en", event.action),
            ", ".join(label_of(actor, event, actors) for actor in event.targets),
            claim.claim.status.value,
            ", ".join(dict.fromkeys(speaker.label or speaker.actor for speaker in claim.speakers)),
            " ".join(claim.quote.split()),
        )
