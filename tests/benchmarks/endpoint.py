"""Measure the endpoint: many clients at once, a query that never ends, an answer that is too large.

    python tests/benchmarks/endpoint.py [--events 2000] [--clients 100]

A server is started on a made-up graph with two workers.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from kg.store import Store
from tests.benchmarks.store import make_quads

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HONEST = "SELECT ?e ?d { ?e kg:source actor:RUS ; sem:hasEarliestBeginTimeStamp ?d } ORDER BY DESC(?d) LIMIT 50"
HUGE = "SELECT * { ?s ?p ?o . ?t ?q ?u }"


def ask(address: str, query: str) -> tuple[int, float]:
    """Return the status of an answer and the seconds that it took."""
    start = time.perf_counter()
    reply = httpx.post(f"{address}/sparql", data={"query": query}, timeout=300)
    return reply.status_code, time.perf_counter() - start


def measure(address: str, clients: int) -> None:
    """Print a table of what clients meet."""
    print("| case | answers | median s | slowest s |\n| --- | --- | --- | --- |")
    with ThreadPoolExecutor(clients) as pool:
        for name, queries in (
            ("one client, 50 times", None),
            (f"{clients} clients at once", [HONEST] * clients),
            (f"{clients} clients and 4 endless queries", [ENDLESS] * 4 + [HONEST] * clients),
        ):
            found = (
                [ask(address, HONEST) for _ in range(50)]
                if queries is None
                else list(pool.map(ask, [address] * len(queries), queries))
            )
            statuses = sorted({status for status, _ in found})
            counts = ", ".join(f"{sum(status == each for status, _ in found)} × {each}" for each in statuses)
            times = [seconds for status, seconds in found if status == 200]
            print(f"| {name} | {counts} | {statistics.median(times):.3f} | {max(times):.3f} |", flush=True)
    for name, query in (("endless query", ENDLESS), ("huge answer", HUGE)):
        status, seconds = ask(address, query)
        print(f"| {name} | 1 × {status} | {seconds:.3f} | {seconds:.3f} |", flush=True)


def main() -> None:
    """Start a server, measure it, and stop it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=2_000)
    parser.add_argument("--clients", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "store") as store:
            store.add_quads(make_quads(options.events))
        log = Path(folder) / "log"
        command = [sys.executable, "-m", "kg", "serve", "--store", f"{folder}/store", "--port", "0"]
        with log.open("wb") as output:
            process = subprocess.Popen([*command, "--timeout", "3", "--workers", "2"], stderr=output)
        try:
            while "running on " not in log.read_text():
                time.sleep(0.1)
            measure(log.read_text().split("running on ")[1].split()[0], options.clients)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
