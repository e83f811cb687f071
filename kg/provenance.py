"""Say how a run is done: what each claim of the graph leads to as `prov:wasGeneratedBy`.

Two runs with the same software, data and settings are one, wherever and whenever they are done.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from kg.extraction.linear import WEIGHTS
from kg.identity import hash_content
from kg.languages.lexicon import LANGUAGES, find_languages
from kg.ontology.files import ontology_path
from kg.pipeline import Settings


def describe_run(settings: Settings) -> tuple[str, ...]:
    """Return software, data and settings of a run, a line each.

    Example:
        >>> describe_run(Settings(extractor="rules"))[1]
        'extractor rules'
    """
    confidence = settings.min_confidence
    return (
        f"kg-events {version('kg-events')}",
        f"extractor {settings.extractor}",
        f"lowest confidence {'of each language' if confidence is None else confidence}",
        f"tables and models {hash_data()}",
        *(f"model of {language} {name}" for language, name in sorted(settings.models.items())),
        *(f"actors {path.name} {hash_content(path.read_text(encoding='utf-8'))}" for path in settings.actors),
    )


@cache
def hash_data() -> str:
    """Return a hash of the data files that extraction reads: a better lexicon or model changes it."""
    files = [ontology_path("actors.ttl"), ontology_path("actions.ttl"), ontology_path("places.tsv"), WEIGHTS]
    for language in find_languages():
        folder = LANGUAGES / language
        files += sorted(path for path in folder.iterdir() if path.suffix in (".tsv", ".toml"))
        files += sorted(folder.glob("model/meta.json"))
    return hash_content(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))
