from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.model import Article, Event, PlaceMention, Span, Status
from kg.snapshot import copy_store
from kg.store import Store

MakeArticle = Callable[..., Article]
MakeEvent = Callable[..., Event]
Sample = tuple[Article, tuple[Event, ...]]

DAY = ("2022-03-01", "2022-03-01")
TEXT = "Moscow expelled ten envoys of Rome. Rome said that Moscow spied on Bern."


@pytest.fixture
def articles(make_article: MakeArticle, make_event: MakeEvent) -> list[Sample]:
    """Return five articles that tell partly of the same events, and do not agree about them."""
    expelled, spied = "Moscow expelled ten envoys of Rome.", "Rome said that Moscow spied on Bern."

    def event(article: Article, status: Status, speaker: str, place: str = "") -> Event:
        where = PlaceMention(Span(0, 3), place, "524901", "RUS", 55.75, 37.62) if place else None
        return make_event(
            article, "expel-diplomats", "RUS", "ITA", expelled, "expelled",
            status=status, speaker=speaker, days=DAY, place=where,
        )  # fmt: skip

    def spying(article: Article) -> Event:
        return make_event(
            article, "espionage", "RUS", "CHE", spied, "spied", speaker="ITA", source_actor="Vladimir_Putin"
        )

    ids = ["one", "two", "three", "four", "five"]
    told = {name: make_article(id=name, text=TEXT, date="2022-03-02") for name in ids}
    return [
        (told["one"], (event(told["one"], Status.ACTUAL, "", "Moskva"), spying(told["one"]))),
        (told["two"], (event(told["two"], Status.ACTUAL, "ITA", "Moscow"),)),
        (told["three"], (event(told["three"], Status.NEGATED, "RUS"), spying(told["three"]))),
        (told["four"], (event(told["four"], Status.HYPOTHETICAL, ""),)),
        (told["five"], ()),
    ]


def build(samples: list[Sample], runs: dict[str, str] | None = None) -> frozenset[ox.Quad]:
    with Store.in_memory() as store:
        for article, events in samples:
            store.add(article, events, run=[runs[article.id]] if runs else ())
        return frozenset(store.quads())


def support_of(samples: list[Sample]) -> set[str]:
    with Store.in_memory() as store:
        for article, events in samples:
            store.add(article, events)
        rows = store.rows("SELECT ?s { ?e kg:action act:expel-diplomats ; kg:support ?s }")
        return {row["s"].rsplit("#", 1)[1] for row in rows}


def test_adding_an_article_twice_changes_nothing(sample_store: Store, articles: list[Sample]) -> None:
    for article, events in articles:
        sample_store.add(article, events)
    before = frozenset(sample_store.quads())
    assert not any(sample_store.add(article, events) for article, events in articles)
    assert frozenset(sample_store.quads()) == before


def test_the_graph_is_the_same_in_whatever_order_articles_come(articles: list[Sample]) -> None:
    assert len({build(list(order)) for order in permutations(articles)}) == 1


def test_support_weighs_the_claims_of_all_articles(articles: list[Sample]) -> None:
    one, two, three, four, _ = articles
    assert support_of([one]) == {"Stated"}
    assert support_of([two]) == support_of([four]) == support_of([two, four]) == {"Claimed"}
    assert support_of([two, one]) == {"Stated"}
    assert support_of([three]) == support_of([three, four]) == {"Denied"}
    assert support_of([one, three]) == support_of([three, two]) == {"Disputed"}


def test_a_denial_takes_the_direct_triple_away_and_its_removal_brings_it_back(articles: list[Sample]) -> None:
    one, _, three, _, _ = articles
    with Store.in_memory() as store:
        direct = "ASK { actor:RUS act:expel-diplomats actor:ITA }"
        store.add(*one)
        assert bool(store.query(direct))
        store.add(*three)
        assert not bool(store.query(direct))
        assert store.remove("three")
        assert bool(store.query(direct))


def test_the_direct_triple_stays_while_another_event_states_it(
    articles: list[Sample], make_event: MakeEvent, make_article: MakeArticle
) -> None:
    other = make_article(id="other", text=TEXT)
    later = make_event(other, "expel-diplomats", "RUS", "ITA", TEXT[:35], "expelled", days=("2023-01-01", "2023-01-01"))
    with Store.in_memory() as store:
        store.add(*articles[0])
        store.add(other, [later])
        store.remove("one")
        assert bool(store.query("ASK { actor:RUS act:expel-diplomats actor:ITA }"))


def test_a_corrected_article_replaces_what_it_said(articles: list[Sample]) -> None:
    article, events = articles[0]
    with Store.in_memory() as store:
        store.add(article, events)
        assert store.add(article, events[1:])
        assert frozenset(store.quads()) == build([(article, events[1:])])


def test_any_history_of_adding_correcting_and_removing_ends_in_the_graph_of_what_is_left(
    articles: list[Sample], sample_article: Article, sample_events: tuple[Event, ...]
) -> None:
    pool = [*articles, (sample_article, sample_events)]
    for seed in range(40):
        chance = random.Random(seed)  # noqa: S311  # no secret, and must repeat
        left: dict[str, Sample] = {}
        runs: dict[str, str] = {}
        with Store.in_memory() as store:
            for _ in range(12):
                article, events = chance.choice(pool)
                some = tuple(event for event in events if chance.random() < 0.7)
                if chance.random() < 0.3:
                    store.remove(article.id)
                    left.pop(article.id, None)
                else:
                    runs[article.id] = chance.choice("xyz")
                    store.add(article, some, run=[runs[article.id]])
                    left[article.id] = (article, some)
            assert frozenset(store.quads()) == build(list(left.values()), runs), f"seed {seed}"


def test_removing_an_unknown_article_says_so(sample_store: Store) -> None:
    assert not sample_store.remove("never-added")
    assert sample_store.has_article("sample-1")
    assert not sample_store.has_article("never-added")


def test_graphs_built_apart_and_loaded_together_are_the_graph_built_at_once(
    articles: list[Sample], tmp_path: Path
) -> None:
    files = []
    for article, events in articles:
        with Store.in_memory() as store, (tmp_path / f"{article.id}.nq").open("wb") as file:
            store.add(article, events)
            store.dump(file, ox.RdfFormat.N_QUADS)
            files.append(tmp_path / f"{article.id}.nq")
    with Store.in_memory() as store, Store.in_memory() as whole:
        for path in files:
            store.load(path)
        for article, events in articles:
            whole.add(article, events)
        whole.link_copies()
        assert frozenset(store.quads()) == frozenset(whole.quads())


def test_loading_drops_the_names_of_graphs(tmp_path: Path) -> None:
    path = tmp_path / "named.nq"
    path.write_text("<http://a> <http://b> <http://c> <http://g> .\n<http://a> <http://b> <http://d> .\n")
    with Store.in_memory() as store:
        assert store.load(path) == 2
        assert bool(store.query("ASK { <http://a> <http://b> <http://c> }"))


@pytest.mark.parametrize(("name", "text"), [("a.txt", "x"), ("a.ttl", "<a> <b> ."), ("missing.nt", None)])
def test_a_file_that_cannot_be_loaded_is_named_and_leaves_no_trace(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with Store.in_memory() as store:
        before = len(store)
        with pytest.raises(StoreError, match=name):
            store.load(tmp_path / name)
        assert len(store) == before


def test_a_store_on_disk_keeps_what_was_added(tmp_path: Path, articles: list[Sample]) -> None:
    for article, events in articles:
        with Store.open(tmp_path / "out" / "store") as store:
            store.add(article, events)
    with Store.read(tmp_path / "out" / "store") as store:
        assert frozenset(store.quads()) == build(articles)
        assert store.info().articles == 5
        assert store.info().bytes_on_disk > 0


def test_a_store_keeps_its_base(tmp_path: Path, sample_article: Article, sample_events: tuple[Event, ...]) -> None:
    with Store.open(tmp_path / "s", base="https://my.example/") as store:
        store.add(sample_article, sample_events)
    with Store.open(tmp_path / "s") as store:
        assert store.names.base == "https://my.example/"
        assert not store.add(sample_article, sample_events)
    with pytest.raises(StoreError, match=r"my\.example"):
        Store.open(tmp_path / "s", base="https://other.example/")


def test_a_folder_of_other_files_is_not_taken_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="no store"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="no store"):
        Store.read(tmp_path)


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s"), pytest.raises(StoreError, match="another process"):
        Store.open(tmp_path / "s")


def test_a_store_can_be_read_while_it_is_written(tmp_path: Path, articles: list[Sample]) -> None:
    with Store.open(tmp_path / "s") as writer:
        writer.add(*articles[0])
        with Store.read(tmp_path / "s") as reader:
            writer.add(*articles[1])
            assert reader.has_article("one")
            assert not reader.has_article("two")
        assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_copy_taken_while_it_is_written_is_a_store(tmp_path: Path, articles: list[Sample]) -> None:
    with Store.open(tmp_path / "s") as store:
        store.add(*articles[0])
        copy_store(tmp_path / "s", tmp_path / "copy")
        with pytest.raises(StoreError, match="there already"):
            copy_store(tmp_path / "s", tmp_path / "copy")
    with Store.open(tmp_path / "copy") as copy:
        assert copy.has_article("one")
        copy.add(*articles[1])
    with Store.read(tmp_path / "s") as store:
        assert not store.has_article("two")


def test_rdflib_gets_the_same_triples(sample_store: Store) -> None:
    assert len(sample_store.to_rdflib()) == len(sample_store)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC * {}", r"line 1, column 1: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found 'SELEC'"),
        ("# why\nPREFIX x: <http://x/>\n  SELCT *", r"line 3, column 3: expected SELECT"),
        ("SELECT * {\n ?s foo:bar ?o }", r"line 2, column \d+: unknown prefix 'foo:'; known are act, actor,"),
        ("SELECT * { ?s ?p ?o", r"line 1, column \d+: expected one of"),
        ("SELECT * { ?s ?p ?o } LIMIT x", r"line 1, column \d+: expected"),
    ],
)
def test_a_wrong_query_is_told_where_and_what_was_expected(sample_store: Store, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        sample_store.query(query)


WRITER = """
import sys
from pathlib import Path
from kg.identity import event_id
from kg.model import Article, Claim, Event, Mention, MentionKind, Resolution, ResolvedClaim, Span, Status, Support
from kg.store import Store

def sample(number):
    text = f"Norway praised Ghana {number}."
    article = Article(f"a{number}", text, "en", "2024-01-01")
    def who(code):
        return Resolution(Mention(Span(0, 6), code, MentionKind.NAME, (code,)), code, code, code)
    claim = Claim("praise", (who("NOR").mention,), (who("GHA").mention,), Status.ACTUAL, (), None, None,
                  Span(7, 14), Span(0, len(text)), "en:praise-1")
    resolved = ResolvedClaim(claim, article.id, (who("NOR"),), (who("GHA"),), (), text)
    day = f"2024-01-{1 + number % 28:02}"
    name = event_id("praise", ("NOR",), ("GHA",), day, day)
    return article, [Event(name, "praise", ("NOR",), ("GHA",), day, day, day, None, Support.STATED, (resolved,))]

with Store.open(Path(sys.argv[1])) as store:
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        article, events = sample(number)
        store.add(article, events)
        print(number, flush=True)
"""


def write(path: Path, numbers: range, seconds: float | None = None) -> int:
    """Write articles in a process of its own, killed after some time; return how many it said were added."""
    command = [sys.executable, "-c", WRITER, str(path), str(numbers.start), str(numbers.stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if seconds is not None:
            process.stdout.readline()  # the first article is in
            time.sleep(seconds)
            process.kill()
        return len(process.stdout.readlines()) + (seconds is not None)


def test_killed_at_any_moment_a_build_loses_no_article_and_ends_as_if_undisturbed(tmp_path: Path) -> None:
    done, chance = 0, random.Random(4)  # noqa: S311  # no secret, and must repeat
    for _ in range(20):
        done += write(tmp_path / "killed", range(done, 100_000), chance.uniform(0, 0.15))
        with Store.read(tmp_path / "killed") as store:
            assert all(store.has_article(f"a{number}") for number in range(done))
    for name in ("killed", "calm"):
        write(tmp_path / name, range(done + 10))
    with Store.read(tmp_path / "killed") as killed, Store.read(tmp_path / "calm") as calm:
        assert frozenset(killed.quads()) == frozenset(calm.quads())
