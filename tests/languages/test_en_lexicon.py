"""The English tables load, cover every action and say only what the format allows."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from kg.languages.lexicon import CUE_KINDS, LANGUAGES, LexicalUnit, load_language, read_table
from kg.model import Status
from kg.ontology.actions import Action, load_actions

RELATIONS = frozenset({"prt", "obj", "iobj", "subj", "comp", "adj", "poss", "refl", "pass", "word", "compound"})
PREPOSITIONS = frozenset(
    {"about", "above", "across", "after", "against", "alongside", "around", "as", "at", "before", "behind", "beside"}
    | {"between", "beyond", "by", "during", "for", "from", "in", "in front of", "inside", "into", "near", "of", "off"}
    | {"on", "onto", "out of", "outside", "over", "past", "regarding", "through", "to", "toward", "towards", "under"}
    | {"until", "upon", "with", "among", "along"}
)


@cache
def units() -> tuple[LexicalUnit, ...]:
    """Return the units of `actions.tsv`."""
    return load_language("en").units


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
    slots = {slot for u in units() for slot in (*u.source, *u.target)} - {"-"}
    assert slots - RELATIONS - PREPOSITIONS == set()


def test_no_unit_demands_what_it_excludes() -> None:
    assert [u.id for u in units() if set(u.required) & set(u.excluded)] == []


def test_every_unit_can_have_an_actor() -> None:
    assert [u.id for u in units() if not u.source and not u.target] == []


def test_every_lemma_is_one_word_in_lower_case() -> None:
    assert [u.id for u in units() if u.lemma != u.lemma.lower() or " " in u.lemma or "_" in u.lemma] == []


def test_words_of_both_spellings_have_the_same_actions() -> None:
    pairs = (("criticise", "criticize"), ("recognise", "recognize"), ("apologise", "apologize"), ("honour", "honor"))
    for british, american in pairs:
        actions = [sorted(u.action for u in units() if u.lemma == lemma) for lemma in (british, american)]
        assert actions[0] == actions[1] != []


def test_every_kind_of_cue_has_words_once_each() -> None:
    cues = Counter((c.lemma, c.kind) for c in load_language("en").cues)
    assert {kind for _, kind in cues} == set(CUE_KINDS)
    assert [cue for cue, count in cues.items() if count > 1] == []


def test_every_reporting_word_stands_once() -> None:
    words = Counter((r.lemma, r.pos) for r in load_language("en").reporting)
    assert {pos for _, pos in words} == {"V", "N", "P"}
    assert [word for word, count in words.items() if count > 1] == []


def test_examples_name_known_types_actions_and_statuses() -> None:
    rows = [row for _, row in read_table(LANGUAGES / "en" / "examples.tsv")]
    told = [row for row in rows if row["type"] != "-"]
    actions = load_actions()
    assert len({row["sentence"] for row in rows}) >= 60
    assert [row for row in told if actions[row["action"]].type != row["type"]] == []
    assert {row["status"] for row in told} <= {s.value for s in Status}
