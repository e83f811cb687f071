"""Read a store on disk while another process writes it: by a copy of hard links, taken in milliseconds.

RocksDB, on which the store rests, never changes a table file once it is written, so a link to it is as good as a
copy. What does grow, the log and the manifest, is copied. A copy is good if the manifest did not change meanwhile;
else another one is taken. A record of the log that was cut off by the copying is ignored when the copy is opened,
as after a crash.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError

TRIES = 20
_PAUSE_SECONDS = 0.05


def is_store(path: Path) -> bool:
    """Say whether a folder holds a store."""
    return (path / "CURRENT").is_file()


@contextmanager
def open_snapshot(path: Path) -> Iterator[Path]:
    """Give a folder with an unchanging copy of a store, removed afterwards.

    Raises:
        StoreError: There is no store, or it changed too fast to be copied.
    """
    _require_store(path)
    with tempfile.TemporaryDirectory(prefix=".snapshot-", dir=_writable_neighbour(path)) as folder:
        target = Path(folder) / "store"
        copy_store(path, target)
        yield target


def copy_store(path: Path, target: Path) -> None:
    """Copy a store, by links where it lies on the same disk; another process may go on writing it.

    Raises:
        StoreError: There is no store, the target exists, or the store changed too fast to be copied.
    """
    _require_store(path)
    if target.exists():
        raise StoreError(f"{target} is there already; name a new folder")
    for _ in range(TRIES):
        if _copy(path, target):
            return
        shutil.rmtree(target, ignore_errors=True)
        time.sleep(_PAUSE_SECONDS)
    raise StoreError(f"{path} is being written too fast to be copied; try again later")


def _require_store(path: Path) -> None:
    if not is_store(path):
        raise StoreError(f"no store in {path}; `kg build` makes one, or name another with --store")


def _writable_neighbour(path: Path) -> Path | None:
    """Return the store's parent, on whose disk links can be made; None for the system's temporary folder."""
    return path.parent if os.access(path.parent, os.W_OK) else None


def _copy(source: Path, target: Path) -> bool:
    target.mkdir(parents=True)
    before = state_of(source)
    try:
        for name, _, _ in before:
            _link_or_copy(source / name, target / name)
    except FileNotFoundError:
        return False
    return _manifests(state_of(source)) == _manifests(before)


def state_of(folder: Path) -> list[tuple[str, int, int]]:
    """Return names, sizes and times of a store's files: what changes whenever the store does."""
    state: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                if entry.is_file() and entry.name != "LOCK":
                    stat = entry.stat()
                    state.append((entry.name, stat.st_size, stat.st_mtime_ns))
    return sorted(state)


def _manifests(state: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return [row for row in state if row[0].startswith(("MANIFEST", "CURRENT"))]


def _link_or_copy(source: Path, target: Path) -> None:
    if source.suffix == ".sst":
        with suppress(OSError):
            target.hardlink_to(source)
            return
    shutil.copyfile(source, target)
