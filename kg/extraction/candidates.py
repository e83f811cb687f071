"""The mentions that an anaphor may stand for, with what decides between them.

A `Candidate` is a mention with its place in the sentence; `Candidates` keeps those of one article and ranks them:
the nearer sentence, the subject before other arguments, the argument before what is nested in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.languages.lexicon import Language
from kg.model import Article, Mention, MentionKind
from kg.ontology.actors import STATE_KINDS, ActorKind, Actors

_FURTHEST_SENTENCE = 4
_ORGANISATIONS = frozenset({ActorKind.INTERNATIONAL_ORGANIZATION, ActorKind.BLOC})
_PEOPLE_ENDINGS = MentionKind.DEMONYM


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention and what an anaphor asks of it.

    Attributes:
        mention: With candidates or antecedents.
        token: Its head.
        sentence: Number of its sentence.
        principals: Whom it may stand for, by the first candidate or the antecedents.
        kind: Kind of the principal, None where unknown.
        is_person: Whether it names a person or an office that one person holds.
        is_plural: Whether it names several.
        is_place: Whether it is but a place.
        is_nested: Whether it stands inside another mention or before a noun.
    """

    mention: Mention
    token: Token
    sentence: int
    principals: tuple[str, ...]
    kind: ActorKind | None
    is_person: bool
    is_plural: bool
    is_place: bool
    is_nested: bool

    @property
    def is_state(self) -> bool:
        """Say whether its principal is a state or territory."""
        return self.kind in STATE_KINDS

    @property
    def is_single_person(self) -> bool:
        """Say whether it names one person by name."""
        return self.is_person and not self.is_plural

    @property
    def is_subject(self) -> bool:
        """Say whether it is the subject of a clause."""
        return self.token.dep_.startswith("nsubj")

    def is_of(self, kind: str) -> bool:
        """Say whether it is what an anaphoric noun asks for: a kind, or an id."""
        if kind == "state":
            return self.is_state and not self.is_person
        if kind == "organisation":
            return self.kind in _ORGANISATIONS and not self.is_person
        if kind == "movement":
            return self.kind is ActorKind.ARMED_MOVEMENT and not self.is_person
        return kind in self.principals and not self.is_person


@dataclass(frozen=True, eq=False)
class Candidates:
    """All candidates of an article, in the order of the text."""

    doc: Doc
    article: Article
    actors: Actors
    everyone: tuple[Candidate, ...]
    person_offices: frozenset[str]
    people_offices: frozenset[str]
    sentence_of: tuple[int, ...]

    def with_mention(self, mention: Mention) -> Candidates:
        """Return the same with one mention more."""
        candidate = _candidate(mention, self)
        if candidate is None:
            return self
        everyone = tuple(sorted((*self.everyone, candidate), key=lambda c: c.mention.span))
        return Candidates(
            self.doc, self.article, self.actors, everyone, self.person_offices, self.people_offices, self.sentence_of
        )

    def before(self, offset: int) -> list[Candidate]:
        """Return those that end before an offset, in the order of the text."""
        return [c for c in self.everyone if c.mention.span.end <= offset and c.principals]

    def covers(self, token: Token) -> bool:
        """Say whether a token stands in a mention already."""
        end = token.idx + len(token)
        return any(c.mention.span.start <= token.idx and end <= c.mention.span.end for c in self.everyone)

    def best(self, fitting: list[Candidate], offset: int, anaphor: Token | None = None) -> Mention | None:
        """Return the likeliest of some candidates for an anaphor at an offset; None where all are far away."""
        here = self._sentence_at(offset)
        near = [c for c in fitting if here - c.sentence <= _FURTHEST_SENTENCE]
        if not near:
            return None
        return max(near, key=lambda c: self._score(c, here, anaphor)).mention

    def last_distinct(self, offset: int, count: int) -> tuple[Mention, ...]:
        """Return the last mentions of that many different principals; () where there are not so many."""
        found: dict[str, Mention] = {}
        before = self.before(offset)
        solid = [c for c in before if not c.is_place and len(c.principals) == 1]
        for candidate in reversed(solid):
            found.setdefault(candidate.principals[0], candidate.mention)
            if len(found) == count:
                return tuple(sorted(found.values(), key=lambda m: m.span))
        return ()

    def clause_subject(self, token: Token) -> Mention | None:
        """Return the mention that is the subject of a token's own clause."""
        node = token
        while node.head != node:
            node = node.head
            subjects = [c for c in node.children if c.dep_.startswith("nsubj")]
            if subjects:
                return self._headed_by(subjects[0]) if subjects[0] != token else None
        return None

    def subject_of_clause(self, token: Token) -> Mention | None:
        """Return the subject that a reflexive possessive means."""
        node = token
        while node.head != node:
            node = node.head
            subjects = [c for c in node.children if c.dep_.startswith("nsubj") and c.i < token.i]
            if subjects:
                mention = self._headed_by(subjects[0])
                if mention is not None:
                    return mention
        return self.best([c for c in self.before(token.idx) if c.is_subject], token.idx)

    def of_relative(self, token: Token) -> Mention | None:
        """Return the mention before a relative clause: "Iran, whose hackers ..."."""
        node = token
        while node.head != node and not node.dep_.startswith("acl"):
            node = node.head
        found = self._headed_by(node.head) if node.dep_.startswith("acl") else None
        before = self.before(token.idx)
        return found or (before[-1].mention if before else None)

    def _headed_by(self, token: Token) -> Mention | None:
        own = [c for c in self.everyone if c.token.i == token.i or _covers(c, token)]
        own = [c for c in own if c.principals]
        return max(own, key=lambda c: c.mention.span.end - c.mention.span.start).mention if own else None

    def _score(self, candidate: Candidate, here: int, anaphor: Token | None) -> tuple[float, int]:
        score = -2.0 * (here - candidate.sentence)
        score += 2.0 * candidate.is_subject - 1.0 * candidate.is_nested - 1.5 * candidate.is_place
        if anaphor is not None and anaphor.dep_.startswith("nsubj") and candidate.sentence == here:
            score -= 0.5
        return score, candidate.mention.span.start

    def _sentence_at(self, offset: int) -> int:
        token = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return self.sentence_of[token.start] if token is not None else 0


def build_candidates(
    doc: Doc, article: Article, mentions: tuple[Mention, ...], language: Language, actors: Actors
) -> Candidates:
    """Return the candidates of an article."""
    numbers: list[int] = []
    if doc.has_annotation("SENT_START"):
        for number, sentence in enumerate(doc.sents):
            numbers += [number] * len(sentence)
    empty = Candidates(
        doc,
        article,
        actors,
        (),
        frozenset(t.office for t in language.titles if t.kind == "person"),
        frozenset(t.office for t in language.titles if t.kind == "people"),
        tuple(numbers or [0] * len(doc)),
    )
    built = (_candidate(m, empty, mentions) for m in mentions)
    everyone = tuple(c for c in built if c is not None)
    return Candidates(
        doc, article, actors, everyone, empty.person_offices, empty.people_offices, empty.sentence_of
    )


def _candidate(mention: Mention, found: Candidates, others: Iterable[Mention] = ()) -> Candidate | None:
    span = found.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    if span is None:
        return None
    principals = _principals(mention, found)
    kinds = {found.actors.actor(p).kind for p in principals if p in found.actors}
    nested = any(o is not mention and o.span != mention.span and o.span.contains(mention.span) for o in others)
    source = mention
    while source.kind in (MentionKind.PRONOUN, MentionKind.ANAPHOR) and source.antecedents:
        source = source.antecedents[0]
    is_person = source.kind is MentionKind.PERSON or (
        source.kind is MentionKind.OFFICE and source.office in found.person_offices
    )
    is_plural = source.kind is MentionKind.GROUP or (
        source.kind is MentionKind.OFFICE and source.office in found.people_offices
    )
    return Candidate(
        mention=mention,
        token=span.root,
        sentence=found.sentence_of[span.root.i],
        principals=principals,
        kind=next(iter(kinds)) if len(kinds) == 1 else None,
        is_person=is_person,
        is_plural=is_plural or (source.kind is MentionKind.DEMONYM and span.root.pos_ in ("NOUN", "PROPN")),
        is_place=mention.note == "place",
        is_nested=nested or span.root.dep_ in ("amod", "nmod:poss", "compound"),
    )


def _principals(mention: Mention, found: Candidates) -> tuple[str, ...]:
    if mention.candidates:
        return (found.actors.principal_of(mention.candidates[0], found.article.date),)
    nested = (_principals(a, found) for a in mention.antecedents)
    return tuple(dict.fromkeys(p for group in nested for p in group))


def _covers(candidate: Candidate, token: Token) -> bool:
    return candidate.mention.span.start <= token.idx < candidate.mention.span.end and not candidate.is_nested
