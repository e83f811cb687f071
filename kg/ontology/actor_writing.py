"""Write actors and terms as Turtle, for the file in which a user keeps what the package lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.ontology.actor_checks import ERROR, check_actors
from kg.ontology.actor_files import UNVERIFIED
from kg.ontology.actor_values import Actor, ActorKind, Term
from kg.ontology.actors import load_actors
from kg.ontology.files import load_prefixes
from kg.ontology.intervals import is_partial_date

PREFIXES = ("kg", "actor", "dct", "foaf", "org", "skos", "xsd")

_LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_CLASSES = {ActorKind.OFFICE: "org:Post", ActorKind.PERSON: "foaf:Person"}


def format_prefixes() -> str:
    """Return the prefix lines that the other functions of this module rely on."""
    return "\n".join(f"@prefix {name}: <{load_prefixes()[name]}> ." for name in PREFIXES) + "\n"


def format_actor(actor: Actor) -> str:
    """Return an actor as one Turtle statement.

    Raises:
        InputError: An id or a date is malformed.

    Example:
        >>> kind = ActorKind.INTERNATIONAL_ORGANIZATION
        >>> print(format_actor(Actor("WCK", kind, {"en": ("World Central Kitchen",)}, notation="WCK")))
        actor:WCK a kg:InternationalOrganization ;
            skos:prefLabel "World Central Kitchen"@en ;
            skos:notation "WCK" .
    """
    preferred = [_literal(names[0], language) for language, names in sorted(actor.labels.items()) if names]
    others = [_literal(name, language) for language, names in sorted(actor.labels.items()) for name in names[1:]]
    whole = "org:postIn" if actor.kind is ActorKind.OFFICE else "dct:isPartOf"
    parts = [
        ("skos:prefLabel", preferred),
        ("skos:altLabel", others),
        ("foaf:family_name", map(_literal, actor.family_names)),
        ("skos:notation", map(_literal, filter(None, [actor.notation]))),
        ("kg:role", map(_literal, actor.roles)),
        (whole, map(_node, filter(None, [actor.part_of]))),
        ("org:memberOf", map(_node, actor.member_of)),
        ("skos:exactMatch", (f"<{iri}>" for iri in actor.matches)),
        ("kg:validFrom", map(_date, filter(None, [actor.valid_from]))),
        ("kg:validUntil", map(_date, filter(None, [actor.valid_until]))),
    ]
    kind = _CLASSES.get(actor.kind, f"kg:{actor.kind.value}")
    return _statement(f"{_node(actor.id)} a {kind}", ((name, list(values)) for name, values in parts))


def format_term(term: Term, organization: str) -> str:
    """Return a term of office as one Turtle statement.

    Args:
        term: An empty source is written as unverified.
        organization: Id of what the office belongs to.

    Raises:
        InputError: An id or a date is malformed.
    """
    parts = [
        ("org:member", [_node(term.person)]),
        ("org:organization", [_node(organization)]),
        ("kg:office", [_node(term.office)]),
        ("kg:from", [_date(term.start)] if term.start else []),
        ("kg:until", [_date(term.end)] if term.end else []),
        ("dct:source", [_literal(term.source or UNVERIFIED)]),
    ]
    return _statement(f"{_node(term.id)} a org:Membership", parts)


def append_statement(file: Path, subject: str, statement: str) -> None:
    """Append a statement to a user's file, unless that brings an error.

    Args:
        file: Made with its prefixes where there is none.
        subject: Id that the statement is about.
        statement: From `format_actor` or `format_term`.

    Raises:
        InputError: The file would have an error that it has not now; it is left as it was.
    """
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    missing = "" if all(f"@prefix {name}:" in old for name in PREFIXES) else format_prefixes()
    before = set(check_actors(load_actors((file,)))) if old else set()
    draft = file.with_name(f".{file.name}.draft")
    try:
        draft.write_text("\n".join(part for part in (old, missing, statement) if part) + "\n", encoding="utf-8")
        new = [f for f in check_actors(load_actors((draft,))) if f.level == ERROR and f not in before]
        if new:
            raise InputError(f"{file}: {subject} not added: {new[0].subject} {new[0].message}")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
        load_actors.cache_clear()  # the same path holds something else now


def _statement(head: str, parts: Iterable[tuple[str, list[str]]]) -> str:
    lines = [head, *(f"{predicate} {', '.join(values)}" for predicate, values in parts if values)]
    return " ;\n    ".join(lines) + " ."


def _node(name: str) -> str:
    if not _LOCAL_NAME.fullmatch(name):
        raise InputError(f"id {name!r} is not made of ASCII letters, digits, _ and -, or begins with a digit")
    return f"actor:{name}"


def _literal(text: str, language: str = "") -> str:
    # JSON's escapes are Turtle's, where non-ASCII text is left as it is.
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"{quoted}@{language}" if language else quoted


def _date(text: str) -> str:
    if not is_partial_date(text):
        raise InputError(f"date {text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return f'"{text}"^^xsd:{_DATE_TYPES[len(text)]}'
