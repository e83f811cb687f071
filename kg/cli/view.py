"""`kg view`: write the graph as one HTML page that opens anywhere, without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

if TYPE_CHECKING:
    from kg.graph.records import Records
    from kg.store import Store

HELP = """
Write the graph as one HTML page: actors, events, dates, who says so, and the sentence that proves it.

The page needs no network and no server; send it by mail.

[bold]Examples[/bold]

  kg view --open
  kg view --actors RUS,NATO --since 2021 -o rus-nato.html
  kg view --query coups.rq --title "Coups" --with-sparql
"""


def register(app: typer.Typer) -> None:
    """Add the command to the root app."""
    app.command(help=HELP)(view)


def view(
    store: StoreFolder = STORE,
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")] = Path("out/graph.html"),
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    title: Annotated[str, typer.Option(help="Heading of the page.")] = "Diplomatic events",
    actors: Annotated[str, typer.Option(help="Only events in which one of these takes part: RUS,NATO")] = "",
    since: Annotated[str, typer.Option(help="Only events from this day, month or year on.")] = "",
    until: Annotated[str, typer.Option(help="Only events up to this day, month or year.")] = "",
    query: Annotated[Path | None, typer.Option(help="Only events that this SELECT or CONSTRUCT finds.")] = None,
    with_sparql: Annotated[bool, typer.Option(help="Add a tab that answers SPARQL offline (2 MB).")] = False,
) -> None:
    """Write the graph as one HTML page."""
    from kg.cli.presentation import talk
    from kg.graph.records import read_records
    from kg.remote import read_store
    from kg.views.html import write_page
    from kg.views.triples import select_triples

    check_date("--since", since)
    check_date("--until", until)
    with read_store(store) as graph:
        chosen = find_events(graph, query) if query else None
        wanted = tuple(name.strip() for name in actors.split(",") if name.strip())
        everything = read_records(graph.rows)
        check_actors(wanted, everything)
        records = everything.choose(actors=wanted, since=since, until=until, events=chosen)
        triples = select_triples(graph, records) if with_sparql else None
    write_page(records, output, title=title, triples=triples)
    talk().print(f"{len(records.events)} events in {output}", soft_wrap=True, markup=False)
    if open_page:
        typer.launch(output.resolve().as_uri())


def check_date(option: str, value: str) -> None:
    """Say what is wrong with a date option.

    Raises:
        UsageError: It is no year, month or day in ISO 8601.
    """
    from datetime import date

    from kg.errors import UsageError

    if not value:
        return
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 if len(value) >= 4 else 6 :])
    except ValueError as error:
        raise UsageError(f"{option} {value!r} is no date; write 2021, 2021-10 or 2021-10-18") from error


def check_actors(names: Sequence[str], records: Records) -> None:
    """Say which actors take part in no event.

    Raises:
        UsageError: One of the names is neither id nor code of an actor of the events.
    """
    from difflib import get_close_matches

    from kg.errors import UsageError

    active = {name for event in records.events for name in (*event.sources, *event.targets)}
    known = active | {actor.code for actor in records.actors if actor.id in active}
    for name in names:
        if name not in known:
            near = get_close_matches(name.upper(), sorted(known), n=3, cutoff=0.5)
            choices = ", ".join(near) if near else "a code such as RUS or NATO"
            raise UsageError(f"--actors {name}: no event has it; nearest: {choices}")


def find_events(store: Store, path: Path) -> set[str]:
    """Return the ids of the events that a query's answer names.

    Args:
        store: To ask.
        path: File with a SELECT or CONSTRUCT query.

    Raises:
        InputError: The file cannot be read, or the answer names no event.
        QueryError: The query is wrong.
    """
    from kg.errors import InputError
    from kg.views.triples import named_events

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); name a file with a SELECT or CONSTRUCT query") from error
    events = named_events(store, text)
    if not events:
        raise InputError(f"{path}: its answer names no event; select ?event, or construct triples about events")
    return events
