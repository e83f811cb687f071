"""The mentions that an anaphor may stand for, with what decides between them.

A `Candidate` is a mention with its place in the sentence; `Candidates` keeps those of one article and ranks them:
the nearer sentence, the subject before other arguments, the argument before what is nested in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.languages.lexicon import Language
from kg.model import Article, Mention, MentionKind
from kg.ontology.actors import STATE_KINDS, ActorKind, Actors

_FURTHEST_SENTENCE = 4
_ORGANISATIONS = frozenset({ActorKind.INTERNATIONAL_ORGANIZATION, ActorKind.BLOC})
_OWNERS = frozenset({"nmod:poss", "amod", "compound"})
_STANDING_FOR = frozenset({MentionKind.PRONOUN, MentionKind.ANAPHOR})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention and what an anaphor asks of it.

    Attributes:
        mention: With candidates or antecedents; one of a title that stands alone may have neither.
        token: Its head.
        sentence: Number of its sentence.
        principals: Whom it may stand for, by the first candidate or the antecedents.
        kind: Kind of the principal, None where unknown or several.
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
    def is_subject(self) -> bool:
        """Say whether it is the subject of a clause."""
        return self.token.dep_.startswith("nsubj")

    def is_of(self, kind: str) -> bool:
        """Say whether it is what an anaphoric noun asks for: a kind, or an id."""
        if self.is_person:
            return False
        if kind in ("state", "neighbour"):
            return self.is_state
        if kind == "organisation":
            return self.kind in _ORGANISATIONS
        if kind == "movement":
            return self.kind is ActorKind.ARMED_MOVEMENT
        return kind.removeprefix("if:") in self.principals


@dataclass(frozen=True, eq=False)
class Candidates:
    """All candidates of an article.

    Attributes:
        doc: The article, parsed.
        article: As read.
        actors: The registry.
        everyone: In the order of the text.
        person_offices: Offices of titles of one person.
        people_offices: Offices of titles of several.
        sentence_of: Token index -> number of its sentence.
        covered: Code points at which a token begins that a mention with a meaning covers.
    """

    doc: Doc
    article: Article
    actors: Actors
    everyone: tuple[Candidate, ...]
    person_offices: frozenset[str]
    people_offices: frozenset[str]
    sentence_of: tuple[int, ...]
    covered: frozenset[int] = frozenset()

    def with_mentions(self, mentions: Iterable[Mention]) -> Candidates:
        """Return the same with some mentions more."""
        added = [c for m in mentions if (c := _candidate(m, self)) is not None]
        everyone = tuple(sorted((*self.everyone, *added), key=lambda c: c.mention.span))
        starts = {t.idx for c in added if c.principals for t in _tokens_of(c.mention, self.doc)}
        return replace(self, everyone=everyone, covered=self.covered | starts)

    def before(self, offset: int) -> list[Candidate]:
        """Return those that end before an offset and stand for somebody, in the order of the text."""
        return [c for c in self.everyone if c.mention.span.end <= offset and c.principals]

    def covers(self, token: Token) -> bool:
        """Say whether a token stands in a mention already."""
        return token.idx in self.covered

    def best(self, fitting: Iterable[Candidate], offset: int, anaphor: Token | None = None) -> Mention | None:
        """Return the likeliest of some candidates for an anaphor at an offset; None where all are far away."""
        here = self._sentence_at(offset)
        near = [c for c in fitting if here - c.sentence <= _FURTHEST_SENTENCE]
        if not near:
            return None
        return max(near, key=lambda c: self._score(c, here, anaphor)).mention

    def group(self, offset: int, count: int, *, states: bool) -> tuple[Mention, ...]:
        """Return mentions of that many different principals, () where the text before has not so many.

        Those named side by side in the last sentences come first, else those whom the text speaks of most.
        """
        solid = [c for c in self.before(offset) if not c.is_place and len(c.principals) == 1]
        if states and sum(1 for p in {c.principals[0] for c in solid if c.is_state} if p) >= count:
            solid = [c for c in solid if c.is_state]
        named = self._side_by_side(solid, count, self._sentence_at(offset))
        if named:
            return named
        often = Counter(c.principals[0] for c in solid)
        last = {c.principals[0]: c for c in solid}
        ranked = sorted(last, key=lambda p: (-often[p], -last[p].mention.span.start))
        if len(ranked) < count:
            return ()
        return tuple(sorted((last[p].mention for p in ranked[:count]), key=lambda m: m.span))

    def clause_subject(self, token: Token) -> Mention | None:
        """Return the mention that is the subject of a token's own clause, the object above for a controlled one."""
        node = token
        while node.head.i != node.i:
            below, node = node, node.head
            controlled = [c for c in node.children if c.dep_ == "obj" and c.i < token.i and below.dep_ == "xcomp"]
            subjects = controlled or [c for c in node.children if c.dep_.startswith("nsubj")]
            if subjects:
                is_inside = subjects[0].i == token.i or subjects[0].is_ancestor(token)
                return None if is_inside else self.headed_by(subjects[0])
        return None

    def controller(self, token: Token) -> Mention | None:
        """Return the object that does what an infinitive around a token tells: "ordered Russia to halt its"."""
        verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.dep_ not in ("xcomp", "advcl"):
            return None
        if not any(c.dep_ == "mark" and c.pos_ == "PART" for c in verb.children):
            return None
        objects = [c for c in verb.head.children if c.dep_ == "obj" and c.i < verb.i]
        return self.headed_by(objects[0]) if objects else None

    def subject_of_clause(self, token: Token) -> Mention | None:
        """Return the subject that a reflexive possessive means."""
        node = token
        while node.head.i != node.i:
            node = node.head
            subjects = [c for c in node.children if c.dep_.startswith("nsubj") and c.i < token.i]
            mention = self.headed_by(subjects[0]) if subjects else None
            if mention is not None:
                return mention
        return self.best([c for c in self.before(token.idx) if c.is_subject], token.idx)

    def of_relative(self, token: Token) -> Mention | None:
        """Return the mention before a relative clause: "Iran, whose hackers ..."."""
        node = token
        while node.head.i != node.i and not node.dep_.startswith("acl"):
            node = node.head
        found = self.headed_by(node.head) if node.dep_.startswith("acl") else None
        before = self.before(token.idx)
        return found or (before[-1].mention if before else None)

    def headed_by(self, token: Token) -> Mention | None:
        """Return the widest mention that a token heads or stands in, else one that owns what it names, or None."""
        solid = [c for c in self.everyone if c.principals]
        own = [c for c in solid if c.token.i == token.i or _covers(c, token)]
        if own:
            return max(own, key=lambda c: c.mention.span.end - c.mention.span.start).mention
        inside = {child.i for child in token.children if child.dep_ in _OWNERS}
        return next((c.mention for c in solid if c.token.i in inside), None)

    def _side_by_side(self, solid: list[Candidate], count: int, here: int) -> tuple[Mention, ...]:
        for first in reversed(solid):
            if here - first.sentence > 2:
                return ()
            linked = {first.token.i, *(t.i for t in first.token.conjuncts)}
            members = {c.principals[0]: c.mention for c in solid if c.token.i in linked}
            if len(members) == count:
                return tuple(sorted(members.values(), key=lambda m: m.span))
        return ()

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
    return empty.with_mentions(mentions)


def _candidate(mention: Mention, found: Candidates) -> Candidate | None:
    span = found.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    if span is None:
        return None
    principals = principals_of(mention, found)
    kinds = {found.actors.actor(p).kind for p in principals if p in found.actors}
    source = mention
    while source.kind in _STANDING_FOR and source.antecedents:
        source = source.antecedents[0]
    is_office = source.kind is MentionKind.OFFICE
    root = span.root
    is_people = source.kind is MentionKind.DEMONYM and root.pos_ in ("NOUN", "PROPN") and root.dep_ != "amod"
    return Candidate(
        mention=mention,
        token=root,
        sentence=found.sentence_of[root.i],
        principals=principals,
        kind=next(iter(kinds)) if len(kinds) == 1 else None,
        is_person=source.kind is MentionKind.PERSON or (is_office and source.office in found.person_offices),
        is_plural=source.kind is MentionKind.GROUP
        or (is_office and source.office in found.people_offices)
        or is_people,
        is_place=mention.note == "place",
        is_nested=root.dep_ in ("amod", "nmod:poss", "compound", "flat"),
    )


def principals_of(mention: Mention, found: Candidates) -> tuple[str, ...]:
    """Return whom a mention may stand for: of several candidates the first, of antecedents all."""
    if mention.candidates:
        named = mention.candidates if mention.kind is MentionKind.GROUP else mention.candidates[:1]
        return tuple(found.actors.principal_of(c, found.article.date) for c in named)
    nested = (principals_of(a, found) for a in mention.antecedents)
    return tuple(dict.fromkeys(p for group in nested for p in group))


def _tokens_of(mention: Mention, doc: Doc) -> Iterable[Token]:
    span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    return span if span is not None else ()


def _covers(candidate: Candidate, token: Token) -> bool:
    return candidate.mention.span.start <= token.idx < candidate.mention.span.end and not candidate.is_nested
