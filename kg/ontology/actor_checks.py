"""Look for what is wrong with actors: errors that must be mended, and warnings that one should know of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.ontology.actor_values import Actor, ActorKind, Term
from kg.ontology.actors import Actors
from kg.ontology.intervals import earliest_day, latest_day, must_overlap

ERROR = "error"
WARNING = "warning"

_CODE = re.compile(r"[A-Z0-9][A-Z0-9+-]*")
_ISO = re.compile(r"[A-Z]{3}")
_DAY = 10
_PRINCIPAL_KINDS = frozenset(ActorKind) - {ActorKind.OFFICE, ActorKind.PERSON}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        level: `error` or `warning`.
        rule: Which check, in a word.
        subject: Id of the actor or term.
        message: What is wrong, in words.
    """

    level: str
    rule: str
    subject: str
    message: str


def check_actors(actors: Actors) -> tuple[Finding, ...]:
    """Return what is wrong with the actors: errors first, then by rule and subject.

    Example:
        >>> from kg.ontology.actors import load_actors
        >>> [finding for finding in check_actors(load_actors()) if finding.level == "error"]
        []
    """
    findings: list[Finding] = []
    for check in (
        _check_links,
        _check_wholes,
        _check_codes,
        _check_names,
        _check_labels,
        _check_dates,
        _check_overlaps,
    ):
        findings += check(actors)
    findings += _check_sources(actors)
    return tuple(sorted(findings, key=lambda f: (f.level != ERROR, f.rule, f.subject, f.message)))


def _check_links(actors: Actors) -> Iterator[Finding]:
    """Find ids that name no actor."""
    for actor in actors:
        for name in (actor.part_of, *actor.member_of):
            if name and name not in actors:
                yield Finding(ERROR, "unknown", actor.id, f"names {name!r}, which is no actor")
        if actor.kind is ActorKind.OFFICE and not (actor.part_of and actor.roles):
            yield Finding(ERROR, "unknown", actor.id, "an office needs org:postIn and kg:role")
    for term in actors.terms:
        for name, kind in ((term.person, ActorKind.PERSON), (term.office, ActorKind.OFFICE)):
            if name not in actors or actors.actor(name).kind is not kind:
                yield Finding(ERROR, "unknown", term.id, f"names {name!r}, which is no {kind.name.lower()}")
    for row in actors.memberships:
        for name in (row.member, row.organization):
            if name not in actors:
                yield Finding(ERROR, "unknown", f"{row.organization}/{row.member}", f"{name!r} is no actor")


def _check_wholes(actors: Actors) -> Iterator[Finding]:
    """Find parts that are parts of themselves, and wholes that have no code."""
    for actor in actors:
        chain = [actor.id]
        while (whole := actors.actors.get(chain[-1])) is not None and whole.part_of and whole.part_of not in chain:
            chain.append(whole.part_of)
        if whole is not None and whole.part_of in chain:
            yield Finding(ERROR, "circle", actor.id, f"is a part of itself: {' of '.join((*chain, whole.part_of))}")
        elif actor.kind is not ActorKind.PERSON and not actor.code:
            yield Finding(ERROR, "code", actor.id, "has no code (skos:notation), and nothing that it is part of has")


def _check_codes(actors: Actors) -> Iterator[Finding]:
    """Find codes that are malformed, or two principals' at one time."""
    by_code: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        if actor.iso and (not _ISO.fullmatch(actor.iso) or actor.iso != actor.notation):
            yield Finding(ERROR, "code", actor.id, f"kg:iso3166a3 {actor.iso!r} is not its code of three capitals")
        if actor.notation and not _CODE.fullmatch(actor.notation):
            yield Finding(ERROR, "code", actor.id, f"code {actor.notation!r} is not of capitals, digits, + and -")
        if actor.notation and actor.kind in _PRINCIPAL_KINDS:
            by_code[actor.notation].append(actor)
    for code, holders in by_code.items():
        for first, second in combinations(holders, 2):
            if _coexist(first, second):
                yield Finding(ERROR, "code", second.id, f"has the code {code} of {first.id}")


def _check_names(actors: Actors) -> Iterator[Finding]:
    """Find actors without a name, and persons without a family name."""
    for actor in actors:
        if not any(actor.labels.values()):
            yield Finding(ERROR, "name", actor.id, "has no name (skos:prefLabel)")
        if actor.kind is ActorKind.PERSON and not actor.family_names:
            yield Finding(ERROR, "name", actor.id, "a person needs a foaf:family_name, even where it is the only name")


def _check_labels(actors: Actors) -> Iterator[Finding]:
    """Find names that two actors of one time bear in one language; of persons, in one country."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for language in sorted({code for actor in actors for code in actor.labels if code}):
        for name, actor_id in actors.forms(language):
            bearers[language, name].add(actor_id)
    for (language, name), ids in bearers.items():
        for first, second in combinations(sorted(ids), 2):
            if _confusable(actors, actors.actor(first), actors.actor(second)):
                yield Finding(ERROR, "label", second, f'"{name}"@{language} is a name of {first} too')


def _confusable(actors: Actors, first: Actor, second: Actor) -> bool:
    persons = (first.kind, second.kind).count(ActorKind.PERSON)
    if persons == 0:
        return _coexist(first, second)
    return persons == 1 or any(
        must_overlap((t.start, t.end), (u.start, u.end))
        for t in actors.terms_of(first.id)
        for u in actors.terms_of(second.id)
    )


def _coexist(first: Actor, second: Actor) -> bool:
    return must_overlap((first.valid_from, first.valid_until), (second.valid_from, second.valid_until))


def _check_dates(actors: Actors) -> Iterator[Finding]:
    """Find intervals that end before they begin, and days claimed without a source."""
    intervals = [(actor.id, actor.valid_from, actor.valid_until) for actor in actors]
    intervals += [(term.id, term.start, term.end) for term in actors.terms]
    intervals += [(f"{row.organization}/{row.member}", row.start, row.end) for row in actors.memberships]
    for name, start, end in intervals:
        if start and end and latest_day(end) < earliest_day(start):
            yield Finding(ERROR, "date", name, f"ends {end}, before it begins {start}")
    for term in actors.terms:
        if not term.verified and _DAY in (len(term.start), len(term.end)):
            yield Finding(ERROR, "date", term.id, "claims a day without a source (dct:source); give month or year")


def _check_overlaps(actors: Actors) -> Iterator[Finding]:
    """Find two holders at one time of an office for one."""
    by_office: dict[str, list[Term]] = defaultdict(list)
    for term in actors.terms:
        if term.office in actors and not actors.actor(term.office).many_holders:
            by_office[term.office].append(term)
    for office, terms in by_office.items():
        for first, second in pairwise(sorted(terms, key=lambda term: earliest_day(term.start))):
            if must_overlap((first.start, first.end), (second.start, second.end)):
                until = first.end or "open"
                message = f"{second.person} from {second.start} overlaps {first.person} ({first.start} to {until})"
                yield Finding(ERROR, "overlap", office, message)


def _check_sources(actors: Actors) -> Iterator[Finding]:
    """List the terms that no source was read for."""
    for term in actors.terms:
        if not term.verified:
            yield Finding(WARNING, "unverified", term.id, f"{term.person}, {term.start or '?'} to {term.end or 'now'}")
