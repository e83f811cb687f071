"""`kg remove`: take an article out of the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

HELP = """
Take articles out of the graph, with their claims and all that nothing else tells of.

Events that other articles tell of stay; their support is worked out anew.

[bold]Example[/bold]

  kg remove da-d01
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("remove", help=HELP)(remove)


def remove(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids, as `kg query articles` shows.")],
    store: StoreFolder = STORE,
) -> None:
    """Take articles out of the graph."""
    from kg.cli.presentation import safe, talk
    from kg.errors import InputError
    from kg.remote import open_store, read_store

    with read_store(store):
        pass  # so that a folder without a store is not made one
    with open_store(store) as graph:
        missing = [article for article in articles if not graph.remove(article)]
    if len(articles) > len(missing):
        talk().print(f"{len(articles) - len(missing)} removed", markup=False)
    if missing:
        raise InputError(f"not in the store: {', '.join(safe(article) for article in missing)}")
