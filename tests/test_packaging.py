"""The wheel works where there is no checkout, and its metadata name all that it needs."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SIZE_LIMIT = 60_000_000


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, cwd=cwd, env=clean)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a fresh environment with the wheel; its dependencies are lent, the checkout is not."""
    folder = tmp_path_factory.mktemp("an environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_the_wheel_holds_models_articles_ontologies_and_licences_but_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.stat().st_size < SIZE_LIMIT
    for needed in (
        "kg/_articles/skripal-2018.txt",
        "kg/_ontologies/actors.ttl",
        "kg/languages/da/model/meta.json",
        "kg/languages/en/model/meta.json",
        "kg/languages/da/actions.tsv",
        "kg/queries/dyad.rq",
    ):
        assert needed in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_the_demo_runs_from_the_wheel_twice_and_in_a_path_with_a_blank(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "some where"
    folder.mkdir()
    place = run(installed, "-c", "import kg; print(kg.__file__)", cwd=folder).stdout
    assert str(ROOT) not in place
    first = run(installed, "-m", "kg", "demo", cwd=folder)
    assert "events in 14 articles" in first.stdout
    turtle = (folder / "out" / "graph.ttl").read_bytes()
    second = run(installed, "-m", "kg", "demo", cwd=folder)
    assert second.stdout == first.stdout
    assert (folder / "out" / "graph.ttl").read_bytes() == turtle
    assert (folder / "out" / "graph.html").is_file()


@pytest.mark.parametrize("folder", ["kg", "tests"])
def test_every_library_that_is_imported_is_a_declared_dependency(folder: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {_normal(re.split(r"[\[<>=!~; ]", requirement)[0]) for names in lists for requirement in names}
    homes = packages_distributions()
    lacking = {
        (path.relative_to(ROOT).as_posix(), library)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for library in _imported(path)
        if not {_normal(name) for name in homes.get(library, [library])} & declared
    }
    assert lacking == set()


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names - sys.stdlib_module_names - {"kg", "tests"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
