"""Measure the store against plain pyoxigraph and rdflib: bulk load, and seven queries.

    python tests/benchmarks/store.py --events 50000
    python tests/benchmarks/store.py --events 10000 --rdflib
    python tests/benchmarks/store.py --events 30000 --exports

Articles are made up by chance with a fixed seed. Times are CPU seconds, the median of five runs (of one for rdflib);
the machine may be busy with other things.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph.rdf import article_quads, event_quads
from kg.identity import event_id
from kg.model import Article, Claim, Event, Mention, MentionKind, Resolution, ResolvedClaim, Span, Status
from kg.ontology.actions import load_actions
from kg.ontology.actors import load_actors
from kg.ontology.files import load_prefixes
from kg.store import Store
from kg.support import derive_support

EVENTS_PER_ARTICLE = 5

QUERIES = {
    "Q1 events by pair of actors": "SELECT ?a ?b (COUNT(*) AS ?n) { ?e kg:source ?a ; kg:target ?b } GROUP BY ?a ?b",
    "Q2 days, three joins, sorted": """SELECT ?date ?a ?b ?quote {
        ?e kg:source ?a ; kg:target ?b ; sem:hasEarliestBeginTimeStamp ?date .
        ?c kg:about ?e ; oa:hasSelector/oa:exact ?quote .
        FILTER(?date >= "2015-01-01"^^xsd:date && ?date < "2015-07-01"^^xsd:date) } ORDER BY ?date ?e""",
    "Q3 two property paths, distinct count": """SELECT ?quad (COUNT(DISTINCT ?e) AS ?n) {
        ?e kg:action/skos:broader+ ?quad . ?quad kg:quadClass ?class .
        ?e kg:source/dct:isPartOf* ?whole } GROUP BY ?quad""",
    "Q4 regular expression on all quotes": """SELECT (COUNT(*) AS ?n) {
        ?s oa:exact ?q FILTER(REGEX(?q, "praised .*1[0-9][.]")) }""",
    "Q5 by month, one action": """SELECT ?month (COUNT(*) AS ?n) {
        ?e kg:action act:expel-diplomats ; sem:hasEarliestBeginTimeStamp ?d .
        BIND(SUBSTR(STR(?d), 1, 7) AS ?month) } GROUP BY ?month""",
    "Q6 direct triples of a pair": "SELECT ?did { actor:RUS ?did actor:USA . ?did skos:inScheme act: }",
    "Q7 an actor's latest 50 events": """SELECT ?e ?d { ?e kg:source actor:RUS ; sem:hasEarliestBeginTimeStamp ?d }
        ORDER BY DESC(?d) LIMIT 50""",
}


def make_quads(events: int) -> Iterator[ox.Quad]:
    """Yield the quads of made-up articles, each with five events."""
    chance = random.Random(1)  # noqa: S311  # no secret, and must repeat
    actors = [actor.id for actor in load_actors() if actor.iso][:80]
    actions = [name for name, action in load_actions().items() if action.type and name != action.type]
    for number in range(events // EVENTS_PER_ARTICLE):
        day = f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        told = [
            (chance.choice(actions), *chance.sample([*actors, "RUS", "USA"], 2), f"They praised it {index}{number}.")
            for index in range(EVENTS_PER_ARTICLE)
        ]
        article = Article(
            f"a{number}", " ".join(row[3] for row in told), "en", day, f"News {number}", publisher="Press"
        )
        yield from article_quads(article)
        start = 0
        for action, source, target, sentence in told:
            yield from event_quads(
                make_event(article, action, source, target, day, Span(start, start + len(sentence))), article
            )
            start += len(sentence) + 1


def make_event(article: Article, action: str, source: str, target: str, day: str, span: Span) -> Event:
    one, other = (make_resolution(name) for name in (source, target))
    trigger = Span(span.start + 5, span.start + 12)
    claim = Claim(
        action, (one.mention,), (other.mention,), Status.ACTUAL, (), None, None, trigger, span, f"en:{action}-1", 0.87
    )
    resolved = ResolvedClaim(claim, article.id, (one,), (other,), (), article.text[span.start : span.end])
    sides = (source,), (target,)
    support = derive_support([(Status.ACTUAL, [])], (source,))
    return Event(event_id(action, *sides, day, day), action, *sides, day, day, day, None, support, (resolved,))


def make_resolution(name: str) -> Resolution:
    return Resolution(Mention(Span(0, 3), name, MentionKind.NAME, (name,)), name, name, name)


def measure(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def measure_load(path: Path, folder: Path, runs: int = 3) -> tuple[float, float]:
    """Return the CPU seconds that plain pyoxigraph and our store need for a file."""
    plain, ours = [], []
    for run in range(runs):
        start = time.process_time()
        ox.Store(str(folder / f"plain{run}")).bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        plain.append(time.process_time() - start)
        start = time.process_time()
        with Store.open(folder / f"ours{run}") as store:
            store.load(path)
        ours.append(time.process_time() - start)
    return statistics.median(plain), statistics.median(ours)


def measure_queries(folder: Path, *, with_rdflib: bool) -> None:
    """Print a table of the queries' times."""
    prefixes = load_prefixes()
    plain = ox.Store.read_only(str(folder))
    graph = None
    if with_rdflib:
        with Store.read(folder) as store:
            start = time.process_time()
            graph = store.to_rdflib()
            print(f"\nrdflib loads in {time.process_time() - start:.1f} s\n")
    print("| query | plain pyoxigraph, s | kg, s | ratio | rdflib, s | rdflib / kg |")
    print("| --- | --- | --- | --- | --- | --- |")
    gains = []
    with Store.read(folder) as store:
        for name, text in QUERIES.items():
            bare = measure(lambda text=text: list(plain.query(text, prefixes=prefixes)), 5)  # type: ignore[misc,arg-type]
            ours = measure(lambda text=text: list(store.query(text)), 5)  # type: ignore[misc,arg-type]
            found = len(list(store.query(text)))  # type: ignore[arg-type]  # all are SELECT
            row = f"| {name} | {bare:.4f} | {ours:.4f} | {ours / bare:.2f} |"
            if graph is not None:
                assert len(graph.query(text, initNs=prefixes)) == found, name  # else times mean nothing
                slow = measure(lambda text=text: list(graph.query(text, initNs=prefixes)), 1)  # type: ignore[misc]
                gains.append(slow / ours)
                row += f" {slow:.3f} | {slow / ours:.0f} |"
            print(row, flush=True)
    if gains:
        print(f"\ngeometric mean of rdflib / kg: {math.prod(gains) ** (1 / len(gains)):.0f}")


def load_apart(path: Path, folder: Path) -> None:
    """Load a file in a process of its own: a large parent's memory would be counted as its children's."""
    subprocess.run([sys.executable, "-m", "kg", "store", "load", str(path), "--store", str(folder)], check=True)


def measure_exports(folder: Path) -> None:
    """Print how much memory `kg export` takes at most, and how long it needs."""
    print("| export | at most, MB | CPU s | file, MB |\n| --- | --- | --- | --- |")
    for form in ("nt", "nq", "ttl", "trig", "jsonld", "rdf", "csv", "gdelt"):
        path = folder.parent / f"graph.{form}"
        command = [sys.executable, "-m", "kg", "export", str(path), "--format", form, "--store", str(folder)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, form
        size = path.stat().st_size / 1e6
        print(
            f"| {form} | {used.ru_maxrss / 1024:.0f} | {used.ru_utime + used.ru_stime:.0f} | {size:.0f} |", flush=True
        )


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--rdflib", action="store_true", help="measure rdflib too, which takes minutes")
    parser.add_argument("--exports", action="store_true", help="measure exports instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "graph.nq"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{quad.triple} .\n" for quad in make_quads(options.events))
        if options.exports:
            load_apart(path, folder / "store")
            measure_exports(folder / "store")
            return
        plain, ours = measure_load(path, folder)
        with Store.read(folder / "ours0") as store:
            print(f"{len(store):,} triples, {store.info().events:,} events")
        print("\n| bulk load | CPU s | share of plain |\n| --- | --- | --- |")
        print(
            f"| plain pyoxigraph | {plain:.2f} | |\n| kg store load | {ours:.2f} | {plain / ours:.0%} |\n", flush=True
        )
        measure_queries(folder / "ours0", with_rdflib=options.rdflib)


if __name__ == "__main__":
    main()
