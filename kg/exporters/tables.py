"""Write event tables: our own, and three in the columns of the well-known data sets, as CSV; our own as Parquet too.

| form | columns |
| --- | --- |
| `csv`, `parquet` | those of `kg.exporters.rows.EventRow`, under the same names |
| `gdelt` | of GDELT's event table those that news text can fill; dates as `YYYYMMDD` |
| `icews` | of ICEWS Coded Event Data |
| `polecat` | of POLECAT: event type, mode and quad code after PLOVER, actor and recipient |

CAMEO codes are text: they begin with zeros. A cell that a spreadsheet would take for a formula begins with `'`. Only
events that are not merely denied or hypothetical are written in the last three, since they know no status.

Sources: GDELT Event Codebook 2.0 (2015); ICEWS Coded Event Data Readme (2018); POLECAT (Halterman et al. 2023).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import IO

from kg.errors import MissingExtra
from kg.exporters.rows import COLUMNS, EventRow, read_rows
from kg.store import Store

QUAD_CLASS = {"verbal-cooperation": "1", "material-cooperation": "2", "verbal-conflict": "3", "material-conflict": "4"}
QUAD_NAME = {"1": "VERBAL COOPERATION", "2": "MATERIAL COOPERATION", "3": "VERBAL CONFLICT", "4": "MATERIAL CONFLICT"}
_STATES = frozenset({"State", "Territory", "HistoricalState"})
_ROWS_PER_GROUP = 10_000

Cells = dict[str, str]


def write(store: Store, output: IO[bytes], form: str) -> None:
    """Write a store's events as a table.

    Raises:
        MissingExtra: Parquet is asked for, and pyarrow is not installed.
    """
    if form == "parquet":
        _write_parquet(store, output)
    elif form == "csv":
        _write_csv((_own_cells(row) for row in read_rows(store)), list(COLUMNS), output)
    else:
        convert = _CONVERTERS[form]
        columns = list(convert(_NO_EVENT))
        _write_csv((convert(row) for row in read_rows(store) if _is_told_to_happen(row)), columns, output)


def _write_csv(rows: Iterator[Cells], columns: list[str], output: IO[bytes]) -> None:
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _guard(value) for name, value in row.items()} for row in rows)
    text.detach()


def _guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay as they are."""
    if not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _own_cells(row: EventRow) -> Cells:
    return {name: str(value) for name, value in asdict(row).items()}


def _is_told_to_happen(row: EventRow) -> bool:
    return row.support != "Denied" and row.status in ("actual", "planned")


def _number(date: str) -> str:
    """Return a day as GDELT writes it, `YYYYMMDD`."""
    return date.replace("-", "")


def _country(kind: str, code: str) -> str:
    return code if kind in _STATES else ""


def _to_gdelt(row: EventRow) -> Cells:
    return {
        "GLOBALEVENTID": row.event,
        "SQLDATE": _number(row.earliest),
        "MonthYear": _number(row.earliest)[:6],
        "Year": row.earliest[:4],
        "Actor1Code": row.source_code,
        "Actor1Name": row.source_name.upper(),
        "Actor1CountryCode": _country(row.source_kind, row.source_code),
        "Actor2Code": row.target_code,
        "Actor2Name": row.target_name.upper(),
        "Actor2CountryCode": _country(row.target_kind, row.target_code),
        "IsRootEvent": "1",
        "EventCode": row.cameo,
        "EventBaseCode": row.cameo[:3],
        "EventRootCode": row.cameo[:2],
        "QuadClass": QUAD_CLASS.get(row.quad, ""),
        "GoldsteinScale": row.goldstein,
        "NumMentions": str(row.claims),
        "NumSources": str(row.publishers),
        "NumArticles": str(row.articles),
        "ActionGeo_FullName": row.place,
        "ActionGeo_CountryCode": row.country,
        "ActionGeo_Lat": row.latitude,
        "ActionGeo_Long": row.longitude,
        "DATEADDED": _number(row.published),
        "SOURCEURL": row.url,
    }


def _to_icews(row: EventRow) -> Cells:
    return {
        "Event ID": row.event,
        "Event Date": row.earliest,
        "Source Name": row.source_name,
        "Source Sectors": row.source_kind,
        "Source Country": row.source_name if row.source_kind in _STATES else "",
        "Event Text": row.action,
        "CAMEO Code": row.cameo,
        "Intensity": row.goldstein,
        "Target Name": row.target_name,
        "Target Sectors": row.target_kind,
        "Target Country": row.target_name if row.target_kind in _STATES else "",
        "Story ID": row.article,
        "Event Sentence": row.sentence,
        "Publisher": row.publisher,
        "City": row.place,
        "Country": row.country,
        "Latitude": row.latitude,
        "Longitude": row.longitude,
    }


def _to_polecat(row: EventRow) -> Cells:
    return {
        "Event ID": row.event,
        "Event Date": row.earliest,
        "Event Type": row.type,
        "Event Mode": row.action if row.action != row.type else "",
        "Intensity": row.goldstein,
        "Quad Code": QUAD_NAME.get(QUAD_CLASS.get(row.quad, ""), ""),
        "CAMEO Code": row.cameo,
        "Actor Name": row.source_name,
        "Actor Country": _country(row.source_kind, row.source_code),
        "Actor Name Raw": row.source,
        "Recipient Name": row.target_name,
        "Recipient Country": _country(row.target_kind, row.target_code),
        "Recipient Name Raw": row.target,
        "Placename": row.place,
        "Country": row.country,
        "Latitude": row.latitude,
        "Longitude": row.longitude,
        "Source": row.publisher,
        "Publication Date": row.published,
        "Headline": row.title,
        "Language": row.language,
        "Event Sentence": row.sentence,
        "Story ID": row.article,
    }


_CONVERTERS: dict[str, Callable[[EventRow], Cells]] = {
    "gdelt": _to_gdelt,
    "icews": _to_icews,
    "polecat": _to_polecat,
}
_NUMBERS = {"claims": 0, "articles": 0, "publishers": 0, "confidence": 0.0}
_NO_EVENT = EventRow(**{name: _NUMBERS.get(name, "") for name in COLUMNS})  # type: ignore[arg-type]  # by name


def _write_parquet(store: Store, output: IO[bytes]) -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra, without types
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow; pip install 'kg-events[parquet]'") from error
    kinds = {"claims": pa.int32(), "articles": pa.int32(), "publishers": pa.int32(), "confidence": pa.float64()}
    numbers = {"goldstein", "latitude", "longitude"}
    schema = pa.schema([(name, pa.float64() if name in numbers else kinds.get(name, pa.string())) for name in COLUMNS])
    rows = read_rows(store)
    with pq.ParquetWriter(output, schema) as writer:
        while some := [asdict(row) for row in islice(rows, _ROWS_PER_GROUP)]:
            for row in some:
                row.update({name: float(row[name]) if row[name] else None for name in numbers})
            writer.write_table(pa.Table.from_pylist(some, schema))
