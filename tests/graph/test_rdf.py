from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.graph.dates import told_date
from kg.graph.names import DEFAULT_BASE, make_names
from kg.graph.rdf import article_quads, event_label, event_quads
from kg.model import Article, Event
from kg.ontology.actors import Actor, ActorKind, Actors, Term, load_actors
from kg.store import Store

NAMES = make_names()


def subjects(quads: list[ox.Quad], predicate: str, node: ox.NamedNode) -> set[str]:
    return {str(q.subject) for q in quads if q.predicate == NAMES.term(predicate) and q.object == node}


def test_the_same_article_gives_the_same_quads_in_the_same_order(
    sample_article: Article, sample_events: tuple[Event, ...]
) -> None:
    first, second = ([str(q) for e in sample_events for q in event_quads(e, sample_article)] for _ in range(2))
    assert first == second


def test_only_a_stated_event_gets_the_direct_triple(sample_store: Store) -> None:
    rows = sample_store.rows("SELECT ?x ?did ?y { ?x ?did ?y . ?did skos:inScheme act: }")
    direct = {tuple(node.rsplit("/", 1)[1] for node in row.values()) for row in rows}
    assert direct == {("EST", "close-mission", "BLR"), ("EST", "meet", "POL")}


def test_a_claim_leads_to_sentence_and_trigger_by_code_points(sample_store: Store, sample_article: Article) -> None:
    rows = list(
        sample_store.rows("""SELECT ?exact ?start ?end ?words ?from ?to ?prefix {
        ?c a kg:Claim ; oa:hasSelector ?s ; kg:trigger ?t .
        ?s oa:exact ?exact ; oa:start ?start ; oa:end ?end . OPTIONAL { ?s oa:prefix ?prefix }
        ?t oa:exact ?words ; oa:start ?from ; oa:end ?to }""")
    )
    assert len(rows) == 4
    for row in rows:
        assert sample_article.text[int(row["start"]) : int(row["end"])] == row["exact"]
        assert sample_article.text[int(row["from"]) : int(row["to"])] == row["words"]
        assert sample_article.text[: int(row["start"])].endswith(row["prefix"])


def test_the_graph_never_holds_the_text_of_an_article(sample_article: Article) -> None:
    quads = list(article_quads(sample_article))
    assert all(sample_article.text not in str(quad.object) for quad in quads)
    assert any(quad.object == ox.Literal(sample_article.sha256) for quad in quads)


def test_an_address_that_is_not_http_becomes_no_link() -> None:
    for url in ("javascript:alert(1)", "file:///etc/passwd", "http://a b/", ""):
        article = Article("a", "text", url=url)
        assert not [q for q in article_quads(article) if q.predicate == NAMES.term("dct:source")], url


def test_a_person_is_described_with_offices_and_whom_they_belong_to(
    sample_article: Article, sample_events: tuple[Event, ...]
) -> None:
    event = sample_events[0]
    claim = event.claims[0]
    spoken = replace(claim, speakers=(replace(claim.sources[0], actor="Jens_Stoltenberg", principal="NATO"),))
    rows = (
        Actor("NATO", ActorKind.INTERNATIONAL_ORGANIZATION, notation="NATO"),
        Actor("NATO_secretary_general", ActorKind.OFFICE, part_of="NATO", roles=("secretary-general",)),
        Actor("Jens_Stoltenberg", ActorKind.PERSON, {"en": ("Jens Stoltenberg",)}),
    )
    term = Term("term_1", "Jens_Stoltenberg", "NATO_secretary_general", "2014-10-01", "2024-10-01")
    actors = Actors({actor.id: actor for actor in rows}, (term,))
    quads = list(event_quads(replace(event, claims=(spoken,)), sample_article, actors=actors))
    person = NAMES.node("actor", "Jens_Stoltenberg")
    assert subjects(quads, "kg:attributedTo", person)
    assert subjects(quads, "kg:speakerPrincipal", NAMES.node("actor", "NATO"))
    assert subjects(quads, "org:postIn", NAMES.node("actor", "NATO"))
    assert any(q.subject == person and q.predicate == NAMES.term("org:holds") for q in quads)


def test_all_own_iris_move_with_the_base(sample_article: Article, sample_events: tuple[Event, ...]) -> None:
    with Store.in_memory("https://my.example/g/") as store:
        store.add(sample_article, sample_events)
        assert not [quad for quad in store.quads() if DEFAULT_BASE in str(quad)]
        assert list(store.rows("SELECT ?e { ?e kg:source actor:EST ; kg:action/skos:broader act:SANCTION }"))


@pytest.mark.parametrize("base", ["example.org/", "https://example.org/x#", "https://exa mple.org/", "ftp://x/"])
def test_a_base_that_is_no_namespace_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="base"):
        make_names(base)


def test_hostile_actor_ids_cannot_leave_their_iri() -> None:
    node = NAMES.node("actor", "x> . <http://evil/> a <b")
    assert "<" not in node.value
    assert " " not in node.value


@pytest.mark.parametrize(
    ("sources", "targets", "language", "label"),
    [
        (("RUS",), ("NATO",), "en", "Russia condemns NATO"),
        (("RUS",), ("NATO",), "da", "Rusland fordømmer NATO"),
        (("DNK", "SWE"), ("Some_Militia",), "da", "Danmark, Sverige fordømmer Some Militia"),
        (("RUS",), (), "en", "Russia condemns"),
    ],
)
def test_an_event_reads_as_a_sentence(
    sources: tuple[str, ...], targets: tuple[str, ...], language: str, label: str
) -> None:
    assert event_label("condemn", sources, targets, load_actors(), language) == label


def test_without_a_target_the_last_preposition_falls_away() -> None:
    assert event_label("withdraw-forces", ("RUS",), (), load_actors(), "en") == "Russia withdraws forces"
    assert event_label("withdraw-forces", ("RUS",), (), load_actors(), "da") == "Rusland trækker styrker"


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("2018-03-04", "2018-03-04", "2018-03-04"),
        ("2018-03-01", "2018-03-31", "2018-03"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01/2024-02-28"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2018-03-05", "2018-03-11", "2018-03-05/2018-03-11"),
        ("", "2018-03-11", "../2018-03-11"),
        ("", "", ""),
    ],
)
def test_an_interval_is_told_in_its_shortest_form(earliest: str, latest: str, told: str) -> None:
    assert told_date(earliest, latest) == told


def test_the_order_of_events_does_not_matter(sample_article: Article, sample_events: tuple[Event, ...]) -> None:
    graphs = set()
    for order in permutations(sample_events):
        with Store.in_memory() as store:
            store.add(sample_article, order)
            graphs.add(frozenset(store.quads()))
    assert len(graphs) == 1
