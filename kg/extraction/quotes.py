"""Find whose words a first person stands in: the "vi" of »Vi beklager«, siger Stoltenberg."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.candidates import Candidate, Candidates
from kg.extraction.grammar import text_of
from kg.languages.lexicon import Language
from kg.model import Mention

_NEAR = 120


def find_quote_speaker(token: Token, found: Candidates, language: Language) -> Mention | None:
    """Return the mention of who says the words that a token stands in; None outside of quotations.

    The speaker is the first subject after the quotation in its paragraph, else the last one before it.
    """
    text = text_of(token.doc)
    bounds = _quotation_around(token.idx, text, language)
    if bounds is None:
        return None
    start, end = bounds
    stop = text.find("\n\n", end)
    stop = min(end + _NEAR, stop if stop >= 0 else len(text))
    solid = [c for c in found.everyone if c.principals and not c.is_place and (c.is_person or not c.is_nested)]
    after = [c for c in solid if end <= c.mention.span.start < stop]
    before = [c for c in solid if c.mention.span.end <= start]
    if _pronoun_speaks(token, end, stop):
        after = []
    chosen = _first_subject(after) or _first_subject(list(reversed(before)))
    return chosen.mention if chosen is not None else None


def _pronoun_speaks(token: Token, end: int, stop: int) -> bool:
    """Say whether the first subject after a quotation is a pronoun, whose noun then stands before it."""
    after = token.doc.char_span(end, stop, alignment_mode="contract")
    subjects = (t for t in after or () if t.dep_.startswith("nsubj"))
    first = next(subjects, None)
    return first is not None and first.pos_ == "PRON"


def _first_subject(candidates: list[Candidate]) -> Candidate | None:
    subjects = [c for c in candidates if c.is_subject or c.is_person]
    return subjects[0] if subjects else next(iter(candidates), None)


def _quotation_around(offset: int, text: str, language: Language) -> tuple[int, int] | None:
    for opening, closing in language.quotes:
        if opening == closing:
            found = _same_marks(offset, text, opening)
        else:
            start, end = text.rfind(opening, 0, offset), text.find(closing, offset)
            is_open = start >= 0 and text.rfind(closing, start + 1, offset) < 0 <= end
            found = (start, end + 1) if is_open else None
        if found is not None:
            return found
    return None


def _same_marks(offset: int, text: str, mark: str) -> tuple[int, int] | None:
    """Return the quotation where opening and closing marks are alike: an odd number stands before it."""
    begin = text.rfind("\n\n", 0, offset) + 1
    if text.count(mark, begin, offset) % 2 == 0:
        return None
    end = text.find(mark, offset)
    return (text.rfind(mark, begin, offset), end + 1) if end >= 0 else None
