"""`kg validate`: check the graph against its rules."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

HELP = """
Check the graph against ontologies/shapes.ttl (SHACL), and its direct triples against its events.

Prints each violation in words and ends with 1 where there is any. Needs pip install 'kg-events\\[validate]'.

[bold]Example[/bold]

  kg validate --store out/store
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate", help=HELP)(validate)


def validate(
    store: StoreFolder = STORE,
    most: Annotated[int, typer.Option("--limit", min=1, help="Stop after so many violations.")] = 100,
) -> None:
    """Check the graph against its rules."""
    from kg.cli.presentation import out, print_table, talk
    from kg.remote import read_store
    from kg.validation import validate_store

    with read_store(store) as graph:
        found = list(islice(validate_store(graph), most))
        triples = len(graph)
    if not found:
        talk().print(f"{triples} triples, no violation", markup=False)
        return
    print_table(out(), "", ["node", "rule", "value"], ([row.node, row.message, row.value] for row in found))
    raise typer.Exit(1)
