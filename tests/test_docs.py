"""What the README says is so: its commands, their options and its Python run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("kg/**/README.md")), *sorted(ROOT.glob("ontologies/*.md"))]
NARROW = dict(os.environ, COLUMNS="200", NO_COLOR="1", TERM="dumb")


def find_commands(page: Path) -> Iterator[str]:
    """Yield every `kg ...` line of a page's code, without its comment."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|console|bash)\n(.*?)```", text, re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`(kg [^`]*)`", text)
    yield from dict.fromkeys(line.split("#")[0].strip() for line in lines if line.startswith("kg "))


COMMANDS = [(page.relative_to(ROOT).as_posix(), command) for page in PAGES for command in find_commands(page)]


@cache
def read_help(*command: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "kg", *command, "--help"], capture_output=True, text=True, check=False, env=NARROW
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize(("page", "command"), COMMANDS, ids=[f"{page}: {command}" for page, command in COMMANDS])
def test_every_command_in_the_docs_exists_with_its_options(page: str, command: str) -> None:
    del page
    words = [word for word in shlex.split(command)[1:] if word not in ("|", ">")]
    name = [word for word in words[:1] if word.islower() and not word.startswith("-")]
    overview = read_help(*name)
    options = {word.split("=")[0] for word in words if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word)}
    free = "query" in name  # a named query's parameters are options of its own
    missing = {option for option in options if not re.search(rf"{re.escape(option)}\b", overview)}
    assert free or missing == set()


def test_the_readme_names_the_commands_that_it_must() -> None:
    commands = {command.split()[1] for page, command in COMMANDS if page == "README.md" and len(command.split()) > 1}
    assert {"build", "query", "view", "extract", "explain", "export"} <= commands


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_make_targets_of_the_readme_are_there(target: str) -> None:
    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


PYTHON = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("code", PYTHON, ids=["the flow", "a pipeline of one's own"])
def test_the_python_of_the_readme_runs_and_finds_events(code: str) -> None:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    assert "RUS" in run.stdout


def test_every_command_has_examples_in_its_help() -> None:
    names = re.findall(r"^│ ([a-z]+) +", read_help().partition("Commands")[2], re.MULTILINE)
    assert len(names) >= 8
    lacking = [name for name in names if f"kg {name}" not in read_help(name)]
    assert lacking == []


def test_links_to_files_lead_somewhere() -> None:
    for page in PAGES:
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        missing = [link for link in links if not (page.parent / link).exists()]
        assert missing == [], page
