"""Place the actors of a network: a list of weights comes in, whole pixel positions go out, always the same.

The backbone (the actors of the strongest links) is laid out by forces after Fruchterman and Reingold (1991), with
attraction weighted by the logarithm of the events of a pair and with a pull to the middle that is stronger
vertically, since screens are wide. Boxes of node and label are then pushed apart. All other actors stand on a spiral
around the backbone, near the angle of their closest partner: they are seen only when they are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

BACKBONE = 700
"""Actors that take part in the force layout, whose cost is quadratic: 700 take about four seconds."""

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
STEPS = 200
SPACING = 140.0
WIDTH_TO_HEIGHT = 1.3
EASING = 1.003
"""How much the whole drawing grows in each round in which boxes still overlap."""

LABEL_HEIGHT = 24.0
CHARACTER_WIDTH = 7.4
"""Mean advance of a character of the page's 13 px label face, in pixels."""

Points = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Body:
    """What the layout must know of an actor.

    Attributes:
        radius: Of its node, in pixels.
        label: Its name, for the width that it needs.
    """

    radius: float
    label: str


def lay_out(
    bodies: Sequence[Body], weights: Mapping[tuple[int, int], float], strongest: int | None = None
) -> list[tuple[int, int]]:
    """Return each body's position.

    Args:
        bodies: In any order.
        weights: (index, index) -> events of the pair, at least 1, strongest first; direction is ignored.
        strongest: How many of the weights make the backbone; None for all.

    Returns:
        Whole pixels around (0, 0), y downwards; empty for no bodies.
    """
    if not bodies:
        return []
    seen = dict(islice(weights.items(), strongest))
    strengths = _strengths(len(bodies), seen)
    order = sorted(range(len(bodies)), key=lambda index: (-strengths[index], index))
    linked = sum(strength > 0 for strength in strengths) if len(seen) < len(weights) else len(order)
    core = order[: min(linked, BACKBONE)]
    points = np.zeros((len(bodies), 2))
    points[core] = _spread(_pull(len(core), _attraction(core, seen)), [bodies[index] for index in core])
    _surround(points, core, order[len(core) :], weights)
    return [(round(float(x)), round(float(y))) for x, y in points]


def _strengths(count: int, weights: Mapping[tuple[int, int], float]) -> list[float]:
    strengths = [0.0] * count
    for (one, other), weight in weights.items():
        strengths[one] += weight
        strengths[other] += weight
    return strengths


def _attraction(core: Sequence[int], weights: Mapping[tuple[int, int], float]) -> Points:
    """Return the symmetric matrix of pulls among the backbone's actors."""
    place = {index: position for position, index in enumerate(core)}
    pulls = np.zeros((len(core), len(core)))
    for (one, other), weight in weights.items():
        if one in place and other in place and one != other:
            pull = math.log1p(weight)
            pulls[place[one], place[other]] += pull
            pulls[place[other], place[one]] += pull
    return pulls


def _spiral(count: int, start: int = 0) -> Points:
    """Return points on a sunflower spiral: even, without axis, and the strongest actor in the middle."""
    steps = np.arange(start, start + count, dtype=np.float64)
    radius = SPACING * np.sqrt(steps)
    return np.column_stack((radius * np.cos(steps * GOLDEN_ANGLE), radius * np.sin(steps * GOLDEN_ANGLE)))


def _pull(count: int, pulls: Points) -> Points:
    """Return positions after `STEPS` rounds of attraction, repulsion and gravity."""
    points = _spiral(count)
    degree = np.sqrt(1 + (pulls > 0).sum(axis=1))
    charge = np.outer(degree, degree) * SPACING**2 / 2
    gravity = np.outer(degree, (0.05, 0.05 * WIDTH_TO_HEIGHT**2))
    for step in range(STEPS):
        reach = SPACING * 2 * (1 - step / STEPS) + 1
        x, y = points.T
        distance = np.hypot(x[:, None] - x, y[:, None] - y) + 1
        away = charge / distance**3 - pulls / SPACING
        move = points * away.sum(axis=1)[:, None] - away @ points - points * gravity
        length = np.hypot(*move.T)[:, None] + 1e-9
        points = points + move / length * np.minimum(length, reach)
    return points


def _spread(points: Points, bodies: Sequence[Body]) -> Points:
    """Return the points pushed apart until no node or label lies on another (or 200 rounds have passed)."""
    radius = np.array([body.radius for body in bodies])
    wide = np.maximum(radius, [len(body.label) * CHARACTER_WIDTH / 2 for body in bodies]) + 5
    high = radius + LABEL_HEIGHT / 2 + 3
    x, y = points.T.copy()
    for _ in range(200):
        across = wide[:, None] + wide - np.abs(x[:, None] - x)
        along = high[:, None] + high - np.abs(y[:, None] - y)
        one, other = np.nonzero(np.triu((across > 0) & (along > 0), 1))
        if not one.size:
            break
        x, y = x * EASING, y * EASING
        crowd = np.sqrt(np.bincount(np.concatenate((one, other)), minlength=len(x)).clip(1))
        sideways = across[one, other] < along[one, other]
        _shove(x, one[sideways], other[sideways], across, crowd)
        _shove(y, one[~sideways], other[~sideways], along, crowd)
    return np.column_stack((x, y))


def _shove(place: Points, one: Indices, other: Indices, overlap: Points, crowd: Points) -> None:
    """Move each of these pairs apart on one axis, by half of what they overlap, less in a crowd."""
    step = np.where(place[one] < place[other], -0.5, 0.5) * overlap[one, other]
    np.add.at(place, one, step / crowd[one])
    np.add.at(place, other, -step / crowd[other])


def _surround(
    points: Points, core: Sequence[int], rest: Sequence[int], weights: Mapping[tuple[int, int], float]
) -> None:
    """Place the `rest` on a spiral around the `core`, sorted by the angle of their strongest partner there."""
    if not rest:
        return
    partner: dict[int, tuple[float, int]] = {}
    inside = set(core)
    for (one, other), weight in weights.items():
        for outer, inner in ((one, other), (other, one)):
            if outer not in inside and inner in inside:
                partner[outer] = max(partner.get(outer, (0.0, 0)), (weight, -inner))
    angles = {
        index: math.atan2(points[-partner[index][1]][1], points[-partner[index][1]][0]) if index in partner else 4.0
        for index in rest
    }
    ordered = sorted(rest, key=lambda index: (angles[index], index))
    radius = float(np.sqrt((points[list(core)] ** 2).sum(axis=1)).max()) + 2 * SPACING
    ring = max(1, int(2 * math.pi * radius / SPACING))
    rings = math.ceil(len(ordered) / ring)
    for place, index in enumerate(ordered):
        angle = -math.pi + 2 * math.pi * place / len(ordered)
        away = radius + SPACING * (place % rings)
        points[index] = (away * math.cos(angle), away * math.sin(angle))
