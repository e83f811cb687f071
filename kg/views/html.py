"""Write the network as one self-contained HTML page: records come in, a page that needs no network goes out.

pyvis holds the graph and renders the template; the template, the scripts and the vendored vis-network are ours to
choose, since pyvis's own page loads from a CDN, inserts names as HTML and draws nothing before a browser-side layout
has ended. The page's Content Security Policy allows the very scripts and styles that stand in it, by hash, and
nothing else; all data is base64 in a block that no browser runs.
"""

from __future__ import annotations

import base64
import math
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, FileSystemLoader
from pyvis.network import Network

from kg.errors import InputError
from kg.graph.network import to_network
from kg.graph.records import Records
from kg.views.assets import PAGE, hash_source, join_scripts, load_texts, load_vendor, read_page, read_vendored
from kg.views.codes import to_flag
from kg.views.layout import Body, lay_out
from kg.views.links import SHOWN, Link, strongest, sum_links
from kg.views.payload import pack, pack_text, to_evidence, to_facts
from kg.views.worldmap import draw_countries

SMALLEST = 13.0
LARGEST = 34.0
"""Radius of a node in pixels: without a limit the largest actor covers its neighbours."""

SHAPES = {"state": "dot", "organisation": "square", "movement": "triangle", "other": "diamond"}

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "keyboard": False, "tooltipDelay": 0},
    "nodes": {"borderWidth": 2},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}, "smooth": {"enabled": False}},
}

Triples = Mapping[str, Any]
"""N-Triples as `text`, and the `prefixes` of the graph."""


class Page(Network):  # type: ignore[misc]  # pyvis is not annotated
    """pyvis's network with our template in place of its own."""

    def __init__(self, variables: Mapping[str, Any]) -> None:
        super().__init__(directed=True)
        self.templateEnv = Environment(loader=FileSystemLoader(PAGE), autoescape=True)
        self.templateEnv.filters.update(pack=pack, pack_text=pack_text)
        self.templateEnv.globals.update(variables)
        self.options = OPTIONS


def render(records: Records, *, title: str, triples: Triples | None = None) -> str:
    """Return the page as text.

    Args:
        records: The events to show and the actors and articles that they need.
        title: Heading of the page.
        triples: The same events as `kg.views.triples` gives them, for a SPARQL tab; None for none.

    Returns:
        HTML; the same bytes for the same arguments.
    """
    graph = to_network(records)
    links = sum_links(records.events)
    page = Page(_variables(records, list(graph), title, triples))
    _add_nodes(page, graph, records, links)
    for source, target in strongest(links)[:SHOWN]:
        link = links[source, target]
        page.add_edge(
            source,
            target,
            count=link.count,
            cooperation=link.cooperation,
            material=link.material,
            supports=link.supports,
        )
    html: str = page.generate_html()
    return html


def write_page(records: Records, path: Path, *, title: str, triples: Triples | None = None) -> None:
    """Write the page to `path`, whole or not at all.

    Args:
        records: The events to show and the actors and articles that they need.
        path: Of the HTML file; its folder is made.
        title: Heading of the page.
        triples: The same events as `kg.views.triples` gives them, for a SPARQL tab; None for none.

    Raises:
        InputError: The file cannot be written.
    """
    content = render(records, title=title, triples=triples).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(content)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot write the page ({error.strerror}); choose another path with -o") from error


def _add_nodes(page: Page, graph: nx.MultiDiGraph, records: Records, links: Mapping[tuple[str, str], Link]) -> None:
    """Add the actors where the layout puts them; the labels that the page shows are sized for the longer language."""
    actors = {actor.id: actor for actor in records.actors}
    order = {name: index for index, name in enumerate(graph)}
    counts = Counter({name: data["events"] for name, data in graph.nodes(data=True)})
    most = max(counts.values(), default=1)
    sizes = [SMALLEST + (LARGEST - SMALLEST) * math.sqrt(counts[name] / most) for name in order]
    bodies = [Body(size, max(actors[name].labels.values(), key=len)) for name, size in zip(order, sizes, strict=True)]
    weights = {(order[one], order[other]): float(links[one, other].count) for one, other in strongest(links)}
    places = lay_out(bodies, weights, SHOWN)
    for name, size, (x, y) in zip(order, sizes, places, strict=True):
        actor = actors[name]
        label = actor.labels.get("en", name)
        page.add_node(
            name,
            label=label,
            shape=SHAPES[actor.kind],
            x=x,
            y=y,
            size=round(size),
            kind=actor.kind,
            code=actor.code,
            da=actor.labels.get("da", label),
            flag=to_flag(actor.id),
        )


def _variables(records: Records, actors: Sequence[str], title: str, triples: Triples | None) -> dict[str, Any]:
    """Return what the template needs beside pyvis's own variables."""
    scripts = {"vis": read_vendored("vis-network.min.js").decode("utf-8"), "app": join_scripts()}
    modules = {"oxigraph": _oxigraph()} if triples is not None else {}
    style = read_page("style.css")
    places = {name: index for index, name in enumerate(actors)}
    return {
        "title": title,
        "policy": _policy([*scripts.values(), *modules.values()], style, wasm=bool(modules)),
        "style": style,
        "scripts": scripts,
        "modules": modules,
        "texts": load_texts(),
        "facts": to_facts(records, places),
        "evidence": to_evidence(records),
        "world": [list(country) for country in draw_countries()],
        "shown": SHOWN,
        "triples": triples,
        "wasm": base64.b64encode(read_vendored("oxigraph.wasm.gz")).decode("ascii") if modules else "",
    }


def _oxigraph() -> str:
    """Return the vendored module with a last line that hands it to the page's script."""
    hand_over = "globalThis.oxigraph = { start: __wbg_init, Store };\n"
    return read_vendored("oxigraph.js").decode("utf-8") + hand_over


def _policy(scripts: Sequence[str], style: str, *, wasm: bool) -> str:
    """Return the Content Security Policy: nothing from anywhere, and of what is inline only what is meant."""
    allowed = [hash_source(script) for script in scripts]
    styles = [hash_source(style), *load_vendor()["vis-network.min.js"]["styles"]]
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(f"'{source}'" for source in allowed) + (" 'wasm-unsafe-eval'" if wasm else ""),
            "style-src " + " ".join(f"'{source}'" for source in styles),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
