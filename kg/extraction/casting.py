"""Cast the parties near a predicate in its roles, by a learned model.

Each filler has a probability of being the source and one of being the target; the best pair of two different parties
is taken, and with each what is coordinated with it. A symmetric action has sides instead of roles: the likeliest two,
and all others that are likely.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extraction.fillers import Filler, Scene, describe_filler, describe_roles
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
        mirrored: Whether it is another one turned: who clashes with somebody is clashed with.
    """

    roles: Roles
    source: float
    target: float
    mirrored: bool = False


def cast_roles(scene: Scene, model: LinearModel, language: str) -> Cast:
    """Return the likeliest roles of a predicate."""
    if scene.symmetric:
        return _cast_sides(scene, model, language)
    described = [describe_roles(scene, f, ("source", "target"), language) for f in scene.fillers]
    first = [model.probability(source) for source, _ in described]
    second = [model.probability(target) for _, target in described]
    best, source, target = 0.0, -1, -1
    for i, p in (*enumerate(first), (-1, NONE_SOURCE)):
        for j, q in (*enumerate(second), (-1, NONE_TARGET)):
            if (i != j or i == -1) and not _overlap(scene, i, j) and p * q > best and not _are_fellows(scene, i, j):
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


def mirror(cast: Cast) -> Cast:
    """Return the same roles turned."""
    return Cast(Roles(cast.roles.target, cast.roles.source), cast.target, cast.source, mirrored=True)


def divide(cast: Cast) -> Cast:
    """Return the roles with the first of several sources against the others, where there is no target."""
    source = cast.roles.source
    if len(source.parties) < 2 or cast.roles.target.parties:
        return cast
    roles = Roles(replace(source, parties=source.parties[:1]), replace(source, parties=source.parties[1:]))
    return replace(cast, roles=roles, target=cast.source)


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
    acting = _acting(scene, ordered) if scene.directed else []
    if acting:
        ordered = [*acting, *(i for i in ordered if i not in acting)]
    first = len(acting) or _first_side(scene, ordered)
    roles = Roles(_filled(scene, ordered[:first], "source"), _filled(scene, ordered[first:], "target"))
    likely = [*sorted((scores[i] for i in ordered), reverse=True), 0.0, 0.0]
    return Cast(roles, likely[0], likely[1])


def _acting(scene: Scene, sides: list[int]) -> list[int]:
    """Return the side that the lexicon's slots make act, with its enumeration: who visits, promises, offers.

    A second subject that is not enumerated with the first is an object that the parser mistook.
    """
    sources = {p.principals for p in scene.rule.source.parties}
    acting = [i for i in sides if scene.fillers[i].principals in sources]
    return [i for i in acting if i == acting[0] or scene.fillers[i].principals in scene.fillers[acting[0]].fellows]


def _first_side(scene: Scene, ordered: list[int]) -> int:
    """Return how many of the parties, in the order of the text, stand on the first's side.

    "Danmark og Norge enedes med Rusland" has two against one; where an enumeration is all that there is, its first
    member has the others on its other side.
    """
    if not ordered:
        return 0
    fellows = scene.fillers[ordered[0]].fellows
    beside = 1
    while beside < len(ordered) and scene.fillers[ordered[beside]].principals in fellows:
        beside += 1
    return beside if beside < len(ordered) else 1


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
    beside = [i for i in range(len(scores)) if i != best and _are_fellows(scene, best, i)]
    likely = [i for i, p in enumerate(scores) if p >= SECOND and i not in (best, other, *beside)]
    likely = [i for i in likely if other < 0 or not _are_fellows(scene, other, i)]
    return _disjoint(scene, [best, *beside, *sorted(likely, key=lambda i: -scores[i])])


def _disjoint(scene: Scene, indices: list[int]) -> list[int]:
    """Leave out fillers whose parties are already there: a group beside its members."""
    taken: set[str] = set()
    kept = []
    for i in indices:
        if not taken & set(scene.fillers[i].principals):
            kept.append(i)
            taken |= set(scene.fillers[i].principals)
    return kept


def _are_fellows(scene: Scene, i: int, j: int) -> bool:
    """Say whether two fillers are members of one enumeration that the lexicon's slots do not divide."""
    if i < 0 or j < 0 or scene.fillers[j].principals not in scene.fillers[i].fellows:
        return False
    rule = scene.rule
    pairs = ((p, q) for p in rule.source.parties for q in rule.target.parties)
    divided = {scene.fillers[i].principals, scene.fillers[j].principals}
    return not any({p.principals, q.principals} == divided for p, q in pairs)


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
