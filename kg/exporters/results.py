"""Write the answer to a SPARQL query: the four W3C result formats, Turtle for a graph, and cells for a table."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import UsageError
from kg.exporters.rdf import write_rdf
from kg.graph.names import Names
from kg.store import Result

RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMS = {"turtle": "ttl", "ttl": "ttl", "nt": "nt", "nq": "nq", "jsonld": "jsonld", "rdf": "rdf", "trig": "trig"}

Table = tuple[list[str], Iterator[list[str]]]


def format_result(result: Result, form: str, names: Names) -> bytes:
    """Return an answer in one of the formats.

    Args:
        result: What the store answered.
        form: `csv`, `tsv`, `json` or `xml` for SELECT and ASK (which CSV and TSV cannot say); `turtle`, `nt`, `nq`,
            `trig`, `jsonld` or `rdf` for CONSTRUCT and DESCRIBE.
        names: Gives the prefixes.

    Raises:
        UsageError: The format does not fit the kind of answer.
    """
    if isinstance(result, ox.QueryTriples):
        if form not in GRAPH_FORMS:
            raise UsageError(f"a graph cannot be written as {form}; take {', '.join(GRAPH_FORMS)} or table")
        output = io.BytesIO()
        write_rdf(result, output, GRAPH_FORMS[form], names)
        return output.getvalue()
    if form not in RESULT_FORMATS or (isinstance(result, ox.QueryBoolean) and form in ("csv", "tsv")):
        fitting = "json, xml" if isinstance(result, ox.QueryBoolean) else ", ".join(RESULT_FORMATS)
        raise UsageError(f"this answer cannot be written as {form}; take {fitting} or table")
    return result.serialize(format=RESULT_FORMATS[form]) or b""


def to_table(result: Result, names: Names) -> Table:
    """Return column names and rows of short texts for people; an ASK has one cell, a graph three columns."""
    if isinstance(result, ox.QueryBoolean):
        return ["answer"], iter([["yes" if result else "no"]])
    if isinstance(result, ox.QueryTriples):
        return ["subject", "predicate", "object"], ([shorten(term, names) for term in triple] for triple in result)
    columns = [variable.value for variable in result.variables]
    return columns, ([shorten(solution[name], names) for name in columns] for solution in result)


def shorten(term: object, names: Names) -> str:
    """Return a term as people write it: `actor:RUS`, bare text, bare numbers and dates; "" for an unbound one.

    Example:
        >>> from kg.graph.names import make_names
        >>> shorten(ox.NamedNode("https://example.org/kg/actor/RUS"), make_names())
        'actor:RUS'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix in names.prefixes:
            if local := names.local(term, prefix):
                return f"{prefix}:{local}"
        return term.value
    return term.value if isinstance(term, ox.Literal) else str(term)
