"""Cast the parties near a predicate in its roles, by a learned model.

Each filler has a probability of being the source and one of being the target; the best pair of two different parties
is taken, and with each what is coordinated with it. A symmetric action has sides instead of roles: the likeliest two,
and all others that are likely.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.fillers import Filler, Scene, describe_filler
from kg.extraction.linear import LinearModel
from kg.extraction.parties import Party
from kg.extraction.roles import NOBODY, Filled, Roles

NONE_SOURCE = 0.2
NONE_TARGET = 0.3
SECOND = 0.5


@dataclass(frozen=True, slots=True)
class Cast:
    """The roles of a predicate and how sure the model is of them.

    Attributes:
        roles: As `kg.extraction.roles` gives them.
        source: Probability of the source, 0 for none.
        target: Probability of the target, 0 for none.
    """

    roles: Roles
    source: float
    target: float


def cast_roles(scene: Scene, model: LinearModel, language: str) -> Cast:
    """Return the likeliest roles of a predicate."""
    if scene.symmetric:
        return _cast_sides(scene, model, language)
    first = [model.probability(describe_filler(scene, f, "source", language)) for f in scene.fillers]
    second = [model.probability(describe_filler(scene, f, "target", language)) for f in scene.fillers]
    best, source, target = 0.0, -1, -1
    for i, p in (*enumerate(first), (-1, NONE_SOURCE)):
        for j, q in (*enumerate(second), (-1, NONE_TARGET)):
            if (i != j or i == -1) and not _overlap(scene, i, j) and p * q > best:
                best, source, target = p * q, i, j
    chosen = _with_seconds(scene, first, source, target)
    others = _with_seconds(scene, second, target, source)
    chosen = [i for i in chosen if i not in others or i == source]
    others = [i for i in others if i not in chosen]
    return Cast(
        Roles(_filled(scene, chosen, "source"), _filled(scene, others, "target")),
        first[source] if source >= 0 else 0.0,
        second[target] if target >= 0 else 0.0,
    )


def _cast_sides(scene: Scene, model: LinearModel, language: str) -> Cast:
    scores = [model.probability(describe_filler(scene, f, "side", language)) for f in scene.fillers]
    ranked = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    sides = [
        i for n, i in enumerate(ranked) if scores[i] >= (NONE_SOURCE if n == 0 else NONE_TARGET if n == 1 else SECOND)
    ]
    sides = _disjoint(scene, sides)
    ordered = sorted(sides, key=lambda i: scene.fillers[i].mentions[0].head)
    if len(ordered) == 1 and (both := _split_group(scene.fillers[ordered[0]])):
        return Cast(both, scores[ordered[0]], scores[ordered[0]])
    roles = Roles(_filled(scene, ordered[:1], "source"), _filled(scene, ordered[1:], "target"))
    likely = [*sorted((scores[i] for i in ordered), reverse=True), 0.0, 0.0]
    return Cast(roles, likely[0], likely[1])


def _split_group(filler: Filler) -> Roles | None:
    """Divide a group ("de to lande") into its first member and the others, as the text named them before."""
    party = filler.mentions[0]
    members = party.mention.antecedents
    if len(members) < 2 or len(members) != len(filler.principals):
        return None
    parties = [Party(m, (p,), party.head) for m, p in zip(members, filler.principals, strict=True)]
    return Roles(Filled(tuple(parties[:1]), "learned:group"), Filled(tuple(parties[1:]), "learned:group"))


def _with_seconds(scene: Scene, scores: list[float], best: int, other: int) -> list[int]:
    if best < 0:
        return []
    likely = [i for i, p in enumerate(scores) if p >= SECOND and i not in (best, other)]
    return _disjoint(scene, [best, *sorted(likely, key=lambda i: -scores[i])])


def _disjoint(scene: Scene, indices: list[int]) -> list[int]:
    """Leave out fillers whose parties are already there: a group beside its members."""
    taken: set[str] = set()
    kept = []
    for i in indices:
        if not taken & set(scene.fillers[i].principals):
            kept.append(i)
            taken |= set(scene.fillers[i].principals)
    return kept


def _overlap(scene: Scene, i: int, j: int) -> bool:
    return i >= 0 and j >= 0 and bool(set(scene.fillers[i].principals) & set(scene.fillers[j].principals))


def _filled(scene: Scene, indices: list[int], role: str) -> Filled:
    if not indices:
        return NOBODY
    rule = scene.rule.source if role == "source" else scene.rule.target
    parties = tuple(_mention_of(scene.fillers[i], rule) for i in sorted(indices))
    agrees = {p.principals for p in rule.parties} == {p.principals for p in parties}
    return Filled(parties, rule.slot if agrees else "learned")


def _mention_of(filler: Filler, rule: Filled) -> Party:
    """Return the mention that the rule took, else the nearest one."""
    return next((p for p in filler.mentions if p in rule.parties), filler.mentions[0])
