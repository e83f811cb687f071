"""Do the same work in several processes and get the results in the order of the input.

Processes are started anew (`spawn`), not forked: a progress line's thread or a library's threads would leave a forked
one stuck. So a script that uses them needs Python's usual `if __name__ == "__main__":`.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from kg.errors import WorkerError

AHEAD = 2
"""Tasks a process that are handed out before the first result is taken: one in work, one waiting."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def map_in_order(work: Callable[[Task], Result], tasks: Iterable[Task], processes: int) -> Iterator[Result]:
    """Yield the result of each task, in order; only a few tasks are taken ahead of the results.

    Args:
        work: A function of a module, or a partial of one; it, the tasks and the results are pickled.
        tasks: Taken one by one, as results are asked for.
        processes: How many.

    Raises:
        WorkerError: A process died.
    """
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(processes, context, initializer=_leave_interrupts) as pool:
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) >= AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            message = "a worker process died, perhaps for want of memory; run it again, with fewer --jobs"
            raise WorkerError(message) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the main process, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
