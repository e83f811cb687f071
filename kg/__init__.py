"""Build a knowledge graph of diplomatic events from news articles.

The public names are loaded on first use, so that `import kg` is light.

Example:
    >>> import kg
    >>> [article.id for article in kg.read_articles(["tests/articles/krim-2014.txt"])]
    ['krim-2014']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.building import Manifest, build
    from kg.errors import KgError
    from kg.evaluation import evaluate
    from kg.model import Article, Claim, Event, Mention, Rejected, Resolution, ResolvedClaim, Span, Status, Support
    from kg.ontology.actions import load_actions
    from kg.ontology.actors import load_actors
    from kg.pipeline import Processed, Settings, run
    from kg.readers import read_articles
    from kg.store import Store

_HOMES = {
    "Article": "model",
    "Claim": "model",
    "Event": "model",
    "KgError": "errors",
    "Manifest": "building",
    "Mention": "model",
    "Processed": "pipeline",
    "Rejected": "model",
    "Resolution": "model",
    "ResolvedClaim": "model",
    "Settings": "pipeline",
    "Span": "model",
    "Status": "model",
    "Store": "store",
    "Support": "model",
    "build": "building",
    "evaluate": "evaluation",
    "load_actions": "ontology.actions",
    "load_actors": "ontology.actors",
    "read_articles": "readers",
    "run": "pipeline",
}

__all__ = [
    "Article",
    "Claim",
    "Event",
    "KgError",
    "Manifest",
    "Mention",
    "Processed",
    "Rejected",
    "Resolution",
    "ResolvedClaim",
    "Settings",
    "Span",
    "Status",
    "Store",
    "Support",
    "build",
    "evaluate",
    "load_actions",
    "load_actors",
    "read_articles",
    "run",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module.

    Raises:
        AttributeError: There is no such public name.
    """
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; there are: {', '.join(__all__)}")
    return getattr(import_module(f"kg.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
