"""The actors of `ontologies/actors.ttl`: who there is, what they are called, and who held which office when.

An *actor* is anything that can act or speak: a state, an organisation, a body of one, an office, a person. A
*principal* is the state, organisation or movement that it acts for: it has a code of its own (`skos:notation`), and
whoever has none acts for what it is part of. So the Security Council (no code) acts for the UN, the IAEA (a code)
for itself, though both are parts of the UN.

Labels are full names. Demonyms, capitals, metonyms and titles belong to the languages (`kg/languages/*/actors.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg.errors import DataError
from kg.ontology.actor_files import read_actor_files
from kg.ontology.actor_values import STATE_KINDS, Actor, ActorKind, Membership, Term
from kg.ontology.files import ontology_path
from kg.ontology.intervals import distance_in_years, earliest_day, latest_day, may_hold, must_hold

OTHER_CODE = "OTH"

__all__ = [
    "OTHER_CODE",
    "STATE_KINDS",
    "Actor",
    "ActorKind",
    "Actors",
    "Membership",
    "Term",
    "load_actors",
]


@dataclass(frozen=True)
class Actors:
    """All actors, terms and memberships, with the look-ups that resolution needs.

    Attributes:
        actors: By id, sorted.
        terms: Sorted by office, start and person.
        memberships: Sorted by organisation and member.
    """

    actors: Mapping[str, Actor]
    terms: tuple[Term, ...] = ()
    memberships: tuple[Membership, ...] = ()

    def __contains__(self, actor_id: object) -> bool:
        """Say whether there is an actor of that id."""
        return actor_id in self.actors

    def __iter__(self) -> Iterator[Actor]:
        """Yield all actors, sorted by id."""
        return iter(self.actors.values())

    def __len__(self) -> int:
        """Return the number of actors."""
        return len(self.actors)

    def actor(self, actor_id: str) -> Actor:
        """Return an actor.

        Raises:
            DataError: There is none of that id.
        """
        try:
            return self.actors[actor_id]
        except KeyError:
            raise DataError(f"no actor {actor_id!r} in ontologies/actors.ttl or the given files") from None

    def forms(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield (name, actor id) for every full name that texts of a language use.

        A person's names are yielded in all languages: Danish papers write "Zelensky" too.
        """
        for actor in self:
            codes = sorted(actor.labels) if actor.kind is ActorKind.PERSON else ("", language)
            for name in dict.fromkeys(name for code in codes for name in actor.labels.get(code, ())):
                yield name, actor.id

    def terms_of(self, person: str) -> tuple[Term, ...]:
        """Return a person's terms, earliest first; () for one who held no office."""
        return self._terms_by_person.get(person, ())

    def holders(self, office: str, date: str) -> tuple[Term, ...]:
        """Return who held, or may have held, an office at a date; of those, who surely did comes first.

        Args:
            office: Id of an office.
            date: ISO date, possibly partial; "" for the latest holder.

        Example:
            >>> [term.person for term in load_actors().holders("NATO_secretary_general", "2021-10-18")]
            ['Jens_Stoltenberg']
        """
        terms = self._terms_by_office.get(office, ())
        if not date:
            return terms[-1:]
        held = [term for term in terms if may_hold(term.start, term.end, date)]
        return tuple(sorted(held, key=lambda term: not must_hold(term.start, term.end, date)))

    def office_of(self, principal: str, role: str) -> str:
        """Return the id of a principal's office of a role, or of the only one of its bodies; "" where there is none.

        Example:
            >>> actors = load_actors()
            >>> actors.office_of("USA", "head-of-government"), actors.office_of("EU", "commission-president")
            ('USA_president', 'European_Commission_president')
        """
        return self._offices.get((principal, role), "")

    def principal_of(self, actor_id: str, date: str = "") -> str:
        """Return the state, organisation or movement that an actor acted for at a date.

        A person acts for the office held at that date; of several a state's before an organisation's (the
        foreign minister who chairs the OSCE for a year), then the one taken up last. Without an office it acts for
        whom it is affiliated with, else for the office held nearest to that date. A state that was not sovereign
        yet acted for the one that it replaced: Serbia in 1999 for Yugoslavia.

        Args:
            actor_id: Any actor; an unknown id is its own principal.
            date: ISO date, possibly partial; "" for the latest office.
        """
        actor = self.actors.get(actor_id)
        if actor is None:
            return actor_id
        if actor.kind is ActorKind.PERSON:
            return self._principal_of_person(actor, date)
        chain = [actor]
        while not chain[-1].notation and chain[-1].part_of in self.actors and len(chain) < _LONGEST_CHAIN:
            chain.append(self.actors[chain[-1].part_of])
        while date and chain[-1].replaces in self.actors and latest_day(date) < earliest_day(chain[-1].valid_from):
            chain.append(self.actors[chain[-1].replaces])
        return chain[-1].id

    def is_inner(self, actor_id: str) -> bool:
        """Say whether an actor is a territory that acts for the state around it, as one of the United States does."""
        actor = self.actors.get(actor_id)
        return actor is not None and actor.kind is ActorKind.TERRITORY and not actor.notation

    def has_no_state(self, role: str) -> bool:
        """Say whether organisations have offices of a role, and no state has: `secretary-general`."""
        return {owner in STATE_KINDS for owner in self._owners_of_roles.get(role, ())} == {False}

    def code_of(self, actor_id: str, date: str = "") -> str:
        """Return the code of an actor's principal at a date: an ISO 3166-1 alpha-3 code or an acronym."""
        principal = self.actors.get(self.principal_of(actor_id, date))
        return principal.code if principal is not None else ""

    def guide_code(self, actor_id: str, date: str = "") -> str:
        """Return the code that coders write: a state's, a common organisation's, else `OTH`."""
        principal = self.actors.get(self.principal_of(actor_id, date))
        if principal is None:
            return OTHER_CODE
        return principal.code if principal.iso or principal.has_common_code else OTHER_CODE

    def members_of(self, organization: str, date: str = "") -> tuple[str, ...]:
        """Return the ids of an organisation's members at a date, sorted; today's for ""."""
        when = date or _TODAY
        rows = self._members.get(organization, ())
        return tuple(sorted({row.member for row in rows if may_hold(row.start, row.end, when)}))

    def _principal_of_person(self, person: Actor, date: str) -> str:
        when = date or _TODAY
        terms = self.terms_of(person.id)
        held = [term for term in terms if may_hold(term.start, term.end, when)]
        if held:
            return self.principal_of(max(held, key=lambda term: self._weight(term, when)).office, date)
        if person.member_of:
            return self.principal_of(person.member_of[0], date)
        if terms:
            nearest = min(terms, key=lambda term: distance_in_years(term.start, term.end, when))
            return self.principal_of(nearest.office, date)
        return person.id

    def _weight(self, term: Term, when: str) -> tuple[bool, bool, str]:
        surely = must_hold(term.start, term.end, when)
        owner = self.actors.get(self.principal_of(term.office))
        return surely, surely and owner is not None and owner.kind in STATE_KINDS, earliest_day(term.start)

    @cached_property
    def _terms_by_person(self) -> Mapping[str, tuple[Term, ...]]:
        terms: dict[str, list[Term]] = {}
        for term in sorted(self.terms, key=lambda term: (earliest_day(term.start), term.office)):
            terms.setdefault(term.person, []).append(term)
        return {person: tuple(rows) for person, rows in terms.items()}

    @cached_property
    def _terms_by_office(self) -> Mapping[str, tuple[Term, ...]]:
        terms: dict[str, list[Term]] = {}
        for term in sorted(self.terms, key=lambda term: (earliest_day(term.start), term.person)):
            terms.setdefault(term.office, []).append(term)
        return {office: tuple(rows) for office, rows in terms.items()}

    @cached_property
    def _offices(self) -> Mapping[tuple[str, str], str]:
        own: dict[tuple[str, str], str] = {}
        of_bodies: dict[tuple[str, str], set[str]] = {}
        offices = [actor for actor in self if actor.kind is ActorKind.OFFICE]
        ranked = sorted((rank, office.id, role) for office in offices for rank, role in enumerate(office.roles))
        for _, office_id, role in ranked:
            owner = self.actors[office_id].part_of
            own.setdefault((owner, role), office_id)
            if self.principal_of(owner) != owner:
                of_bodies.setdefault((self.principal_of(owner), role), set()).add(office_id)
        return {key: min(found) for key, found in of_bodies.items() if len(found) == 1} | own

    @cached_property
    def _owners_of_roles(self) -> Mapping[str, frozenset[ActorKind]]:
        owners: dict[str, set[ActorKind]] = {}
        for principal, role in self._offices:
            if principal in self.actors:
                owners.setdefault(role, set()).add(self.actors[self.principal_of(principal)].kind)
        return {role: frozenset(kinds) for role, kinds in owners.items()}

    @cached_property
    def _members(self) -> Mapping[str, tuple[Membership, ...]]:
        members: dict[str, list[Membership]] = {}
        for row in self.memberships:
            members.setdefault(row.organization, []).append(row)
        return {organization: tuple(rows) for organization, rows in members.items()}


_LONGEST_CHAIN = 8
_TODAY = "9000"  # later than every end: an open interval holds, a closed one does not


@cache
def load_actors(extra: tuple[Path, ...] = ()) -> Actors:
    """Return the shipped actors, and those of the given Turtle files.

    Args:
        extra: Users' own files. What they say of a shipped actor is added to it; a code, kind or date that they
            give replaces the shipped one.

    Raises:
        DataError: A file is missing or wrong; the message names it.
    """
    actors, terms, memberships = read_actor_files((ontology_path("actors.ttl"), *extra))
    return Actors(actors, terms, memberships)
