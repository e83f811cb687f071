"""`kg stats`, `kg dyad` and `kg central`: measure the graph."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

if TYPE_CHECKING:
    from kg.graph.records import Records

Form = Annotated[str, typer.Option("--format", "-f", help="table, csv or json.")]

STATS = """
Count what the graph holds: events by type and support, actors, publishers, languages, years, pairs.

[bold]Example[/bold]

  kg stats --format csv
"""
DYAD = """
Follow two actors over time: cooperation, conflict, and tension (the mean Goldstein value, its sign turned).

[bold]Examples[/bold]

  kg dyad RUS NATO
  kg dyad DNK RUS --by year --plot dnk-rus.png
"""
CENTRAL = """
Rank actors: events, partners, betweenness, and the community that each belongs to.

[bold]Example[/bold]

  kg central --limit 20
"""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("stats", help=STATS)(stats)
    app.command("dyad", help=DYAD)(dyad)
    app.command("central", help=CENTRAL)(central)


def stats(store: StoreFolder = STORE, form: Form = "table") -> None:
    """Count what the graph holds."""
    from kg.analysis.overview import count

    _print(["what", "name", "number"], [asdict(row) for row in count(_read(store))], form)


def dyad(
    one: Annotated[str, typer.Argument(help="An actor: RUS")],
    other: Annotated[str, typer.Argument(help="Another: NATO")],
    store: StoreFolder = STORE,
    form: Form = "table",
    by: Annotated[str, typer.Option(help="day, month or year.")] = "month",
    monthly: Annotated[bool, typer.Option("--monthly", help="The same as --by month.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Draw it to a .png or .svg file too.")] = None,
) -> None:
    """Follow two actors over time."""
    from kg.analysis.dyads import PERIODS, follow_dyad
    from kg.analysis.plots import plot_dyad
    from kg.cli.presentation import talk
    from kg.errors import UsageError

    period = "month" if monthly else by
    if period not in PERIODS:
        raise UsageError(f"--by {by!r} is none of {', '.join(PERIODS)}")
    periods = follow_dyad(_read(store).events, one, other, period)
    columns = [period, "cooperation", "conflict", "goldstein", "tension"]
    rows = [[row.name, row.cooperation, row.conflict, row.goldstein, row.tension] for row in periods]
    _print(columns, [dict(zip(columns, row, strict=True)) for row in rows], form)
    if plot is not None:
        plot_dyad(periods, plot, f"{one} – {other}")
        talk().print(f"{plot}", markup=False)


def central(
    store: StoreFolder = STORE,
    form: Form = "table",
    limit: Annotated[int, typer.Option(min=1, help="How many actors.")] = 50,
) -> None:
    """Rank actors."""
    from kg.analysis.centrality import rank_actors

    rows = [asdict(row) for row in rank_actors(_read(store).events)[:limit]]
    columns = ["actor", "events", "partners", "acts", "suffers", "betweenness", "community"]
    _print(columns, rows, form)


def _read(store: str) -> Records:
    from kg.graph.records import read_records
    from kg.remote import read_store

    with read_store(store) as graph:
        return read_records(graph.rows)


def _print(columns: Sequence[str], rows: Iterable[dict[str, object]], form: str) -> None:
    from kg.cli.presentation import guard_cell, out, print_table
    from kg.errors import UsageError

    if form == "table":
        numbers = {"number", "events", "partners", "acts", "suffers", "cooperation", "conflict", "goldstein", "tension"}
        heads = [f"{name}>" if name in numbers | {"betweenness", "community"} else name for name in columns]
        print_table(out(), "", heads, ([str(row[name]) for name in columns] for row in rows))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        cells = ([row[name] for name in columns] for row in rows)
        writer.writerows([guard_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in cells)
    elif form == "json":
        typer.echo(json.dumps(list(rows), ensure_ascii=False))
    else:
        raise UsageError(f"no format {form!r}; there are table, csv and json")
