"""Open a store by its folder or its address: all that commands need to know of where a graph lies."""

from __future__ import annotations

import urllib.parse
from pathlib import Path

from kg.remote.store import RemoteStore
from kg.store import Store

__all__ = ["RemoteStore", "is_remote", "open_store", "read_store"]


def is_remote(place: str) -> bool:
    """Say whether a store is named by an http(s) address.

    Example:
        >>> is_remote("https://example.org/query"), is_remote("out/store")
        (True, False)
    """
    return urllib.parse.urlsplit(place).scheme in ("http", "https")


def open_store(place: str, base: str = "") -> Store:
    """Open a store for reading and writing, by its folder or address."""
    if not is_remote(place):
        return Store.open(Path(place), base)
    store = RemoteStore(place, base)
    store.prepare()
    return store


def read_store(place: str) -> Store:
    """Open a store for reading, by its folder or address."""
    return RemoteStore(place) if is_remote(place) else Store.read(Path(place))
