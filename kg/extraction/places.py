"""Find where an event takes place: the place that its clause names after a preposition of place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.grammar import VERBAL, Grammar, path_to_root, preposition, text_of
from kg.model import PlaceMention, Span
from kg.ontology.places import Place

LONGEST_NAME = 4
LOCATION_LABELS = frozenset({"LOC", "GPE"})


@dataclass(frozen=True, slots=True)
class PlacedToken:
    """A place of the text and the token that heads it."""

    token: Token
    place: PlaceMention


def find_places(doc: Doc, places: Mapping[str, Place], grammar: Grammar) -> tuple[PlacedToken, ...]:
    """Return the places of a text that stand after a preposition of place, in order.

    A place is a name of the table, or what the model takes for a location; only the first has coordinates.

    Args:
        doc: The parsed text.
        places: By name, from `kg.ontology.places`.
        grammar: Tells the prepositions of place.
    """
    found = []
    for start, end in (*_named_spans(doc, places), *_entity_spans(doc)):
        head = doc[start:end].root
        if preposition(head).split(" ", maxsplit=1)[0] not in grammar.place_prepositions:
            continue
        text = doc[start:end].text
        known = places.get(text)
        span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
        found.append(PlacedToken(head, _mention(span, text, known)))
    return tuple(sorted({p.token.i: p for p in reversed(found)}.values(), key=lambda p: p.token.i))


def find_place(token: Token, placed: Iterable[PlacedToken]) -> PlaceMention | None:
    """Return where the event that a token names takes place: the place in its clause that is nearest to it."""
    above = {}
    for distance, node in enumerate(path_to_root(token)):
        above[node.i] = distance
        if distance and node.pos_ in VERBAL:
            break
    best: tuple[int, int, PlaceMention] | None = None
    for candidate in placed:
        node = candidate.token.head
        steps = next((above[n.i] for n in (node, node.head) if n.i in above), None)
        if candidate.token.sent == token.sent and steps is not None:
            key = (steps, abs(candidate.token.i - token.i), candidate.place)
            best = key if best is None or key[:2] < best[:2] else best
    return best[2] if best else None


def _mention(span: Span, text: str, known: Place | None) -> PlaceMention:
    if known is None:
        return PlaceMention(span, text)
    return PlaceMention(span, text, known.geonames, known.country, known.latitude, known.longitude)


def _named_spans(doc: Doc, places: Mapping[str, Place]) -> Iterable[tuple[int, int]]:
    text = text_of(doc)
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    i = 0
    while i < len(starts):
        last = min(i + LONGEST_NAME, len(starts))
        end = next((n for n in range(last, i, -1) if text[starts[i] : ends[n - 1]] in places), 0)
        if end and text[starts[i]].isupper():
            yield i, end
        i = end or i + 1


def _entity_spans(doc: Doc) -> Iterable[tuple[int, int]]:
    return ((e.start, e.end) for e in doc.ents if e.label_ in LOCATION_LABELS)
