"""Talk to a SPARQL 1.1 server: where it is, who we are, and what it answers.

| address | from | else |
| --- | --- | --- |
| of queries | `--store` | |
| of updates | KG_STORE_UPDATE | that of queries; `/query` at its end becomes `/update` |
| of the graph, by the Graph Store Protocol | KG_STORE_GRAPH | `/query` at its end becomes `/store?default`; none |

Credentials are taken from KG_STORE_TOKEN, or from KG_STORE_USER and KG_STORE_PASSWORD; these are sent as Basic, or as
Digest with KG_STORE_AUTH=digest (Virtuoso). They are never sent on to where a server redirects to.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.errors import QueryError, StoreError

SECONDS = 300.0
"""How long a server may be silent."""

_MOST_MESSAGE = 500


@dataclass(frozen=True)
class Server:
    """The addresses of a server.

    Attributes:
        query: Answers SPARQL queries.
        update: Takes SPARQL updates.
        graph: The graph itself, by the Graph Store Protocol; "" where it is not known.
    """

    query: str
    update: str
    graph: str = ""


def find_server(address: str) -> Server:
    """Return a server's addresses, by that of its queries and the environment.

    Example:
        >>> find_server("https://example.org/query").graph
        'https://example.org/store?default'
    """
    graph = re.sub(r"/query$", "/store?default", address)
    return Server(
        query=address,
        update=os.environ.get("KG_STORE_UPDATE") or re.sub(r"/query$", "/update", address),
        graph=os.environ.get("KG_STORE_GRAPH") or (graph if graph != address else ""),
    )


@contextmanager
def send(address: str, body: bytes | None, kind: str = "", accept: str = "*/*") -> Iterator[http.client.HTTPResponse]:
    """Send a request and give the answer, to be read while the connection is open.

    Args:
        address: Where to.
        body: What to POST; None to GET.
        kind: Media type of the body.
        accept: Media types that can be read.

    Raises:
        QueryError: The server says that what it was sent is wrong.
        StoreError: It cannot be reached, refuses, or breaks off.
    """
    headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {})
    request = urllib.request.Request(address, body, headers)  # noqa: S310  # `is_remote` looked at the scheme
    for name, value in _credentials().items():
        request.add_unredirected_header(name, value)
    try:
        with _opener(address).open(request, timeout=SECONDS) as reply:
            yield reply
    except urllib.error.HTTPError as error:
        message = " ".join(error.read(_MOST_MESSAGE).decode("utf-8", "replace").split())
        wrong = QueryError if error.code == 400 else StoreError
        raise wrong(f"{address} answers {error.code}: {message}") from error
    except (OSError, http.client.HTTPException) as error:
        raise StoreError(f"{address} cannot be reached: {error}") from error


def _credentials() -> dict[str, str]:
    if token := os.environ.get("KG_STORE_TOKEN"):
        return {"Authorization": f"Bearer {token}"}
    user = os.environ.get("KG_STORE_USER")
    if user and os.environ.get("KG_STORE_AUTH") != "digest":
        pair = f"{user}:{os.environ.get('KG_STORE_PASSWORD', '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def _opener(address: str) -> urllib.request.OpenerDirector:
    """Return what opens addresses, and answers a server that asks for Digest."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if user := os.environ.get("KG_STORE_USER"):
        passwords.add_password(None, address, user, os.environ.get("KG_STORE_PASSWORD", ""))
    return urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))
