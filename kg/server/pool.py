"""Keep a few query processes, and the copies of the store that they ask.

A copy is taken when the store has changed since the last one; a query that runs on an older copy ends on it.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from kg.errors import QueryError
from kg.server.worker import Answer, Job, serve
from kg.snapshot import open_snapshot, state_of


class QueryTimeoutError(QueryError):
    """A query took too long and was stopped."""


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class Pool:
    """Some processes that answer queries; use it as a context manager.

    Args:
        workers: How many.
        memory: Bytes of address space of each, 0 for no limit.
    """

    def __init__(self, workers: int, memory: int) -> None:
        self._memory = memory
        self._context = multiprocessing.get_context("spawn")  # a forked process would inherit locks held by threads
        self._idle: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
        for _ in range(workers):
            self._idle.put(None)  # started when first needed
        self._workers = workers

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *details: object) -> None:
        del details
        for _ in range(self._workers):
            worker = self._idle.get()
            if worker is not None:
                worker.stop()

    def start(self) -> None:
        """Start all processes now, so that the first clients need not wait for them."""
        started = [self._idle.get() or self._start() for _ in range(self._workers)]
        for worker in started:
            self._idle.put(worker)

    def run(self, job: Job, seconds: float) -> Answer:
        """Run a query, waiting for an idle process.

        Raises:
            QueryTimeoutError: It took longer than `seconds`; its process is gone.
            QueryError: Its process died, of too little memory most likely.
        """
        worker = self._idle.get() or self._start()
        kept: _Worker | None = None
        try:
            worker.connection.send(job)
            if not worker.connection.poll(seconds):
                raise QueryTimeoutError(f"the query took longer than {seconds:g} seconds and was stopped")
            answer = worker.connection.recv()
            kept = worker
        except (EOFError, OSError) as error:
            raise QueryError("the query needed more memory than is allowed, and was stopped") from error
        else:
            assert isinstance(answer, Answer)  # noqa: S101  # what `serve` sends
            return answer
        finally:
            if kept is None:
                worker.stop()
            self._idle.put(kept)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self._memory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


@dataclass
class _Copy:
    folder: Path
    state: object
    resources: ExitStack
    users: int = 0
    is_current: bool = True


@dataclass
class Copies:
    """Copies of a store, the newest of which is handed out.

    Attributes:
        store: Folder of the store.
        patience: How many seconds may pass before a change of the store is looked for again.
    """

    store: Path
    patience: float = 2.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _current: _Copy | None = None
    _looked: float = 0.0

    @contextmanager
    def use(self) -> Iterator[Path]:
        """Give the folder of a copy that stays until the body is left.

        Raises:
            StoreError: There is no store, or it cannot be copied.
        """
        with self._lock:
            copy = self._newest()
            copy.users += 1
        try:
            yield copy.folder
        finally:
            with self._lock:
                copy.users -= 1
                if not copy.users and not copy.is_current:
                    copy.resources.close()

    def look_again(self) -> None:
        """Make the next query see what was written just now."""
        with self._lock:
            self._looked = 0.0

    def close(self) -> None:
        """Remove the copies that nobody uses any more."""
        with self._lock:
            self._retire()

    def _newest(self) -> _Copy:
        now = time.monotonic()
        if self._current is not None and now - self._looked < self.patience:
            return self._current
        self._looked = now
        state = state_of(self.store)
        if self._current is None or self._current.state != state:
            resources = ExitStack()
            folder = resources.enter_context(open_snapshot(self.store))
            self._retire()
            self._current = _Copy(folder, state, resources)
        return self._current

    def _retire(self) -> None:
        if self._current is not None:
            self._current.is_current = False
            if not self._current.users:
                self._current.resources.close()
            self._current = None
