"""The vocabulary as a page for people."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.graph.names import make_names
from kg.ontology.actions import load_actions
from kg.ontology.vocabulary import load_action_terms, load_vocabulary
from kg.views.vocabulary import format_vocabulary

PAGE = format_vocabulary(make_names())


def test_every_term_and_action_stands_under_its_own_name() -> None:
    anchors = re.findall(r'id="([^"]+)"', PAGE)
    assert len(anchors) == len(set(anchors))
    terms = {term.id for term in load_vocabulary() if term.kind != "ontology"}
    actions = {f"act:{name}" for name in load_actions()} | {"act:cooperation", "act:conflict"}
    assert set(anchors) == terms | actions


def test_every_link_within_the_page_leads_somewhere() -> None:
    links = set(re.findall(r'href="#([^"]+)"', PAGE))
    assert links - set(re.findall(r'id="([^"]+)"', PAGE)) == set()
    assert len(links) > 70


def test_the_page_is_well_formed_and_loads_nothing() -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "onload"} & {name for name, _ in attrs}
            if tag not in ("meta", "link"):
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    reader = Reader()
    reader.feed(PAGE)
    assert reader.open == []


@pytest.mark.parametrize(
    "text",
    [
        "kg:attributedTo",
        "The person, office or organization who says so; none where the article itself does.",
        "fastslået",
        "Norge giver tilsagn om 40 millioner dollar til Moldova.",
        "cameo:033",
        'href="http://semanticweb.cs.vu.nl/2009/11/sem/Actor"',
    ],
)
def test_the_page_tells(text: str) -> None:
    assert text in PAGE


def test_every_term_says_what_it_means() -> None:
    assert [term.name for term in (*load_vocabulary(), *load_action_terms()) if not term.meaning] == []


def test_the_command_writes_it_under_another_base(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ontology.html"
    assert run(["ontology", str(path), "--base", "https://my.example/"]) == 0
    text = path.read_text(encoding="utf-8")
    assert "https://my.example/ns#" in text
    assert "example.org/kg" not in text
