"""`kg query`: ask the graph in SPARQL, or by the name of a query that ships."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.stores import STORE, StoreFolder

if TYPE_CHECKING:
    from kg.queries import NamedQuery
    from kg.store import Result, Store

LONGEST_PATH = 255

HELP = """
Answer a SPARQL query, or a named one with its parameters.

QUERY is SPARQL text, a file, - for standard input, or a name from --list. The graph's own prefixes need no
declaration.

[bold]Examples[/bold]

  kg query --list
  kg query dyad --from RUS --to NATO --since 2021
  kg query expulsions --since 2018 --until 2018 --format csv
  kg query 'SELECT ?did { actor:RUS ?did actor:NATO . ?did skos:inScheme act: }'
  kg query --format turtle 'CONSTRUCT WHERE { ?event kg:source actor:RUS }'
  kg query question.rq --format json
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("query", help=HELP, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(query)


def query(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="QUERY", help="SPARQL, a file, - or a name.")] = "",
    store: StoreFolder = STORE,
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, tsv, json, xml; for a graph turtle, nt, jsonld, rdf.")
    ] = "table",
    listing: Annotated[bool, typer.Option("--list", help="List the named queries and stop.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SPARQL in place of its answer.")] = False,
) -> None:
    """Answer a query."""
    if listing:
        _list_queries()
        return
    named = _find_named(text)
    sparql = named.bind(_parse_values(context.args)) if named is not None else _read_sparql(text, context.args)
    if show:
        typer.echo(sparql)
        return
    from kg.cli.presentation import safe, talk
    from kg.queries.hints import find_hints
    from kg.remote import read_store

    with read_store(store) as graph:
        _print_result(graph.query(sparql), form, graph)
        if named is not None:
            for hint in find_hints(graph, named, _parse_values(context.args)):
                talk().print(safe(hint), soft_wrap=True)


def _print_result(result: Result, form: str, graph: Store) -> None:
    from kg.cli.presentation import out, print_table
    from kg.exporters.results import format_result, to_table

    if form == "table":
        columns, rows = to_table(result, graph.names)
        print_table(out(), "", columns, rows)
    else:
        sys.stdout.buffer.write(format_result(result, form, graph.names))
        sys.stdout.buffer.flush()


def _list_queries() -> None:
    from kg.cli.presentation import out, print_table
    from kg.queries import load_queries

    rows = ([name, query.purpose, query.example] for name, query in load_queries().items())
    print_table(out(), "", ["name", "purpose", "example"], rows)


def _find_named(text: str) -> NamedQuery | None:
    """Return the named query that the argument stands for, None where it is SPARQL or a file."""
    from kg.queries import load_queries, load_query

    if text in load_queries() or (re.fullmatch(r"[a-z][a-z-]*", text) and not _is_file(text)):
        return load_query(text)
    return None


def _read_sparql(text: str, options: list[str]) -> str:
    """Return the SPARQL of the argument: the text itself, a file's, or standard input's."""
    from kg.errors import InputError, UsageError

    if not text:
        raise UsageError("no query; give SPARQL, a file, - or a name from `kg query --list`")
    if options:
        raise UsageError(f"{options[0]} is no option of `kg query`, and only a named query takes parameters")
    if text == "-":
        return sys.stdin.read()
    if not _is_file(text):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{text}: {error}") from error


def _is_file(text: str) -> bool:
    return len(text) <= LONGEST_PATH and "\n" not in text and Path(text).is_file()


def _parse_values(options: list[str]) -> dict[str, str]:
    """Read `--from RUS --since=2021` into names and values."""
    from kg.errors import UsageError

    values: dict[str, str] = {}
    waiting = iter(options)
    for option in waiting:
        name, equals, value = option.partition("=")
        if not name.startswith("--"):
            raise UsageError(f"{option!r} stands alone; a parameter is written --name VALUE")
        value = value if equals else next(waiting, "")
        if not value or (not equals and value.startswith("--")):
            raise UsageError(f"{name} has no value")
        values[name.removeprefix("--")] = value
    return values
