"""Write answers to queries up to a limit, as valid documents even where they are cut off.

Sources: SPARQL 1.1 Query Results JSON, XML, CSV and TSV Formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json import dumps
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'

Row = list[object]


@dataclass(frozen=True, slots=True)
class Limits:
    """Where an answer is cut off.

    Attributes:
        rows: After so many rows or triples.
        size: After so many bytes.
    """

    rows: int
    size: int


def write_boolean(answer: bool, form: str) -> bytes:  # it is the answer
    """Return the answer to an ASK query as `json` or `xml`."""
    word = "true" if answer else "false"
    if form == "json":
        return f'{{"head":{{}},"boolean":{word}}}'.encode()
    return f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>".encode()


def write_rows(columns: list[str], rows: Iterable[Row], form: str, limits: Limits) -> tuple[bytes, bool]:
    """Return the answer to a SELECT query as `json`, `xml`, `csv` or `tsv`, and whether it was cut off."""
    head, between, end, write = _FORMS[form]
    parts = [head(columns).encode()]
    size, cut, gap = len(parts[0]), False, ""
    for number, row in enumerate(rows):
        piece = f"{gap}{write(columns, row)}".encode()
        if number >= limits.rows or size + len(piece) > limits.size:
            cut = True
            break
        parts.append(piece)
        size += len(piece)
        gap = between
    parts.append(end.encode())
    return b"".join(parts), cut


def write_triples(
    triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: dict[str, str], limits: Limits
) -> tuple[bytes, bool]:
    """Return the answer to a CONSTRUCT or DESCRIBE query, and whether it was cut off."""
    kept: list[ox.Triple] = []
    size = 0
    for triple in triples:
        size += len(str(triple))
        if len(kept) >= limits.rows or size > limits.size:
            return _serialize(kept, form, prefixes), True
        kept.append(triple)
    return _serialize(kept, form, prefixes), False


def _serialize(triples: list[ox.Triple], form: ox.RdfFormat, prefixes: dict[str, str]) -> bytes:
    ordered = sorted(triples, key=lambda triple: (str(triple.subject), triple.predicate.value, str(triple.object)))
    return ox.serialize(ordered, format=form, prefixes=prefixes) or b""


def _json_term(term: object) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = zip(("subject", "predicate", "object"), term, strict=True)
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts}}
    assert isinstance(term, ox.Literal)  # noqa: S101  # what else a result may hold
    facts: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        facts["xml:lang"] = term.language
    elif term.datatype.value != XSD_STRING:
        facts["datatype"] = term.datatype.value
    return facts


def _json_row(columns: list[str], row: Row) -> str:
    bound = {name: _json_term(term) for name, term in zip(columns, row, strict=True) if term is not None}
    return dumps(bound, ensure_ascii=False, separators=(",", ":"))


def _xml_term(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = zip(("subject", "predicate", "object"), term, strict=True)
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"
    assert isinstance(term, ox.Literal)  # noqa: S101  # what else a result may hold
    attribute = ""
    if term.language:
        attribute = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != XSD_STRING:
        attribute = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{attribute}>{escape(term.value)}</literal>"


def _xml_row(columns: list[str], row: Row) -> str:
    bound = zip(columns, row, strict=True)
    cells = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in bound if term is not None)
    return f"<result>{''.join(cells)}</result>"


def _csv_cell(term: object) -> str:
    if term is None:
        return ""
    text = f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '",\n\r') else text


def _csv_row(columns: list[str], row: Row) -> str:
    del columns
    return ",".join(_csv_cell(term) for term in row) + "\r\n"


def _tsv_row(columns: list[str], row: Row) -> str:
    del columns
    return "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


def _json_head(columns: list[str]) -> str:
    return f'{{"head":{{"vars":{dumps(columns)}}},"results":{{"bindings":['


def _xml_head(columns: list[str]) -> str:
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in columns)
    return f"{_XML_HEAD}<head>{names}</head><results>"


_FORMS = {
    "json": (_json_head, ",", "]}}", _json_row),
    "xml": (_xml_head, "", "</results></sparql>", _xml_row),
    "csv": (lambda columns: ",".join(columns) + "\r\n", "", "", _csv_row),
    "tsv": (lambda columns: "\t".join(f"?{name}" for name in columns) + "\n", "", "", _tsv_row),
}


def rows_of(solutions: ox.QuerySolutions) -> Iterator[Row]:
    """Yield the terms of each solution, None for an unbound variable."""
    columns = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield [solution[name] for name in columns]
