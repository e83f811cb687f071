from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import DataError, QueryError, UsageError
from kg.graph.names import make_names
from kg.model import Article, Event, Status
from kg.queries import KINDS, NamedQuery, Parameter, format_term, load_queries, load_query, parse_query
from kg.store import Store

QUERIES = load_queries()
ANY = {
    "actor": "EST",
    "action": "SANCTION",
    "event": "81f991232fea7153076e",
    "article": "sample-1",
    "since": "2024",
    "until": "2024-12",
    "days": "30",
    "number": "3",
    "text": "en",
}

DAY = ("2018-03-14", "2018-03-14")


@pytest.fixture
def store(make_article: Callable[..., Article], make_event: Callable[..., Event], sample_store: Store) -> Store:
    """Return the sample store with a quarrel of two states, a treaty, a mediation, and somebody else's word."""
    text = "A expelled B. B expelled A. C mediated. A imposed sanctions. A lifted sanctions. A signed. B denied."
    article = make_article(id="quarrel", text=text, publisher="Other", date="2018-04-01", url="")

    def event(action: str, source: str, target: str, sentence: str, day: str, **how: object) -> Event:
        trigger = sentence.split()[1].rstrip(".")
        return make_event(article, action, source, target, sentence, trigger, days=(day, day), **how)

    sample_store.add(
        article,
        [
            event("expel-diplomats", "GBR", "RUS", "A expelled B.", "2018-03-14"),
            event("expel-diplomats", "RUS", "GBR", "B expelled A.", "2018-03-17"),
            event("mediate", "CHE", "RUS", "C mediated.", "2018-03-20"),
            event("impose-sanctions", "GBR", "RUS", "A imposed sanctions.", "2018-03-21"),
            event("impose-sanctions", "USA", "RUS", "A imposed sanctions.", "2018-03-21"),
            event("lift-sanctions", "GBR", "RUS", "A lifted sanctions.", "2018-03-30"),
            event("sign-agreement", "CHN", "RUS", "A signed.", "2018-03-31", source_actor="Xi_Jinping"),
            event("poison", "RUS", "GBR", "A expelled B.", "2018-03-04", speaker="GBR"),
            event("poison", "RUS", "CHE", "B denied.", "2018-03-04", status=Status.NEGATED, speaker="RUS"),
        ],
    )
    return sample_store


def answer(store: Store, name: str, **values: str) -> list[dict[str, str]]:
    rows = store.rows(QUERIES[name].bind(values))
    return [{key: re.sub(r"^https?://.*[/#]", "", value) for key, value in row.items()} for row in rows]


def test_there_are_at_least_twenty_queries() -> None:
    assert len(QUERIES) >= 20


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_answers_with_the_columns_that_it_says(store: Store, query: NamedQuery) -> None:
    for values in ({}, {parameter.name: ANY[parameter.kind] for parameter in query.parameters}):
        result = store.query(query.bind(values))
        assert isinstance(result, ox.QuerySolutions)
        assert tuple(variable.value for variable in result.variables) == query.columns
        list(result)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_says_its_purpose_and_its_example_runs(store: Store, query: NamedQuery) -> None:
    assert query.purpose.endswith(".")
    words = query.example.split()
    assert words[:3] == ["kg", "query", query.name]
    values = {name.removeprefix("--"): value for name, value in zip(words[3::2], words[4::2], strict=True)}
    list(store.rows(query.bind(values)))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_file_is_standard_sparql_that_rdflib_parses(query: NamedQuery) -> None:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in make_names().prefixes.items())
    rdflib.Graph().query(prefixes + query.text)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_every_parameter_is_bound_where_it_is_used(query: NamedQuery) -> None:
    for parameter in query.parameters:
        assert re.search(rf"# BIND .*\b{parameter.name}\b", query.text), parameter.name
        assert f"?{parameter.name}" in query.text


def test_a_query_finds_what_it_is_asked_for(store: Store) -> None:
    first = {"from": "GBR", "to": "RUS"}
    assert [row["action"] for row in answer(store, "dyad", **first, since="2018-03-20", until="2018-03-29")] == [
        "impose-sanctions"
    ]
    assert [row["action"] for row in answer(store, "dyad", **first, type="CONCEDE")] == ["lift-sanctions"]
    assert {(row["source"], row["target"]) for row in answer(store, "expulsions", since="2018", until="2018")} == {
        ("GBR", "RUS"),
        ("RUS", "GBR"),
    }
    assert answer(store, "expulsions", since="2019") == []


def test_sanctions_are_in_force_until_they_are_lifted(store: Store) -> None:
    def asked(day: str) -> set[str]:
        return {row["source"] for row in answer(store, "sanctions-in-force", to="RUS", until=day)}

    assert asked("2018-03-20") == set()
    assert asked("2018-03-25") == {"GBR", "USA"}
    assert asked("2018-04") == {"USA"}


def test_an_expulsion_in_answer_to_another_is_found_within_the_days_given(store: Store) -> None:
    row = {"source": "GBR", "target": "RUS", "first": "2018-03-14", "then": "2018-03-17"}
    found = answer(store, "tit-for-tat")
    assert [{key: each[key] for key in row} for each in found] == [row]
    assert answer(store, "tit-for-tat", days="2") == []


def test_a_denial_names_who_denies(store: Store) -> None:
    assert {row["accused"] for row in answer(store, "denied")} == {"BLR", "RUS"}
    assert {row["status"] for row in answer(store, "disputed")} == {"negated"}


def test_an_event_told_by_one_publisher_alone_is_counted_as_its_own(
    make_article: Callable[..., Article], make_event: Callable[..., Event]
) -> None:
    text = "A expelled B. B spied."
    with Store.in_memory() as store:
        for publisher, count in (("Daily", 2), ("Weekly", 1)):
            article = make_article(id=publisher, text=text, publisher=publisher)
            told = [("expel-diplomats", "A expelled B.", "expelled"), ("espionage", "B spied.", "spied")][:count]
            store.add(article, [make_event(article, action, "RUS", "ITA", *words, days=DAY) for action, *words in told])
        assert [(row["events"], row["alone"]) for row in answer(store, "publishers")] == [("2", "1"), ("1", "0")]


def test_a_single_source_is_named_even_where_the_article_says_it_too(
    make_article: Callable[..., Article], make_event: Callable[..., Event]
) -> None:
    article = make_article(text="A expelled B. C says that A expelled B.")
    own = make_event(article, "expel-diplomats", "RUS", "ITA", "A expelled B.", "expelled", days=DAY)
    quoted = make_event(
        article, "expel-diplomats", "RUS", "ITA", "C says that A expelled B.", "expelled", days=DAY, speaker="CHE"
    )
    with Store.in_memory() as store:
        store.add(article, [own, quoted])
        (row,) = answer(store, "single-source")
    assert set(row["speakers"].split(", ")) == {"CHE", "the article itself"}


def test_like_events_are_paired_with_the_reason(
    make_article: Callable[..., Article], make_event: Callable[..., Event]
) -> None:
    told = (
        ("a", "2018-03-10", ("", "")),
        ("b", "2018-03-12", ("", "")),
        ("c", "2018-05-01", DAY),
        ("d", "2019", ("", "")),
    )
    with Store.in_memory() as store:
        for name, issued, days in told:
            article = make_article(id=name, text="A expelled B.", date=issued)
            event = make_event(article, "expel-diplomats", "RUS", "ITA", article.text, "expelled", days=days)
            store.add(article, [event])
        found = {(frozenset((row["first"], row["second"])), row["reason"]) for row in answer(store, "possibly-same")}
        one = answer(store, "possibly-same", days="3")[0]["one"]
        assert answer(store, "possibly-same", days="3", event=one) != []
        assert answer(store, "possibly-same", days="1", event=one) == []
    dated = "same action and actors; days from the article of the first, which no text dates: "
    assert found == {
        (frozenset(("2018-03-10", "2018-03-12")), "same action and actors; days between their articles: 2"),
        (frozenset(("2018-03-10", "2018-03-14")), f"{dated}4"),
        (frozenset(("2018-03-12", "2018-03-14")), f"{dated}2"),
    }


def test_monthly_counts_cooperation_and_conflict_of_both_directions(store: Store) -> None:
    (month,) = answer(store, "monthly", one="RUS", other="GBR")
    assert (month["month"], month["cooperation"], month["conflict"]) == ("2018-03", "1", "4")


@pytest.mark.parametrize(
    ("name", "values", "column", "expected"),
    [
        ("mediators", {}, "mediator", {"CHE", "RUS"}),
        ("contacts", {"one": "POL"}, "b", {"POL"}),
        ("quoted", {"speaker": "LVA"}, "about", {"BLR"}),
        ("alike", {"type": "SANCTION"}, "other", {"USA"}),
        ("agreements", {"one": "CHN"}, "b", {"RUS"}),
        ("places", {}, "name", {"Tartu"}),
        ("publishers", {}, "publisher", {"Other", "The Example"}),
        ("planned", {"since": "2024-05"}, "date", {"2024-05-01"}),
        ("officials", {"for": "CHN"}, "actor", {"Xi_Jinping"}),
        ("articles", {"until": "2019"}, "article", {"quarrel"}),
        ("timeline", {"actor": "LTU", "lang": "da"}, "label", {"Belarus fremsætter en trussel mod Litauen"}),
    ],
)
def test_answers(store: Store, name: str, values: dict[str, str], column: str, expected: set[str]) -> None:
    assert {row[column] for row in answer(store, name, **values)} == expected


@pytest.mark.parametrize("hostile", ['x" } ; DROP ALL #', "a> } {", "a\nb", "*", "RUS } UNION { ?s ?p ?o", "\\", "ø"])
@pytest.mark.parametrize("kind", ["actor", "action", "event", "article", "text"])
def test_no_value_can_leave_its_place(store: Store, kind: str, hostile: str) -> None:
    query = NamedQuery("q", "", (Parameter("x", kind, "", ""),), (), "", "SELECT ?x { # BIND x\n}")
    rows = list(store.rows(query.bind({"x": hostile})))
    assert len(rows) == 1
    assert len(store) > 2000


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("actor", "RUS", "actor:RUS"),
        ("actor", "actor:RUS", "actor:RUS"),
        ("actor", "https://example.org/kg/actor/RUS", "actor:RUS"),
        ("action", "close-mission", "act:close-mission"),
        ("article", "-a.b-c.", r"art:\-a.b-c\."),
        ("article", "a~b", r"art:a\~b"),
        ("since", "2021-02", '"2021-02-01"^^xsd:date'),
        ("until", "2024-02", '"2024-02-29"^^xsd:date'),
        ("until", "2021", '"2021-12-31"^^xsd:date'),
        ("days", "30", '"P30D"^^xsd:dayTimeDuration'),
        ("number", "12", "12"),
        ("text", 'a"b', '"a\\"b"'),
    ],
)
def test_a_value_is_written_as_its_kind_asks(kind: str, value: str, term: str) -> None:
    assert format_term(Parameter("x", kind, "", ""), value) == term


@pytest.mark.parametrize(
    ("kind", "value"), [("since", "yesterday"), ("until", "2021-13"), ("days", "-1"), ("number", "1.5"), ("actor", "/")]
)
def test_a_value_of_another_kind_is_refused_by_name(kind: str, value: str) -> None:
    with pytest.raises(UsageError, match="--x"):
        format_term(Parameter("x", kind, "", ""), value)


def test_all_kinds_are_tried() -> None:
    assert ANY.keys() == KINDS.keys()


def test_an_unknown_query_or_parameter_is_told_the_nearest() -> None:
    with pytest.raises(QueryError, match="dyad"):
        load_query("dyadd")
    with pytest.raises(UsageError, match="--from"):
        load_query("dyad").bind({"form": "RUS"})


@pytest.mark.parametrize(
    "text",
    [
        "# Purpose: x.\n# Columns: a\nSELECT ?a {}",
        "# Porpoise: x.\nSELECT ?a {}",
        "# Purpose: x.\n# Parameter: from: who\n# Columns: a\n# Example: kg\nSELECT ?a {}",
        "# Purpose: x.\n# Parameter: from (planet): who\n# Columns: a\n# Example: kg\nSELECT ?a {}",
    ],
    ids=["no example", "unknown line", "no kind", "unknown kind"],
)
def test_a_wrong_header_is_refused_by_the_name_of_its_file(text: str) -> None:
    with pytest.raises(DataError, match=r"queries/mine\.rq"):
        parse_query("mine", text)
