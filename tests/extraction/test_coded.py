"""Sentences of every construction, against the claims that a human coder makes of them."""

from __future__ import annotations

import pytest

from kg.languages.lexicon import find_languages
from tests.extraction.coded import Row, extract_rows, find_faults, parse_claims, read_rows, table_of


def rows_of(kind: str) -> list[object]:
    return [
        pytest.param(code, row, id=f"{code}: {row.construction}: {row.text}")
        for code in find_languages()
        for row in read_rows(table_of(code, kind=kind))
    ]


@pytest.mark.parametrize(("code", "row"), rows_of("coded"))
def test_a_sentence_gives_the_claims_that_a_coder_makes_of_it_and_no_others(code: str, row: Row) -> None:
    assert find_faults(row, extract_rows(code)[row]) == []


@pytest.mark.xfail(reason="not reached yet; `python -m tests.benchmarks.sentences` moves it when it is", strict=True)
@pytest.mark.parametrize(("code", "row"), rows_of("open"))
def test_an_open_sentence_gives_the_claims_that_a_coder_makes_of_it(code: str, row: Row) -> None:
    assert find_faults(row, extract_rows(code)[row]) == []


@pytest.mark.parametrize("code", find_languages())
def test_no_sentence_stands_in_the_tables_twice(code: str) -> None:
    rows = [*read_rows(table_of(code)), *read_rows(table_of(code, kind="open"))]

    assert len({row.text for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("claims", "faults"),
    [
        pytest.param("NOR SANCTION RUS", [], id="the same"),
        pytest.param("NOR SANCTION RUS; ? NOR ACCUSE RUS", [], id="what a coder may leave out"),
        pytest.param("NOR SANCTION RUS by:*", [], id="a speaker that is left open"),
        pytest.param(
            "NOR SANCTION RUS by:RUS", ["speaker of NOR SANCTION RUS actual: none, not RUS"], id="another speaker"
        ),
        pytest.param(
            "NOR SANCTION RUS on:2022", ["date of NOR SANCTION RUS actual: none, not 2022"], id="another date"
        ),
        pytest.param("NOR+SWE SANCTION RUS", ["missed SWE SANCTION RUS actual"], id="another side"),
        pytest.param(
            "NOR SANCTION RUS planned",
            ["missed NOR SANCTION RUS planned", "false NOR SANCTION RUS actual"],
            id="another status",
        ),
        pytest.param("-", ["false NOR SANCTION RUS actual"], id="no event"),
    ],
)
def test_what_differs_from_a_row_is_told(claims: str, faults: list[str]) -> None:
    found = list(parse_claims("NOR SANCTION RUS"))

    assert find_faults(Row("roles/active", "2022-04-05", "Norway expels two Russians.", claims), found) == faults


def test_a_signing_has_no_direction() -> None:
    [(key, told)] = parse_claims("RUS SUPPORT BLR")
    signed = type(told)(signed=True)

    assert find_faults(Row("", "", "", "BLR SUPPORT RUS"), [(key, signed)]) == []
    assert find_faults(Row("", "", "", "BLR SUPPORT RUS"), [(key, told)]) != []
