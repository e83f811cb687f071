"""The values that flow through the pipeline, from article to event.

Reading makes an `Article`; extraction makes a `Claim` from what one passage says, its arguments still mere
`Mention`s; resolution finds the actors behind the mentions and makes an `Event` of the claims that tell of the
same thing. Only an `Event` enters the graph. Everything is frozen; nothing here imports a library.

The distinction of claim and event follows GRaSP and the Grounded Annotation Framework (Fokkens et al. 2013);
source and target, and the event types, follow PLOVER (Open Event Data Alliance).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Whether a passage says that its event happened (PLOVER's auxiliary modes)."""

    ACTUAL = "actual"
    PLANNED = "planned"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class Support(StrEnum):
    """How an event is backed by its claims; derived, never read from text."""

    STATED = "Stated"
    CLAIMED = "Claimed"
    DISPUTED = "Disputed"
    DENIED = "Denied"


class MentionKind(StrEnum):
    """By what means a span of text names an actor."""

    NAME = "name"
    ACRONYM = "acronym"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    METONYM = "metonym"
    OFFICE = "office"
    PERSON = "person"
    PRONOUN = "pronoun"
    ANAPHOR = "anaphor"
    GROUP = "group"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval `[start, end)` in code points of `Article.text`."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    r"""One text as read.

    Attributes:
        id: Stable within a collection; the graph's IRI is made from it.
        text: Paragraphs separated by blank lines, Unicode NFC, `\n` line ends.
        language: ISO 639-1 code.
        date: Publication date, ISO 8601, as precise as known: `2021-10-18`, `2021-10`, `2021` or "".
        title: Headline, "" where none is known; a title makes no claim by itself.
        url: http(s) address or "".
        publisher: Name of the paper or agency, "" where unknown.
    """

    id: str
    text: str
    language: str = ""
    date: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""

    @property
    def sha256(self) -> str:
        """Return the hexadecimal SHA-256 of the text's UTF-8 bytes."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names an actor, or stands for one named elsewhere.

    Attributes:
        span: Where it stands.
        text: The words as written.
        kind: By what means it names the actor.
        candidates: Actor ids that the form may stand for, likeliest first; date and context decide among them.
        antecedents: For a pronoun, an anaphoric noun or a group: the mentions that it stands for.
        office: Id of the office that a title names ("foreign-minister"), "" otherwise.
        note: What decided so far, for `kg explain`.
    """

    span: Span
    text: str
    kind: MentionKind
    candidates: tuple[str, ...] = ()
    antecedents: tuple[Mention, ...] = ()
    office: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A dated expression of the text and what it means.

    Attributes:
        span: Where it stands.
        value: ISO 8601: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `start/end` of those for an interval.
        rule: Which pattern read it.
    """

    span: Span
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text.

    Attributes:
        span: Where it stands.
        text: As written.
        geonames: GeoNames id, "" where unknown.
        country: ISO 3166-1 alpha-3, "" where unknown.
        latitude: WGS 84 degrees, None where unknown.
        longitude: WGS 84 degrees, None where unknown.
    """

    span: Span
    text: str
    geonames: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one passage says happened, its actors not yet resolved.

    Attributes:
        action: Id of a concept of `ontologies/actions.ttl`: a finer action ("close-mission") or a type ("SANCTION").
        sources: Mentions of who acts.
        targets: Mentions of who is acted on; empty for an event without target.
        status: Whether it happened.
        speakers: Mentions of who says so; empty where the article itself does.
        time: When, as told; None where the text does not tell.
        place: Where; None where the text does not tell.
        trigger: The words that name the action.
        sentence: The sentence that holds the trigger.
        rule: Id of the lexical unit or model that made the claim.
        confidence: Calibrated probability in [0, 1] that a human coder would code it.
        features: What decided, as `name=value`, for `kg explain`.
    """

    action: str
    sources: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    status: Status
    speakers: tuple[Mention, ...]
    time: TimeExpression | None
    place: PlaceMention | None
    trigger: Span
    sentence: Span
    rule: str
    confidence: float = 1.0
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention stood for on the article's date.

    Attributes:
        mention: The mention resolved.
        actor: Id of the actor named: a state, organisation, office or person ("Sergej_Lavrov").
        principal: Id of the state, organisation or movement that it acted for ("RUS"); the actor itself where it
            is one.
        code: The principal's code: ISO 3166-1 alpha-3 or an organisation's acronym.
        label: The actor's name in the article's language.
        steps: The chain that decided, in order, in words.
    """

    mention: Mention
    actor: str
    principal: str
    code: str
    label: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim with its actors found, and the article that it stands in.

    Attributes:
        claim: The claim as extracted.
        article: The article's id.
        sources: One resolution (or more, for a group) per source mention.
        targets: The same for the targets.
        speakers: The same for the speakers.
        quote: The sentence, exactly as written.
        prefix: Up to 32 characters before the sentence.
        suffix: Up to 32 characters after the sentence.
    """

    claim: Claim
    article: str
    sources: tuple[Resolution, ...]
    targets: tuple[Resolution, ...]
    speakers: tuple[Resolution, ...]
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What the graph holds: one thing that one set of actors did to another, and all who say so.

    Attributes:
        id: Content hash of action, sources, targets and resolved interval (`kg.identity`); the local part of
            its IRI.
        action: Id of a concept of `ontologies/actions.ttl`.
        sources: Principals' ids, sorted.
        targets: Principals' ids, sorted; empty for an event without target.
        date: As told, ISO 8601, possibly partial or an interval; "" where no claim tells.
        earliest: First possible day, `YYYY-MM-DD` or "".
        latest: Last possible day, `YYYY-MM-DD` or "".
        place: Where; None where no claim tells.
        support: Derived from the claims.
        claims: At least one, in order of article and position.
    """

    id: str
    action: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    date: str
    earliest: str
    latest: str
    place: PlaceMention | None
    support: Support
    claims: tuple[ResolvedClaim, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be used, and why.

    Attributes:
        name: Path, URL or article id.
        reason: Place, cause and choices, in one line.
    """

    name: str
    reason: str
