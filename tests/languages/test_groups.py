"""Constraints may name a group of words; a group that is not there is refused with those that are."""

from __future__ import annotations

import pytest

from kg.languages.lexicon import Constraint, parse_constraints

GROUPS = {"troops": ("soldat", "*tropper"), "pact": ("aftale",)}


def test_a_group_stands_for_its_words_among_others() -> None:
    assert parse_constraints("obj=hær|$troops", GROUPS) == (Constraint("obj", ("hær", "soldat", "*tropper")),)


def test_a_word_named_twice_counts_once() -> None:
    assert parse_constraints("obj=soldat|$troops", GROUPS) == (Constraint("obj", ("soldat", "*tropper")),)


def test_a_preposition_of_two_words_is_written_with_a_line() -> None:
    assert parse_constraints("over_for=@actor") == (Constraint("over for", ("@actor",)),)


def test_an_unknown_group_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"no group '\$ships' in groups.tsv; there are: troops, pact"):
        parse_constraints("obj=$ships", GROUPS)
