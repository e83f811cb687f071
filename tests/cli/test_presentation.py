"""What reaches a terminal or a spreadsheet does no harm."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from kg.cli.presentation import guard_cell, print_rejected, print_table, safe
from kg.model import Rejected


def printed(text: str) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=True, color_system=None)
    print_table(console, text, ("a",), [(text,)])
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\x1b]0;owned\x07", id="a title sequence"),
        pytest.param("\x1b[2J", id="a screen wipe"),
        pytest.param("a\u202eb", id="a direction override"),
        pytest.param("a\x9b31mb", id="an eight-bit sequence"),
    ],
)
def test_no_control_character_of_a_text_reaches_the_terminal(text: str) -> None:
    assert not set(text) & set("\x1b\x07\u202e\x9b") & set(printed(text))


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    assert "[bold]Nato[/bold]" in printed("[bold]Nato[/bold]")
    assert safe("[/red]") == "\\[/red]"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_cell_is_no_formula(cell: str) -> None:
    assert guard_cell(cell) == f"'{cell}"


def test_a_plain_cell_is_left_alone() -> None:
    assert guard_cell("Nato = alliance") == "Nato = alliance"


def test_many_rejections_are_counted() -> None:
    console = Console(file=io.StringIO(), width=200)
    print_rejected(console, [Rejected(f"{n}.txt", "empty") for n in range(12)])
    output = console.file
    assert isinstance(output, io.StringIO)
    assert "rejected 0.txt: empty" in output.getvalue()
    assert "rejected 2 more" in output.getvalue()
