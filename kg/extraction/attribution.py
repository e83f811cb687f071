"""Find who says so: the speaker of each passage, from quotation marks, reporting verbs and "according to".

In the order of their strength: the verb that governs the passage ("Lavrov siger, at ..."), the speaker of the
quotation that it stands in, a reporting clause beside it ("..., siger Lavrov"), and a phrase of source ("ifølge
Lavrov"). A passage with none of these is the article's own word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extraction.grammar import VERBAL, Grammar, children, clause_head, path_to_root, preposition, subjects, text_of
from kg.extraction.parties import Parties, Party
from kg.languages.lexicon import Language

NEAR = 90
ANSWER_REACH = 2
"""Paragraphs from one answer of an interview to the next: the question between them."""

CLAIMING = frozenset(
    {
        *("ACCUSE", "accuse", "accuse-espionage", "sue", "deny", "promise", "promise-aid", "offer"),
        *("REQUEST", "demand", "call-for", "call-for-talks", "call-for-sanctions", "call-for-ceasefire"),
        *("request-aid", "THREATEN", "threaten", "threaten-sanctions", "threaten-force", "warn", "ultimatum"),
    }
)
"""Actions whose object is its speaker's word; what is praised, condemned or regretted is taken for a fact."""

WITHIN = frozenset(
    {"ccomp", "dep", "xcomp", "advcl", "conj", "obj", "obl", "acl", "nsubj", "csubj", "nmod", "amod", "appos"}
)
SAID = frozenset({"ccomp", "xcomp"})
ACCUSED = frozenset({"ccomp", "xcomp", "acl", "advcl", "obj", "obl", "nmod"})
BREAKS = frozenset(";:")


@dataclass(frozen=True, slots=True)
class ReportingIndex:
    """Reporting words of a language.

    Attributes:
        verbs: Lemma -> stance.
        nouns: Lemma -> stance.
        prepositions: Words -> stance.
        complementisers: What opens reported speech.
        announcers: Pronouns that stand for the sentence before: "Det oplyser ministeriet".
        topics: Prepositions of what is reported: "meldte om et angreb".
    """

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    prepositions: Mapping[str, str]
    complementisers: frozenset[str]
    announcers: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


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
    """Who says a passage, and how it was found; empty for the article itself.

    Attributes:
        speakers: Whose utterance the passage is.
        because: How it was found.
        told_by: Who tells of that utterance ("Stoltenberg says that Russia has announced ..."); empty for the article.
    """

    speakers: tuple[Party, ...]
    because: str
    told_by: tuple[Party, ...] = ()


OWN_WORD = Attribution((), "")


def index_reporting(language: Language) -> ReportingIndex:
    """Build the index of a language's reporting words."""
    tables: dict[str, dict[str, str]] = {"V": {}, "N": {}, "P": {}}
    for row in language.reporting:
        tables[row.pos][row.lemma.lower()] = row.stance
    grammar = language.settings.get("grammar", {})
    words = grammar if isinstance(grammar, dict) else {}
    openers, announcers, topics = (frozenset(words.get(k, ())) for k in ("complementisers", "announcers", "topics"))
    return ReportingIndex(tables["V"], tables["N"], tables["P"], openers, announcers, topics)


def find_quotations(
    doc: Doc, language: Language, parties: Parties, reporting: ReportingIndex, grammar: Grammar
) -> tuple[Quotation, ...]:
    """Return the quotations of a document with their speakers, in order.

    One that has no reporting verb of its own inherits the speaker of the quotation before it in the same paragraph, or,
    where it opens a paragraph of its own as an answer does in an interview, of the one before that.
    """
    found: list[Quotation] = []
    for start, end in _quoted_spans(text_of(doc), language.quotes):
        speakers = _speakers_near(doc, start, end, parties, reporting, grammar)
        if not speakers and found and _continues(text_of(doc), found[-1].end, start):
            speakers = found[-1].speakers
        found.append(Quotation(start, end, speakers))
    return tuple(found)


def _continues(text: str, end: int, start: int) -> bool:
    """Say whether a quotation goes on with the one that ended before it."""
    between = text[end:start]
    paragraphs = between.count("\n\n")
    return paragraphs == 0 or (paragraphs <= ANSWER_REACH and between.endswith("\n\n"))


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
    governed, verb = _governing_speaker(token, parties, reporting, grammar, speech_acts)
    if governed.speakers:
        outer, _ = _governing_speaker(verb, parties, reporting, grammar, speech_acts)
        return replace(governed, told_by=outer.speakers)
    for quotation in quotations:
        if quotation.start <= token.idx < quotation.end and quotation.speakers:
            return Attribution(quotation.speakers, "quotation")
    for attribution in (
        _reporting_clause_beside(token, parties, reporting, grammar),
        _phrase_of_source(token, parties, reporting),
        _speaker_before_colon(token, parties),
        _announcement_after(token, parties, reporting),
    ):
        if attribution.speakers:
            return attribution
    return OWN_WORD


def _governing_speaker(
    token: Token,
    parties: Parties,
    reporting: ReportingIndex,
    grammar: Grammar,
    speech_acts: Mapping[int, tuple[Party, ...]],
) -> tuple[Attribution, Token]:
    """Return whose utterance a token stands in the complement of, the nearest first.

    A relative clause ends the search: what it tells of an actor is the article's own word ("the embargo that the
    Council adopted"). So does a noun phrase that merely stands beside: "protested after the attack".
    The token returned is the word of speech.
    """
    below = token
    for node in path_to_root(token):
        if node == token:
            continue
        label = below.dep_.split(":")[0]
        if label not in WITHIN or below.dep_ == "acl:relcl" or _is_aside(below, reporting):
            return OWN_WORD, token
        if node.i in speech_acts and label in ACCUSED and below.i > node.i and not _is_place(below, node, grammar):
            return Attribution(speech_acts[node.i], f"speech act: {node.text}"), node
        said = label in SAID or (label in ("advcl", "obj") and _is_content(below, reporting))
        said = said or (
            label in ("obj", "dep") and below.pos_ == "NOUN" and below.i > node.i and _doubts(node, reporting)
        )
        said = said or (label == "obl" and preposition(below) in reporting.topics and _doubts(node, reporting))
        if said and node.pos_ in VERBAL and _reports(node, reporting):
            speakers = _speakers_of(node, parties, grammar)
            if speakers:
                return Attribution(speakers, f"verb: {node.text}"), node
        if below.dep_ in ("acl", "ccomp") and node.lemma_.lower() in reporting.nouns:
            owners = [p for c in children(node, "nmod:poss", "nmod", "amod") if c != below for p in parties.within(c)]
            if owners:
                return Attribution(tuple(owners), f"noun: {node.text}"), node
        below = node
    return OWN_WORD, token


def _is_place(node: Token, head: Token, grammar: Grammar) -> bool:
    """Say whether a phrase tells but where or when: "said so at the summit", "assured, during a meeting, that ...".

    "Insists on talks" has nothing else that could be what is insisted on.
    """
    if node.dep_.split(":")[0] not in ("obl", "nmod"):
        return False
    if any(c != node for c in children(head, "ccomp")):
        return True
    others = children(head, "obj", "xcomp", "obl")
    return preposition(node) in grammar.place_prepositions and any(head.i < c.i < node.i for c in others)


def _is_content(node: Token, reporting: ReportingIndex) -> bool:
    """Say whether a clause is opened by nothing but "that": a parser may take it for a circumstance."""
    marks = [c.lower_ for c in children(node, "mark")]
    return len(marks) == 1 and marks[0] in reporting.complementisers


def _is_aside(node: Token, reporting: ReportingIndex) -> bool:
    """Say whether a clause tells the circumstances, not the content: "after ...", "because ...", "when ..."."""
    if node.dep_ not in ("advcl", "ccomp") or not children(node, "mark") or _is_content(node, reporting):
        return False
    return not {"Inf", "Ger", "Part"} & set(node.morph.get("VerbForm", [])) or bool(children(node, "nsubj"))


def _reports(verb: Token, reporting: ReportingIndex) -> bool:
    return verb.lemma_.lower() in reporting.verbs or verb.lower_ in reporting.verbs


def _doubts(verb: Token, reporting: ReportingIndex) -> bool:
    """Say whether a verb leaves what is said to its speaker: "siger", not "forstår"."""
    stance = reporting.verbs.get(verb.lemma_.lower()) or reporting.verbs.get(verb.lower_)
    return stance not in (None, "fact")


def _speakers_of(verb: Token, parties: Parties, grammar: Grammar) -> tuple[Party, ...]:
    """Return the parties in a verb's subject, else those from whom it comes ("lyder det fra Kinshasa")."""
    found = tuple(p for s in subjects(verb, grammar) for p in parties.within(s))
    if found:
        return found
    sources = (c for c in children(verb, "obl", "nmod") if preposition(c) in grammar.origin_prepositions)
    return tuple(p for c in sources for p in parties.within(c))


def _reporting_clause_beside(
    token: Token, parties: Parties, reporting: ReportingIndex, grammar: Grammar
) -> Attribution:
    """Return the speaker of a clause that is set off beside a token's own: "..., siger Lavrov"."""
    above = list(path_to_root(token))
    for verb in token.sent:
        if verb.pos_ not in VERBAL or verb == token or not _doubts(verb, reporting) or not _same_stretch(token, verb):
            continue
        if verb in above and any(_is_aside(n, reporting) for n in above[: above.index(verb)]):
            continue
        beside = verb.dep_ == "parataxis" and verb.head in above and verb not in above
        speakers = _speakers_of(verb, parties, grammar) if beside else ()
        speakers = speakers or _speaker_set_off(token, verb, parties, grammar)
        if speakers:
            return Attribution(speakers, f"clause: {verb.text}")
    return OWN_WORD


def _same_stretch(one: Token, other: Token) -> bool:
    first, last = sorted((one.i, other.i))
    return not any(t.text in BREAKS for t in one.doc[first:last])


def _speaker_set_off(token: Token, verb: Token, parties: Parties, grammar: Grammar) -> tuple[Party, ...]:
    """Return who speaks in a clause of speech between two marks, read by the order of its words.

    A parser that is unsure of a trailing clause still leaves its words in place: ", oplyste generalstaben i Paris",
    ", General de Chastelain certified on Monday".
    """
    start = verb.i
    while start > verb.sent.start and not verb.doc[start - 1].is_punct:
        start -= 1
    opening = verb.doc[start : verb.i]
    if start == verb.sent.start or start <= token.i <= verb.i:
        return ()
    if any(c.i > verb.i for c in children(verb, "xcomp")):
        return ()
    if not len(opening):
        apart = [] if children(verb, "obj") else [s for s in children(verb, "nsubj") if s.i < verb.i]
        if not apart and children(verb, "nsubj") and children(verb, "nsubj")[0].i < verb.i:
            return ()
        found = tuple(p for s in apart if s.i > token.i for p in parties.within(s)) or _first_after(verb, parties)
        return found if token.i < verb.i else ()
    if token.i > verb.i and not any(t.is_punct for t in verb.doc[verb.i : token.i]):
        return ()
    if any(t.pos_ in ("VERB", "SCONJ", "CCONJ") or t.lower_ in grammar.relative_pronouns for t in opening):
        return ()
    if verb.i + 1 < verb.sent.end and verb.doc[verb.i + 1].pos_ not in ("PUNCT", "ADP", "ADV", "SPACE"):
        return ()
    return next(((p,) for t in reversed(opening) if (p := parties.at(t)) is not None), ())


def _first_after(verb: Token, parties: Parties) -> tuple[Party, ...]:
    """Return the party that follows an inverted verb of speech before the next mark: ", oplyste generalstaben"."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.is_punct or token.pos_ in ("VERB", "SCONJ"):
            break
        party = parties.at(token)
        if party is not None:
            return (party,)
    return ()


def _phrase_of_source(token: Token, parties: Parties, reporting: ReportingIndex) -> Attribution:
    """Return whom a phrase like "ifølge Lavrov" names, in a token's own stretch of the sentence."""
    for other in token.sent:
        words = preposition(other)
        if not words or words not in reporting.prepositions or not _same_stretch(token, other):
            continue
        speakers = parties.within(other)
        apart = _is_in_relative(other, token) or _is_in_other_clause(other, token)
        if speakers and token not in set(other.subtree) and not apart:
            return Attribution(speakers, f"phrase: {words}")
    return OWN_WORD


def _is_in_relative(phrase: Token, token: Token) -> bool:
    """Say whether a phrase stands in a relative clause that a token is outside of."""
    above = set(path_to_root(token))
    return any(n.dep_ == "acl:relcl" and n not in above for n in path_to_root(phrase))


def _is_in_other_clause(phrase: Token, token: Token) -> bool:
    """Say whether a phrase belongs to one of two coordinated clauses and a token to the other."""
    one, other = clause_head(phrase), clause_head(token)
    if one == other:
        return False
    later, earlier = (one, other) if one.i > other.i else (other, one)
    return later.dep_ == "conj" and later.head == earlier and bool(children(later, "nsubj", "cc"))


def _speaker_before_colon(token: Token, parties: Parties) -> Attribution:
    """Return the speaker that opens a sentence before a colon: "IAEA: Iran beriger nu uran"."""
    party = parties.at(token.sent[0])
    if party is None or token.i <= party.head:
        return OWN_WORD
    end = next((t for t in token.sent if t.idx >= party.mention.span.end), None)
    return Attribution((party,), "colon") if end is not None and end.text == ":" else OWN_WORD


def _announcement_after(token: Token, parties: Parties, reporting: ReportingIndex) -> Attribution:
    """Return the speaker whom the next sentence names for the whole of a token's own: "Det oplyser ministeriet"."""
    following = [t for t in token.doc[token.sent.end : token.sent.end + 4] if not t.is_space]
    if len(following) < 2 or following[0].lower_ not in reporting.announcers:
        return OWN_WORD
    verb = following[1]
    if not _reports(verb, reporting):
        return OWN_WORD
    speakers = _first_after(verb, parties)
    return Attribution(speakers, f"next sentence: {verb.text}") if speakers else OWN_WORD


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
        if start <= token.idx < end or token.pos_ not in VERBAL or not _reports(token, reporting):
            continue
        distance = token.idx - end if token.idx >= end else start - token.idx
        between = text_of(doc)[end : token.idx] if token.idx >= end else text_of(doc)[token.idx : start]
        if distance < best[0] and "\n\n" not in between:
            speakers = _speakers_of(token, parties, grammar)
            if speakers:
                best = (distance, speakers)
    return best[1]
