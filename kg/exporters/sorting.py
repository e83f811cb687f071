"""Sort lines that need not fit into memory: sorted pieces on disk, merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice

LINES_IN_MEMORY = 200_000


def sort_lines(lines: Iterable[str], in_memory: int = LINES_IN_MEMORY) -> Iterator[str]:
    r"""Yield distinct lines in the order of their code points.

    Args:
        lines: Each ends with a line break and holds no other.
        in_memory: How many are held at a time; what is beyond goes to temporary files.

    Example:
        >>> list(sort_lines(["b\n", "a\n", "b\n"]))
        ['a\n', 'b\n']
    """
    pending = iter(lines)
    first = sorted(islice(pending, in_memory))
    yield from _distinct(_merge(first, pending, in_memory))


def _merge(first: list[str], pending: Iterator[str], in_memory: int) -> Iterator[str]:
    with ExitStack() as files:
        pieces = []
        while piece := sorted(islice(pending, in_memory)):
            file = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
            file.writelines(piece)
            file.seek(0)
            pieces.append(file)
        yield from heapq.merge(first, *pieces)


def _distinct(lines: Iterable[str]) -> Iterator[str]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line
