"""Make HTML pages of facts; every text that is not ours is escaped, and only http(s) addresses become links."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

PAGE = Path(__file__).parent / "page"
VENDOR = Path(__file__).parent / "vendor"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What pages may load: nothing from elsewhere. The editor sets styles on its elements, hence `unsafe-inline` there."""

Row = tuple[str, str]


def page(title: str, body: str, *, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> bytes:
    """Return a whole page.

    Args:
        title: Plain text.
        body: HTML.
        scripts: Addresses of scripts, run in order.
        styles: Addresses of style sheets beside our own.
    """
    links = "".join(f'<link rel="stylesheet" href="{address}">' for address in ("/page/style.css", *styles))
    code = "".join(f'<script src="{address}" defer></script>' for address in scripts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">{links}{code}</head><body>'
        '<nav><a href="/">Query the graph</a> · <a href="/view">See the graph</a> · '
        '<a href="/ns">Vocabulary</a> · <a href="/.well-known/void">Data set</a></nav>'
        f"<main>{body}</main></body></html>"
    ).encode()


def link(address: str, text: str) -> str:
    """Return a link, or the bare text where the address is neither http(s) nor a path of ours."""
    if address.startswith(("http://", "https://")) or (address.startswith("/") and not address.startswith("//")):
        return f'<a href="{escape(address)}" rel="nofollow noreferrer">{escape(text)}</a>'
    return escape(text)


def table(rows: Iterable[Row]) -> str:
    """Return a table of names (plain text) and values (HTML)."""
    return (
        '<table class="facts">'
        + "".join(f"<tr><th>{escape(name)}</th><td>{value}</td></tr>" for name, value in rows)
        + "</table>"
    )
