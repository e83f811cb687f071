"""Read annotated articles, one JSON object a line, and say of a wrong one where and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Status

if TYPE_CHECKING:
    from kg.evaluation import Record

CODES = ("source", "target", "attributed_to")


def read_records(path: Path, language: str = "") -> list[Record]:
    """Return the records of a file, those of one language where one is given.

    Args:
        path: Of lines with `id`, `events` and, where there are several languages, `lang`.
        language: ISO 639-1, "" for all.

    Raises:
        InputError: The file cannot be read, a line is no annotated article, or an article stands there twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error
    records: dict[str, Record] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = _parse_record(line, f"{path}:{number}")
        if record["id"] in records:
            raise InputError(f"{path}:{number}: the article {record['id']!r} stands in the file twice")
        records[record["id"]] = record
    return [record for record in records.values() if not language or record["lang"] == language]


def _parse_record(line: str, place: str) -> Record:
    try:
        record = json.loads(line)
        parsed = {"id": record["id"], "events": list(record["events"]), "lang": record.get("lang", "")}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{place}: no annotated article: {error!r}; it needs id and events") from error
    for position, event in enumerate(parsed["events"], 1):
        fault = find_fault(event)
        if fault:
            raise InputError(f"{place}: event {position}: {fault}")
    return parsed


def find_fault(event: Any) -> str:
    """Return what keeps an event from being compared, with the choices; "" for nothing.

    Example:
        >>> find_fault({"source": ["RUS"], "type": "SANCTIONS", "target": []})
        "no event type 'SANCTIONS'; nearest: 'SANCTION'"
    """
    from kg.ontology.actions import load_actions

    if not isinstance(event, dict):
        return "it is no JSON object"
    for name in CODES:
        codes = event.get(name, [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            return f"{name} is no list of codes"
    types = {action.type for action in load_actions().values() if action.type}
    if event.get("type") not in types:
        return f"no event type {event.get('type')!r}{_nearest(event.get('type'), types)}"
    if event.get("status", "actual") not in set(Status):
        return f"no status {event['status']!r}; there are: {', '.join(Status)}"
    return ""


def _nearest(word: object, known: Iterable[str]) -> str:
    close = get_close_matches(str(word).upper(), sorted(known), 1)
    return f"; nearest: {close[0]!r}" if close else f"; there are: {', '.join(sorted(known))}"
