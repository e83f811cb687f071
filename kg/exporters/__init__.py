"""Write a store to a file of any of many kinds: one module a family, chosen by the file's ending.

Every writer takes an open store and a binary file; the same store gives the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol, cast

from kg.errors import InputError, UsageError
from kg.store import Store


class Writer(Protocol):
    """Writes a whole store to a file."""

    def __call__(self, store: Store, output: IO[bytes], form: str, /) -> None:
        """Write a store in a form that the writer knows."""


FORMS: dict[str, tuple[str, str]] = {
    "ttl": ("rdf", "Turtle, grouped by subject, sorted"),
    "trig": ("rdf", "TriG, as Turtle"),
    "nt": ("rdf", "N-Triples, sorted lines"),
    "nq": ("rdf", "N-Quads, sorted lines"),
    "jsonld": ("rdf", "JSON-LD with a context"),
    "rdf": ("rdf", "RDF/XML"),
    "csv": ("tables", "event table, one row per event, source and target"),
    "parquet": ("tables", "the same as Parquet"),
    "gdelt": ("tables", "event table with GDELT's columns, as CSV"),
    "icews": ("tables", "event table with ICEWS's columns, as CSV"),
    "polecat": ("tables", "event table with POLECAT's columns, as CSV"),
    "graphml": ("networks", "network of actors, GraphML"),
    "gexf": ("networks", "network of actors for Gephi, with dates, colours and positions"),
    "json": ("networks", "network of actors, node-link JSON"),
    "geojson": ("geojson", "events with coordinates, as points"),
    "neo4j": ("neo4j", "CSV files for neo4j-admin database import, in a zip"),
}
"""Form, for most also the file's ending -> module and what it is."""


def export(store: Store, path: Path, form: str = "") -> None:
    """Write a store to a file, which stands whole under its name or not at all.

    Args:
        store: Open for reading.
        path: Its ending tells the form.
        form: A key of `FORMS`, to overrule the ending.

    Raises:
        UsageError: No form goes by that name or ending.
        InputError: The file cannot be written.
    """
    form = form or path.suffix.lstrip(".").lower()
    write = find_writer(form, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _new_file(path) as file:
            write(store, file, form)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of `path` when all is written, and is gone when that fails."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        draft = Path(file.name)
        try:
            yield cast("IO[bytes]", file)
            file.close()
            draft.chmod(0o666 & ~_umask())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def find_writer(form: str, what: str = "") -> Writer:
    """Return the writer of a form.

    Raises:
        UsageError: There is none; the message lists those that there are.
    """
    if form not in FORMS:
        known = ", ".join(sorted(FORMS))
        raise UsageError(f"{what or form}: no export form {form!r}; there are {known}")
    return cast("Writer", import_module(f"kg.exporters.{FORMS[form][0]}").write)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
