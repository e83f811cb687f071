"""Who may import what: one direction through the stages, one door per library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.py"))

# Earlier stages first; a module imports only from its own package and from what stands on a line above its own.
LAYERS = [
    {"errors", "model", "intervals"},
    {"workers"},
    {"languages"},
    {"ontology"},
    {"identity", "support", "fingerprint"},
    {"readers"},
    {"model_packages", "name_features"},
    {"parsing"},
    {"treebank", "word_vectors", "name_lists"},
    {"training_documents", "name_training"},
    {"training"},
    {"extraction"},
    {"learning"},
    {"resolution"},
    {"graph"},
    {"snapshot", "syntax"},
    {"store"},
    {"remote"},
    {"queries", "exporters", "analysis", "views", "evaluation"},
    {"validation"},
    {"server"},
    {"pipeline"},
    {"provenance"},
    {"building", "component"},
    {"distribution"},
    {"reports", "watching"},
    {"cli"},
    {"__main__"},
]

# Library to the modules that may import it.
DOORS = {
    "spacy": [
        "kg/parsing.py",
        "kg/training.py",
        "kg/name_features.py",
        "kg/name_training.py",
        "kg/treebank.py",
        "kg/word_vectors.py",
        "kg/extraction/*",
        "kg/pipeline.py",
        "kg/component.py",
    ],
    "pyoxigraph": [
        "kg/ontology/*",
        "kg/graph/*",
        "kg/store.py",
        "kg/remote/*",
        "kg/exporters/*",
        "kg/validation.py",
        "kg/server/*",
    ],
    "rdflib": ["kg/exporters/*", "kg/store.py", "kg/validation.py"],
    "pyshacl": ["kg/exporters/*", "kg/validation.py"],
    "networkx": ["kg/graph/network.py", "kg/exporters/*", "kg/analysis/*", "kg/views/*"],
    "pyvis": ["kg/views/html.py"],
    "typer": ["kg/cli/*"],
    "rich": ["kg/cli/*"],
}


def find_imports(path: str) -> Iterator[str]:
    """Yield the full name of every module that a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides its layer"
            yield node.module or ""


def layer_of(part: str) -> int:
    ranks = [rank for rank, layer in enumerate(LAYERS) if part in layer]
    assert ranks, f"kg/{part} has no place in LAYERS"
    return ranks[0]


def part_of(module: str) -> str:
    """Return the stage of `kg.readers.text` or `kg/readers/text.py`: "readers"; "" for `kg` itself."""
    parts = module.removesuffix(".py").replace("/", ".").split(".")
    return "" if len(parts) < 2 or parts[1] == "__init__" else parts[1]


def test_every_part_of_the_package_has_its_layer() -> None:
    parts = {part_of(path) for path in MODULES} - {""}
    assert parts <= set().union(*LAYERS)


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path)])
def test_a_stage_imports_no_later_stage(path: str) -> None:
    own = part_of(path)
    imported = {part_of(name) for name in find_imports(path) if name.split(".")[0] == "kg"} - {"", own}
    assert {part for part in imported if layer_of(part) >= layer_of(own)} == set()


@pytest.mark.parametrize("path", MODULES)
def test_a_library_is_imported_behind_its_door_alone(path: str) -> None:
    libraries = {name.split(".")[0] for name in find_imports(path)}
    outside = {name for name in libraries & DOORS.keys() if not any(fnmatch(path, door) for door in DOORS[name])}
    assert outside == set()


@pytest.mark.parametrize("path", MODULES)
def test_no_module_has_a_name_that_says_nothing(path: str) -> None:
    assert Path(path).stem not in {"utils", "helpers", "common", "misc"}
