"""Bytes to clean text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers.decoding import clean_line, clean_text, decode

ARTICLES = sorted((Path(__file__).parents[1] / "articles").glob("*.txt"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_is_read_in_any_encoding_that_papers_used(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8").replace("»", '"').replace("«", '"').replace("ć", "c")
    assert decode(text.encode(encoding)) == text


def test_another_code_page_is_guessed_from_its_letters() -> None:
    text = "Премьер-министр России встретился с президентом Франции в Москве. Они обсудили договор. " * 5
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("a\r\nb\rc", "a b c", id="line ends and a broken paragraph"),
        pytest.param("a\n \n\n\nb ", "a\n\nb", id="paragraphs"),
        pytest.param("x" * 120 + "\n" + "y" * 120, "x" * 120 + "\n\n" + "y" * 120, id="a long line is a paragraph"),
        pytest.param("Ko\u0308ln", "Köln", id="NFC"),
        pytest.param("Dan\u00admark\u200b", "Danmark", id="soft hyphen and zero width"),
        pytest.param("a\u202egnp.exe", "agnp.exe", id="direction override"),
        pytest.param("a\x00b\x1b[31mc", "ab[31mc", id="control characters"),
        pytest.param("20\xa0000 \t mand", "20 000 mand", id="blanks"),
        pytest.param("a\ud800b", "ab", id="lone surrogate"),
        pytest.param(" \n ", "", id="nothing"),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean
    assert clean_text(clean) == clean


def test_a_headline_is_one_line() -> None:
    assert clean_line(" Nato\n\nsvarer ") == "Nato svarer"


def test_empty_bytes_are_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        decode(b" \n")
