"""Read `told.*.conllu`: sentences with a parse that is written down, and what each tells of one of its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Token

FOLDER = Path(__file__).parent
PUBLISHED = "2021-10-21"


def read_cases(kind: str) -> list[object]:
    """Return (language, rows of the parse, word, what is told) of all sentences that tell a kind of thing."""
    return [
        pytest.param(code, rows, word, told, id=f"{code}: {word}: {text}")
        for code in ("da", "en")
        for text, wanted, rows in _read_sentences(FOLDER / f"told.{code}.conllu")
        for named, word, told in wanted
        if named == kind
    ]


def _read_sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, str, str]], list[list[str]]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = block.strip().split("\n")
        text = lines[0].removeprefix("# text = ")
        comments = [line.removeprefix("# ").partition(" = ") for line in lines[1:] if line.startswith("# ")]
        names = [named.partition(" of ") for named, _, _ in comments]
        told = ["" if value == "-" else value for _, _, value in comments]
        wanted = [(kind, word, value) for (kind, _, word), value in zip(names, told, strict=True)]
        yield text, wanted, [line.split("\t") for line in lines if not line.startswith("# ")]


def build_doc(code: str, rows: list[list[str]]) -> Doc:
    """Build a document of a written parse."""
    return Doc(
        spacy.blank(code).vocab,
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=[int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)],
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
        spaces=[row[9] != "SpaceAfter=No" for row in rows],
    )


def find_word(doc: Doc, word: str) -> Token:
    """Return the first token that is written so."""
    return next(token for token in doc if token.text == word)
