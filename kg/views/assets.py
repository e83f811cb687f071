"""Read what the page is made of: the vendored libraries, verified by hash, and the page's own scripts and style."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError

VENDOR = Path(__file__).parent / "vendor"
PAGE = Path(__file__).parent / "page"

SCRIPTS = (
    "element.js",
    "unpack.js",
    "text.js",
    "calendar.js",
    "model.js",
    "state.js",
    "selection.js",
    "links.js",
    "look.js",
    "overlay.js",
    "graph.js",
    "path.js",
    "facets.js",
    "histogram.js",
    "playback.js",
    "search.js",
    "card.js",
    "lanes.js",
    "details.js",
    "table.js",
    "worldmap.js",
    "download.js",
    "drawing.js",
    "sparql.js",
    "hint.js",
    "scene.js",
    "app.js",
)
"""The page's own scripts, in the order in which they are joined."""


@cache
def load_vendor() -> Mapping[str, Mapping[str, Any]]:
    """Return name, version, licence, origin and hash of each vendored file."""
    registry: dict[str, dict[str, Any]] = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
    return registry


@cache
def read_vendored(name: str) -> bytes:
    """Return a vendored file's bytes.

    Raises:
        DataError: The bytes are not those that `vendor.json` records.
    """
    path = VENDOR / name
    content = path.read_bytes()
    recorded = load_vendor()[name]["sha256"]
    if hashlib.sha256(content).hexdigest() != recorded:
        raise DataError(f"{path}: its SHA-256 is not the recorded {recorded}; reinstall the package")
    return content


@cache
def read_page(name: str) -> str:
    """Return one of the page's own files."""
    return (PAGE / name).read_text(encoding="utf-8")


@cache
def join_scripts() -> str:
    """Return the page's own scripts as one, in a scope of their own."""
    parts = [f"// {name}\n{read_page(name)}" for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def load_texts() -> Mapping[str, Mapping[str, str]]:
    """Return the interface's texts by language and key."""
    texts: dict[str, dict[str, str]] = json.loads(read_page("texts.json"))
    return texts


def hash_source(text: str) -> str:
    """Return the Content Security Policy's source expression for an inline script or style.

    Example:
        >>> hash_source("")
        'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
