"""Measure the endpoint: many clients at once, queries that never end, answers that are too large or never read.

    python tests/benchmarks/endpoint.py [--events 2000] [--clients 100]

A server is started on a made-up graph with two workers.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from kg.store import Store
from tests.benchmarks.store import make_quads

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HONEST = "SELECT ?e ?d { ?e kg:source actor:RUS ; sem:hasEarliestBeginTimeStamp ?d } ORDER BY DESC(?d) LIMIT 50"
CASES = {
    "endless query": ENDLESS,
    "cross product of the graph with itself": "SELECT * { ?s ?p ?o . ?t ?q ?u }",
    "all triples, more than the limit of rows": "SELECT * { ?s ?p ?o }",
    "SERVICE": "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "malformed": "SELECT * { ?s ?p",
}


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
    for name, query in CASES.items():
        status, seconds = ask(address, query)
        print(f"| {name} | 1 × {status} | {seconds:.3f} | {seconds:.3f} |", flush=True)
    with lazy_readers(address, 20), ThreadPoolExecutor(clients) as pool:
        found = list(pool.map(ask, [address] * clients, [HONEST] * clients))
        times = [seconds for status, seconds in found if status == 200]
        print(f"| {clients} clients and 20 that never read their large answer | {len(times)} × 200 |", end=" ")
        print(f"{statistics.median(times):.3f} | {max(times):.3f} |", flush=True)


@contextmanager
def lazy_readers(address: str, count: int) -> Iterator[None]:
    """Keep connections open that ask for a large answer and read nothing of it."""
    host, port = address.removeprefix("http://").split(":")
    query = urllib.parse.urlencode({"query": CASES["all triples, more than the limit of rows"]})
    with ExitStack() as connections:
        for _ in range(count):
            connection = connections.enter_context(socket.create_connection((host, int(port))))
            connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        yield


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
            process = subprocess.Popen([*command, "--timeout", "3", "--workers", "2", "--rows", "50000"], stderr=output)
        try:
            while "running on " not in log.read_text():
                time.sleep(0.1)
            measure(log.read_text().split("running on ")[1].split()[0], options.clients)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
