"""`kg ontology`: the vocabulary of the graph as a page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HELP = """
Write what the graph's classes, properties and actions mean, as one HTML page.

`kg serve` shows the same page at /ns, to which the terms' IRIs lead.

[bold]Example[/bold]

  kg ontology out/ontology.html --open
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ontology", help=HELP)(ontology)


def ontology(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="HTML file to write.")] = Path("out/ontology.html"),
    base: Annotated[str, typer.Option(metavar="IRI", help="Base of all IRIs, as given to `kg build`.")] = "",
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the vocabulary as one HTML page."""
    from kg.cli.presentation import talk
    from kg.errors import InputError
    from kg.graph.names import make_names
    from kg.views.vocabulary import format_vocabulary

    page = format_vocabulary(make_names(base))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error
    talk().print(f"{file}: {file.stat().st_size:,} bytes", markup=False)
    if open_page:
        typer.launch(file.resolve().as_uri())
