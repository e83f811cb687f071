"""Find who says so: the speaker of each passage, from quotation marks, reporting verbs and "according to".

In the order of their strength: the verb that governs the passage ("Lavrov siger, at ..."), the speaker of the
quotation that it stands in, a reporting clause beside it ("..., siger Lavrov"), and a phrase of source ("ifølge
Lavrov"). A passage with none of these is the article's own word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.grammar import VERBAL, Grammar, children, path_to_root, preposition, subjects
from kg.extraction.parties import Parties, Party
from kg.languages.lexicon import Language

NEAR = 90
CLAUSE_LINKS = frozenset(
    {"ccomp", "parataxis", "xcomp", "advcl", "conj", "obj", "acl", "csubj", "nsubj", "obl", "root", "appos"}
)


@dataclass(frozen=True, slots=True)
class ReportingIndex:
    """Reporting verbs, nouns and prepositions of a language, with their stance."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    prepositions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch of text and who says it.

    Attributes:
        start: Offset of the opening mark.
        end: Offset after the closing mark.
        speakers: Empty where the text does not tell.
    """

    start: int
    end: int
    speakers: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a passage, and how it was found; empty for the article itself."""

    speakers: tuple[Party, ...]
    because: str


OWN_WORD = Attribution((), "")


def index_reporting(language: Language) -> ReportingIndex:
    """Build the index of a language's reporting words."""
    tables: dict[str, dict[str, str]] = {"V": {}, "N": {}, "P": {}}
    for row in language.reporting:
        tables[row.pos][row.lemma.lower()] = row.stance
    return ReportingIndex(tables["V"], tables["N"], tables["P"])


def find_quotations(
    doc: Doc, language: Language, parties: Parties, reporting: ReportingIndex, grammar: Grammar
) -> tuple[Quotation, ...]:
    """Return the quotations of a document with their speakers, in order.

    One that has no reporting verb of its own inherits the speaker of the quotation before it in the same paragraph.
    """
    found: list[Quotation] = []
    for start, end in _quoted_spans(doc.text, language.quotes):
        speakers = _speakers_near(doc, start, end, parties, reporting, grammar)
        if not speakers and found and "\n\n" not in doc.text[found[-1].end : start]:
            speakers = found[-1].speakers
        found.append(Quotation(start, end, speakers))
    return tuple(found)


def find_attribution(
    token: Token,
    quotations: Iterable[Quotation],
    parties: Parties,
    reporting: ReportingIndex,
    grammar: Grammar,
    speech_acts: Mapping[int, tuple[Party, ...]],
) -> Attribution:
    """Return who says what a token tells.

    Args:
        token: The trigger.
        quotations: Of the document.
        parties: Who stands where.
        reporting: The language's reporting words.
        grammar: The language's grammar words.
        speech_acts: Token index of each predicate that is itself an utterance (accusing, demanding, denying) -> its
            sources; what stands in its complement is their word.
    """
    governed = _governing_speaker(token, parties, reporting, grammar, speech_acts)
    if governed.speakers:
        return governed
    for quotation in quotations:
        if quotation.start <= token.idx < quotation.end and quotation.speakers:
            return Attribution(quotation.speakers, "quotation")
    beside = _reporting_clause_beside(token, parties, reporting, grammar)
    if beside.speakers:
        return beside
    return _phrase_of_source(token, parties, reporting)


def _governing_speaker(
    token: Token,
    parties: Parties,
    reporting: ReportingIndex,
    grammar: Grammar,
    speech_acts: Mapping[int, tuple[Party, ...]],
) -> Attribution:
    below = token
    for node in path_to_root(token):
        if node == token:
            continue
        if below.dep_.split(":")[0] not in CLAUSE_LINKS and below.dep_ not in (
            "nmod",
            "nmod:poss",
            "amod",
            "acl:relcl",
        ):
            return OWN_WORD
        complement = below.dep_.split(":")[0] in ("ccomp", "parataxis", "xcomp", "acl", "advcl", "obj", "obl")
        if complement and node.i in speech_acts and below.dep_ != "conj":
            return Attribution(speech_acts[node.i], f"speech act: {node.text}")
        if complement and node.pos_ in VERBAL and node.lemma_.lower() in reporting.verbs:
            speakers = _speakers_of(node, parties, grammar)
            if speakers:
                return Attribution(speakers, f"verb: {node.text}")
        if complement and below.dep_ in ("acl", "ccomp") and node.lemma_.lower() in reporting.nouns:
            owners = [p for c in children(node, "nmod:poss", "nmod", "amod") for p in parties.within(c)]
            if owners:
                return Attribution(tuple(owners), f"noun: {node.text}")
        below = node
    return OWN_WORD


def _speakers_of(verb: Token, parties: Parties, grammar: Grammar) -> tuple[Party, ...]:
    return tuple(p for s in subjects(verb, grammar) for p in parties.within(s))


def _reporting_clause_beside(
    token: Token, parties: Parties, reporting: ReportingIndex, grammar: Grammar
) -> Attribution:
    above = set(path_to_root(token))
    for verb in token.sent:
        beside = verb.pos_ in VERBAL and verb.dep_ == "parataxis" and verb.head in above and verb not in above
        if beside and verb.lemma_.lower() in reporting.verbs:
            speakers = _speakers_of(verb, parties, grammar)
            if speakers:
                return Attribution(speakers, f"clause: {verb.text}")
    return OWN_WORD


def _phrase_of_source(token: Token, parties: Parties, reporting: ReportingIndex) -> Attribution:
    for other in token.sent:
        words = preposition(other)
        if words and words in reporting.prepositions:
            speakers = parties.within(other)
            if speakers:
                return Attribution(speakers, f"phrase: {words}")
    return OWN_WORD


def _quoted_spans(text: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return the outermost quoted stretches; one left open at a paragraph's end runs to that end."""
    marks = dict(pairs)
    spans, start, closing = [], -1, ""
    for i, char in enumerate(text):
        if start < 0 and char in marks:
            start, closing = i, marks[char]
        elif start >= 0 and char == closing:
            spans.append((start, i + 1))
            start = -1
        elif start >= 0 and text.startswith("\n\n", i):
            spans.append((start, i))
            start = -1
    return [s for s in spans if s[1] - s[0] > 2]


def _speakers_near(
    doc: Doc, start: int, end: int, parties: Parties, reporting: ReportingIndex, grammar: Grammar
) -> tuple[Party, ...]:
    """Return the subject of the reporting verb nearest to a quotation, outside it and in its own paragraph."""
    best: tuple[int, tuple[Party, ...]] = (NEAR + 1, ())
    for token in doc:
        if start <= token.idx < end or token.pos_ not in VERBAL or token.lemma_.lower() not in reporting.verbs:
            continue
        distance = token.idx - end if token.idx >= end else start - token.idx
        between = doc.text[end : token.idx] if token.idx >= end else doc.text[token.idx : start]
        if distance < best[0] and "\n\n" not in between:
            speakers = _speakers_of(token, parties, grammar)
            if speakers:
                best = (distance, speakers)
    return best[1]
