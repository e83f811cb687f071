"""Read `coded.*.tsv`: sentences that a human coder has read, by construction, and hold what is extracted against them.

A row has the construction that it shows, the publication date, the text, and the claims that a coder by the scheme of
`kg.exporters.annotations` makes of it, `;` between them, `-` for none:

    RUS SANCTION NOR                          it has happened, and the text itself says so
    NOR+SWE SANCTION RUS planned              every source with every target
    RUS ASSAULT UKR by:UKR                    who says so; `by:*` where coders may differ on that
    RUS CONSULT JPN on:2018-09-10 at:Moscow   date and place are compared where they are given
    ? RUS ASSAULT UKR hypothetical by:*       a coder may code it or leave it

Anything else that is extracted is wrong. Rows that the extractor does not get right stand in `open.*.tsv`. After a
change of the extractor, `python -m tests.benchmarks.sentences` moves rows to the table where they now belong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import cast

from kg.exporters.annotations import to_annotation
from kg.languages.lexicon import read_table
from kg.model import Article, Event
from kg.ontology.actions import SYMMETRIC_TYPES, load_actions
from kg.ontology.actors import load_actors
from kg.parsing import parse
from kg.pipeline import Settings, extract_events, open_workshop

FOLDER = Path(__file__).parent
ANYBODY = "*"

Key = tuple[str, str, str, str]
"""Source, type, target (`-` for none) and status."""


@dataclass(frozen=True, slots=True)
class Told:
    """What else is told of a claim.

    Attributes:
        speakers: Codes, joined by `+`; `*` where any will do.
        date: ISO 8601, "" where none is compared or none was found.
        place: As written, "" where none is compared or none was found.
        optional: Whether a coder may leave it out.
        signed: Whether it is a signing, which has no direction.
    """

    speakers: str = ""
    date: str = ""
    place: str = ""
    optional: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    construction: str
    date: str
    text: str
    claims: str

    @property
    def line(self) -> str:
        """Return it as it is written."""
        return "\t".join((self.construction, self.date, self.text, self.claims))


def table_of(code: str, *, kind: str = "coded") -> Path:
    """Return the path of a language's table: `coded` or `open`."""
    return FOLDER / f"{kind}.{code}.tsv"


@cache
def read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of a table, in order."""
    return tuple(Row(r["construction"], r["date"], r["text"], r["claims"]) for _, r in read_table(path))


def parse_claims(claims: str) -> Iterator[tuple[Key, Told]]:
    """Yield what a row's claims say, one actor on each side.

    Example:
        >>> [key for key, _ in parse_claims("NOR+SWE SANCTION RUS planned")]
        [('NOR', 'SANCTION', 'RUS', 'planned'), ('SWE', 'SANCTION', 'RUS', 'planned')]
    """
    for claim in claims.split(";") if claims != "-" else ():
        words = claim.split()
        optional = words[0] == "?"
        sources, kind, targets, *rest = words[optional:]
        details = dict(word.split(":", 1) for word in rest if ":" in word)
        status = next((word for word in rest if ":" not in word), "actual")
        told = Told(details.get("by", ""), details.get("on", ""), details.get("at", "").replace("_", " "), optional)
        for source, target in product(sources.split("+"), targets.split("+")):
            yield (*_in_order(source, target, kind), status), told


def _in_order(source: str, target: str, kind: str) -> tuple[str, str, str]:
    if kind in SYMMETRIC_TYPES and target != "-":
        source, target = sorted((source, target))
    return source, kind, target


def find_faults(row: Row, found: Sequence[tuple[Key, Told]]) -> list[str]:
    """Return what differs from a row's claims, in words; [] where nothing does."""
    wanted = dict(parse_claims(row.claims))
    got = {_as_wanted(key, told, wanted): told for key, told in found}
    missed = [f"missed {' '.join(key)}" for key, told in wanted.items() if key not in got and not told.optional]
    extra = [f"false {' '.join(key)}" for key in got if key not in wanted]
    details = [
        f"{name} of {' '.join(key)}: {has or 'none'}, not {asked or 'none'}"
        for key, told in wanted.items()
        if key in got
        for name, asked, has in _compared(told, got[key])
        if asked != has
    ]
    return missed + extra + details


def _as_wanted(key: Key, told: Told, wanted: Mapping[Key, Told]) -> Key:
    source, kind, target, status = key
    turned = (target, kind, source, status)
    return turned if told.signed and turned in wanted else key


def _compared(told: Told, got: Told) -> Iterator[tuple[str, str, str]]:
    if told.speakers != ANYBODY:
        yield "speaker", told.speakers, got.speakers
    if told.date:
        yield "date", told.date, got.date
    if told.place:
        yield "place", told.place, got.place


@cache
def extract_rows(code: str) -> Mapping[Row, Sequence[tuple[Key, Told]]]:
    """Return what the extractor finds in the rows of both of a language's tables."""
    rows = [*read_rows(table_of(code)), *read_rows(table_of(code, kind="open"))]
    workshop = open_workshop(code, Settings())
    articles = [Article(str(n), row.text, code, row.date) for n, row in enumerate(rows)]
    parsed = parse(articles, workshop.pipeline)
    return {
        row: [claim for event in extract_events(article, doc, workshop).events for claim in _claims_of(event, article)]
        for row, (article, doc) in zip(rows, parsed, strict=True)
    }


def _claims_of(event: Event, article: Article) -> Iterator[tuple[Key, Told]]:
    coded = to_annotation(event, article, load_actions(), load_actors().guide_code)
    sources, targets, speakers = (cast(list[str], coded[name]) for name in ("source", "target", "attributed_to"))
    told = Told("+".join(speakers), str(coded["date"]), str(coded["place"]), signed=event.action == "sign-agreement")
    for source, target in product(sources, targets or ["-"]):
        yield (*_in_order(source, target, str(coded["type"])), str(coded["status"])), told
