"""Describe the actors that a graph uses: names, kind, code, what they are part of, and offices held."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.dates import date_literal
from kg.graph.names import Names
from kg.ontology.actors import Actor, ActorKind, Actors, Term

_CLASSES = {ActorKind.OFFICE: "org:Post", ActorKind.PERSON: "foaf:Person"}


def actor_quads(actor_id: str, actors: Actors, names: Names) -> Iterator[ox.Quad]:
    """Yield the description of an actor, of all that it is part of, and of the offices that a person held.

    Independent of any date, so that articles of different years agree on it.

    Args:
        actor_id: One that the registry does not know is described by its id alone.
        actors: The registry.
        names: The graph's namespaces.
    """
    seen: set[str] = set()
    waiting = [actor_id]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name not in actors:
            yield from _unknown_quads(name, names)
            continue
        actor = actors.actor(name)
        yield from _known_quads(actor, names)
        waiting.extend(part for part in (actor.part_of,) if part)
        for term in actors.terms_of(name):
            yield from _term_quads(term, names)
            waiting.append(term.office)


def _unknown_quads(name: str, names: Names) -> Iterator[ox.Quad]:
    node = names.node("actor", name)
    yield ox.Quad(node, names.term("rdf:type"), names.term("kg:Actor"))
    yield ox.Quad(node, names.term("skos:prefLabel"), ox.Literal(name.replace("_", " ")))


def _known_quads(actor: Actor, names: Names) -> Iterator[ox.Quad]:
    node, term = names.node("actor", actor.id), names.term
    yield ox.Quad(node, term("rdf:type"), term(_CLASSES.get(actor.kind, f"kg:{actor.kind}")))
    for language in sorted(actor.labels):
        label = actor.labels[language][0]
        literal = ox.Literal(label, language=language) if language else ox.Literal(label)
        yield ox.Quad(node, term("skos:prefLabel"), literal)
    for predicate, text in (("skos:notation", actor.notation), ("kg:iso3166a3", actor.iso)):
        if text:
            yield ox.Quad(node, term(predicate), ox.Literal(text))
    for iri in actor.matches:
        yield ox.Quad(node, term("skos:exactMatch"), ox.NamedNode(iri))
    if actor.part_of:
        predicate = "org:postIn" if actor.kind is ActorKind.OFFICE else "dct:isPartOf"
        yield ox.Quad(node, term(predicate), names.node("actor", actor.part_of))
    for predicate, date in (("kg:validFrom", actor.valid_from), ("kg:validUntil", actor.valid_until)):
        if date:
            yield ox.Quad(node, term(predicate), date_literal(date))


def _term_quads(row: Term, names: Names) -> Iterator[ox.Quad]:
    node, term = names.node("actor", row.id), names.term
    person, office = names.node("actor", row.person), names.node("actor", row.office)
    yield ox.Quad(person, term("org:holds"), office)
    yield ox.Quad(node, term("rdf:type"), term("org:Membership"))
    yield ox.Quad(node, term("org:member"), person)
    yield ox.Quad(node, term("kg:office"), office)
    for predicate, date in (("kg:from", row.start), ("kg:until", row.end)):
        if date:
            yield ox.Quad(node, term(predicate), date_literal(date))
