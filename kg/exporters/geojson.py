"""Write the events that have coordinates as GeoJSON points (RFC 7946), one a line, for maps."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO

from kg.exporters.rows import EventRow, read_rows
from kg.store import Store


def write(store: Store, output: IO[bytes], form: str) -> None:
    """Write a store's located events; their properties are the columns of `EventRow`."""
    del form  # there is but one
    output.write(b'{"type": "FeatureCollection", "features": [')
    comma = ""
    for row in read_rows(store):
        if row.latitude and row.longitude:
            output.write(f"{comma}\n{json.dumps(_to_feature(row), ensure_ascii=False)}".encode())
            comma = ","
    output.write(b"\n]}\n")


def _to_feature(row: EventRow) -> dict[str, object]:
    facts = asdict(row)
    longitude, latitude = float(facts.pop("longitude")), float(facts.pop("latitude"))
    return {
        "type": "Feature",
        "id": f"{row.event}-{row.source}-{row.target}",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": facts,
    }
