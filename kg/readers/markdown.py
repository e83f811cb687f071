"""Read Markdown: front matter between `---` lines gives the fields, the first heading the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Source, to_draft

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FRONT_LINE = re.compile(r"(\w+):[ \t]*(.*)")


def read(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the one article of a Markdown file."""
    yield parse_markdown(decode(source.read()))


def parse_markdown(text: str) -> Draft:
    r"""Return the prose of a Markdown text; code, pictures and raw HTML are left out.

    Example:
        >>> draft = parse_markdown("# Nato svarer\n\n**Nato** [svarer](http://a.b) i dag.")
        >>> draft.title, draft.text
        ('Nato svarer', 'Nato svarer i dag.')
    """
    front = _FRONT.match(text)
    fields = dict(_read_front(front[1])) if front is not None else {}
    body = text[front.end() :] if front is not None else text
    title, paragraphs = _split_title(list(_find_paragraphs(MarkdownIt("commonmark").parse(body))))
    draft = to_draft({**fields, "text": "\n\n".join(paragraphs) or " ".join(body.split())}, {}, "")
    return draft if draft.title else replace(draft, title=title)


def _read_front(block: str) -> Iterator[tuple[str, str]]:
    for line in block.splitlines():
        match = _FRONT_LINE.fullmatch(line.strip())
        if match is not None:
            yield match[1].lower(), match[2].strip().strip("\"'")


def _find_paragraphs(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield (tag of the block, its text)."""
    for opening, token in pairwise(tokens):
        if token.type == "inline":
            text = "".join(_inline_text(child) for child in token.children or ())
            if text.strip():
                yield opening.tag, text.strip()


def _inline_text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def _split_title(paragraphs: list[tuple[str, str]]) -> tuple[str, list[str]]:
    if paragraphs and paragraphs[0][0] == "h1":
        return paragraphs[0][1], [text for _, text in paragraphs[1:]]
    return "", [text for _, text in paragraphs]
