"""Give each event its expression of time: the one that its own clause holds."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extraction.dates import DatedSpan
from kg.extraction.grammar import VERBAL, path_to_root
from kg.model import Status, TimeExpression

LOOKING_AHEAD = frozenset({Status.PLANNED, Status.HYPOTHETICAL})


def find_time(token: Token, status: Status, dates: Iterable[DatedSpan]) -> TimeExpression | None:
    """Return when the event that a token names takes place, or None where the text does not tell.

    An expression belongs to the predicate that it depends on; a noun takes its own before that of its verb. Of several
    the nearest is taken.

    Args:
        token: The trigger.
        status: Decides between the past and the coming reading of "on Friday".
        dates: The document's expressions.
    """
    best: tuple[int, int, DatedSpan] | None = None
    above = _predicates_above(token)
    for dated in dates:
        if not token.sent.start_char <= dated.span.start < token.sent.end_char:
            continue
        anchor = _anchor(token.doc, dated)
        rank = above.get(anchor.i)
        if rank is not None:
            key = (rank, abs(dated.span.start - token.idx), dated)
            best = min(best, key, key=lambda k: k[:2]) if best else key
    return _read(best[2], status) if best else None


def _read(dated: DatedSpan, status: Status) -> TimeExpression | None:
    first, second = (dated.future, dated.past) if status in LOOKING_AHEAD else (dated.past, dated.future)
    return TimeExpression(dated.span, first or second, dated.rule)


def _predicates_above(token: Token) -> dict[int, int]:
    """Map the predicates whose times may be a token's: itself, and for a noun or infinitive its governor."""
    ranks = {token.i: 0}
    for distance, node in enumerate(path_to_root(token)):
        if node == token:
            continue
        ranks[node.i] = distance
        if node.pos_ in VERBAL or node.dep_ in ("ccomp", "acl:relcl", "parataxis"):
            break
    return ranks


def _anchor(doc: Doc, dated: DatedSpan) -> Token:
    """Return the predicate or noun that an expression depends on."""
    span = doc.char_span(dated.span.start, dated.span.end, alignment_mode="expand")
    node = span.root if span is not None else doc[0]
    return node.head
