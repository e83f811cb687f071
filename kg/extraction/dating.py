"""Give each event its expression of time: the one whose clause it shares, or nearly so.

An expression dates the predicate that it depends on and all that belongs to that predicate: its nouns, its
infinitives, the verbs coordinated with it. Each border of a clause between the two costs something, by how seldom
time carries over it in annotated articles; a border that it hardly ever crosses ends the search. Of what is left the
cheapest is taken, and of equals the nearest. What is only planned or wished shares no time with the past verb above
it: "announced on Monday that it would leave" tells when the announcement was, not the leaving.

A sentence without any may still be dated by what opens its paragraph: "17 December 2014: ...", "MOSCOW, July 29 -".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extraction.dates import DatedSpan
from kg.extraction.grammar import NOMINAL, VERBAL, children, path_to_root, text_of
from kg.model import Status, TimeExpression

LOOKING_AHEAD = frozenset({Status.PLANNED, Status.HYPOTHETICAL})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "parataxis", "conj", "csubj", "appos", "root"})
LIMIT = 3
BARRED = LIMIT + 1
DATELINE = 60
DATELINE_END = re.compile(r"^[^\w\n]{0,3}(?:[:–—]|-\s)")
UNCOUNTED = frozenset({"date:date", "date:weekday", "date:season", "date:range"})
OFFSET = "date:offset"


def find_time(token: Token, status: Status, dates: Iterable[DatedSpan]) -> TimeExpression | None:
    """Return when the event that a token names takes place, or None where the text does not tell.

    Args:
        token: The trigger.
        status: Decides between the past and the coming reading of "on Friday".
        dates: The document's expressions.
    """
    everything = list(dates)
    near = [d for d in everything if token.sent.start_char <= d.span.start < token.sent.end_char]
    ranked = [(_cost_of(token, status, d), abs(d.span.start - token.idx), d) for d in near]
    best = min((r for r in ranked if r[0] <= LIMIT), key=lambda r: r[:2], default=None)
    if best is not None:
        return _read(best[2], status, _host(_root_of(token.doc, best[2])))
    opening = _dateline(token, everything) if status is not Status.PLANNED else None
    return _read(opening, Status.ACTUAL, token) if opening is not None else None


def _read(dated: DatedSpan, status: Status, host: Token) -> TimeExpression:
    told_ahead = dated.rule in UNCOUNTED and _is_present(host) and _root_of(host.doc, dated).head == host
    if told_ahead and status is Status.ACTUAL:
        return TimeExpression(dated.span, dated.nearest, dated.rule)
    ahead = status in LOOKING_AHEAD and not _is_past(host)
    first, second = (dated.future, dated.past) if ahead else (dated.past, dated.future)
    return TimeExpression(dated.span, first or second, dated.rule)


def _root_of(doc: Doc, dated: DatedSpan) -> Token:
    span = doc.char_span(dated.span.start, dated.span.end, alignment_mode="expand")
    return span.root if span is not None else doc[0]


def _host(when: Token) -> Token:
    """Return the predicate that an expression of time depends on."""
    for node in path_to_root(when):
        if node != when and (node.pos_ in VERBAL or children(node, "cop")):
            return node
    return when.sent.root


def _finite(verb: Token) -> Iterable[Token]:
    if "Inf" in verb.morph.get("VerbForm", []):
        return ()
    return (verb, *children(verb, "aux", "cop"))


def _is_past(verb: Token) -> bool:
    """Say whether a verb is told in the past, or as done: "kom", "blev udvist", "har besøgt"."""
    if "Part" in verb.morph.get("VerbForm", []) and any(c.dep_ == "aux" for c in verb.children):
        return not any(c.dep_ == "aux:pass" for c in verb.children)
    return any("Past" in t.morph.get("Tense", []) and "Part" not in t.morph.get("VerbForm", []) for t in _finite(verb))


def _is_present(verb: Token) -> bool:
    return "Fin" in verb.morph.get("VerbForm", []) and "Pres" in verb.morph.get("Tense", [])


def _cost_of(token: Token, status: Status, dated: DatedSpan) -> int:
    """Return the cost of an expression; "two days after ..." dates but what it goes on to tell."""
    if dated.rule != OFFSET:
        return _cost(token, status, _root_of(token.doc, dated))
    between = text_of(token.doc)[dated.span.end : token.idx]
    return 0 if token.idx >= dated.span.end and not set(between) & set(",;:") else BARRED


def _cost(token: Token, status: Status, when: Token) -> int:
    """Return how much lies between a trigger and an expression of time, above `LIMIT` for too much."""
    under_when = {t.i: n for n, t in enumerate(path_to_root(when))}
    up: list[Token] = []
    for node in path_to_root(token):
        if node.i in under_when:
            break
        up.append(node)
    else:
        return BARRED
    down = list(path_to_root(when))[1 : under_when[node.i]]
    climbed = sum(_cost_up(n, when) for n in up)
    if climbed and status is not Status.ACTUAL and _is_past(_host(when)):
        return BARRED
    return climbed + sum(_cost_down(n) for n in down)


def _cost_up(node: Token, when: Token) -> int:
    """Return the cost of leaving the clause that a node heads, for the clause above it."""
    label = node.dep_.split(":")[0]
    before = when.i < node.i
    if label == "obj" and node.pos_ in VERBAL:
        label = "ccomp"
    if label not in CLAUSES or (label in ("conj", "appos") and node.pos_ in NOMINAL):
        return 0
    if label == "xcomp":
        return 1
    if label == "conj":
        return 1 if before and not children(node, "nsubj") else BARRED
    if label == "ccomp":
        return 2 if not before or not children(node, "mark") else BARRED
    if node.dep_ == "acl:relcl" or label == "parataxis":
        return BARRED
    return 2 if before else BARRED


def _cost_down(node: Token) -> int:
    """Return the cost of entering the clause or phrase that a node heads."""
    label = node.dep_.split(":")[0]
    if label == "xcomp":
        return 1
    if label in ("advcl", "acl") and node.dep_ != "acl:relcl":
        return 2
    return BARRED if node.dep_ == "acl:relcl" or (label in CLAUSES and node.pos_ in VERBAL) else 0


def _dateline(token: Token, dates: Iterable[DatedSpan]) -> DatedSpan | None:
    """Return the date that opens a token's paragraph and is set off from what follows."""
    text = text_of(token.doc)
    start = text.rfind("\n\n", 0, token.idx) + 2 if "\n\n" in text[: token.idx] else 0
    for dated in dates:
        inside = start <= dated.span.start <= start + DATELINE and dated.span.end <= token.idx
        if inside and DATELINE_END.match(text[dated.span.end :]) and _is_heading(text[start : dated.span.start]):
            return dated
    return None


def _is_heading(words: str) -> bool:
    """Say whether what stands before a date is empty or a place: "SURIN, Thailand, "."""
    return all(w[:1].isupper() or not w[:1].isalpha() for w in words.split())
