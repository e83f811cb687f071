"""Keep the graph: in memory, or on disk in Oxigraph, where a crash loses nothing that was added.

An article is added, corrected or taken out in one transaction, and adding it twice changes nothing. All triples lie
in the default graph. Queries go straight to pyoxigraph, some ten times faster than rdflib; `Store.to_rdflib` gives
the graph to those who need it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.files import find_form
from kg.graph.merge import Change, change_article, change_events
from kg.graph.names import DEFAULT_BASE, Names, make_names
from kg.graph.rdf import article_quads, event_quads, run_quads
from kg.identity import article_name, run_id
from kg.model import Article, Event
from kg.ontology.actors import Actors
from kg.ontology.files import ontology_path, read_triples
from kg.snapshot import is_store, open_snapshot
from kg.syntax import explain_syntax_error, explain_update_error

if TYPE_CHECKING:
    import rdflib

DEFAULT_STORE = Path("out/store")

_LINK_COPIES = """
INSERT { ?article kg:sameText ?copy }
WHERE { ?article kg:textBand ?band . ?copy kg:textBand ?band FILTER(!sameTerm(?article, ?copy)) }"""
_UNLINK_COPIES = """
DELETE { ?article kg:sameText ?copy }
WHERE { ?article kg:sameText ?copy FILTER NOT EXISTS { ?article kg:textBand ?band . ?copy kg:textBand ?band } }"""

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True)
class StoreInfo:
    """What a store holds, in numbers."""

    base: str
    triples: int
    articles: int
    events: int
    claims: int
    actors: int
    bytes_on_disk: int


class Store:
    """A graph of events that can be added to, queried and written out; use it as a context manager.

    Example:
        >>> with Store.in_memory() as store:
        ...     store.info().events
        0
    """

    def __init__(self, graph: ox.Store, names: Names, path: Path | None = None, view: ExitStack | None = None) -> None:
        self._graph = graph
        self._closing = view or ExitStack()
        self.is_view = view is not None
        self.names = names
        self.path = path

    @classmethod
    def in_memory(cls, base: str = "") -> Self:
        """Make an empty store that is gone when it is closed."""
        return cls(ox.Store(), make_names(base))._with_actions()

    @classmethod
    def open(cls, path: Path, base: str = "") -> Self:
        """Open a store for reading and writing, and make it where there is none.

        Args:
            path: Folder.
            base: Base of all own IRIs in a new store; an old one keeps its own.

        Raises:
            StoreError: Another process writes it, it cannot be opened, or it has another base.
        """
        is_new = not is_store(path)
        if is_new and path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise StoreError(f"{path} is there but is no store; name an empty or new folder with --store")
        graph = _open_graph(path)
        if is_new or not len(graph):
            return cls(graph, make_names(base), path)._with_actions()
        names = make_names(_find_base(graph))
        if base and names.base != base:
            raise StoreError(f"{path} was built with the base {names.base}, not {base}; build into another --store")
        return cls(graph, names, path)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open an unchanging view of a store; another process may go on writing it.

        Raises:
            StoreError: There is no store, or it cannot be opened.
        """
        closing = ExitStack()
        try:
            graph = ox.Store.read_only(str(closing.enter_context(open_snapshot(path))))
            return cls(graph, make_names(_find_base(graph)), path, closing)
        except OSError as error:
            closing.close()
            raise StoreError(f"{path}: {error}") from error
        except StoreError:
            closing.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """Return the number of triples."""
        return len(self._graph)

    def close(self) -> None:
        """Write what is still in memory to disk and let go of the folder."""
        if self.path is not None and not self.is_view:
            self._graph.flush()
            self.is_view = True  # nothing to write any more
        self._graph = ox.Store()  # drops the last reference, so that RocksDB gives up its lock
        self._closing.close()

    def add(
        self, article: Article, events: Iterable[Event], *, actors: Actors | None = None, run: Sequence[str] = ()
    ) -> Change:
        """Add an article and its events, or correct what it said before; all of it or, after a crash, nothing.

        Args:
            article: Where the claims stand.
            events: All of the article's events; claims of other articles in them are left out.
            actors: The registry that names the actors; the shipped one by default.
            run: Software, data and settings that made the claims, a line each; none to leave that open.

        Returns:
            What changed; false where the article was there already with the same events.
        """
        base, name = self.names.base, run_id(*run) if run else ""
        quads = [quad for event in events for quad in event_quads(event, article, actors=actors, base=base, run=name)]
        if run and quads:
            quads += run_quads(name, tuple(run), base)
        quads += article_quads(article, base)
        return self._apply(change_article(self.find, self._article_node(article.id), quads, self.names))

    def remove(self, article_id: str) -> bool:
        """Take an article out, with its claims and the events and actors that nothing else tells of.

        Returns:
            Whether it was there.
        """
        return bool(self._apply(change_article(self.find, self._article_node(article_id), (), self.names)))

    def add_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add any quads as they are, in one transaction."""
        self._graph.extend(quads)

    def has_article(self, article_id: str) -> bool:
        """Say whether an article was added, with or without events."""
        return any(True for _ in self.find(self._article_node(article_id), None, None))

    def query(self, text: str) -> Result:
        """Answer a SPARQL 1.1 query; the graph's own prefixes need no declaration.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE.

        Raises:
            QueryError: The query is wrong; the message tells line, column and what was expected.
        """
        try:
            return self._graph.query(text, prefixes=dict(self.names.prefixes))
        except SyntaxError as error:
            raise QueryError(explain_syntax_error(text, str(error), self.names)) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error

    def rows(self, text: str) -> Iterator[dict[str, str]]:
        """Answer a SELECT query in plain strings, one mapping a row; an unbound variable is "".

        Raises:
            QueryError: The query is wrong or is no SELECT.
        """
        result = self.query(text)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("this needs a SELECT query")
        columns = [variable.value for variable in result.variables]
        for solution in result:
            yield {name: _plain(solution[name]) for name in columns}

    def update(self, text: str, base: str = "") -> None:
        """Run a SPARQL 1.1 update, in one transaction.

        Args:
            text: The update.
            base: What relative IRIs are resolved against, "" to allow none.

        Raises:
            QueryError: The update is wrong.
        """
        try:
            self._graph.update(text, base_iri=base or None, prefixes=dict(self.names.prefixes))
        except SyntaxError as error:
            raise QueryError(explain_update_error(str(error))) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the update cannot be done: {error}") from error

    def has_graph(self, graph: ox.NamedNode) -> bool:
        """Say whether there is a named graph; the tool's own triples lie in none."""
        return self._graph.contains_named_graph(graph)

    def load(self, path: Path) -> int:
        """Load a file of RDF in bulk, then bring up to date what its articles and the store's say together.

        Args:
            path: `.ttl`, `.nt`, `.nq`, `.trig`, `.jsonld` or `.rdf`; graph names are dropped.

        Returns:
            How many triples are new.

        Raises:
            StoreError: The file is missing, of another kind or broken; nothing of it is kept.
        """
        form = find_form(path)
        before = len(self._graph)
        try:
            own = set(self._graph.named_graphs())
            self._graph.bulk_load(path=str(path), format=form)
            for graph in set(self._graph.named_graphs()) - own:
                self._graph.update(f"ADD {graph} TO DEFAULT; DROP GRAPH {graph}")
        except (SyntaxError, OSError, ValueError) as error:
            raise StoreError(f"{path}: {error}") from error
        self.settle()
        return len(self._graph) - before

    def link_copies(self) -> None:
        """Link all articles that are nearly surely one text (`kg:sameText`), and unlink those that are no more."""
        self.update(_UNLINK_COPIES)
        self.update(_LINK_COPIES)

    def settle(self) -> None:
        """Work out anew the support of events that graphs built apart disagree about, and what texts are copies."""
        self.link_copies()
        twice = self.rows("SELECT DISTINCT ?event { ?event kg:support ?one , ?other FILTER(STR(?one) < STR(?other)) }")
        events = [ox.NamedNode(row["event"]) for row in twice]
        self._apply(change_events(self.find, events, self.names))

    def find(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        node: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the triples that have the given subject, predicate and object; None stands for any."""
        return iter(self._graph.quads_for_pattern(subject, predicate, node, ox.DefaultGraph()))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all triples, in no order."""
        return self.find()

    def dump(self, output: IO[bytes], form: ox.RdfFormat) -> None:
        """Write all triples as they come; `kg.exporters` writes them sorted."""
        self._graph.dump(output, form, from_graph=ox.DefaultGraph(), prefixes=dict(self.names.prefixes))

    def info(self) -> StoreInfo:
        """Count what the store holds."""
        return StoreInfo(
            base=self.names.base,
            triples=len(self),
            articles=self._count("rdf:type", "kg:Article"),
            events=self._count("rdf:type", "sem:Event"),
            claims=self._count("rdf:type", "kg:Claim"),
            actors=sum(1 for _ in self.rows("SELECT DISTINCT ?actor { [] kg:source|kg:target ?actor }")),
            bytes_on_disk=_size(self.path) if self.path is not None else 0,
        )

    def to_rdflib(self) -> rdflib.Graph:
        """Return a copy as an rdflib graph, for SHACL and whatever else needs one."""
        import rdflib  # noqa: PLC0415  # seconds to import, and rarely needed

        graph = rdflib.Graph()
        for prefix, namespace in self.names.prefixes.items():
            graph.bind(prefix, namespace)
        nt = ox.serialize((quad.triple for quad in self.quads()), format=ox.RdfFormat.N_TRIPLES)
        return graph.parse(data=nt, format="nt")

    def _with_actions(self) -> Self:
        self._graph.extend(_schema_quads(self.names.base))
        return self

    def _article_node(self, article_id: str) -> ox.NamedNode:
        return self.names.node("art", article_name(article_id))

    def _count(self, predicate: str, node: str) -> int:
        return sum(1 for _ in self.find(None, self.names.term(predicate), self.names.term(node)))

    def _apply(self, change: Change) -> Change:
        if change.delete:
            self._graph.update(
                f"DELETE DATA {{ {_statements(change.delete)} }} ; INSERT DATA {{ {_statements(change.insert)} }}"
            )
        elif change.insert:
            self._graph.extend(change.insert)
        return change


def _open_graph(path: Path) -> ox.Store:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return ox.Store(str(path))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path} is being written by another process; wait for it, or build into another --store"
            ) from error
        raise StoreError(f"{path} cannot be opened: {error}") from error


def _find_base(graph: ox.Store) -> str:
    space = ox.NamedNode(make_names().prefixes["void"] + "uriSpace")
    for quad in graph.quads_for_pattern(None, space, None):
        if isinstance(quad.object, ox.Literal):
            return quad.object.value
    return DEFAULT_BASE


@cache
def _schema_quads(base: str) -> tuple[ox.Quad, ...]:
    """Return the data set's own description and the scheme of actions, which queries walk along."""
    names = make_names(base)
    dataset = ox.NamedNode(base)
    quads = [
        ox.Quad(dataset, names.term("rdf:type"), names.term("void:Dataset")),
        ox.Quad(dataset, names.term("void:uriSpace"), ox.Literal(base)),
    ]
    for quad in read_triples(ontology_path("actions.ttl")):
        if isinstance(quad.subject, ox.NamedNode):
            node = names.moved(quad.object) if isinstance(quad.object, ox.NamedNode) else quad.object
            quads.append(ox.Quad(names.moved(quad.subject), names.moved(quad.predicate), node))
    return tuple(quads)


def _statements(quads: Iterable[ox.Quad]) -> str:
    return " ".join(f"{quad.triple} ." for quad in quads)


def _plain(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term or "")


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else 0
