"""Write the graph as CSV files for `neo4j-admin database import`, in one zip archive.

    neo4j-admin database import full --nodes=actors.csv --nodes=events.csv --relationships=sources.csv \
        --relationships=targets.csv

Actors and events are nodes; an event is linked by SOURCE and TARGET to its actors. Headers follow the Neo4j
Operations Manual 5, "CSV header format".
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO

from kg.graph.records import EventRecord, Records, read_records
from kg.ontology.actions import load_actions
from kg.store import Store

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can tell: the same for every file, since the same graph gives the same bytes."""

ACTOR_HEADER = ["id:ID(Actor)", "name", "kind", "code", ":LABEL"]
EVENT_HEADER = ["id:ID(Event)", "action", "type", "quad", "goldstein:float", "date", "earliest", "latest"]
EVENT_HEADER += ["support", "status", "confidence:float", "claims:int", "place", "sentence", ":LABEL"]
LINK_HEADER = [":START_ID(Event)", ":END_ID(Actor)", ":TYPE"]


def write(store: Store, output: IO[bytes], form: str) -> None:
    """Write a store as a zip archive of CSV files."""
    del form  # there is but one
    records = read_records(store.rows)
    used = {name for event in records.events for name in (*event.sources, *event.targets)}
    actors = (
        [actor.id, actor.labels.get("en", actor.id), actor.kind, actor.code, "Actor"]
        for actor in records.actors
        if actor.id in used
    )
    with zipfile.ZipFile(output, "w") as archive:
        _add(archive, "actors.csv", ACTOR_HEADER, actors)
        _add(archive, "events.csv", EVENT_HEADER, (_to_row(event) for event in records.events))
        _add(archive, "sources.csv", LINK_HEADER, _links(records, "SOURCE"))
        _add(archive, "targets.csv", LINK_HEADER, _links(records, "TARGET"))


def _add(archive: zipfile.ZipFile, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.getvalue())


def _to_row(event: EventRecord) -> list[object]:
    action = load_actions().get(event.action)
    coded = [action.type, action.quad, action.goldstein] if action is not None else ["", "", ""]
    told = [event.date, event.earliest, event.latest, event.support, event.status, event.confidence]
    sentence = event.claims[0].quote if event.claims else ""
    return [event.id, event.action, *coded, *told, len(event.told), event.place, sentence, "Event"]


def _links(records: Records, kind: str) -> Iterable[Sequence[str]]:
    for event in records.events:
        for actor in event.sources if kind == "SOURCE" else event.targets:
            yield event.id, actor, kind
