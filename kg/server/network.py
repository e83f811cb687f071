"""Show the events that a query finds as a graph: the page of `kg view`, made when asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from anyio.from_thread import run as run_from_thread
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.records import ARTICLES, CLAIMS, EVENTS, PARTICIPANTS, read_records
from kg.server.replies import RefusalError, reply
from kg.server.service import Service
from kg.views.html import render

MOST_EVENTS = 2_000
LATEST = f"""SELECT ?event {{ ?event a sem:Event OPTIONAL {{ ?event sem:hasLatestEndTimeStamp ?day }} }}
ORDER BY DESC(?day) ?event LIMIT {MOST_EVENTS}"""
_ABOUT_EVENTS = (EVENTS, PARTICIPANTS, CLAIMS)


async def view(request: Request) -> Response:
    """Return the page of the events that a query names, or of the latest ones."""
    service: Service = request.app.state.service
    text = request.query_params.get("query", "")
    found = await service.ask(text or LATEST, "application/sparql-results+json, application/n-triples;q=0.9")
    namespace = re.escape(service.names.prefixes["ev"])
    events = sorted(set(re.findall(rf"{namespace}([\w-]+)", found.body.decode())))[:MOST_EVENTS]
    if not events:
        raise RefusalError(404, "the answer names no event; select ?event, or construct triples about events")
    html = await run_sync(_render, service, events)
    return reply(html.encode(), "text/html")


def _render(service: Service, events: list[str]) -> str:
    """Read the events' records through the query processes, so that all limits hold, and make the page."""
    values = f"VALUES ?event {{ {' '.join(f'ev:{event}' for event in events)} }}"

    def select(text: str) -> Iterator[dict[str, str]]:
        if text in _ABOUT_EVENTS:
            text += f"\n{values}"
        elif text == ARTICLES:
            text = text.replace("?article a kg:Article .", f"?article ^oa:hasSource/kg:about ?event . {values}")
        answer = run_from_thread(service.ask, text, "application/sparql-results+json")
        document = json.loads(answer.body)
        for row in document["results"]["bindings"]:
            yield {name: row[name]["value"] if name in row else "" for name in document["head"]["vars"]}

    return render(read_records(select), title="Diplomatic events")
