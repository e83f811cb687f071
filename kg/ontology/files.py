"""Find the files of `ontologies/` and read their triples.

The folder is mapped into the wheel as `kg/_ontologies` and stands beside the package in a checkout. Turtle is read
with pyoxigraph, which takes tens of milliseconds where rdflib takes seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def ontology_path(name: str) -> Path:
    """Return the path of a file of `ontologies/`.

    Raises:
        DataError: There is no such file, in the wheel or beside the package.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_ontologies", package.parent / "ontologies"):
        if (folder / name).is_file():
            return folder / name
    raise DataError(f"ontologies/{name} is missing beside {package}; reinstall the package")


@cache
def load_prefixes() -> dict[str, str]:
    """Return prefix -> namespace IRI, from `ontologies/prefixes.jsonld`."""
    context = json.loads(ontology_path("prefixes.jsonld").read_text(encoding="utf-8"))["@context"]
    return {name: iri for name, iri in context.items() if not name.startswith("@")}


def read_triples(path: Path) -> Iterator[ox.Quad]:
    """Yield the triples of a Turtle file.

    Raises:
        DataError: The file is not Turtle; the message names file, line and column.
    """
    try:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    except (SyntaxError, OSError) as error:
        raise DataError(f"{path}: {error}") from error


def local_name(iri: str) -> str:
    """Return what follows the last `/` or `#` of an IRI.

    Example:
        >>> local_name("https://example.org/kg/action/close-mission")
        'close-mission'
    """
    return iri.replace("#", "/").rsplit("/", 1)[-1]
