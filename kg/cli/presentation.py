"""How commands talk: tables and progress for people on standard error, results alone on standard output.

Article text is hostile even in a terminal: everything shown passes `safe`, which runnings no control character and no
markup for Rich to obey.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import typer

from kg.model import Event, Rejected

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from kg.ontology.actors import Actors
    from kg.pipeline import Processed

# Width of tables where standard output is a file or a pipe; a terminal tells its own.
PIPE_WIDTH = 140
# Of an actor in a table: "United Arab Emirates" fits, "North Atlantic Treaty Organization" is NATO.
LONGEST_LABEL = 22


def safe(text: str) -> str:
    r"""Return text without control, format and direction characters, its Rich markup escaped.

    Example:
        >>> safe("[bold]\x1b[31mNato")
        '\\[bold]\\[31mNato'
    """
    from rich.markup import escape

    return escape("".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")))


def out() -> Console:
    """Return a console on standard output, for results."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)


def talk() -> Console:
    """Return a console on standard error, for everything that is no result."""
    from rich.console import Console

    return Console(stderr=True, width=None if sys.stderr.isatty() else PIPE_WIDTH, highlight=False)


def print_table(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their column names; cells are made safe.

    Args:
        console: Where to.
        title: Above the table, "" for none.
        columns: Column names; one that ends in `>` is set flush right, one that ends in `+` is for running text and
            keeps two fifths of the width.
        rows: As many cells as there are columns.
    """
    from rich import box
    from rich.table import Table

    table = Table(title=safe(title) or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    running = sum(name.endswith("+") for name in columns)
    for name in columns:
        narrow = None if name.endswith("+") or not running else console.width * 3 // 5 // (len(columns) - running)
        justify: Literal["right", "left"] = "right" if name.endswith(">") else "left"
        table.add_column(name.rstrip(">+"), justify=justify, overflow="fold", max_width=narrow)
    for row in rows:
        table.add_row(*map(safe, row))
    console.print(table)


def print_rejected(console: Console, rejected: Sequence[Rejected], shown: int = 10) -> None:
    """Print what could not be used and why, the first ones in words."""
    for item in rejected[:shown]:
        console.print(f"[yellow]rejected[/yellow] {safe(item.name)}: {safe(item.reason)}", soft_wrap=True)
    if len(rejected) > shown:
        console.print(f"[yellow]rejected[/yellow] {len(rejected) - shown} more")


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """Show a line of progress on standard error while the body runs.

    Args:
        quiet: Show nothing, as when standard error is no terminal.
    """
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
        console=talk(),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    ) as shown:
        yield shown


def report_error(message: str) -> None:
    """Print one line that says what went wrong and what to do."""
    talk().print(f"[bold red]kg:[/bold red] {safe(message)}", soft_wrap=True)


def watch(
    found: Iterable[Processed | Rejected], rejected: list[Rejected], description: str, quiet: bool
) -> Iterator[Processed]:
    """Yield what was processed, with progress shown; what was rejected is put aside.

    Args:
        found: A run of the pipeline.
        rejected: Takes the rejected.
        description: What the progress line says is being done.
        quiet: Show no progress.
    """
    start, events = time.monotonic(), 0
    with progress(quiet) as shown:
        task = shown.add_task(description, total=None, speed="")
        for number, item in enumerate(found, 1):
            if isinstance(item, Rejected):
                rejected.append(item)
            else:
                events += len(item.events)
                yield item
            speed = number / max(time.monotonic() - start, 1e-9)
            shown.update(task, advance=1, speed=f"{speed:.1f} articles/s, {events} events")


def finish(rejected: Sequence[Rejected]) -> None:
    """Report what was rejected and end the command with the right code.

    Raises:
        typer.Exit: With 3 where anything was rejected.
    """
    if rejected:
        print_rejected(talk(), rejected)
        raise typer.Exit(3)


def guard_cell(text: str) -> str:
    r"""Return a cell that no spreadsheet takes for a formula.

    Example:
        >>> guard_cell("=HYPERLINK(...)")
        "'=HYPERLINK(...)"
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def label_of(actor: str, event: Event, actors: Actors) -> str:
    """Return an actor's English name, its code where that is long, or as the article has it where we know no name."""
    if actor in actors:
        known = actors.actor(actor)
        label = next(iter(known.labels.get("en", ())), actor)
        return known.code if known.code and len(label) > LONGEST_LABEL else label
    resolutions = (r for claim in event.claims for r in (*claim.sources, *claim.targets))
    return next((r.label or r.mention.text for r in resolutions if r.principal == actor), actor)
