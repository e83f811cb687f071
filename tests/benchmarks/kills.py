"""Kill a build at random moments, again and again, and see whether the store loses anything.

    python tests/benchmarks/kills.py --kills 100

Each round starts a process that goes on adding made-up articles where the last one was killed, kills it (SIGKILL)
within some tenths of a second after its first article, opens the store, and looks for every article that was said to be
added. At the end all articles are added again, undisturbed, and `graph.nq` is compared byte by byte with that of a
build that was never killed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from kg.exporters import export
from kg.store import Store
from tests.test_store import write

LONGEST = 0.6
"""Seconds after its first article in which a process may be killed."""

ENDLESS = 1_000_000


def count_lost(folder: Path, said: int) -> int:
    """Return how many of the articles said to be added are not in a store."""
    with Store.read(folder) as store:
        return sum(not store.has_article(f"a{number}") for number in range(said))


def export_bytes(folder: Path) -> bytes:
    """Return what `kg export graph.nq` writes."""
    path = folder.parent / "graph.nq"
    with Store.read(folder) as store:
        export(store, path)
    return path.read_bytes()


def main() -> None:
    """Kill, count, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311  # no secret, and must repeat
    done, lost, start = 0, 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        killed, calm = Path(name) / "killed" / "store", Path(name) / "calm" / "store"
        for _ in range(options.kills):
            done += write(killed, range(done, ENDLESS), chance.uniform(0, LONGEST))
            lost += count_lost(killed, done)
        for folder in (killed, calm):
            write(folder, range(done + 100))
        same = export_bytes(killed) == export_bytes(calm)
    print(f"{options.kills} kills while {done:,} articles were added: {lost} lost")
    print(f"graph.nq after a rerun: {'the same bytes' if same else 'DIFFERS'}")
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
