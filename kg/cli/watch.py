"""`kg watch`: keep a graph current from feeds, addresses and folders."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import ActorFiles, Confidence, Extractor, Jobs, Model, Out, Quiet, make_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(watch)


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="List of [[source]] with path, lang, columns.")],
    out: Out = Path("out"),
    every: Annotated[
        float | None, typer.Option(metavar="MINUTES", min=1, help="Go on, one pass every so often; otherwise one pass.")
    ] = None,
    model: Model = None,
    actors: ActorFiles = None,
    extractor: Extractor = "full",
    min_confidence: Confidence = None,
    jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Add what is new in feeds, addresses and folders to the graph in OUT/store, once or again and again.

    [bold]Examples[/bold]

      kg watch feeds.toml
      kg watch feeds.toml --every 30
    """
    from kg.cli.build import build_graph, print_summary
    from kg.cli.presentation import print_rejected, talk
    from kg.readers.web import read_versions, write_versions
    from kg.watching import read_sources, read_watched

    sources = read_sources(feeds)
    settings = make_settings(model, actors, extractor, min_confidence, jobs)
    while True:
        versions = read_versions(out / "addresses.json")
        tally = build_graph(read_watched(sources, versions), out, settings, quiet=quiet)
        write_versions(out / "addresses.json", versions)
        print_rejected(talk(), tally.rejected)
        if not quiet:
            print_summary(tally)
        if every is None:
            raise typer.Exit(3 if tally.rejected else 0)
        time.sleep(every * 60)
