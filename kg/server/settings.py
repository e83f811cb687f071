"""What a server is told when it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a server finds its store, and what it allows.

    Attributes:
        store: Folder of the store.
        token: Who sends it may write; "" makes the server read-only.
        seconds: How long a query may take.
        workers: How many queries run at a time.
        waiting: How many more may wait; beyond, clients are told to come again.
        most_rows: Rows or triples after which an answer is cut off, and says so.
        most_bytes: The same for bytes.
        most_text: Characters of a query.
        most_body: Bytes of a request that writes.
        memory: Bytes of address space of a query process; 0 for no limit.
    """

    store: Path
    token: str = ""
    seconds: float = 30.0
    workers: int = max(2, min(8, os.cpu_count() or 2))
    waiting: int = 500
    most_rows: int = 100_000
    most_bytes: int = 64 * MEBIBYTE
    most_text: int = 100_000
    most_body: int = 64 * MEBIBYTE
    memory: int = 8192 * MEBIBYTE
