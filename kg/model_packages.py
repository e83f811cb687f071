"""Find spaCy pipelines: those that ship, those installed as packages, and the one a user names.

In: nothing but folders and `meta.json` files; spaCy itself is not loaded, so that listing is quick.
Out: `ModelPackage`s, and the name or path that `kg.parsing` is to load for a language.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from kg.errors import DataError, UsageError
from kg.languages.lexicon import LANGUAGES, find_languages, load_language

SCORES = {
    "pos_acc": "UPOS",
    "dep_las": "LAS",
    "lemma_acc": "lemma",
    "ents_f": "NER",
    "tag_acc": "tag",
    "dep_uas": "UAS",
    "sents_f": "sentences",
}


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """A spaCy pipeline on disk.

    Attributes:
        language: ISO 639-1 code.
        name: What `--model LANGUAGE=NAME` takes.
        version: Its own version.
        path: Folder that holds `meta.json`.
        size: Bytes of all its files.
        shipped: Whether it comes with this package.
        scores: Its maker's figures by spaCy's names ("dep_las"), fractions of 1.
        license: As its maker states it.
    """

    language: str
    name: str
    version: str
    path: Path
    size: int
    shipped: bool
    scores: Mapping[str, float] = field(default_factory=dict)
    license: str = ""


def find_models() -> tuple[ModelPackage, ...]:
    """Return the shipped pipelines, then the installed packages, each sorted by language and name."""
    shipped = (
        _read_package(LANGUAGES / code / load_language(code).model, f"{code} (shipped)", shipped=True)
        for code in find_languages()
    )
    installed = (_read_package(path, name, shipped=False) for name, path in _find_installed())
    return (
        *sorted(filter(None, shipped), key=lambda model: (model.language, model.name)),
        *sorted(filter(None, installed), key=lambda model: (model.language, model.name)),
    )


def choose_model(language: str, model: str | None = None) -> str:
    """Return the name or path of the pipeline to load for a language.

    The first that is set wins: the argument, the environment variable `KG_MODEL_<LANGUAGE>`, the table
    `[tool.kg.models]` of `pyproject.toml` in the working folder, and what the language's folder names.

    Args:
        language: ISO 639-1, "da".
        model: A package's name or a path.

    Raises:
        DataError: There is no such language, or `pyproject.toml` cannot be read.

    Example:
        >>> choose_model("da", "da_core_news_trf")
        'da_core_news_trf'
    """
    default = load_language(language).model
    shipped = LANGUAGES / language / default
    settings = _read_settings(Path("pyproject.toml"))
    named = model or os.environ.get(f"KG_MODEL_{language.upper()}") or settings.get(language)
    return named or (str(shipped) if shipped.is_dir() or default == "model" else default)


def parse_choices(choices: list[str]) -> dict[str, str]:
    """Turn `["da=da_core_news_trf"]`, as `--model` gives them, into a table.

    Raises:
        UsageError: One has no language or no name.

    Example:
        >>> parse_choices(["da=da_core_news_trf"])
        {'da': 'da_core_news_trf'}
    """
    table = {}
    for choice in choices:
        language, equals, name = choice.partition("=")
        if not (language and equals and name):
            raise UsageError(f"--model {choice}: write LANGUAGE=NAME, as in --model da=da_core_news_trf")
        table[language] = name
    return table


def _read_settings(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: {error}") from error
    models = table.get("tool", {}).get("kg", {}).get("models", {})
    return {str(language): str(name) for language, name in models.items()}


def _find_installed() -> Iterator[tuple[str, Path]]:
    """Yield name and folder of each package that announces itself as a spaCy model."""
    for point in entry_points(group="spacy_models"):
        spec = find_spec(point.value)
        if spec is not None and spec.origin is not None:
            yield point.name, Path(spec.origin).parent


def _read_package(folder: Path, name: str, *, shipped: bool) -> ModelPackage | None:
    # An installed package's data lie one folder down, in NAME-VERSION/; its upper meta.json says the same.
    path = folder / "meta.json"
    if not path.is_file():
        return None
    meta = json.loads(path.read_text(encoding="utf-8"))
    performance = meta.get("performance", {})
    return ModelPackage(
        language=meta["lang"],
        name=name,
        version=meta["version"],
        path=folder,
        size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        shipped=shipped,
        scores={key: performance[key] for key in SCORES if isinstance(performance.get(key), float)},
        license=meta.get("license", ""),
    )
