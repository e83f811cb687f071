"""The Danish tables load, cover every action and say only what the format allows."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from kg.languages.lexicon import LANGUAGES, LexicalUnit, load_language, read_table
from kg.model import Status
from kg.ontology.actions import Action, load_actions

RELATIONS = frozenset({"prt", "obj", "iobj", "subj", "comp", "adj", "poss", "refl", "pass", "word", "compound"})
ONE_WORD = frozenset(
    {
        "forbi",
        "per",
        "pr",
        "inden",
        "via",
        "ad",
        "af",
        "bag",
        "blandt",
        "efter",
        "for",
        "foran",
        "fra",
        "gennem",
        "hos",
        "i",
        "imod",
        "langs",
        "med",
    }
    | {"mellem", "mod", "nær", "om", "omkring", "over", "på", "som", "til", "under", "ved"}
)
TWO_WORDS = frozenset({"ind i", "op mod", "over for", "over på", "sammen med", "ud af", "ud for", "ude af", "uden for"})
PREPOSITIONS = ONE_WORD | TWO_WORDS


@cache
def units() -> tuple[LexicalUnit, ...]:
    """Return the units of `actions.tsv`."""
    return load_language("da").units


@cache
def fine_actions() -> tuple[Action, ...]:
    """Return the actions below the sixteen types."""
    return tuple(a for a in load_actions().values() if a.type and a.id != a.type)


def test_there_are_at_least_900_units() -> None:
    assert len(units()) >= 900


def test_every_action_of_a_unit_exists() -> None:
    assert {u.action for u in units()} <= set(load_actions())


@pytest.mark.parametrize("action", fine_actions(), ids=lambda a: a.id)
def test_every_action_has_words(action: Action) -> None:
    assert any(u.action == action.id for u in units())


def test_no_unit_stands_twice() -> None:
    counts = Counter((u.lemma, u.pos, frozenset(u.required)) for u in units())
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_constraint_has_a_known_role() -> None:
    roles = {c.role for u in units() for c in (*u.required, *u.excluded)}
    assert roles - RELATIONS - PREPOSITIONS == set()


def test_every_slot_is_a_relation_or_a_preposition() -> None:
    slots = {slot for u in units() for slot in (*u.source, *u.target)}
    assert slots - RELATIONS - PREPOSITIONS == set()


def test_no_unit_demands_what_it_excludes() -> None:
    assert [u.id for u in units() if set(u.required) & set(u.excluded)] == []


def test_every_lemma_is_one_word_in_lower_case_or_a_name() -> None:
    assert [u.id for u in units() if " " in u.lemma or "_" in u.lemma] == []


def test_examples_name_known_types_actions_and_statuses() -> None:
    rows = [row for _, row in read_table(LANGUAGES / "da" / "examples.tsv")]
    told = [row for row in rows if row["type"] != "-"]
    actions = load_actions()
    assert len({row["sentence"] for row in rows}) >= 60
    assert [row for row in told if actions[row["action"]].type != row["type"]] == []
    assert {row["status"] for row in told} <= {s.value for s in Status}
