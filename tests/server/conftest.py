"""A server of the sample store, on a free port, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from kg.model import Article, Event
from kg.store import Store

TOKEN = "secret"  # noqa: S105  # of the test's own server

Start = Callable[..., httpx.Client]


@pytest.fixture
def store(tmp_path: Path, sample_article: Article, sample_events: tuple[Event, ...]) -> Path:
    with Store.open(tmp_path / "store") as store:
        store.add(sample_article, sample_events)
    return tmp_path / "store"


@pytest.fixture
def start(store: Path) -> Iterator[Start]:
    """Return a function that starts a server with some options and returns a client of it."""
    running: list[subprocess.Popen[bytes]] = []
    clients: list[httpx.Client] = []

    def start_server(*options: str) -> httpx.Client:
        command = [
            sys.executable,
            "-m",
            "kg",
            "serve",
            "--store",
            str(store),
            "--port",
            "0",
            "--workers",
            "2",
            *options,
        ]
        log = store.parent / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stderr=output, env=os.environ | {"KG_TOKEN": TOKEN})
        running.append(process)
        client = httpx.Client(base_url=wait_for_address(log, process), timeout=60)
        clients.append(client)
        return client

    yield start_server
    for client in clients:
        client.close()
    for process in running:
        process.terminate()
        assert process.wait(timeout=20) in (0, -15)


def wait_for_address(log: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        for line in log.read_text().splitlines():
            if "running on " in line:
                return line.split("running on ")[1].split()[0]
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())
