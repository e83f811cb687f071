"""Tell which actors stand where in a parsed text.

Extraction asks of a token: which party is named here, or inside the phrase that this token heads? A party is a
mention with the states, organisations or movements that it stands for, which resolution has found beforehand: roles
cannot be told apart without knowing that "Moskva" and "Kreml" are one and the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.grammar import children, preposition
from kg.model import Mention, MentionKind, Resolution

NESTED_DEPTH = 3
LONGEST_JOINT = 4
JOINTS = frozenset({"PUNCT", "CCONJ", "DET", "ADJ", "NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Party:
    """A mention and whom it stands for.

    Attributes:
        mention: As found.
        principals: Ids of the states, organisations or movements, sorted; several for a group.
        head: Index of the token that heads the mention.
    """

    mention: Mention
    principals: tuple[str, ...]
    head: int


@dataclass(frozen=True, slots=True)
class Parties:
    """All parties of a text, by the tokens that they cover.

    Attributes:
        by_token: Token index -> the party of the widest mention that covers it.
        by_head: Token index -> the party whose mention it heads.
        everyone: In the order of the text.
        places: Token index -> the party whose capital is named there as a mere place.
        enumerations: Index of a mention's head -> the enumeration that it is a member of: "Norge, Sverige og Finland".
    """

    by_token: Mapping[int, Party]
    by_head: Mapping[int, Party]
    everyone: tuple[Party, ...]
    places: Mapping[int, Party]
    enumerations: Mapping[int, tuple[Party, ...]]

    def place_at(self, token: Token) -> tuple[Party, ...]:
        """Return whose capital a token names as a mere place: "flew to Beijing"; () for none."""
        place = self.places.get(token.i)
        return (place,) if place else ()

    def at(self, token: Token) -> Party | None:
        """Return the party named at a token, the mention that it heads before one that covers it; or None."""
        return self.by_head.get(token.i) or self.by_token.get(token.i)

    def within(self, token: Token) -> tuple[Party, ...]:
        """Return the parties of an argument: named at its head and what is coordinated with it, else inside it."""
        found: list[Party] = []
        for part in (token, *token.conjuncts):
            party = self.at(part)
            found += [*self._joined_before(party, token.doc), party] if party else self._inside(part, NESTED_DEPTH)
        return distinct(member for party in found for member in self.enumeration(party))

    def enumeration(self, party: Party) -> tuple[Party, ...]:
        """Return the members of the enumeration that a party stands in, else the party alone."""
        return self.enumerations.get(party.head, (party,))

    def below(self, token: Token) -> tuple[Party, ...]:
        """Return all parties in the subtree of a token, in the order of the text."""
        return distinct(party for t in token.subtree if (party := self.by_head.get(t.i)))

    def _inside(self, token: Token, depth: int) -> list[Party]:
        if depth == 0:
            return []
        for labels in (("nmod:poss",), ("amod",), ("compound", "flat", "appos"), ("nmod", "obl", "acl")):
            found: list[Party] = []
            for child in children(token, *labels):
                if labels[0] == "nmod" and preposition(child) == "":
                    continue
                party = self.at(child)
                found += [party] if party else self._inside(child, depth - 1)
            if found:
                return found + [p for f in found for p in self._coordinated(f, token.doc)]
        return []

    def _joined_before(self, party: Party, doc: Doc) -> list[Party]:
        """Return those who share a mention's head by a modifier of their own: "Djiboutian and Eritrean troops"."""
        first = party.head
        while first and self.by_token.get(first - 1) is party:
            first -= 1
        if first < 2 or doc[first - 1].pos_ != "CCONJ" or first == party.head:
            return []
        other = self.by_token.get(first - 2)
        return [other] if other is not None else []

    def _coordinated(self, party: Party, doc: Doc) -> list[Party]:
        return [p for t in doc[party.head].conjuncts if (p := self.at(t))]


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return the parties without repetitions, in order."""
    return tuple({p.mention.span: p for p in parties}.values())


def index_parties(
    doc: Doc, mentions: Iterable[Mention], resolutions: Mapping[Mention, tuple[Resolution, ...]]
) -> Parties:
    """Build the index; a mention that stands for nobody known is left out."""
    by_token: dict[int, Party] = {}
    by_head: dict[int, Party] = {}
    everyone = []
    places: dict[int, Party] = {}
    for mention in sorted(mentions, key=lambda m: (m.span.end - m.span.start, m.span.start)):
        principals = tuple(sorted({r.principal for r in resolutions.get(mention, ()) if r.principal}))
        span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if not principals or span is None:
            continue
        party = Party(mention, principals, span.root.i)
        if _is_mere_place(mention):
            places.update((t.i, party) for t in span)
            continue
        everyone.append(party)
        by_head[span.root.i] = party
        by_token.update((t.i, party) for t in span)
    everyone.sort(key=lambda p: p.mention.span)
    enumerations = {party.head: found for found in _enumerations(everyone, doc) for party in found}
    return Parties(by_token, by_head, tuple(everyone), places, enumerations)


def _enumerations(parties: Sequence[Party], doc: Doc) -> Iterator[tuple[Party, ...]]:
    """Yield the mentions that stand side by side, joined by commas and closed by "and".

    The words decide, since a small parser often attaches the members of a long enumeration elsewhere; where "and"
    joins clauses instead, the second mention is the subject of a verb of its own.
    """
    chain: list[Party] = []
    for party in parties:
        joint = _joint(chain[-1], party, doc) if chain else None
        if joint == ",":
            chain.append(party)
        elif joint == "and" or (joint == ", and" and len(chain) > 1):
            yield from _as_enumeration((*chain, party))
            chain = []
        else:
            chain = [party]


def _as_enumeration(members: tuple[Party, ...]) -> Iterator[tuple[Party, ...]]:
    if len({m.principals for m in members}) == len(members):
        yield members


def _joint(one: Party, other: Party, doc: Doc) -> str | None:
    """Return how two mentions are joined: ",", "and" or ", and"; None where they are not."""
    start = next((t.i for t in doc[one.head :] if t.idx >= one.mention.span.end), len(doc))
    between = doc[start : first_token(other, doc)]
    if not 0 < len(between) <= LONGEST_JOINT or any(t.pos_ not in JOINTS for t in between):
        return None
    if between[0].text == "," and len(between) == 1:
        return ","
    if _opens_clause(one, other, doc):
        return None
    if between[0].pos_ == "CCONJ":
        return "and"
    return ", and" if between[0].text == "," and between[1].pos_ == "CCONJ" else None


def first_token(party: Party, doc: Doc) -> int:
    """Return the index of the first token of a party's mention, at or before its head."""
    first = party.head
    while first and doc[first - 1].idx >= party.mention.span.start:
        first -= 1
    return first


def _opens_clause(one: Party, other: Party, doc: Doc) -> bool:
    """Say whether the second of two mentions is the subject of a clause of its own."""
    token = doc[other.head]
    while token.dep_ in ("nmod:poss", "amod", "compound", "flat") and token.head != token:
        token = token.head
    below = token.dep_.startswith("nsubj") and token.head.i > token.i
    return below and not token.head.is_ancestor(doc[one.head])


def _is_mere_place(mention: Mention) -> bool:
    return mention.kind is MentionKind.CAPITAL and mention.note == "place"
