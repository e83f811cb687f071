"""Find what there is to read: files, folders (whole, sorted), addresses, and standard input for `-`.

A file `*.urls` is a list of addresses, one a line.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kg.model import Rejected
from kg.readers.drafts import Source
from kg.readers.web import WEB, is_address


def find_sources(paths: Iterable[str | Path], columns: Mapping[str, str]) -> Iterator[Source | Rejected]:
    """Yield every file behind the paths.

    Hidden files and folders are passed over; a folder that a link leads back to is walked once.

    Args:
        paths: Files, folders, addresses, or `-` for standard input.
        columns: Our field name to the column name of tables and records.

    Yields:
        Sources in the order of the paths, within a folder by name; a rejection for a path that is not there.
    """
    for path in paths:
        if str(path) == "-":
            yield Source("standard input", "stdin", "", _open_stdin, columns)
        elif is_address(str(path)):
            yield _to_address(str(path), columns)
        elif (root := Path(path)).is_dir():
            yield from _walk(root, columns)
        elif root.is_file():
            yield from _expand(root, root.name, columns)
        else:
            yield Rejected(str(path), "no such file or folder" if not root.exists() else "neither file nor folder")


def _walk(root: Path, columns: Mapping[str, str]) -> Iterator[Source | Rejected]:
    seen: set[Path] = set()
    for folder, names, files in os.walk(root, followlinks=True):
        real = Path(folder).resolve()
        if real in seen:
            names.clear()
            continue
        seen.add(real)
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(folder, name)
                if path.is_file():
                    yield from _expand(path, path.relative_to(root).as_posix(), columns)
                else:
                    yield Rejected(str(path), "a broken link" if path.is_symlink() else "no regular file")


def _expand(path: Path, relative: str, columns: Mapping[str, str]) -> Iterator[Source | Rejected]:
    """Yield a file, or the addresses that it lists."""
    if path.suffix.lower() != ".urls":
        yield _to_source(path, relative, columns)
        return
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if is_address(line.strip()):
            yield _to_address(line.strip(), columns)
        elif line.strip() and not line.startswith("#"):
            yield Rejected(f"{path}:{number}", f"{line.strip()[:80]!r} is no address")


def _to_address(url: str, columns: Mapping[str, str]) -> Source:
    return Source(url, url, WEB, io.BytesIO, columns)


def _to_source(path: Path, relative: str, columns: Mapping[str, str]) -> Source:
    return Source(
        name=str(path),
        stem=relative.removesuffix(path.suffix),
        suffix=path.suffix.lower(),
        open=lambda: path.open("rb"),
        columns=columns,
        size=path.stat().st_size,
    )


def _open_stdin() -> BinaryIO:
    return sys.stdin.buffer
