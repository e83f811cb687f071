"""Build the IRIs of the graph from ids, under one base that a user may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ontology.files import load_prefixes

DEFAULT_BASE = load_prefixes()["kg"].removesuffix("ns#")


@dataclass(frozen=True)
class Names:
    """The namespaces of one graph.

    Attributes:
        base: What all own IRIs begin with; ends with `/`.
        prefixes: Prefix -> namespace, own ones under `base`.
    """

    base: str
    prefixes: Mapping[str, str]

    def node(self, prefix: str, local: str) -> ox.NamedNode:
        """Return the IRI of an id in a namespace; characters that an IRI may not hold are percent-encoded.

        Example:
            >>> make_names().node("actor", "RUS").value
            'https://example.org/kg/actor/RUS'
        """
        return ox.NamedNode(self.prefixes[prefix] + quote(local, safe=_SAFE))

    def term(self, curie: str) -> ox.NamedNode:
        """Return the IRI of a class, property or fixed individual.

        Example:
            >>> make_names().term("sem:Event").value
            'http://semanticweb.cs.vu.nl/2009/11/sem/Event'
        """
        return _term(self.base, curie)

    def local(self, node: ox.NamedNode, prefix: str) -> str:
        """Return the id behind an IRI of a namespace, "" for an IRI of another.

        Example:
            >>> make_names().local(ox.NamedNode("https://example.org/kg/actor/RUS"), "actor")
            'RUS'
        """
        namespace = self.prefixes[prefix]
        return node.value[len(namespace) :] if node.value.startswith(namespace) else ""

    def moved(self, term: ox.NamedNode) -> ox.NamedNode:
        """Return an IRI of the shipped ontologies under this base."""
        if self.base == DEFAULT_BASE or not term.value.startswith(DEFAULT_BASE):
            return term
        return ox.NamedNode(self.base + term.value[len(DEFAULT_BASE) :])


_SAFE = "-_.~"


@cache
def make_names(base: str = "") -> Names:
    """Return the names under a base IRI, by default that of `ontologies/prefixes.jsonld`.

    Raises:
        UsageError: The base is no http(s) IRI that ends with `/`.
    """
    base = base or DEFAULT_BASE
    if not base.startswith(("http://", "https://")) or not base.endswith("/") or any(c in base for c in ' <>"{}|\\^`'):
        raise UsageError(f"base {base!r} is no http or https IRI that ends with /")
    return Names(
        base,
        {
            prefix: base + iri[len(DEFAULT_BASE) :] if iri.startswith(DEFAULT_BASE) else iri
            for prefix, iri in load_prefixes().items()
        },
    )


@cache
def _term(base: str, curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(make_names(base).prefixes[prefix] + local)
