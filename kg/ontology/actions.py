"""The actions of `ontologies/actions.ttl`: 4 quads, 16 PLOVER types, and the finer actions under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from kg.errors import DataError
from kg.ontology.files import SKOS, local_name, ontology_path, read_triples

SYMMETRIC_TYPES = frozenset({"CONSULT", "AGREE", "COOPERATE"})
SYMMETRIC_ACTIONS = frozenset({"sign-agreement"})
ONE_SIDED = frozenset({"visit", "host", "promise", "promise-aid", "offer", "accept-proposal"})
"""Actions of symmetric types in which one side acts: Lecornu visits Yerevan, Yerevan does not visit Lecornu."""


@dataclass(frozen=True, slots=True)
class Action:
    """One concept of the action scheme.

    Attributes:
        id: Local name of its IRI: "close-mission", "SANCTION", "material-conflict".
        broader: Id of the concept above, "" for a top concept.
        type: Id of its event type (PLOVER), "" above the types.
        quad: `verbal-cooperation`, `material-cooperation`, `verbal-conflict` or `material-conflict`.
        labels: Preferred label by language.
        cameo: All CAMEO codes that it is aligned with, as text, sorted.
        cameo_code: The nearest CAMEO code, "" above the types.
        goldstein: Goldstein value of the closest CAMEO code, in [-10, 10]; None where it has none.
    """

    id: str
    broader: str
    type: str
    quad: str
    labels: Mapping[str, str] = field(default_factory=dict)
    cameo: tuple[str, ...] = ()
    goldstein: float | None = None
    cameo_code: str = ""

    @property
    def is_symmetric(self) -> bool:
        """Say whether coders list source and target in any order."""
        return self.type in SYMMETRIC_TYPES or self.id in SYMMETRIC_ACTIONS

    @property
    def is_directed(self) -> bool:
        """Say whether it matters who acts: always, but for the mutual ones among the symmetric."""
        return not self.is_symmetric or self.id in ONE_SIDED


@cache
def load_actions() -> Mapping[str, Action]:
    """Return all concepts of the action scheme by id.

    Raises:
        DataError: `actions.ttl` is missing or wrong.
    """
    path = ontology_path("actions.ttl")
    broader: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    cameo: dict[str, list[str]] = {}
    goldstein: dict[str, float] = {}
    nearest: dict[str, str] = {}
    for quad in read_triples(path):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        subject, predicate = local_name(quad.subject.value), quad.predicate.value
        if predicate == SKOS + "broader" and isinstance(quad.object, ox.NamedNode):
            broader[subject] = local_name(quad.object.value)
        elif predicate == SKOS + "prefLabel" and isinstance(quad.object, ox.Literal):
            labels.setdefault(subject, {})[quad.object.language or ""] = quad.object.value
        elif predicate in (SKOS + "exactMatch", SKOS + "closeMatch") and isinstance(quad.object, ox.NamedNode):
            cameo.setdefault(subject, []).append(local_name(quad.object.value))
        elif local_name(predicate) == "goldstein" and isinstance(quad.object, ox.Literal):
            goldstein[subject] = float(quad.object.value)
        elif local_name(predicate) == "cameoCode" and isinstance(quad.object, ox.Literal):
            nearest[subject] = quad.object.value
    actions = {}
    for name, above in broader.items():
        chain = [name]
        while chain[-1] in broader:
            chain.append(broader[chain[-1]])
            if len(chain) > 8:
                raise DataError(f"{path}: skos:broader of {name!r} runs in a circle")
        actions[name] = Action(
            id=name,
            broader=above,
            type=next((c for c in chain if c.isupper()), ""),
            quad=next((c for c in chain if c.startswith(("verbal-", "material-"))), ""),
            labels=labels.get(name, {}),
            cameo=tuple(sorted(cameo.get(name, ()))),
            goldstein=goldstein.get(name),
            cameo_code=nearest.get(name, ""),
        )
    return actions
