"""How commands talk: tables and progress for people on standard error, results alone on standard output.

Article text is hostile even in a terminal: everything shown passes `safe`, which leaves no control character and no
markup for Rich to obey.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.model import Rejected

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

# Width of tables where standard output is a file or a pipe; a terminal tells its own.
PIPE_WIDTH = 140


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
        columns: Column names; one that ends in `>` is set flush right.
        rows: As many cells as there are columns.
    """
    from rich import box
    from rich.table import Table

    table = Table(title=safe(title) or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(name.rstrip(">"), justify="right" if name.endswith(">") else "left", overflow="fold")
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
