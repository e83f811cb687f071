from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.server.negotiation import choose
from kg.server.results import Limits, rows_of, write_boolean, write_rows

FORMS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
QUERY = """SELECT ?x ?y { VALUES (?x ?y) {
  (<http://x/ø> UNDEF) ("a\\"b,<c>&\\n\\t\\\\é💣" "da"@da) (1 1.5)
  ("2021-01-01"^^<http://www.w3.org/2001/XMLSchema#date> true)
} }"""


def answer() -> ox.QuerySolutions:
    result = ox.Store().query(QUERY)
    assert isinstance(result, ox.QuerySolutions)
    return result


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_reads_back(form: str) -> None:
    body, cut = write_rows(["x", "y"], rows_of(answer()), form, Limits(100, 100_000))
    assert not cut
    if form == "csv":
        assert body == answer().serialize(format=FORMS[form])
        return
    again = ox.parse_query_results(body, format=FORMS[form])
    assert isinstance(again, ox.QuerySolutions)
    assert list(rows_of(again)) == list(rows_of(answer()))


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
@pytest.mark.parametrize("limits", [Limits(2, 100_000), Limits(100, 250), Limits(0, 100_000)])
def test_an_answer_that_is_cut_off_is_still_a_valid_document(form: str, limits: Limits) -> None:
    body, cut = write_rows(["x", "y"], rows_of(answer()), form, limits)
    assert cut
    again = ox.parse_query_results(body, format=FORMS[form])
    assert isinstance(again, ox.QuerySolutions)
    assert len(list(again)) < 4


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_read_back(form: str, value: bool) -> None:
    assert bool(ox.parse_query_results(write_boolean(value, form), format=FORMS[form])) is value


OFFERED = ["text/turtle", "application/n-triples", "application/rdf+xml"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/rdf+xml;q=0.5, application/n-triples;q=0.8", "application/n-triples"),
        ("text/*;q=0.1, */*;q=0.5", "application/n-triples"),
        ("text/turtle;q=0, */*", "application/n-triples"),
        ("image/png", ""),
        ("text/turtle;q=x", ""),
        (" , ;", ""),
        ("TEXT/Turtle ; charset=utf-8", "text/turtle"),
    ],
)
def test_the_client_chooses_among_what_is_offered(accept: str, media: str) -> None:
    assert choose(accept, OFFERED) == media
