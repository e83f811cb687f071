"""Put the server together: addresses, the means that its parts share, and how it starts and stops."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.routing import Route

from kg.server import graphs, network, pages, sparql
from kg.server.pool import Copies, Pool
from kg.server.replies import RefusalError, refuse
from kg.server.service import Service
from kg.server.settings import Settings
from kg.server.writing import Editor
from kg.store import Store

ANY = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]


def make_app(settings: Settings) -> Starlette:
    """Return the application; its processes start and stop with it.

    Args:
        settings: Where the store is, and what is allowed.
    """

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        with ExitStack() as resources:
            app.state.service = await run_sync(open_service, settings, resources)
            yield

    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/sparql", sparql.answer, methods=ANY),
            Route("/sparql/", sparql.answer, methods=ANY),
            Route("/graphs", graphs.answer, methods=ANY, name="graphs"),
            Route("/graphs/{name:path}", graphs.answer, methods=ANY),
            Route("/queries.json", pages.queries),
            Route("/.well-known/void", pages.void),
            Route("/ns", pages.vocabulary),
            Route("/view", network.view),
            Route("/page/{name}", pages.file),
            Route("/vendor/{name}", pages.file),
            *(Route(f"/{kind}/{{name:path}}", pages.node) for kind in pages.KINDS),
        ],
        exception_handlers={RefusalError: refuse},
        lifespan=life,
    )


def open_service(settings: Settings, resources: ExitStack) -> Service:
    """Open the store and start the query processes.

    Raises:
        StoreError: There is no store, or another process writes to it and this server is to write too.
    """
    editor = resources.enter_context(Editor(settings.store, settings.token)) if settings.token else None
    with Store.read(settings.store) as store:
        names = store.names
    copies = Copies(settings.store)
    resources.callback(copies.close)
    pool = resources.enter_context(Pool(settings.workers, settings.memory))
    pool.start()
    return Service(settings, names, pool, copies, editor)
