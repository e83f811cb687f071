"""What the parts of the server share: settings, the query processes, the copies of the store, and the writer."""

from __future__ import annotations

from dataclasses import dataclass, field

import anyio
from anyio.to_thread import run_sync

from kg.errors import QueryError, StoreError
from kg.graph.names import Names
from kg.server.pool import Copies, Pool, QueryTimeoutError
from kg.server.replies import RefusalError
from kg.server.results import Limits
from kg.server.scanning import refuse_fetching
from kg.server.settings import Settings
from kg.server.worker import Answer, Job
from kg.server.writing import Editor
from kg.syntax import explain_syntax_error


@dataclass
class Service:
    """A running server's means.

    Attributes:
        settings: What it was told.
        names: The graph's namespaces.
        pool: The query processes.
        copies: The copies of the store.
        editor: The writer; None where the server is read-only.
    """

    settings: Settings
    names: Names
    pool: Pool
    copies: Copies
    editor: Editor | None = None
    _waiting: int = 0
    _limiter: anyio.CapacityLimiter = field(init=False)

    def __post_init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(self.settings.workers)

    async def ask(
        self,
        text: str,
        accept: str,
        *,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
    ) -> Answer:
        """Answer a query, when one of the processes is free.

        Raises:
            RefusalError: The query is wrong (400), takes too long (504) or too much (503), or too many wait (503).
        """
        settings = self.settings
        if len(text) > settings.most_text:
            raise RefusalError(413, f"the query is longer than {settings.most_text} characters")
        try:
            refuse_fetching(text, "SERVICE")
        except QueryError as error:
            raise RefusalError(403, str(error)) from error
        if self._waiting >= settings.workers + settings.waiting:
            raise RefusalError(503, "too many queries wait; come again", {"Retry-After": "5"})
        self._waiting += 1
        try:
            answer = await run_sync(self._run, text, accept, default_graphs, named_graphs, limiter=self._limiter)
        finally:
            self._waiting -= 1
        return self._check(text, answer)

    def _run(
        self, text: str, accept: str, default_graphs: tuple[str, ...] | None, named_graphs: tuple[str, ...] | None
    ) -> Answer:
        settings = self.settings
        try:
            with self.copies.use() as folder:
                limits = Limits(settings.most_rows, settings.most_bytes)
                prefixes, base = self.names.prefixes, self.names.base
                job = Job(str(folder), text, accept, prefixes, base, limits, default_graphs, named_graphs)
                return self.pool.run(job, settings.seconds)
        except QueryTimeoutError as error:
            raise RefusalError(504, str(error)) from error
        except (QueryError, StoreError) as error:
            raise RefusalError(503, str(error)) from error

    def _check(self, text: str, answer: Answer) -> Answer:
        if answer.kind == "syntax":
            raise RefusalError(400, explain_syntax_error(text, answer.body.decode(), self.names))
        if answer.kind == "unacceptable":
            raise RefusalError(406, answer.body.decode())
        if answer.kind == "failed":
            raise RefusalError(400, f"the query cannot be answered: {answer.body.decode()}")
        return answer

    def writer(self, authorization: str) -> Editor:
        """Return the writer for a client that holds the token.

        Raises:
            RefusalError: The server is read-only (403), or the token is not right (401).
        """
        if self.editor is None:
            raise RefusalError(403, "this server is read-only; start it with --writable and a token")
        if not self.editor.admits(authorization):
            raise RefusalError(401, "writing needs the token", {"WWW-Authenticate": 'Bearer realm="kg"'})
        return self.editor
