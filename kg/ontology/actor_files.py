"""Read actors from Turtle into values; the vocabulary is described at the head of `ontologies/actors.ttl`.

actor:RUS  a kg:State ; skos:prefLabel "Russia"@en, "Rusland"@da ; skos:notation "RUS" ; kg:iso3166a3 "RUS" .
actor:RUS_president  a org:Post ; org:postIn actor:RUS ; kg:role "head-of-state", "president" .
actor:term_RUS_president_2012-05-07  a org:Membership ; org:member actor:Vladimir_Putin ;
org:organization actor:RUS ; kg:office actor:RUS_president ; kg:from "2012-05-07"^^xsd:date .
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.ontology.actor_values import Actor, ActorKind, Membership, Term
from kg.ontology.files import RDF_TYPE, local_name, read_triples
from kg.ontology.intervals import is_partial_date

UNVERIFIED = "unverified"
MEMBERSHIP = "Membership"
MATCH = "exactMatch"
KINDS = {str(kind): kind for kind in ActorKind}

Node = dict[str, list[tuple[str, str]]]
"""Predicate's local name -> (value, language); an IRI's value is its local name, of a match elsewhere the whole."""

Tables = tuple[Mapping[str, Actor], tuple[Term, ...], tuple[Membership, ...]]


def read_actor_files(paths: Iterable[Path]) -> Tables:
    """Read Turtle files, the later adding to and overruling the earlier.

    Returns:
        Actors by id, terms and memberships, all sorted.

    Raises:
        DataError: A file is not Turtle, or says something impossible; the message names file and actor.
    """
    nodes: dict[str, Node] = {}
    origin: dict[str, Path] = {}
    for path in paths:
        for subject, node in _read_nodes(path).items():
            origin[subject] = path
            _merge(nodes.setdefault(subject, {}), node)
    actors: dict[str, Actor] = {}
    terms: list[Term] = []
    memberships: list[Membership] = []
    for subject in sorted(nodes):
        where = f"{origin[subject]}: {subject}"
        kinds = [value for value, _ in nodes[subject].get("type", ())]
        if MEMBERSHIP in kinds:
            _add_membership(where, subject, nodes[subject], terms, memberships)
        elif kind := next((KINDS[name] for name in kinds if name in KINDS), None):
            actors[subject] = _make_actor(where, subject, kind, nodes[subject])
        else:
            raise DataError(f"{where}: no known class; a subject is a {', a '.join(KINDS)} or a {MEMBERSHIP}")
    terms.sort(key=lambda term: (term.office, term.start, term.person))
    memberships.sort(key=lambda row: (row.organization, row.member, row.start))
    return _with_derived(actors, memberships), tuple(terms), tuple(memberships)


def _read_nodes(path: Path) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    names = _LocalNames({RDF_TYPE: "type"})
    for subject, predicate, object_, _ in read_triples(path):
        if not isinstance(subject, ox.NamedNode):
            raise DataError(f"{path}: a blank node as subject; give every actor and term an IRI")
        node = nodes.setdefault(names[subject.value], {})
        if isinstance(object_, ox.Literal):
            value = (object_.value, object_.language or "")
        elif isinstance(object_, ox.NamedNode):
            value = (object_.value if names[predicate.value] == MATCH else names[object_.value], "")
        else:
            raise DataError(f"{path}: a blank node as value of {subject.value}; actors have only IRIs and literals")
        node.setdefault(names[predicate.value], []).append(value)
    return nodes


class _LocalNames(dict[str, str]):
    """IRI -> local name, each worked out once: the file names the same few IRIs a hundred thousand times."""

    def __missing__(self, iri: str) -> str:
        """Return the local name and keep it."""
        self[iri] = local_name(iri)
        return self[iri]


_MANY = frozenset({"type", "prefLabel", "altLabel", "family_name", "memberOf", "role", MATCH})
"""Predicates of which an actor has several values; of the others a later file's value replaces the earlier."""


def _merge(known: Node, new: Node) -> None:
    for predicate, values in new.items():
        if predicate in _MANY and predicate in known:
            known[predicate] += [value for value in values if value not in known[predicate]]
        else:
            known[predicate] = values


def _one(node: Node, predicate: str) -> str:
    return node[predicate][0][0] if predicate in node else ""


def _all(node: Node, predicate: str) -> tuple[str, ...]:
    return tuple(value for value, _ in node.get(predicate, ()))


def _date(where: str, node: Node, predicate: str) -> str:
    date = _one(node, predicate)
    if date and not is_partial_date(date):
        raise DataError(f"{where}: kg:{predicate} {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return date


def _make_actor(where: str, subject: str, kind: ActorKind, node: Node) -> Actor:
    labels: dict[str, list[str]] = {}
    for predicate in ("prefLabel", "altLabel"):
        for value, language in node.get(predicate, ()):
            names = labels.setdefault(language, [])
            if value not in names:
                names.append(value)
    return Actor(
        id=subject,
        kind=kind,
        labels={language: tuple(names) for language, names in labels.items()},
        notation=_one(node, "notation"),
        iso=_one(node, "iso3166a3"),
        family_names=_all(node, "family_name"),
        part_of=_one(node, "postIn") or _one(node, "isPartOf"),
        roles=_all(node, "role"),
        valid_from=_date(where, node, "validFrom"),
        valid_until=_date(where, node, "validUntil"),
        member_of=_all(node, "memberOf"),
        many_holders=_one(node, "manyHolders") == "true",
        matches=_all(node, MATCH),
        has_common_code=_one(node, "hasCommonCode") == "true",
        replaces=_one(node, "replaces"),
    )


def _add_membership(where: str, subject: str, node: Node, terms: list[Term], memberships: list[Membership]) -> None:
    member, office, organization = _one(node, "member"), _one(node, "office"), _one(node, "organization")
    start, end = _date(where, node, "from"), _date(where, node, "until")
    if not member or not (office or organization):
        raise DataError(f"{where}: a term needs org:member and kg:office, a membership org:member and org:organization")
    if not office:
        memberships.append(Membership(member, organization, start, end))
        return
    source = _one(node, "source")
    verified = source not in ("", UNVERIFIED)
    terms.append(Term(subject, member, office, start, end, verified, source if verified else ""))


def _with_derived(actors: dict[str, Actor], memberships: list[Membership]) -> dict[str, Actor]:
    """Fill in what follows from other rows: the code of the whole, and dated memberships."""
    member_of: dict[str, list[str]] = {}
    for row in memberships:
        member_of.setdefault(row.member, []).append(row.organization)
    derived = {}
    for name, actor in actors.items():
        code = _inherited_code(actors, name)
        joined = tuple(dict.fromkeys((*actor.member_of, *member_of.get(name, ()))))
        has_more = code != actor.code or joined != actor.member_of
        derived[name] = replace(actor, code=code, member_of=joined) if has_more else actor
    return derived


def _inherited_code(actors: Mapping[str, Actor], name: str) -> str:
    chain = list(_wholes(actors, name))
    return next((actor.notation for actor in chain if actor.notation), "")


def _wholes(actors: Mapping[str, Actor], name: str) -> Iterator[Actor]:
    seen: set[str] = set()
    while name in actors and name not in seen:
        seen.add(name)
        yield actors[name]
        name = actors[name].part_of
