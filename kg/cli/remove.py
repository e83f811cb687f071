"""`kg remove`: take an article out of the graph."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

if TYPE_CHECKING:
    from kg.store import Store

HELP = """
Take articles out of the graph, with their claims and all that nothing else tells of.

Events that other articles tell of stay; their support is worked out anew. A rerun of `kg build` leaves the articles
out; `kg build PATH --again` brings them back.

[bold]Example[/bold]

  kg remove da-d01
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("remove", help=HELP)(remove)


def remove(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids, as `kg query articles` shows.")],
    store: StoreFolder = STORE,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder of the build that is to leave them out; else the store's own."),
    ] = None,
) -> None:
    """Take articles out of the graph."""
    from kg.cli.presentation import safe, talk
    from kg.errors import InputError
    from kg.remote import is_remote, open_store, read_store

    folder = out or (Path("out") if is_remote(store) else Path(store).parent)
    with read_store(store):
        pass  # so that a folder without a store is not made one
    with open_store(store) as graph:
        missing = [article for article in articles if not graph.has_article(article)]
        _take_out([article for article in articles if article not in missing], graph, folder / "manifest.jsonl")
    if len(articles) > len(missing):
        talk().print(f"{len(articles) - len(missing)} removed", markup=False)
    if missing:
        raise InputError(f"not in the store: {', '.join(safe(article) for article in missing)}")


def _take_out(articles: list[str], graph: Store, manifest: Path) -> None:
    """Remove articles; the build that made the store is told first, so that a crash cannot bring one back."""
    from kg.building import Manifest

    with ExitStack() as open_files:
        entries = open_files.enter_context(Manifest(manifest)) if manifest.is_file() else None
        for article in articles:
            if entries is not None:
                entries.withdraw(article)
            graph.remove(article)
