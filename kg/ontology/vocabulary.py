"""Describe the vocabulary for people: the terms of `kg.ttl` and the actions of `actions.ttl`, in the files' order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from kg.ontology.files import RDF_TYPE, load_prefixes, local_name, ontology_path, read_triples

_KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "data property",
    "owl:Ontology": "ontology",
    "skos:Concept": "action",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property, a fixed value or an action.

    Attributes:
        name: As queries write it: `kg:Actor`, `act:meet`.
        kind: `class`, `object property`, `data property`, `ontology`, `action` or `value`.
        types: What it is, as queries write it; of a value, its class.
        labels: By language.
        meaning: In English.
        examples: By language.
        relations: Property -> what it leads to, as queries write both.
    """

    name: str
    kind: str
    types: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    meaning: str = ""
    examples: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the name without its prefix."""
        return self.name.partition(":")[2]


@cache
def load_vocabulary() -> tuple[Term, ...]:
    """Return the ontology itself and all terms of `kg.ttl`."""
    return tuple(_read_terms("kg.ttl"))


@cache
def load_action_terms() -> tuple[Term, ...]:
    """Return all actions, from the two poles down."""
    return tuple(term for term in _read_terms("actions.ttl") if term.name.startswith("act:") and term.id)


def shorten(iri: str) -> str:
    """Return an IRI as queries write it, with its prefix; whole where it lies under none.

    Example:
        >>> shorten("https://example.org/kg/ns#Actor")
        'kg:Actor'
    """
    for prefix, namespace in load_prefixes().items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _read_terms(name: str) -> Iterator[Term]:
    facts: dict[str, list[ox.Quad]] = {}
    for quad in read_triples(ontology_path(name)):
        if isinstance(quad.subject, ox.NamedNode):
            facts.setdefault(quad.subject.value, []).append(quad)
    return (_make_term(iri, quads) for iri, quads in facts.items())


def _make_term(iri: str, quads: list[ox.Quad]) -> Term:
    types = tuple(shorten(node) for node in _nodes(quads, RDF_TYPE))
    relations: dict[str, tuple[str, ...]] = {}
    for predicate in dict.fromkeys(quad.predicate.value for quad in quads):
        found = tuple(shorten(node) for node in _nodes(quads, predicate))
        if predicate != RDF_TYPE and found:
            relations[shorten(predicate)] = found
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and not quad.object.language:
            relations[shorten(quad.predicate.value)] = (quad.object.value,)
    meanings = _texts(quads, ("comment", "definition", "description"))
    return Term(
        name=shorten(iri),
        kind=next((_KINDS[each] for each in types if each in _KINDS), "value"),
        types=types,
        labels=_texts(quads, ("label", "prefLabel", "title")),
        meaning=meanings.get("en", ""),
        examples=_texts(quads, ("example",)),
        relations=relations,
    )


def _nodes(quads: Iterable[ox.Quad], predicate: str) -> Iterator[str]:
    for quad in quads:
        if quad.predicate.value == predicate and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def _texts(quads: Iterable[ox.Quad], predicates: tuple[str, ...]) -> dict[str, str]:
    literals = ((quad.predicate.value, quad.object) for quad in quads if isinstance(quad.object, ox.Literal))
    return {
        literal.language: literal.value
        for predicate, literal in literals
        if literal.language and local_name(predicate) in predicates
    }
