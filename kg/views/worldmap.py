"""Draw the countries of the world as SVG paths from the vendored TopoJSON, for the page's offline map.

The projection is equirectangular: a tenth of a degree is one unit, so that the page can place a city by arithmetic.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any

from kg.views.assets import read_vendored
from kg.views.codes import load_codes

UNITS = 10
"""Units per degree; x is longitude + 180, y is 90 - latitude."""

NAMELESS = {"Kosovo": "XKX"}
"""Geometries that Natural Earth gives no number."""

Point = tuple[int, int]


@cache
def draw_countries() -> tuple[tuple[str, str], ...]:
    """Return (alpha-3 or "", SVG path) of each country."""
    atlas = json.loads(read_vendored("countries-110m.json"))
    arcs = [_decode(arc, atlas["transform"]) for arc in atlas["arcs"]]
    alpha3 = {number: code for code, (_, number) in load_codes().items() if number}
    return tuple(
        (
            alpha3.get(shape.get("id", ""), NAMELESS.get(shape["properties"]["name"], "")),
            "".join(_path(ring, arcs) for ring in _rings(shape)),
        )
        for shape in atlas["objects"]["countries"]["geometries"]
    )


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """Return an arc's points in the map's units; TopoJSON holds quantised differences."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((round((x * scale_x + move_x + 180) * UNITS), round((90 - y * scale_y - move_y) * UNITS)))
    return points


def _rings(shape: dict[str, Any]) -> Iterable[list[int]]:
    """Yield the arc numbers of each ring."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return (ring for polygon in polygons for ring in polygon)


def _path(ring: list[int], arcs: list[list[Point]]) -> str:
    """Return a ring as closed paths of relative steps; a negative number is an arc read backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return "".join(_trace(piece) for piece in _split(points))


def _split(points: list[Point]) -> Iterable[list[Point]]:
    """Yield the pieces of a ring that leaves the map on one side and returns on the other; mostly one, itself."""
    breaks = [i for i, (one, other) in enumerate(pairwise(points), 1) if abs(other[0] - one[0]) > 180 * UNITS]
    if not breaks:
        yield points
        return
    for start, end in pairwise(breaks):
        yield points[start:end]
    yield points[breaks[-1] : -1] + points[: breaks[0]]


def _trace(points: list[Point]) -> str:
    """Return one closed path, "" for an island too small for the units."""
    steps = [(x - px, y - py) for (px, py), (x, y) in pairwise(points) if (x, y) != (px, py)]
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z" if steps else ""
