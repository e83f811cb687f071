"""Try a SPARQL 1.1 server as the place of a graph: what of it works, and how fast.

    python tests/benchmarks/remote.py ADDRESS --store out/store --events 20000

Everything in the server's graph is removed. Addresses and credentials beside ADDRESS come from the environment, see
`kg/remote/connection.py`. The named queries are asked of a copy of `--store` on the server and of the store itself;
answers that differ in the order of what one cell lists count as the same.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from kg.errors import KgError
from kg.exporters import export
from kg.queries import load_queries
from kg.remote import open_store
from kg.store import Store
from tests.benchmarks.store import make_quads

ARTICLE = "https://example.org/kg/article/"


def ask(store: Store, text: str) -> list[list[str]]:
    """Return the rows of a query, in an order of their own."""
    return sorted([", ".join(sorted(value.split(", "))) for value in row.values()] for row in store.rows(text))


def compare(local: Store, remote: Store) -> Iterator[tuple[str, str]]:
    """Yield each named query with what became of it on the server."""
    for name, query in load_queries().items():
        text = query.bind({})
        try:
            yield name, "the same" if ask(remote, text) == ask(local, text) else "differs"
        except KgError as error:
            yield name, f"refused: {str(error)[:200]}"


def measure_articles(local: Store, remote: Store) -> None:
    """Say whether an article taken out there and here leaves the same graph."""
    first = next(iter(local.rows("SELECT ?a { ?a a kg:Article } ORDER BY ?a LIMIT 1")))["a"].removeprefix(ARTICLE)
    with Store.in_memory(local.names.base) as copy:
        copy.add_quads(local.quads())
        copy.remove(first)
        remote.remove(first)
        print(f"graph after `kg remove`: {'the same' if set(copy.quads()) == set(remote.quads()) else 'differs'}")


def measure_bulk(remote: Store, events: int, folder: Path) -> None:
    """Print how long a made-up graph takes to load, and to dump."""
    path = folder / "made.nq"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{quad.triple} .\n" for quad in make_quads(events))
    start = time.perf_counter()
    count = remote.load(path)
    middle = time.perf_counter()
    found = sum(1 for _ in remote.quads())
    print(f"load: {count:,} triples, {count / (middle - start):,.0f} a second")
    print(f"dump: {found:,} triples, {found / (time.perf_counter() - middle):,.0f} a second")


def main() -> None:
    """Try the server, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--store", type=Path, required=True, help="a store built from articles")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--clear", default="CLEAR DEFAULT", help="the update that empties the server's graph")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Store.read(options.store) as local:
        remote = open_store(options.address, local.names.base)
        remote.update(options.clear)
        export(local, Path(name) / "graph.nq")
        remote.load(Path(name) / "graph.nq")
        print(f"graph after load and dump: {'the same' if set(remote.quads()) == set(local.quads()) else 'differs'}")
        found = dict(compare(local, remote))
        print(f"named queries: {sum(each == 'the same' for each in found.values())} of {len(found)} the same")
        for query, outcome in found.items():
            if outcome != "the same":
                print(f"  {query} {outcome}")
        measure_articles(local, remote)
        measure_bulk(remote, options.events, Path(name))


if __name__ == "__main__":
    main()
