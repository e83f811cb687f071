"""Measure how much of the input has been read, so that a run can tell how long it will take."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from kg.readers.drafts import Source
from kg.readers.sources import find_sources


class Meter:
    """Counts the bytes read of some files.

    Args:
        total: How many there are; 0 where that cannot be known, as of addresses and of standard input.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.read = 0

    @property
    def share(self) -> float:
        """Return how much has been read, from 0 to 1; 0 where it cannot be known."""
        return min(self.read / self.total, 1.0) if self.total else 0.0

    def left(self, seconds: float) -> float | None:
        """Return how many seconds the rest will take at the pace so far; None where it cannot be known."""
        return seconds * (1 - self.share) / self.share if self.share else None

    def watch(self, source: Source) -> Source:
        """Return the source, its bytes counted when they are read."""
        return replace(source, open=self._counting(source.open)) if source.size else source

    def _counting(self, open_: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
        return lambda: cast(BinaryIO, io.BufferedReader(_Counted(open_(), self)))


def measure(paths: Iterable[str | Path]) -> Meter:
    """Return a meter for all files behind the paths, none where any is no file."""
    sizes = [source.size for source in find_sources(paths, {}) if isinstance(source, Source)]
    return Meter(sum(sizes) if all(sizes) else 0)


class _Counted(io.RawIOBase):
    """A stream that tells a meter what is read; what is read twice counts twice."""

    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer, in the stub's terms
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        self._meter.read += len(content)
        return len(content)

    def close(self) -> None:
        self._stream.close()
        super().close()
