"""What a run reports."""

from __future__ import annotations

import json
from pathlib import Path

from kg.building import Added, Unchanged, Withdrawn
from kg.model import Article, Rejected
from kg.reports import Tally, format_page


def tally() -> Tally:
    counted = Tally()
    counted.count(Added(Article("a", "Text.", "da"), (), changed=True, seconds=1.5))
    counted.count(Added(Article("b", "Text.", "da", "2021"), (), changed=False, seconds=2.0))
    counted.count(Unchanged(Article("c", "Text.", "en")))
    counted.count(Withdrawn(Article("d", "Text.", "en")))
    counted.count(Rejected("<script>alert(1)</script>", "empty & broken"))
    return counted


def test_every_outcome_is_counted() -> None:
    assert tally().articles == 5
    assert tally().to_json() == {
        "articles": {"added": 1, "unchanged": 2, "undated": 1},
        "events": 0,
        "claims": 0,
        "types": {},
        "languages": {"da": 2},
        "slowest": [{"article": "b", "seconds": 2.0}, {"article": "a", "seconds": 1.5}],
        "withdrawn": ["d"],
        "rejected": [{"name": "<script>alert(1)</script>", "reason": "empty & broken"}],
    }


def test_the_page_shows_hostile_names_as_text() -> None:
    page = format_page(tally())
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "empty &amp; broken" in page


def test_the_files_are_written_over_those_of_the_run_before(tmp_path: Path) -> None:
    tally().write(tmp_path)
    Tally().write(tmp_path)
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["rejected"] == []
    assert (tmp_path / "rejected.jsonl").read_text(encoding="utf-8") == ""
    assert "Report of a run" in (tmp_path / "report.html").read_text(encoding="utf-8")
