from __future__ import annotations

import random
from itertools import combinations

import pytest

from kg.views.layout import CHARACTER_WIDTH, LABEL_HEIGHT, Body, lay_out


def make_graph(actors: int, links: int) -> tuple[list[Body], dict[tuple[int, int], float]]:
    draw = random.Random(7)  # noqa: S311  # a graph, not a secret
    bodies = [Body(13 + 20 * draw.random(), "x" * draw.randint(3, 18)) for _ in range(actors)]
    pairs = [(int(draw.random() ** 2 * actors), int(draw.random() ** 2 * actors)) for _ in range(links)]
    return bodies, {pair: float(draw.randint(1, 9)) for pair in pairs}


def boxes_meet(one: Body, at: tuple[int, int], other: Body, there: tuple[int, int]) -> bool:
    def half(body: Body) -> tuple[float, float]:
        return max(body.radius, len(body.label) * CHARACTER_WIDTH / 2), body.radius + LABEL_HEIGHT / 2

    (wide, high), (width, height) = half(one), half(other)
    return abs(at[0] - there[0]) < wide + width - 1 and abs(at[1] - there[1]) < high + height - 1


@pytest.mark.parametrize("actors", [2, 40, 150])
def test_no_node_and_no_label_lies_on_another(actors: int) -> None:
    bodies, weights = make_graph(actors, actors * 3)
    placed = list(zip(bodies, lay_out(bodies, weights), strict=True))
    assert not [pair for pair in combinations(placed, 2) if boxes_meet(*pair[0], *pair[1])]


def test_the_same_graph_gets_the_same_places() -> None:
    bodies, weights = make_graph(60, 150)
    assert lay_out(bodies, weights) == lay_out(bodies, weights)


def test_actors_with_many_events_stand_closer() -> None:
    bodies = [Body(13, "x")] * 6
    weights = {(0, 1): 50.0, **{(0, other): 1.0 for other in range(2, 6)}}
    places = lay_out(bodies, weights)

    def distance(other: int) -> float:
        return abs(complex(*places[0]) - complex(*places[other]))

    assert distance(1) < min(distance(other) for other in range(2, 6))


def test_what_is_not_in_the_strongest_links_stands_outside() -> None:
    bodies, weights = make_graph(80, 200)
    strongest = dict(sorted(weights.items(), key=lambda item: -item[1]))
    places = lay_out(bodies, strongest, 20)
    inside = {end for pair in list(strongest)[:20] for end in pair}
    reach = [abs(complex(*place)) for place in places]
    assert max(reach[i] for i in inside) < min(reach[i] for i in range(80) if i not in inside)


def test_nothing_has_no_places_and_one_actor_the_middle() -> None:
    assert lay_out([], {}) == []
    assert lay_out([Body(13, "x")], {}) == [(0, 0)]
