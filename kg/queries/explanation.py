"""Answer why an event is in the graph: the sentences, the rules that fired, and how each actor was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import InputError
from kg.store import Store

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClaimExplanation:
    """Why one claim was made.

    Attributes:
        article: Id.
        issued: Publication date, "" where unknown.
        publisher: "" where unknown.
        title: "" where unknown.
        url: "" where unknown.
        before: The sentence up to the trigger.
        trigger: The words that name the action.
        after: The sentence from there on.
        status: `actual`, `planned`, `negated` or `hypothetical`.
        speakers: Ids of who says so, () for the article itself.
        rule: Id of the lexical unit.
        confidence: In [0, 1].
        time: The words that date it, "" for none.
        place: The words that place it, "" for none.
        resolutions: How each actor was found, a line each.
        features: What else decided.
    """

    article: str
    issued: str
    publisher: str
    title: str
    url: str
    before: str
    trigger: str
    after: str
    status: str
    speakers: tuple[str, ...]
    rule: str
    confidence: float
    time: str
    place: str
    resolutions: tuple[str, ...]
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event is in the graph, and is held to be as it is.

    Attributes:
        event: Id.
        label: As a sentence.
        action: Id.
        date: As told, "" for none.
        support: `Stated`, `Claimed`, `Disputed` or `Denied`.
        claims: In order of article and position.
    """

    event: str
    label: str
    action: str
    date: str
    support: str
    claims: tuple[ClaimExplanation, ...]


def explain_event(store: Store, event: str, language: str = "en") -> Explanation:
    """Return why an event is in the graph.

    Args:
        store: Open.
        event: Its id, the beginning of one, or its IRI.
        language: Of the label: `da` or `en`.

    Raises:
        InputError: No event has that id, or several begin so.
    """
    node = find_event(store, event)
    head = next(
        iter(
            store.rows(f"""SELECT ?label ?action ?date ?support {{
              <{node}> rdfs:label ?label ; kg:action ?action ; kg:support ?support .
              OPTIONAL {{ <{node}> kg:date ?date }}
              FILTER(LANG(?label) = "{"da" if language == "da" else "en"}") }}""")
        )
    )
    rows = store.rows(f"""SELECT * {{
      ?claim kg:about <{node}> ; kg:status ?status ; kg:rule ?rule ; kg:confidence ?confidence ;
        oa:hasSource ?paper ; oa:hasSelector ?sentence ; kg:trigger ?trigger .
      ?sentence oa:exact ?exact ; oa:start ?start . ?trigger oa:start ?from ; oa:end ?to .
      ?paper dct:identifier ?article .
      OPTIONAL {{ ?claim kg:timeExpression ?time }} OPTIONAL {{ ?claim kg:placeName ?place }}
      OPTIONAL {{ ?paper dct:issued ?issued }} OPTIONAL {{ ?paper dct:publisher ?publisher }}
      OPTIONAL {{ ?paper dct:title ?title }} OPTIONAL {{ ?paper dct:source ?url }}
    }} ORDER BY ?article ?start ?from""")
    claims = tuple(_explain_claim(store, row) for row in rows)
    return Explanation(
        node.rsplit("/", 1)[-1],
        head["label"],
        head["action"].rsplit("/", 1)[-1],
        head["date"],
        head["support"].rsplit("#", 1)[-1],
        claims,
    )


def find_event(store: Store, event: str) -> str:
    """Return the IRI of an event from its id, the beginning of its id, or its IRI.

    Raises:
        InputError: No event has that id, or several begin so; the message lists some.
    """
    start = event.rsplit("/", 1)[-1].removeprefix("ev:")
    rows = store.rows("SELECT ?event { ?event a sem:Event }")
    found = sorted(row["event"] for row in rows if row["event"].rsplit("/", 1)[-1].startswith(start))
    if start and len(found) == 1:
        return found[0]
    if not start or not found:
        raise InputError(f"no event {event!r} in this store; `kg query timeline` lists events with their ids")
    some = ", ".join(each.rsplit("/", 1)[-1] for each in found[:5])
    raise InputError(f"{len(found)} events begin with {event!r}: {some}; give more of the id")


def _explain_claim(store: Store, row: Row) -> ClaimExplanation:
    start, begin, end = int(row["start"]), int(row["from"]), int(row["to"])
    text = row["exact"]
    return ClaimExplanation(
        article=row["article"],
        issued=row["issued"],
        publisher=row["publisher"],
        title=row["title"],
        url=row["url"],
        before=text[: begin - start],
        trigger=text[begin - start : end - start],
        after=text[end - start :],
        status=row["status"].rsplit("#", 1)[-1],
        speakers=tuple(name.rsplit("/", 1)[-1] for name in _values(store, row["claim"], "kg:attributedTo")),
        rule=row["rule"],
        confidence=float(row["confidence"]),
        time=row["time"],
        place=row["place"],
        resolutions=_values(store, row["claim"], "kg:resolution"),
        features=_values(store, row["claim"], "kg:feature"),
    )


def _values(store: Store, claim: str, predicate: str) -> tuple[str, ...]:
    return tuple(sorted(row["value"] for row in store.rows(f"SELECT ?value {{ <{claim}> {predicate} ?value }}")))
