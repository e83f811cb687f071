"""Read files of RDF, whatever their kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError


def find_form(path: Path) -> ox.RdfFormat:
    """Return the form of RDF that a file's ending tells.

    Raises:
        StoreError: It tells none.
    """
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        raise StoreError(f"{path}: no RDF by its name; .ttl, .nt, .nq, .trig, .jsonld and .rdf are")
    return form


def read_file(path: Path) -> Iterator[ox.Quad]:
    """Yield the triples of a file; graph names are dropped.

    Raises:
        StoreError: The file is missing, of another kind or broken.
    """
    form = find_form(path)
    try:
        for quad in ox.parse(path=str(path), format=form):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    except (SyntaxError, OSError, ValueError) as error:
        raise StoreError(f"{path}: {error}") from error
