from __future__ import annotations

import pytest

from kg.identity import article_name, event_id, hash_content, order_sides

DAY = ("2021-11-01", "2021-11-01")


def test_an_event_is_the_same_whatever_the_order_of_its_actors() -> None:
    assert event_id("accuse", ["USA", "GBR"], ["RUS"], *DAY) == event_id("accuse", ["GBR", "USA"], ["RUS"], *DAY)


def test_who_acts_and_who_is_acted_on_makes_a_difference() -> None:
    assert event_id("accuse", ["RUS"], ["USA"], *DAY) != event_id("accuse", ["USA"], ["RUS"], *DAY)


@pytest.mark.parametrize("action", ["meet", "agree", "joint-exercise", "sign-agreement"])
def test_the_sides_of_a_symmetric_action_may_be_exchanged(action: str) -> None:
    assert event_id(action, ["RUS"], ["USA"], *DAY) == event_id(action, ["USA"], ["RUS"], *DAY)
    assert order_sides(action, ["USA"], ["RUS"]) == (("RUS",), ("USA",))


@pytest.mark.parametrize("action", ["visit", "host", "promise-aid", "offer"])
def test_who_visits_promises_or_offers_is_not_whom_it_is_done_to(action: str) -> None:
    assert event_id(action, ["RUS"], ["USA"], *DAY) != event_id(action, ["USA"], ["RUS"], *DAY)
    assert order_sides(action, ["USA"], ["RUS"]) == (("USA",), ("RUS",))


def test_a_symmetric_action_without_target_keeps_its_source() -> None:
    assert order_sides("meet", ["USA"], []) == (("USA",), ())


@pytest.mark.parametrize(
    "other",
    [
        ("condemn", ["RUS"], ["NATO"], *DAY),
        ("accuse", ["RUS"], [], *DAY),
        ("accuse", ["RUS"], ["NATO"], "2021-11-01", "2021-11-30"),
        ("accuse", ["RUS", "NATO"], [], *DAY),
    ],
    ids=["action", "no target", "interval", "target among the sources"],
)
def test_another_action_side_or_interval_is_another_event(other: tuple[str, list[str], list[str], str, str]) -> None:
    assert event_id(*other) != event_id("accuse", ["RUS"], ["NATO"], *DAY)


def test_a_dated_event_is_the_same_in_every_article_and_an_undated_one_is_not() -> None:
    assert event_id("accuse", ["A"], ["B"], *DAY, "one") == event_id("accuse", ["A"], ["B"], *DAY, "two")
    assert event_id("accuse", ["A"], ["B"], "", "", "one") != event_id("accuse", ["A"], ["B"], "", "", "two")


def test_a_hash_keeps_the_borders_of_its_parts() -> None:
    assert hash_content("ab", "c") != hash_content("a", "bc")


@pytest.mark.parametrize("plain", ["da-d01", "a", "2021_10"])
def test_a_plain_article_id_is_its_own_name(plain: str) -> None:
    assert article_name(plain) == plain


def test_other_article_ids_get_distinct_names_of_plain_characters() -> None:
    ids = ["a/b", "a b", "æ", "Æ", "", "-", "a" * 100, "http://x/?q=1#2", "<script>", "a.b"]
    names = {article_name(each) for each in ids}
    assert len(names) == len(ids)
    assert all(name.replace("-", "").replace("_", "").isalnum() and name.isascii() for name in names)
