"""`kg build`: articles into a graph that queries, views and exports read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    ActorFiles,
    Column,
    Confidence,
    Extractor,
    Jobs,
    Lang,
    Limit,
    Model,
    Out,
    Paths,
    Prefilter,
    Quiet,
    make_settings,
    parse_pairs,
)

if TYPE_CHECKING:
    from kg.distribution.cluster import Cluster
    from kg.model import Article, Rejected
    from kg.pipeline import Settings
    from kg.readers.meter import Meter
    from kg.reports import Tally


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(build)


def build(
    paths: Paths,
    out: Out = Path("out"),
    lang: Lang = "",
    column: Column = None,
    model: Model = None,
    actors: ActorFiles = None,
    extractor: Extractor = "full",
    min_confidence: Confidence = None,
    since: Annotated[str, typer.Option(metavar="DATE", help="Only articles published on or after this day.")] = "",
    limit: Limit = None,
    base: Annotated[str, typer.Option(metavar="IRI", help="Base of all IRIs of a new graph.")] = "",
    jobs: Jobs = 1,
    prefilter: Prefilter = True,
    again: Annotated[
        bool, typer.Option("--again", help="Do unchanged articles again, and those that `kg remove` took out.")
    ] = False,
    store: Annotated[
        str, typer.Option(metavar="PLACE", help="Another folder, or address of a SPARQL server; else OUT/store.")
    ] = "",
    engine: Annotated[str, typer.Option(help="local: this machine; dask: a Dask cluster, with --scheduler.")] = "local",
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="Of a Dask scheduler: tcp://host:8786.")] = "",
    shards: Annotated[
        str, typer.Option(metavar="PLACE", help="Folder shared with the workers, or s3://...; else OUT/shards.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read the articles and say what would be done.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read articles and add their events to the graph in OUT/store; a rerun does only what is new or changed.

    What could not be read is listed with its reason in OUT/rejected.jsonl, and the rest goes on.

    What `kg remove` took out stays out unless --again asks for it.

    [bold]Examples[/bold]

      kg build articles/
      kg build wire.jsonl --column text=body --column date=published
      kg build https://news.example/feed.rss
      cat article.txt | kg build - --lang da -o out
      kg build archive/ --engine dask --scheduler tcp://head:8786 --shards s3://bucket/run
    """
    from itertools import islice

    from kg.readers import read_articles
    from kg.readers.completion import parse_date
    from kg.readers.meter import measure
    from kg.readers.web import read_versions, write_versions

    versions = read_versions(out / "addresses.json")
    columns, meter = parse_pairs(column, "--column"), measure(paths)
    articles = read_articles(paths, language=lang, columns=columns, versions=versions, meter=meter)
    chosen = islice(_published_since(articles, parse_date(since)), limit)
    if dry_run:
        _print_plan(chosen)
        return
    settings = make_settings(model, actors, extractor, min_confidence, jobs, prefilter=prefilter)
    place = store or str(out / "store")
    cluster = _find_cluster(engine, scheduler, shards or str((out / "shards").resolve()))
    tally = build_graph(
        chosen, out, settings, base=base, quiet=quiet, store=place, again=again, cluster=cluster, meter=meter
    )
    if versions:  # only now: what an interrupt kept from the store is fetched again
        write_versions(out / "addresses.json", versions)
    _finish(tally, place, quiet)


def build_graph(
    articles: Iterable[Article | Rejected],
    out: Path,
    settings: Settings,
    *,
    base: str = "",
    quiet: bool = False,
    store: str = "",
    again: bool = False,
    cluster: Cluster | None = None,
    meter: Meter | None = None,
) -> Tally:
    """Add articles to the store of a folder, with progress, and write the run's report.

    Raises:
        KgError: As `kg.building.build`.
    """
    from kg.building import Manifest
    from kg.building import build as add_articles
    from kg.cli.presentation import progress
    from kg.distribution.cluster import build_on_cluster
    from kg.remote import open_store
    from kg.reports import Tally

    out.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    try:
        with (
            progress(quiet) as shown,
            open_store(store or str(out / "store"), base) as graph,
            Manifest(out / "manifest.jsonl") as manifest,
        ):
            if again:
                manifest.forget()
            start, task = time.monotonic(), shown.add_task("building", total=None, speed="")
            outcomes = (
                add_articles(articles, graph, manifest, settings)
                if cluster is None
                else build_on_cluster(articles, graph, manifest, settings, cluster)
            )
            for outcome in outcomes:
                tally.count(outcome)
                shown.update(task, completed=tally.articles, speed=format_pace(tally, time.monotonic() - start, meter))
            if tally.added:
                graph.link_copies()
    finally:  # an interrupt keeps what was done, and its report
        tally.write(out)
    return tally


def format_pace(tally: Tally, seconds: float, meter: Meter | None = None) -> str:
    """Return what a line of progress says: articles a second, events, and the time left where that can be known."""
    said = f"{tally.articles / max(seconds, 1e-9):.1f} articles/s, {tally.events} events"
    left = meter.left(seconds) if meter is not None else None
    return f"{said}, {timedelta(seconds=round(left))} left" if left is not None else said


def _find_cluster(engine: str, scheduler: str, shards: str) -> Cluster | None:
    """Return where a build is done, None for this machine.

    Raises:
        UsageError: The options do not go together.
    """
    from kg.distribution.cluster import Cluster
    from kg.errors import UsageError

    if engine not in ("local", "dask"):
        raise UsageError(f"no engine {engine!r}; there are: local, dask")
    if (engine == "dask") != bool(scheduler):
        raise UsageError("--engine dask and --scheduler ADDRESS go together")
    return Cluster(scheduler, shards) if engine == "dask" else None


def _published_since(articles: Iterable[Article | Rejected], date: str) -> Iterator[Article | Rejected]:
    from kg.model import Article

    return (item for item in articles if not isinstance(item, Article) or item.date >= date)


def _print_plan(articles: Iterable[Article | Rejected]) -> None:
    from kg.cli.presentation import finish, out, print_table
    from kg.model import Rejected

    rejected, rows = [], []
    for item in articles:
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            rows.append((item.id, item.language, item.date, f"{len(item.text.split())}", item.title))
    print_table(out(), f"{len(rows)} articles", ("article", "language", "date", "words>", "title"), rows)
    finish(rejected)


def _finish(tally: Tally, place: str, quiet: bool) -> None:
    from kg.cli.presentation import print_rejected, talk

    if tally.rejected:
        print_rejected(talk(), tally.rejected)
    if not quiet:
        print_summary(tally)
        talk().print(f"graph in {place}; look at it with: kg view --store {place} --open", soft_wrap=True)
    if tally.rejected:
        raise typer.Exit(3)


def print_summary(tally: Tally) -> None:
    """Print a run's counts on standard error."""
    from kg.cli.presentation import print_table, talk

    rows = [
        ("articles added", str(tally.added)),
        ("articles unchanged", str(tally.unchanged)),
        ("articles rejected", str(len(tally.rejected))),
        ("events", str(tally.events)),
        *((f"  {type_}", str(count)) for type_, count in tally.types.most_common()),
    ]
    if tally.withdrawn:
        rows.insert(2, ("articles taken out before, left out", str(len(tally.withdrawn))))
    if tally.undated:
        rows.insert(2, ("  without a date: relative dates stay open", str(tally.undated)))
    print_table(talk(), "", ("", "count>"), rows)
