"""`kg demo`: everything once, on the sample articles that come with the package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Extractor, Out, Quiet, make_settings

if TYPE_CHECKING:
    from kg.graph.records import Records
    from kg.store import Store

NAMED_QUERY = "expulsions"
COLUMNS = ("date", "source", "action", "target", "status", "who says so")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    out: Out = Path("out"),
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    extractor: Extractor = "full",
    quiet: Quiet = False,
) -> None:
    """Build a graph from fourteen sample articles, print what was found, and write it as Turtle and as a page.

    [bold]Examples[/bold]

      kg demo
      kg demo -o /tmp/kg --open
    """
    from kg.cli.build import build_graph, print_summary
    from kg.exporters import export
    from kg.graph.records import read_records
    from kg.readers import read_articles
    from kg.store import Store
    from kg.views.html import write_page

    tally = build_graph(read_articles([find_articles()]), out, make_settings(extractor=extractor), quiet=quiet)
    if not quiet:
        print_summary(tally)
    turtle, page = out / "graph.ttl", out / "graph.html"
    with Store.read(out / "store") as store:
        records = read_records(store.rows)
        _print_events(records)
        _print_query(store)
        export(store, turtle)
    write_page(records, page, title="Diplomatic events: sample articles")
    _print_paths(out, turtle, page)
    if open_page:
        typer.launch(page.resolve().as_uri())


def find_articles() -> Path:
    """Return the folder of the sample articles, in the wheel or in the checkout beside the package.

    Raises:
        DataError: It is in neither.
    """
    from kg.errors import DataError

    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_articles", package.parent / "tests" / "articles"):
        if folder.is_dir():
            return folder
    raise DataError(f"{package}: no sample articles; install kg-events again")


def _print_events(records: Records) -> None:
    from kg.cli.presentation import out, print_table

    title = f"{len(records.events)} events in {len(records.articles)} articles"
    rows = sorted(_rows(records), key=lambda row: (not row[0], row))  # the undated last
    print_table(out(), title, COLUMNS, rows)


def _rows(records: Records) -> Iterator[tuple[str, ...]]:
    from kg.ontology.actions import load_actions

    labels = {actor.id: actor.labels.get("en", actor.id) for actor in records.actors}
    for event in records.events:
        speakers = dict.fromkeys(labels.get(s, s) for claim in event.claims for s in claim.speakers)
        yield (
            event.date,
            ", ".join(labels.get(actor, actor) for actor in event.sources),
            load_actions()[event.action].labels.get("en", event.action),
            ", ".join(labels.get(actor, actor) for actor in event.targets),
            event.status,
            ", ".join(speakers),
        )


def _print_query(store: Store) -> None:
    from kg.cli.presentation import out, print_table
    from kg.exporters.results import to_table
    from kg.queries import load_query

    columns, rows = to_table(store.query(load_query(NAMED_QUERY).bind({})), store.names)
    print_table(out(), f"kg query {NAMED_QUERY}", columns, rows)


def _print_paths(folder: Path, turtle: Path, page: Path) -> None:
    from kg.cli.presentation import out, safe

    console = out()
    for name, path in (("store", folder / "store"), ("Turtle", turtle), ("page", page)):
        console.print(f"{name:8}{safe(str(path))}", soft_wrap=True)
