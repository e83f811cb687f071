"""The names that others may build on."""

from __future__ import annotations

import inspect

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(kg, name))


def test_the_public_names_are_sorted_and_listed() -> None:
    assert sorted(kg.__all__, key=lambda name: (name.islower(), name)) == list(kg.__all__)
    assert dir(kg) == sorted(kg.__all__)


def test_another_name_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'; there are: Article, "):
        kg.nothing  # noqa: B018  # the look-up is the test


def test_the_version_is_the_newest_in_the_changelog() -> None:
    from importlib.metadata import version
    from pathlib import Path

    changelog = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(line for line in changelog.splitlines() if line.startswith("## "))
    assert newest.split()[1] == version("kg-events")
