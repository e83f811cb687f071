"""The command line's manners: exit codes, one-line errors, results alone on standard output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLAIN = dict(os.environ, COLUMNS="200", NO_COLOR="1", TERM="dumb")


def kg(*arguments: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the tool as a user does."""
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, env=PLAIN, cwd=cwd)


def test_help_lists_the_commands_and_goes_to_standard_output() -> None:
    run = kg("--help")
    assert run.returncode == 0
    assert all(name in run.stdout for name in ("demo", "build", "extract", "query", "view", "export", "explain"))
    assert run.stderr == ""


def test_the_version_is_told() -> None:
    assert kg("--version").stdout.startswith("kg 0.")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["nonsense"], 2, "No such command 'nonsense'", id="unknown command"),
        pytest.param(["build"], 2, "", id="no path"),
        pytest.param(["extract", "--format", "xls", "x.txt"], 2, "xls", id="unknown format"),
        pytest.param(["extract", "--column", "body", "x.txt"], 2, "--column 'body' is not NAME=VALUE", id="no pair"),
        pytest.param(["extract", "--extractor", "magic", "-"], 2, "no extractor 'magic'; there are:", id="extractor"),
        pytest.param(["query", "types", "--store", "nowhere"], 1, "nowhere", id="no store"),
        pytest.param(["evaluate", "nowhere.jsonl"], 1, "nowhere.jsonl", id="no gold"),
        pytest.param(["extract", "--model", "da=nothing", "-"], 4, "nothing", id="no model"),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_code(arguments: list[str], code: int, message: str) -> None:
    run = kg(*arguments, stdin="Rusland udviser to danske diplomater.")
    assert (run.returncode, message in run.stderr, "Traceback" in run.stderr) == (code, True, False), run.stderr
    assert arguments == ["build"] or run.stdout == ""


def test_a_traceback_comes_with_debug_alone() -> None:
    run = kg("evaluate", "nowhere.jsonl", "--debug")
    assert run.returncode == 1
    assert "Traceback" in run.stderr


def test_a_reader_that_goes_away_ends_the_command_quietly(tmp_path: Path) -> None:
    article = "\n".join(["Rusland udviser to danske diplomater."] * 50)
    (tmp_path / "a.txt").write_text(article, encoding="utf-8")
    shell = f"{sys.executable} -m kg build --dry-run {tmp_path} | head -c 1"
    run = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False, env=PLAIN)  # noqa: S607
    assert "Traceback" not in run.stderr
