"""Read a verb that the tagger took for a noun, by the order of the words around it.

A small model knows few verbs of conflict: "I august angreb Rusland Georgien" comes out with a noun and no subject.
Where a form may be a verb's, its clause has no other finite verb and nothing before it makes a noun of it, the words
decide: who stands before it acts on who stands after; where an auxiliary or the verb itself opens the clause, the first
party after that acts on the second.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.grammar import Grammar
from kg.extraction.parties import Parties, Party, first_token

MISREAD = frozenset({"NOUN", "PROPN"})
"""What the tagger takes for a noun."""
NOMINAL_BEFORE = frozenset({"DET", "ADJ", "NUM", "ADP", "CCONJ"})
FURTHEST = 12
AFTER_AUXILIARY = 7


def is_misread_verb(token: Token, parties: Parties) -> bool:
    """Say whether a word tagged as a noun stands where a verb must."""
    if token.pos_ not in MISREAD or _is_made_noun(token, parties):
        return False
    left, right = _clause(token)
    finite = [t for t in token.doc[left:right] if t != token and _is_finite(t)]
    if not finite:
        return _party_before(token, left, parties) is not None or _is_followed_by_party(token, parties)
    auxiliary = finite[-1]
    before = auxiliary.pos_ == "AUX" and 0 < token.i - auxiliary.i <= AFTER_AUXILIARY and len(finite) == 1
    return before and not any(t.pos_ == "VERB" for t in token.doc[left:right])


def sides_by_order(token: Token, parties: Parties, grammar: Grammar) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return who acts and who is acted on, by the places of the parties around a misread verb."""
    left, right = _clause(token)
    auxiliary = next((t for t in token.doc[left : token.i] if _is_finite(t)), None)
    subject, other = _around(token, auxiliary, parties)
    if auxiliary is None or auxiliary.lemma_ not in grammar.passive_auxiliaries:
        return subject, other
    agents = (p for t in token.doc[token.i + 1 : right] if (p := parties.by_head.get(t.i)) is not None)
    agent = next((p for p in agents if _is_agent(p, token, grammar)), None)
    return parties.enumeration(agent) if agent else (), subject


def _is_agent(party: Party, verb: Token, grammar: Grammar) -> bool:
    first = first_token(party, verb.doc)
    return first > verb.i + 1 and verb.doc[first - 1].lower_ in grammar.agent_prepositions


def _around(token: Token, auxiliary: Token | None, parties: Parties) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return who stands where the subject of an active verb stands, and who stands where its object does."""
    left, right = _clause(token)
    start = auxiliary.i if auxiliary is not None else token.i
    before = _party_before(token.doc[start], left, parties)
    after = [p for t in token.doc[token.i + 1 : right] if (p := parties.by_head.get(t.i)) is not None]
    if auxiliary is not None and before is None:
        between = (parties.by_head.get(t.i) for t in token.doc[auxiliary.i + 1 : token.i])
        before = next((p for p in between if p is not None), None)
    if before is None:
        if not after:
            return (), ()
        first = parties.enumeration(after[0])
        rest = [p for p in after[1:] if p not in first]
        return first, parties.enumeration(rest[0]) if rest else ()
    return parties.enumeration(before), parties.enumeration(after[0]) if after else ()


def _is_made_noun(token: Token, parties: Parties) -> bool:
    """Say whether the word before makes a noun of it: an article, an adjective, a preposition, a genitive."""
    if token.i == token.sent.start:
        return True
    before = token.doc[token.i - 1]
    if (
        before.pos_ in NOMINAL_BEFORE
        or "Gen" in before.morph.get("Case", [])
        or before.dep_ in ("nmod:poss", "compound")
    ):
        return True
    return before.i in parties.by_token and before.lower_.endswith(("s", "’", "'")) and before.head == token


def _clause(token: Token) -> tuple[int, int]:
    left = token.i
    while left > token.sent.start and token.i - left < FURTHEST and not _is_boundary(token.doc[left - 1]):
        left -= 1
    right = token.i + 1
    while right < token.sent.end and right - token.i < FURTHEST and not _is_boundary(token.doc[right]):
        right += 1
    return left, right


def _is_boundary(token: Token) -> bool:
    return token.is_punct or token.is_space or token.pos_ == "SCONJ"


def _is_finite(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])


def _party_before(token: Token, left: int, parties: Parties) -> Party | None:
    """Return the nearest party before a word that no preposition governs, in its clause."""
    for other in reversed(token.doc[left : token.i]):
        party = parties.by_head.get(other.i)
        if party is None:
            continue
        first = max(first_token(party, token.doc), left)
        if first == left or token.doc[first - 1].pos_ != "ADP":
            return party
    return None


def _is_followed_by_party(token: Token, parties: Parties) -> bool:
    following = [t for t in token.doc[token.i + 1 : token.i + 3] if t.i < token.sent.end]
    return bool(following) and following[0].pos_ != "ADP" and any(t.i in parties.by_token for t in following)
