"""`kg serve`: a SPARQL endpoint and the graph's pages over HTTP."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import STORE

HELP = """
Serve the graph: SPARQL at /sparql, a query editor, and a page for every actor, event and article.

Read-only, and safe to open to anyone: queries are stopped after a time, answers cut off at a size, and nothing is
fetched on a client's behalf. With --writable, clients that send the token in KG_TOKEN may update it.

[bold]Examples[/bold]

  kg serve
  kg serve --store out/store --port 9000 --timeout 10
  KG_TOKEN=secret kg serve --writable
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", help=HELP)(serve)


def serve(
    store: Annotated[Path, typer.Option("--store", help="Folder of the store.")] = Path(STORE),
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 opens it to other machines.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = 30,
    workers: Annotated[int | None, typer.Option(min=1, help="Queries at a time.", show_default="cores")] = None,
    rows: Annotated[int, typer.Option(min=1, help="Rows after which an answer is cut off.")] = 100_000,
    writable: Annotated[bool, typer.Option("--writable", help="Let clients with the token write.")] = False,
) -> None:
    """Serve the graph over HTTP."""
    from dataclasses import replace

    from kg.errors import MissingExtra, UsageError

    token = os.environ.get("KG_TOKEN", "")
    if writable and not token:
        raise UsageError("--writable needs a token; set KG_TOKEN in the environment")
    try:
        import uvicorn

        from kg.server.app import make_app
        from kg.server.settings import Settings
    except ImportError as error:
        raise MissingExtra("`kg serve` needs starlette and uvicorn; pip install 'kg-events[serve]'") from error
    settings = Settings(store, token=token if writable else "", seconds=timeout, most_rows=rows)
    if workers:
        settings = replace(settings, workers=workers)
    _check_store(settings.store, writable=writable)
    uvicorn.run(
        make_app(settings), host=host, port=port, log_level="info", access_log=False, timeout_graceful_shutdown=5
    )


def _check_store(store: Path, *, writable: bool) -> None:
    """Say that there is no store before a server starts for nothing."""
    from kg.errors import StoreError
    from kg.snapshot import is_store

    if not writable and not is_store(store):
        raise StoreError(f"no store in {store}; `kg build` makes one, or name another with --store")
