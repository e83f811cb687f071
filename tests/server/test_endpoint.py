from __future__ import annotations

import hashlib
import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.model import Article, Event
from kg.server.html import VENDOR
from kg.store import Store

Start = Callable[..., httpx.Client]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
AUTHORIZED = {"Authorization": "Bearer secret"}


def test_a_read_only_server_answers_and_refuses_by_the_book(start: Start) -> None:
    client = start("--timeout", "2", "--rows", "50")

    def ask(query: str, accept: str = "") -> httpx.Response:
        return client.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})

    found = ask("SELECT ?did { actor:EST ?did actor:BLR }", "application/sparql-results+json")
    assert found.json()["results"]["bindings"][0]["did"]["value"].endswith("close-mission")
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert ask("ASK {}").headers["Content-Type"] == "application/sparql-results+json"
    assert ask("DESCRIBE actor:EST", "application/rdf+xml").headers["Content-Type"] == "application/rdf+xml"
    assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 200
    direct = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content="ASK {}", headers=direct).json() == {"head": {}, "boolean": True}
    assert client.head("/sparql", params={"query": "ASK {}"}).status_code == 200
    assert client.options("/sparql").headers["Access-Control-Allow-Headers"]

    assert (ask("ASK {").status_code, ask("ASK {").text[:16]) == (400, "line 1, column 6")
    assert ask("ASK {}", "image/png").status_code == 406
    assert ask("ASK { SERVICE <http://127.0.0.1:1/> {} }").status_code == 403
    assert client.post("/sparql", data={"query": "ASK {} #" + "x" * 150_000}).status_code == 413
    assert client.post("/sparql", content=b"x" * 2_000_000, headers=direct).status_code == 413
    assert client.put("/sparql", params={"query": "ASK {}"}).status_code == 405
    assert client.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert client.post("/sparql", content=b"\xff\xfe", headers=direct).status_code == 400
    assert client.put("/graphs?default", content="", headers={"Content-Type": "text/turtle"}).status_code == 403
    assert client.get("/graphs", params={"graph": "http://none.example/"}).status_code == 404

    began = time.monotonic()
    assert ask(ENDLESS).status_code == 504
    assert time.monotonic() - began < 10
    assert ask("ASK {}").status_code == 200

    huge = ask("SELECT * { ?s ?p ?o . ?x ?y ?z }", "application/sparql-results+json")
    assert huge.headers["X-Truncated"]
    assert len(huge.json()["results"]["bindings"]) == 50


def test_a_hundred_clients_at_once_all_get_their_answer(start: Start) -> None:
    client = start("--timeout", "60")
    address = str(client.base_url)

    def ask(number: int) -> int:
        query = f"SELECT ?event {{ ?event a sem:Event FILTER({number} = {number}) }}"
        found = httpx.post(f"{address}/sparql", data={"query": query}, timeout=120)
        return len(found.json()["results"]["bindings"])

    with ThreadPoolExecutor(100) as pool:
        assert set(pool.map(ask, range(100))) == {4}


def test_slow_and_broken_clients_disturb_nobody(start: Start) -> None:
    client = start()
    host, port = client.base_url.host, client.base_url.port
    assert port is not None
    slow = [socket.create_connection((host, port)) for _ in range(20)]
    for connection in slow[:10]:
        connection.send(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nA"
        )
    for connection in slow[10:]:
        connection.send(b"\x00\xff garbage\r\n\r\n")
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    for connection in slow:
        connection.close()
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_everything_with_an_iri_has_a_page_and_a_description(start: Start) -> None:
    client = start()
    html = {"Accept": "text/html,*/*;q=0.8"}
    event = client.get("/event/81f991232fea7153076e", headers=html)
    assert event.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Estonia will <mark>close</mark> Belarus" in event.text
    assert '<a href="/actor/EST"' in event.text
    for path in (
        "actor/EST",
        "article/sample-1",
        "action/close-mission",
        "place/588335",
        "cameo/161",
        "span/sample-1-0-58",
    ):
        assert "<h1>" in client.get(f"/{path}", headers=html).text, path
        triples = list(ox.parse(client.get(f"/{path}.nt").content, format=ox.RdfFormat.N_TRIPLES))
        assert any(str(quad.subject).endswith(f"/{path}>") for quad in triples), path
    assert client.get("/actor/EST", headers={"Accept": "application/ld+json"}).json()
    for path in ("actor/NOBODY", "event/x%3E%20evil", "nothing", "vendor/..%2Fhtml.py", "page/nothing.js"):
        assert client.get(f"/{path}", headers=html).status_code == 404, path
    assert b"owl:Ontology" in client.get("/ns").content
    assert 'id="attributedTo"' in client.get("/ns", headers=html).text
    for path in ("/.well-known/void", "/sparql", "/graphs?default"):
        assert list(ox.parse(client.get(path).content, format=ox.RdfFormat.TURTLE)), path
    assert "2018" in client.get("/", headers=html).text
    assert len(client.get("/queries.json").json()) >= 20
    assert client.get("/vendor/yasgui.min.js").headers["Content-Type"].startswith("text/javascript")
    view = client.get("/view", params={"query": "SELECT ?event { ?event kg:action act:meet }"})
    assert view.status_code == 200
    assert "Diplomatic events" in view.text
    assert client.get("/view", params={"query": "ASK {}"}).status_code == 404


def test_an_undated_event_shows_what_is_possibly_the_same(
    start: Start, store: Path, make_article: Callable[..., Article], make_event: Callable[..., Event]
) -> None:
    with Store.open(store) as graph:
        for name in ("first", "second"):
            article = make_article(id=name, text="Poland praised Chile.", date="2024-01-0" + str(len(name)))
            event = make_event(article, "praise", "POL", "CHL", article.text, "praised")
            graph.add(article, [event])
    page = start().get(f"/event/{event.id}", headers={"Accept": "text/html"}).text
    assert "Possibly the same" in page
    assert "<th>2024-01-05</th>" in page


def test_hostile_text_is_escaped_on_every_page(
    start: Start, store: Path, make_article: Callable[..., Article], make_event: Callable[..., Event]
) -> None:
    text = "<script>alert(1)</script> met & 'said' \"x\"."
    article = make_article(id="bad", text=text, title="<img src=x onerror=alert(1)>", url="https://x.example/\"'<b>")
    with Store.open(store) as graph:
        graph.add(article, [make_event(article, "meet", "POL", "EST", text, "met")])
    client = start()
    pages = [client.get(f"/{path}", headers={"Accept": "text/html"}).text for path in ("article/bad", "actor/POL")]
    event = client.get("/sparql", params={"query": "SELECT ?e { ?c oa:hasSource art:bad ; kg:about ?e }"}).json()
    address = event["results"]["bindings"][0]["e"]["value"].split("/kg")[1]
    pages.append(client.get(address, headers={"Accept": "text/html"}).text)
    assert "&lt;script&gt;" in pages[2]
    assert not any("<script>alert" in page or "<img" in page for page in pages)


def test_who_holds_the_token_may_write_and_reads_the_change_at_once(start: Start) -> None:
    client = start("--writable")
    update = {"update": "INSERT DATA { actor:EST kg:note 'new' }"}
    assert client.post("/sparql", data=update).status_code == 401
    assert client.post("/sparql", data=update, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.post("/sparql", data=update, headers=AUTHORIZED).status_code == 204
    assert client.get("/sparql", params={"query": "ASK { actor:EST kg:note 'new' }"}).json()["boolean"]
    for bad in (
        "LOAD <http://127.0.0.1:1/>",
        "INSERT {}",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
    ):
        assert client.post("/sparql", data={"update": bad}, headers=AUTHORIZED).status_code == 400
    graph, headers = {"graph": "http://g.example/"}, {"Content-Type": "text/turtle", **AUTHORIZED}
    assert client.put("/graphs", params=graph, content="<a> <b> <c> .", headers=headers).status_code == 201
    assert client.get("/graphs", params=graph).status_code == 200
    assert client.put("/graphs", params=graph, content="<a> <b> .", headers=headers).status_code == 400
    assert client.delete("/graphs", params=graph, headers=headers).status_code == 204
    assert client.get("/graphs", params=graph).status_code == 404


def test_a_server_sees_what_another_process_adds(
    start: Start, store: Path, make_article: Callable[..., Article]
) -> None:
    client = start()
    with Store.open(store) as graph:
        graph.add(make_article(id="later", text="Nothing."), [])
        for _ in range(100):
            if client.get("/sparql", params={"query": "ASK { art:later ?p ?o }"}).json()["boolean"]:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the article was never seen")


def test_what_is_vendored_is_what_its_list_says() -> None:
    for name, facts in json.loads((VENDOR / "vendor.json").read_text()).items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == facts["sha256"], name
