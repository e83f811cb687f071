"""`kg store`: look at the store, fill it from RDF, write it out, copy it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

HELP = """
Look at the store, fill it from RDF, write it out, copy it.

[bold]Examples[/bold]

  kg store info
  kg store load shard-1.nq shard-2.nq
  kg store dump graph.nq
  kg store backup copy/
"""

app = typer.Typer(help=HELP, no_args_is_help=True)


@app.command("info")
def info(
    store: StoreFolder = STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count what the store holds."""
    from kg.cli.presentation import out, print_table
    from kg.remote import read_store

    with read_store(store) as graph:
        facts = asdict(graph.info())
    if as_json:
        typer.echo(json.dumps(facts))
        return
    rows = (
        [name.replace("_", " "), f"{value:,}" if isinstance(value, int) else value] for name, value in facts.items()
    )
    print_table(out(), store, ["", "in the store>"], rows)


@app.command("load")
def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=".ttl, .nt, .nq, .trig, .jsonld or .rdf")],
    store: StoreFolder = STORE,
) -> None:
    """Load files of RDF; the graph is the union of what they say and what it said before."""
    from kg.cli.presentation import talk
    from kg.remote import open_store

    with open_store(store) as graph:
        for file in files:
            talk().print(f"{file}: {graph.load(file)} new triples", markup=False)


@app.command("dump")
def dump(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its ending tells the form, as for `kg export`.")],
    store: StoreFolder = STORE,
) -> None:
    """Write all triples to a file, sorted."""
    from kg.cli.export import export

    export(file, store)


@app.command("backup")
def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    store: Annotated[Path, typer.Option("--store", help="Folder of the store.")] = Path(STORE),
) -> None:
    """Copy the store to a new folder; on the same disk this takes milliseconds, even while it is written."""
    from kg.cli.presentation import talk
    from kg.snapshot import copy_store

    copy_store(store, folder)
    talk().print(f"{store} -> {folder}", markup=False)
