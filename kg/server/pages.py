"""The pages of the graph: the query editor, and one page for everything that has an IRI.

A page is what a browser gets; other clients get RDF by the same address, or by adding `.ttl`, `.nt`, `.jsonld` or
`.rdf` to it. All pages come from queries, so that the limits on queries hold for them too.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.names import DEFAULT_BASE
from kg.ontology.files import ontology_path
from kg.queries import load_queries
from kg.server.description import VOID_COUNTS, describe_dataset
from kg.server.html import PAGE, POLICY, VENDOR, link, page, table
from kg.server.negotiation import GRAPHS, choose
from kg.server.replies import RefusalError, reply
from kg.server.service import Service
from kg.views.vocabulary import format_vocabulary

KINDS = ("event", "claim", "article", "actor", "action", "place", "span", "run", "cameo")
SUFFIXES = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json"}
SUFFIXES |= {"rdf": "application/rdf+xml"}
MOST_LINKS = 200
_FILES = {".js": "text/javascript", ".css": "text/css"}

FIRST = """# Expulsions of diplomats in 2018, with the sentence that tells of each.
# What no text dates is taken for as old as its article.
SELECT ?day ?source ?target ?support ?sentence {
  ?event kg:action act:expel-diplomats ; kg:source ?source ; kg:support ?support .
  OPTIONAL { ?event kg:target ?target }
  OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?told }
  ?claim kg:about ?event ; oa:hasSource/dct:issued ?issued ; oa:hasSelector/oa:exact ?sentence .
  BIND(COALESCE(?told, ?issued) AS ?day)
  FILTER(STRSTARTS(STR(?day), "2018"))
} ORDER BY ?day ?source ?target"""

Terms = list[dict[str, dict[str, str]]]


async def home(request: Request) -> Response:
    """Return the page with the query editor."""
    service: Service = request.app.state.service
    prefixes = " ".join(f"{name}:" for name in sorted(service.names.prefixes))
    body = (
        "<h1>Diplomatic events</h1><p>Who did what to whom, when, where, and who says so. Ask in SPARQL; the prefixes "
        f"{escape(prefixes)} need no declaration.</p>"
        f'<pre id="first" hidden>{escape(_with_prefixes(FIRST, service))}</pre><div id="editor"></div>'
        '<p><button type="button" id="view">See the events of this query as a graph</button></p>'
        '<h2>Examples</h2><ul id="examples"></ul>'
    )
    scripts = ("/vendor/yasgui.min.js", "/page/editor.js")
    return _html(page("Diplomatic events", body, scripts=scripts, styles=("/vendor/yasgui.min.css",)))


async def queries(request: Request) -> Response:
    """Return the named queries as JSON."""
    service: Service = request.app.state.service
    facts = [
        {"name": each.name, "purpose": each.purpose, "text": _with_prefixes(each.text, service)}
        for each in load_queries().values()
    ]
    return reply(json.dumps(facts).encode(), "application/json")


def _with_prefixes(text: str, service: Service) -> str:
    """Return a query that declares the prefixes that it uses, so that it runs elsewhere too."""
    used = (name for name in sorted(service.names.prefixes) if re.search(rf"\b{name}:", text))
    return "".join(f"PREFIX {name}: <{service.names.prefixes[name]}>\n" for name in used) + text


async def file(request: Request) -> Response:
    """Return a script or style sheet of ours or of the editor."""
    name = request.path_params["name"]
    data = _read_files().get(name)
    if data is None:
        raise RefusalError(404, "there is no such file")
    media = _FILES[name[name.rindex(".") :]]
    return reply(data, media, headers={"Cache-Control": "max-age=3600"})


@cache
def _read_files() -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for folder in (PAGE, VENDOR) for path in folder.iterdir() if path.suffix in _FILES
    }


async def void(request: Request) -> Response:
    """Return the description of the data set."""
    service: Service = request.app.state.service
    (row,) = await _select(service, VOID_COUNTS)
    counts = {name: int(term["value"]) for name, term in row.items()}
    endpoint = str(request.url.replace(path="/sparql", query=""))
    return reply(describe_dataset(endpoint, counts, service.names), "text/turtle")


async def vocabulary(request: Request) -> Response:
    """Return the ontology, in which the terms of the graph are defined: a page for browsers, else Turtle."""
    service: Service = request.app.state.service
    media = choose(request.headers.get("accept", ""), ["text/turtle", "text/html"])
    if media == "text/html":
        return _html(format_vocabulary(service.names).encode())
    text = ontology_path("kg.ttl").read_text(encoding="utf-8").replace(DEFAULT_BASE, service.names.base)
    return reply(text.encode(), "text/turtle")


async def node(request: Request) -> Response:
    """Return the page of something that has an IRI, or its description in RDF."""
    service: Service = request.app.state.service
    path = request.url.path.lstrip("/")
    bare, dot, suffix = path.rpartition(".")
    accept = request.headers.get("accept", "")
    if dot and suffix in SUFFIXES:
        path, accept = bare, SUFFIXES[suffix]
    iri = f"<{_checked(service.names.base + path)}>"
    media = choose(accept or "*/*", ["text/html", *GRAPHS])
    if media != "text/html":
        found = await service.ask(f"DESCRIBE {iri}", media or accept)
        if not await _is_there(service, iri):
            raise RefusalError(404, f"nothing is known of {iri}")
        return reply(found.body, found.media)
    rows = await _select(service, _FACTS.replace("THIS", iri).replace("MOST", str(MOST_LINKS)))
    if not rows:
        raise RefusalError(404, f"nothing is known of {iri}")
    return _html(page(_title(rows, path), await _describe(service, iri, path, rows)))


_FACTS = """SELECT ?direction ?predicate ?value ?label {
  { THIS ?predicate ?value BIND("out" AS ?direction) }
  UNION
  { SELECT ?value ?predicate ("in" AS ?direction) { ?value ?predicate THIS } ORDER BY ?predicate ?value LIMIT MOST }
  OPTIONAL { ?value rdfs:label|skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "en") || LANG(?label) = "") }
} ORDER BY DESC(?direction) ?predicate ?value ?label"""

_EVIDENCE = """SELECT ?status ?speaker ?sentence ?trigger ?from ?start ?title ?publisher ?issued ?url ?article {
  ?claim kg:about THIS ; kg:status ?status ; oa:hasSource ?article ; oa:hasSelector ?span ; kg:trigger ?words .
  ?span oa:exact ?sentence ; oa:start ?start . ?words oa:exact ?trigger ; oa:start ?from .
  OPTIONAL { ?claim kg:attributedTo ?speaker }
  OPTIONAL { ?article dct:title ?title } OPTIONAL { ?article dct:publisher ?publisher }
  OPTIONAL { ?article dct:issued ?issued } OPTIONAL { ?article dct:source ?url }
} ORDER BY ?article ?start ?speaker LIMIT 200"""


_LIKES = """SELECT DISTINCT ?other ?label ?day {
  THIS kg:pattern ?pattern . ?other kg:pattern ?pattern ; rdfs:label ?label .
  FILTER(?other != THIS && LANG(?label) = "en")
  FILTER(!EXISTS { THIS kg:date ?dated } || !EXISTS { ?other kg:date ?told })
  OPTIONAL { ?other sem:hasEarliestBeginTimeStamp ?begin }
  OPTIONAL { ?claim kg:about ?other ; oa:hasSource/dct:issued ?issued }
  BIND(COALESCE(?begin, ?issued, "") AS ?day)
} ORDER BY ?day ?other LIMIT 50"""


async def _describe(service: Service, iri: str, path: str, rows: Terms) -> str:
    parts = [f"<h1>{escape(_title(rows, path))}</h1><p class=quiet>{escape(iri[1:-1])} · as {_downloads(path)}</p>"]
    if path.startswith("event/"):
        evidence = await _select(service, _EVIDENCE.replace("THIS", iri))
        parts += ["<h2>Evidence</h2>", *(_quote(service, row) for row in evidence)]
        parts += _list_likes(service, await _select(service, _LIKES.replace("THIS", iri)))
    for direction, heading in (("out", "Facts"), ("in", "What refers to it")):
        chosen = [row for row in rows if row["direction"]["value"] == direction]
        if chosen:
            facts = table(
                (_short(service, row["predicate"]["value"]), _show(service, row)) for row in _distinct(chosen)
            )
            parts += [f"<h2>{heading}</h2>", facts]
    return "".join(parts)


def _list_likes(service: Service, rows: Terms) -> list[str]:
    """Return the events that may be the same one, for all that the articles tell of their dates."""
    if not rows:
        return []
    shown = (
        (row["day"]["value"] or "undated", _link(service, row["other"]["value"], row["label"]["value"])) for row in rows
    )
    return ["<h2>Possibly the same: like action and actors, and no text dates one of the two</h2>", table(shown)]


def _distinct(rows: Terms) -> Terms:
    """Return one row per predicate and value, with the first of its labels."""
    seen: dict[tuple[str, str, str], dict[str, dict[str, str]]] = {}
    for row in rows:
        value = row["value"]
        seen.setdefault((row["predicate"]["value"], value["value"], value.get("xml:lang", "")), row)
    return list(seen.values())


def _quote(service: Service, row: dict[str, dict[str, str]]) -> str:
    text = {name: term["value"] for name, term in row.items()}
    at = int(text["from"]) - int(text["start"])
    sentence, words = text["sentence"], text["trigger"]
    marked = f"{escape(sentence[:at])}<mark>{escape(words)}</mark>{escape(sentence[at + len(words) :])}"
    says = f", says {_link(service, text['speaker'])}" if "speaker" in text else ", says the article itself"
    about = ", ".join(escape(text[name]) for name in ("publisher", "issued", "title") if name in text)
    source = link(text["url"], text["url"]) if "url" in text else _link(service, text["article"])
    status = escape(text["status"].rsplit("#", 1)[-1])
    return f"<blockquote>{marked}<br><span class=quiet>{status}{says} · {about} {source}</span></blockquote>"


def _downloads(path: str) -> str:
    return " ".join(link(f"/{path}.{suffix}", suffix) for suffix in SUFFIXES)


def _title(rows: Terms, path: str) -> str:
    labels = {}
    for row in rows:
        if row["direction"]["value"] == "out" and re.search(r"[#/](label|prefLabel|title)$", row["predicate"]["value"]):
            labels[row["value"].get("xml:lang", "")] = row["value"]["value"]
    return labels.get("en") or next(iter(labels.values()), path.split("/", 1)[-1])


def _show(service: Service, row: dict[str, dict[str, str]]) -> str:
    value = row["value"]
    if value["type"] == "uri":
        label = row["label"]["value"] if "label" in row else ""
        return _link(service, value["value"], label)
    language = f" <span class=quiet>{escape(value['xml:lang'])}</span>" if "xml:lang" in value else ""
    return escape(value["value"]) + language


def _link(service: Service, iri: str, label: str = "") -> str:
    text = label or _short(service, iri)
    own = iri.startswith(service.names.base) and "#" not in iri
    return link("/" + iri[len(service.names.base) :], text) if own else link(iri, text)


def _short(service: Service, iri: str) -> str:
    for prefix, namespace in service.names.prefixes.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _checked(iri: str) -> str:
    if re.search(r'[<>"{}|^`\\\x00-\x20]', iri):
        raise RefusalError(404, "no such address")
    return iri


async def _is_there(service: Service, iri: str) -> bool:
    found = await service.ask(f"ASK {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} }}", "application/json")
    return b"true" in found.body


async def _select(service: Service, text: str) -> Terms:
    found = await service.ask(text, "application/sparql-results+json")
    rows: Terms = json.loads(found.body)["results"]["bindings"]
    return rows


def _html(body: bytes) -> Response:
    return reply(body, "text/html", headers={"Content-Security-Policy": POLICY})
