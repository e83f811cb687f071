"""Work in several processes comes back in order, and a dead process is an error that says what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kg.errors import WorkerError
from kg.workers import AHEAD, map_in_order


def square(number: int) -> int:
    return number * number


def negate(text: str) -> int:
    return -int(text)


def die(number: int) -> int:
    os._exit(number)


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert list(map_in_order(square, range(20), 2)) == [n * n for n in range(20)]


def test_only_a_few_tasks_are_taken_ahead_of_the_results() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(50):
            taken.append(number)
            yield number

    results = map_in_order(square, tasks(), 2)
    assert next(results) == 0
    assert len(taken) == 2 * AHEAD
    results.close()  # type: ignore[attr-defined]  # a generator


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(WorkerError, match="a worker process died"):
        list(map_in_order(die, [3], 1))


def test_an_error_in_a_process_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(map_in_order(negate, ["x"], 1))
