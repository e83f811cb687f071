"""The root of the command line: finds the commands, turns errors into one line and an exit code.

A command is a module of this package with a function `register(app)`, or with a sub-app `app` for a group such as
`kg models`. Nothing heavy is imported before a command runs.

Exit codes: 0 done, 1 an input or a query is wrong, 2 wrong usage, 3 done but some inputs were rejected, 4 a model or
an extra is missing, 130 interrupted.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import Annotated

import typer

import kg.cli
from kg.errors import KgError

# The order of a user's day; commands that are not named here come after, by name.
ORDER = ("demo", "build", "watch", "extract", "query", "explain", "view", "export", "serve", "stats", "validate")

EXAMPLES = """
Build a graph of who did what to whom, when, where, and who says so, from news articles.

[bold]Examples[/bold]

  kg demo
  kg build articles/ -o out
  kg extract article.txt
  kg query dyad --from RUS --to NATO
  kg view --open
"""

app = typer.Typer(
    name="kg",
    help=EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def print_version(wanted: bool) -> None:
    """Print the version and exit, where `--version` was given."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"kg {version('kg-events')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=print_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")] = False,
) -> None:
    """Take the options that all commands share; both were obeyed before."""
    del version, debug


def register_commands() -> None:
    """Add every command module of this package to the root app."""
    found = {module.name for module in pkgutil.iter_modules(kg.cli.__path__)} - {"main"}
    for name in sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)):
        module = importlib.import_module(f"kg.cli.{name}")
        if hasattr(module, "register"):
            module.register(app)
        elif hasattr(module, "app"):
            app.add_typer(module.app, name=name)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: As given on the command line, without the program's name.

    Returns:
        0 to 4, or 130; see the module's docstring.
    """
    debug = "--debug" in arguments
    try:
        app(args=[argument for argument in arguments if argument != "--debug"], prog_name="kg")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KgError as error:
        if debug:
            raise
        _report(str(error))
        return error.exit_code
    except Exception as error:
        if debug:
            raise
        _report(f"unforeseen {type(error).__name__}: {error}; --debug shows where: please report it")
        return 1
    return 0


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def _report(message: str) -> None:
    from kg.cli.presentation import report_error

    report_error(message)


register_commands()
