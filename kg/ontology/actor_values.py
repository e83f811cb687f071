"""The values of the actor registry: actors, their terms of office, and their memberships.

An *actor* is anything that can act or speak: a state, an organisation, a body of one, an office, a person.
`kg.ontology.actors` keeps them all and answers questions about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """What an actor is; the value is the local name of its class."""

    STATE = "State"
    TERRITORY = "Territory"
    HISTORICAL_STATE = "HistoricalState"
    INTERNATIONAL_ORGANIZATION = "InternationalOrganization"
    BLOC = "Bloc"
    ARMED_MOVEMENT = "ArmedMovement"
    GOVERNMENT_ORGAN = "GovernmentOrgan"
    OFFICE = "Post"
    PERSON = "Person"


STATE_KINDS = frozenset({ActorKind.STATE, ActorKind.TERRITORY, ActorKind.HISTORICAL_STATE})


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor.

    Attributes:
        id: Local name of its IRI: `RUS`, `UN_Security_Council`, `RUS_foreign_minister`, `Sergey_Lavrov`.
        kind: What it is.
        labels: Full names by language, the preferred one first; "" holds those that serve every language.
        notation: Its own code, "" where it acts for what it is part of.
        code: Its own code, or that of the nearest whole that has one; "" for a person.
        iso: ISO 3166-1 alpha-3, "" where it has none.
        family_names: What a person is called after the first mention, in all spellings.
        part_of: Id of the whole: a ministry's state, a body's organisation, an office's state; "" for none.
        roles: What an office is, the most general first: `head-of-state`, `president`; the head of
            `ontologies/actors.ttl` lists them.
        valid_from: ISO date, possibly partial; "" where open or unknown.
        valid_until: The same for the end.
        member_of: Ids of the organisations that it is or was a member of; of a person, for whom it acts.
        many_holders: Whether several may hold the office at once.
        replaces: Id of the state for which it acted before it was sovereign, "" for none.
        matches: IRIs of the same thing elsewhere, in Wikidata for example; only from a source.
        has_common_code: Whether an organisation's or movement's code is one that coders of events share.
    """

    id: str
    kind: ActorKind
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notation: str = ""
    code: str = ""
    iso: str = ""
    family_names: tuple[str, ...] = ()
    part_of: str = ""
    roles: tuple[str, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    member_of: tuple[str, ...] = ()
    many_holders: bool = False
    has_common_code: bool = False
    matches: tuple[str, ...] = ()
    replaces: str = ""

    @property
    def role(self) -> str:
        """Return the most general role of an office, "" for other actors."""
        return self.roles[0] if self.roles else ""

    def label(self, language: str = "en") -> str:
        """Return the preferred name in a language, else in English, else any; the id for a nameless actor."""
        for code in (language, "", "en", *sorted(self.labels)):
            if self.labels.get(code):
                return self.labels[code][0]
        return self.id


@dataclass(frozen=True, slots=True)
class Term:
    """That a person held an office.

    Attributes:
        id: Local name of its IRI.
        person: Id of the person.
        office: Id of the office.
        start: ISO date, possibly partial; "" where unknown.
        end: The same; "" where it lasts or is unknown.
        verified: Whether a source was read for it.
        source: Name of that source, "" for none.
    """

    id: str
    person: str
    office: str
    start: str
    end: str = ""
    verified: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """That an actor is or was a member of an organisation, from and until a date ("" where open)."""

    member: str
    organization: str
    start: str = ""
    end: str = ""
