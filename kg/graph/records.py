"""Read the events of a store as plain values: SPARQL rows come in, frozen records in a fixed order go out.

Seven queries read everything, so that 100,000 events take seconds; what a view, an export or an analysis needs of an
event stands in one place, whoever stores the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from kg.ontology.files import local_name

Row = Mapping[str, str]
Select = Callable[[str], Iterable[Row]]
"""Answers a SELECT query, its prefixes known, with rows of variable -> text; an unbound variable is "".

`kg.store.Store.rows` is one.
"""


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """A state, organisation, movement or, as a speaker, a person or office.

    Attributes:
        id: Local name of its IRI.
        kind: `state`, `organisation`, `movement` or `other`.
        code: ISO 3166-1 alpha-3 or an acronym; "" where it has none.
        labels: Preferred label by language.
    """

    id: str
    kind: str
    code: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """Where a claim stands; fields as in `kg.model.Article`, without the text.

    Attributes:
        original: The first, in order of id, of the articles that print the same text; "" where no other does.
    """

    id: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    original: str = ""

    @property
    def is_copy(self) -> bool:
        """Say whether it prints the text of another article that comes before it in order of id."""
        return self.original not in ("", self.id)


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One passage that tells of an event.

    Attributes:
        article: The article's id.
        status: `actual`, `planned`, `negated` or `hypothetical`.
        speakers: Ids of the actors who say so, sorted; empty where the article itself does.
        quote: The sentence, exactly as written.
        trigger: Half-open interval of the trigger in `quote`; (0, 0) where unknown.
        confidence: In [0, 1].
        rule: Id of the rule that made the claim.
        start: Where the sentence begins in the article, for the order of claims.
        agents: Ids of the persons, offices and bodies through whom the principals act or are acted on, sorted.
        original: As of its article.
    """

    article: str
    status: str
    speakers: tuple[str, ...] = ()
    quote: str = ""
    trigger: tuple[int, int] = (0, 0)
    confidence: float = 1.0
    rule: str = ""
    start: int = 0
    agents: tuple[str, ...] = ()
    original: str = ""

    @property
    def telling(self) -> tuple[str, str, str]:
        """Return what it has in common with the claims that copies of its article's text make."""
        return self.original or self.article, self.quote, self.status


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event with all its claims; fields as in `kg.model.Event`.

    Attributes:
        place: Label of the place, "" where unknown.
        latitude: Of the place, WGS 84 degrees; None where unknown.
        longitude: Of the place, WGS 84 degrees; None where unknown.
    """

    id: str
    action: str
    sources: tuple[str, ...]
    targets: tuple[str, ...] = ()
    date: str = ""
    earliest: str = ""
    latest: str = ""
    support: str = "Stated"
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    claims: tuple[ClaimRecord, ...] = ()

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each (source, target) of two different actors."""
        return ((source, target) for source in self.sources for target in self.targets if source != target)

    @property
    def told(self) -> tuple[ClaimRecord, ...]:
        """Return its claims, what several articles print as one text taken once."""
        first = {claim.telling: claim.article for claim in reversed(self.claims)}
        return tuple(claim for claim in self.claims if first[claim.telling] == claim.article)

    @property
    def status(self) -> str:
        """Return the status that most of what is told gives it, the first in a tie; "" without claims."""
        statuses = [claim.status for claim in self.told]
        return max(statuses, key=statuses.count) if statuses else ""

    @property
    def confidence(self) -> float:
        """Return the confidence of its surest claim; 0 without claims."""
        return max((claim.confidence for claim in self.claims), default=0.0)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that a store tells of its events, each sorted by id."""

    actors: tuple[ActorRecord, ...]
    articles: tuple[ArticleRecord, ...]
    events: tuple[EventRecord, ...]

    def choose(
        self, *, actors: Collection[str] = (), since: str = "", until: str = "", events: Collection[str] | None = None
    ) -> Records:
        """Return the events that meet all conditions, with everything else as it is.

        Args:
            actors: Codes or ids, any of which must take part; empty for all.
            since: First day, ISO 8601, possibly partial; an event that may have ended before is left out only
                where it must have.
            until: Last day, the same.
            events: Ids of the events to choose from; None for all.
        """
        wanted = {actor.id for actor in self.actors if actor.id in actors or actor.code in actors} | set(actors)
        chosen = (
            event
            for event in self.events
            if (not actors or not wanted.isdisjoint((*event.sources, *event.targets)))
            and (events is None or event.id in events)
            and _overlaps(event, since, until)
        )
        return replace(self, events=tuple(chosen))


def _overlaps(event: EventRecord, since: str, until: str) -> bool:
    """Say whether the event may lie between the two days; one without a date never does, unless all may."""
    first, last = event.earliest or event.latest, event.latest or event.earliest
    if not last:
        return not since and not until
    return (not since or last >= since) and (not until or first[: len(until)] <= until)


EVENTS = """
SELECT ?event ?action ?date ?earliest ?latest ?support ?place ?latitude ?longitude WHERE {
  ?event a sem:Event ; kg:action ?action ; kg:support ?support .
  OPTIONAL { ?event kg:date ?date }
  OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?earliest }
  OPTIONAL { ?event sem:hasLatestEndTimeStamp ?latest }
  OPTIONAL { ?event sem:hasPlace ?spot . ?spot rdfs:label|skos:prefLabel ?place
             OPTIONAL { ?spot geo:lat ?latitude ; geo:long ?longitude } }
}"""

PARTICIPANTS = """
SELECT ?event ?role ?actor WHERE { ?event ?role ?actor VALUES ?role { kg:source kg:target } ?event a sem:Event }"""

CLAIMS = """
SELECT ?claim ?event ?article ?status ?confidence ?rule ?quote ?start ?from ?to WHERE {
  ?claim kg:about ?event ; kg:status ?status ; kg:rule ?rule ; oa:hasSource ?article ; oa:hasSelector ?span .
  ?span oa:exact ?quote ; oa:start ?start .
  OPTIONAL { ?claim kg:confidence ?confidence }
  OPTIONAL { ?claim kg:trigger ?trigger . ?trigger oa:start ?from ; oa:end ?to }
}"""

PERSONS = """
SELECT ?claim ?role ?actor WHERE {
  VALUES ?role { kg:attributedTo kg:sourceActor kg:targetActor } ?claim ?role ?actor . ?claim a kg:Claim
}"""

ARTICLES = """
SELECT ?article ?title ?url ?publisher ?date ?language WHERE {
  ?article a kg:Article .
  OPTIONAL { ?article dct:title ?title }
  OPTIONAL { ?article dct:source ?url }
  OPTIONAL { ?article dct:publisher ?publisher }
  OPTIONAL { ?article dct:issued ?date }
  OPTIONAL { ?article dct:language ?language }
}"""

COPIES = """
SELECT ?article ?copy { ?article kg:sameText ?copy FILTER(STR(?article) < STR(?copy)) }"""

ACTORS = """
SELECT ?actor ?class ?code ?label (LANG(?label) AS ?language) WHERE {
  ?actor a ?class ; skos:prefLabel ?label .
  OPTIONAL { ?actor skos:notation ?code }
  FILTER(STRSTARTS(STR(?actor), STR(actor:)))
}"""

KINDS = {
    "State": "state",
    "Territory": "state",
    "HistoricalState": "state",
    "InternationalOrganization": "organisation",
    "Bloc": "organisation",
    "Organization": "organisation",
    "ArmedMovement": "movement",
}
"""Class of an actor -> how the network draws it; every other class is `other`."""


def read_records(select: Select) -> Records:
    """Return all that a store tells of its events.

    Args:
        select: Answers a SELECT query.
    """
    originals = _read_originals(select)
    claims = _read_claims(select, originals)
    roles: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"source": set(), "target": set()})
    for row in select(PARTICIPANTS):
        roles[row["event"]][_id(row["role"])].add(_id(row["actor"]))
    events = {row["event"]: _to_event(row, roles[row["event"]], claims) for row in select(EVENTS)}
    articles = {row["article"]: _to_article(row, originals) for row in select(ARTICLES)}
    return Records(
        actors=_read_actors(select, {name for sides in roles.values() for names in sides.values() for name in names}),
        articles=tuple(sorted(articles.values(), key=lambda article: article.id)),
        events=tuple(sorted(events.values(), key=lambda event: event.id)),
    )


def _id(iri: str) -> str:
    """Return the id behind an IRI, as it was before an IRI was made of it."""
    return unquote(local_name(iri))


def _to_event(row: Row, roles: Mapping[str, set[str]], claims: Mapping[str, Sequence[ClaimRecord]]) -> EventRecord:
    return EventRecord(
        id=_id(row["event"]),
        action=_id(row["action"]),
        sources=tuple(sorted(roles["source"])),
        targets=tuple(sorted(roles["target"])),
        date=row["date"],
        earliest=row["earliest"],
        latest=row["latest"],
        support=_id(row["support"]),
        place=row["place"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        claims=tuple(claims.get(row["event"], ())),
    )


def _to_article(row: Row, originals: Mapping[str, str]) -> ArticleRecord:
    return ArticleRecord(
        id=_id(row["article"]),
        title=row["title"],
        url=row["url"],
        publisher=row["publisher"],
        date=row["date"],
        language=row["language"],
        original=originals.get(_id(row["article"]), ""),
    )


def _read_originals(select: Select) -> dict[str, str]:
    """Return of each article that prints the same text as others the first of these in order of id."""
    first: dict[str, str] = {}

    def find(name: str) -> str:
        while first.setdefault(name, name) != name:
            name = first[name]
        return name

    for row in select(COPIES):
        one, other = sorted((find(_id(row["article"])), find(_id(row["copy"]))))
        first[other] = one
    return {name: find(name) for name in list(first)}


def _read_claims(select: Select, originals: Mapping[str, str]) -> dict[str, list[ClaimRecord]]:
    """Return the claims by event IRI, in order of article and place."""
    rows = {row["claim"]: row for row in select(CLAIMS)}
    persons: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for row in select(PERSONS):
        persons[row["claim"], _id(row["role"]) == "attributedTo"].add(_id(row["actor"]))
    claims: dict[str, list[ClaimRecord]] = defaultdict(list)
    for name in sorted(rows, key=lambda name: (rows[name]["article"], int(rows[name]["start"]), name)):
        claim = _to_claim(rows[name], speakers=persons[name, True], agents=persons[name, False], originals=originals)
        claims[rows[name]["event"]].append(claim)
    return claims


def _to_claim(row: Row, *, speakers: set[str], agents: set[str], originals: Mapping[str, str]) -> ClaimRecord:
    start = int(row["start"])
    trigger = (int(row["from"] or start) - start, int(row["to"] or start) - start)
    return ClaimRecord(
        article=_id(row["article"]),
        status=_id(row["status"]),
        speakers=tuple(sorted(speakers)),
        quote=row["quote"],
        trigger=trigger,
        confidence=float(row["confidence"] or 1),
        rule=row["rule"],
        start=start,
        agents=tuple(sorted(agents)),
        original=originals.get(_id(row["article"]), ""),
    )


def _read_actors(select: Select, participants: Collection[str]) -> tuple[ActorRecord, ...]:
    """Return the labelled actors, and by their ids alone those that take part without being described."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    kinds: dict[str, str] = dict.fromkeys(participants, "other")
    codes: dict[str, str] = {}
    for row in select(ACTORS):
        name = _id(row["actor"])
        labels[name][row["language"]] = row["label"]
        codes[name] = max(codes.get(name, ""), row["code"])
        kind = KINDS.get(_id(row["class"]), "other")
        kinds[name] = kind if kinds.get(name, "other") == "other" else kinds[name]
    return tuple(
        ActorRecord(
            name, kinds[name], codes.get(name, ""), _short_labels(labels[name]) or {"en": name.replace("_", " ")}
        )
        for name in sorted(kinds)
    )


def _short_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Return one label a language; one without language is an acronym, which serves them all."""
    if "" in labels:
        return dict.fromkeys(sorted({"en", *labels} - {""}), labels[""])
    return {language: labels[language] for language in sorted(labels)}
