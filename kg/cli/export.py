"""`kg export`: write the graph to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

HELP = """
Write the graph to a file; its ending tells the form, and the same graph gives the same bytes.

[bold]Examples[/bold]

  kg export out/graph.ttl
  kg export graph.nq --store out/store
  kg export table.csv --format gdelt
  kg export --list
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", help=HELP)(export)


def export(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to.", show_default=False)] = None,
    store: StoreFolder = STORE,
    form: Annotated[str, typer.Option("--format", "-f", help="In place of what the ending tells.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="List the forms and stop.")] = False,
) -> None:
    """Write the graph to a file."""
    from kg.cli.presentation import out, print_table, talk
    from kg.errors import UsageError
    from kg.exporters import FORMS
    from kg.exporters import export as write
    from kg.remote import read_store

    if listing:
        print_table(out(), "", ["form", "what it is"], ([name, what] for name, (_, what) in FORMS.items()))
        return
    if file is None:
        raise UsageError("no file; `kg export --list` shows the forms that there are")
    with read_store(store) as graph:
        write(graph, file, form)
    talk().print(f"{file}: {file.stat().st_size:,} bytes", markup=False)
