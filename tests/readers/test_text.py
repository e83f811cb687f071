"""The header that a plain text may begin with."""

from __future__ import annotations

import pytest

from kg.readers.drafts import Draft
from kg.readers.text import parse_text

BODY = "Nato svarer Rusland."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(BODY, Draft(BODY), id="no header"),
        pytest.param(f"date 2021-10-18\n\n{BODY}", Draft(f"\n{BODY}", date="2021-10-18"), id="line of its own"),
        pytest.param(f" date 2021-10 {BODY}", Draft(BODY, date="2021-10"), id="straight before the text"),
        pytest.param(f"date: 2021\r\n{BODY}", Draft(BODY, date="2021"), id="colon and Windows line end"),
        pytest.param(f"\ufeffdate 2021 {BODY}", Draft(BODY, date="2021"), id="byte order mark"),
        pytest.param(
            f"lang da\nurl https://a.dk/1\npublisher Bladet\ntitle Nato svarer\ndate 2021-10-18\nid x1\n{BODY}",
            Draft(BODY, "x1", "da", "2021-10-18", "Nato svarer", "https://a.dk/1", "Bladet"),
            id="all fields",
        ),
        pytest.param("date with destiny", Draft("date with destiny"), id="a word, no date"),
        pytest.param("date 20211018x", Draft("date 20211018x"), id="a number, no date"),
        pytest.param("lang live the king\nText", Draft("lang live the king\nText"), id="a word, no language"),
        pytest.param(
            "date 2021\ndate 2020 was bad.", Draft("date 2020 was bad.", date="2021"), id="second date is text"
        ),
    ],
)
def test_header_and_body_are_told_apart(text: str, expected: Draft) -> None:
    assert parse_text(text) == expected
