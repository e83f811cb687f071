"""Work out what changes in a graph when an article is added, corrected or taken out.

A graph is the union of its articles' quads and of what follows from several of them: an event's support and places,
the direct triples of Stated events, an event that no claim is about any more, an actor that nothing uses. This
module compares what an article said before with what it says now, and gives the quads to delete and to insert. The
outcome depends on the set of articles alone, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import cast

import pyoxigraph as ox

from kg.graph.names import Names
from kg.model import Status, Support
from kg.support import derive_support

Find = Callable[[ox.NamedNode | None, ox.NamedNode | None, ox.NamedNode | None], Iterable[ox.Quad]]
"""Yield the quads of the graph that have the given subject, predicate and object; None stands for any."""

_USES = ("kg:source", "kg:target", "kg:sourceActor", "kg:targetActor", "kg:attributedTo", "kg:speakerPrincipal")
_USES_AMONG_ACTORS = ("kg:country", "dct:isPartOf", "org:postIn", "org:holds")


@dataclass(frozen=True)
class Change:
    """What to delete from a graph and what to insert, disjoint."""

    delete: frozenset[ox.Quad] = frozenset()
    insert: frozenset[ox.Quad] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything changes."""
        return bool(self.delete or self.insert)


@dataclass
class _Draft:
    """A change in the making: the graph as it is, seen through what is to be deleted and inserted."""

    find: Find
    names: Names
    delete: set[ox.Quad] = field(default_factory=set)
    insert: dict[ox.NamedNode, set[ox.Quad]] = field(default_factory=dict)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self.insert.setdefault(cast("ox.NamedNode", quad.subject), set()).add(quad)

    def drop(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self.delete.add(quad)
            self.insert.get(cast("ox.NamedNode", quad.subject), set()).discard(quad)

    def of(self, subject: ox.NamedNode, curie: str) -> list[ox.Quad]:
        """Return the quads that will hold of a subject and a property."""
        predicate = self.names.term(curie)
        kept = [quad for quad in self.find(subject, predicate, None) if quad not in self.delete]
        new = [quad for quad in self.insert.get(subject, ()) if quad.predicate == predicate and quad not in kept]
        return kept + new

    def nodes(self, subject: ox.NamedNode, curie: str) -> list[ox.NamedNode]:
        return [quad.object for quad in self.of(subject, curie) if isinstance(quad.object, ox.NamedNode)]

    def subjects(self, curie: str, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
        """Yield the subjects that will stand in a property to a node."""
        predicate = self.names.term(curie)
        for quad in self.find(None, predicate, node):
            if quad not in self.delete:
                yield cast("ox.NamedNode", quad.subject)
        for subject, quads in self.insert.items():
            if any(quad.predicate == predicate and quad.object == node for quad in quads):
                yield subject

    def set_objects(self, subject: ox.NamedNode, curie: str, objects: Iterable[ox.NamedNode | ox.Literal]) -> None:
        predicate = self.names.term(curie)
        wanted = {ox.Quad(subject, predicate, node) for node in objects}
        self.drop([quad for quad in self.of(subject, curie) if quad not in wanted])
        self.delete -= wanted
        self.add(wanted)

    def finish(self) -> Change:
        new: set[ox.Quad] = set()
        for subject, quads in self.insert.items():
            # most subjects are new with their article: one look at the graph tells that of all their quads
            if any(True for _ in self.find(subject, None, None)):
                new |= {quad for quad in quads if not _holds(self.find, quad)}
            else:
                new |= quads
        kept = {quad for quads in self.insert.values() for quad in quads}
        gone = {quad for quad in self.delete - kept if _holds(self.find, quad)}
        return Change(frozenset(gone), frozenset(new))


def change_article(find: Find, article: ox.NamedNode, new: Iterable[ox.Quad], names: Names) -> Change:
    """Return how a graph changes when an article says `new` and nothing else.

    Args:
        find: Looks into the graph as it is.
        article: IRI of the article.
        new: All quads of the article, its events, claims, selectors, actors and places; none to take it out.
        names: The graph's namespaces.
    """
    draft = _Draft(find, names)
    draft.add(new)
    touched = set(_about(draft.insert, names))
    new_claims = [subject for subject in draft.insert if _is_claim(subject, names)]
    old = _own_quads(find, article, names)
    copies = names.term("kg:sameText")  # worked out for all articles together; gone only with the article
    old = {q for q in old if q.predicate != copies} if draft.insert else old | set(find(None, copies, article))
    touched |= {cast("ox.NamedNode", quad.object) for quad in old if quad.predicate == names.term("kg:about")}
    kept = {quad for quads in draft.insert.values() for quad in quads}
    draft.delete |= old - kept
    return _settle(draft, touched, new_claims)


def change_events(find: Find, events: Iterable[ox.NamedNode], names: Names) -> Change:
    """Return how a graph changes when what follows from several articles is worked out anew for some events.

    Graphs that were built apart and then put together need it where both tell of an event.
    """
    return _settle(_Draft(find, names), set(events), [])


def _settle(draft: _Draft, events: set[ox.NamedNode], new_claims: list[ox.NamedNode]) -> Change:
    claims = {event: set(_claims_about(draft, event, new_claims)) for event in events}
    stated = {event for event in events if claims[event] and _settle_event(draft, event, claims[event])}
    _settle_direct_triples(draft, events, stated)
    for event in sorted((event for event in events if not claims[event]), key=str):
        draft.drop(draft.find(event, None, None))
        draft.drop(draft.find(None, None, event))
    _settle_places(draft)
    _drop_unused_runs(draft)
    _drop_unused_actors(draft)
    return draft.finish()


def _own_quads(find: Find, article: ox.NamedNode, names: Names) -> set[ox.Quad]:
    """Return what an article alone is the reason for: its description, its claims and their selectors."""
    own = set(find(article, None, None))
    selectors = (names.term("oa:hasSelector"), names.term("kg:trigger"))
    for claim in {quad.subject for quad in find(None, names.term("oa:hasSource"), article)}:
        quads = set(find(cast("ox.NamedNode", claim), None, None))
        own |= quads
        for node in {quad.object for quad in quads if quad.predicate in selectors}:
            own |= set(find(cast("ox.NamedNode", node), None, None))
    return own


def _about(new: Mapping[ox.NamedNode, set[ox.Quad]], names: Names) -> Iterator[ox.NamedNode]:
    about = names.term("kg:about")
    for quads in new.values():
        for quad in quads:
            if quad.predicate == about:
                yield cast("ox.NamedNode", quad.object)


def _is_claim(subject: ox.NamedNode, names: Names) -> bool:
    return bool(names.local(subject, "cl"))


def _claims_about(draft: _Draft, event: ox.NamedNode, new_claims: list[ox.NamedNode]) -> Iterator[ox.NamedNode]:
    about = draft.names.term("kg:about")
    for quad in draft.find(None, about, event):
        if quad not in draft.delete:
            yield cast("ox.NamedNode", quad.subject)
    for claim in new_claims:
        if ox.Quad(claim, about, event) in draft.insert[claim]:
            yield claim


def _settle_event(draft: _Draft, event: ox.NamedNode, claims: set[ox.NamedNode]) -> bool:
    """Bring an event's support and places up to date; say whether it is Stated."""
    names = draft.names
    sources = {names.local(node, "actor") for node in draft.nodes(event, "kg:source")}
    views = [(_status(draft, claim), _speakers(draft, claim)) for claim in sorted(claims, key=str)]
    support = derive_support(views, sources)
    draft.set_objects(event, "kg:support", [names.term(f"kg:{support}")])
    draft.set_objects(event, "sem:hasPlace", {place for claim in claims for place in draft.nodes(claim, "kg:place")})
    return support is Support.STATED


def _status(draft: _Draft, claim: ox.NamedNode) -> Status:
    return Status(draft.names.local(draft.nodes(claim, "kg:status")[0], "kg"))


def _speakers(draft: _Draft, claim: ox.NamedNode) -> set[str]:
    return {draft.names.local(node, "actor") for node in draft.nodes(claim, "kg:speakerPrincipal")}


def _settle_direct_triples(draft: _Draft, events: set[ox.NamedNode], stated: set[ox.NamedNode]) -> None:
    wanted = {quad for event in stated for quad in _direct_triples(draft, event)}
    unwanted = {quad for event in events - stated for quad in _direct_triples(draft, event)} - wanted
    draft.add(wanted)
    draft.drop(quad for quad in unwanted if not _is_stated_elsewhere(draft, quad, events))


def _direct_triples(draft: _Draft, event: ox.NamedNode) -> Iterator[ox.Quad]:
    sides = draft.nodes(event, "kg:source"), draft.nodes(event, "kg:action"), draft.nodes(event, "kg:target")
    for source, action, target in product(*sides):
        yield ox.Quad(source, action, target)


def _is_stated_elsewhere(draft: _Draft, triple: ox.Quad, events: set[ox.NamedNode]) -> bool:
    names = draft.names
    stated = names.term("kg:Stated")
    for event in draft.subjects("kg:action", triple.predicate):
        if (
            event not in events
            and triple.subject in draft.nodes(event, "kg:source")
            and triple.object in draft.nodes(event, "kg:target")
            and stated in draft.nodes(event, "kg:support")
        ):
            return True
    return False


def _settle_places(draft: _Draft) -> None:
    """Give each place that lost a claim the names that the others use, and drop it where there are none."""
    place = draft.names.term("kg:place")
    for node in {cast("ox.NamedNode", quad.object) for quad in draft.delete if quad.predicate == place}:
        claims = set(draft.subjects("kg:place", node))
        labels = {quad.object for claim in claims for quad in draft.of(claim, "kg:placeName")}
        if labels:
            draft.set_objects(node, "rdfs:label", cast("set[ox.Literal]", labels))
        else:
            draft.drop(draft.find(node, None, None))


def _drop_unused_runs(draft: _Draft) -> None:
    """Drop the description of each run that made no claim that is left."""
    made = draft.names.term("prov:wasGeneratedBy")
    for run in {cast("ox.NamedNode", quad.object) for quad in draft.delete if quad.predicate == made}:
        if not any(True for _ in draft.subjects("prov:wasGeneratedBy", run)):
            draft.drop(draft.find(run, None, None))


def _drop_unused_actors(draft: _Draft) -> None:
    waiting = {quad.object for quad in draft.delete if _is_actor(quad.object, draft.names)}
    while waiting:
        actor = cast("ox.NamedNode", waiting.pop())
        if _is_used(draft, actor):
            continue
        described = [quad for quad in draft.find(actor, None, None) if not _is_direct(quad, draft.names)]
        for term in [_subject(quad) for quad in draft.find(None, draft.names.term("org:member"), actor)]:
            described += draft.find(term, None, None)
        fresh = [quad for quad in described if quad not in draft.delete]
        draft.drop(fresh)
        waiting |= {quad.object for quad in fresh if quad.object != actor and _is_actor(quad.object, draft.names)}


def _is_used(draft: _Draft, actor: ox.NamedNode) -> bool:
    return any(True for curie in (*_USES, *_USES_AMONG_ACTORS) for _ in draft.subjects(curie, actor))


def _is_actor(node: object, names: Names) -> bool:
    return isinstance(node, ox.NamedNode) and bool(names.local(node, "actor"))


def _is_direct(quad: ox.Quad, names: Names) -> bool:
    return bool(names.local(quad.predicate, "act"))


def _subject(quad: ox.Quad) -> ox.NamedNode:
    return cast("ox.NamedNode", quad.subject)


def _holds(find: Find, quad: ox.Quad) -> bool:
    return any(found == quad for found in find(_subject(quad), quad.predicate, cast("ox.NamedNode", quad.object)))
