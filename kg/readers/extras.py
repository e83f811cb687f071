"""Import the libraries that only some readers need, and say how to install the one that is missing."""

from __future__ import annotations

import importlib
import logging
from typing import Any

from kg.errors import MissingExtra


def import_extra(module: str, extra: str) -> Any:  # the library's own types are unknown where it is not installed
    """Return a module of an optional library.

    Args:
        module: Its import name.
        extra: The extra of this package that brings it.

    Raises:
        MissingExtra: It is not installed.
    """
    # What a library logs of a bad file, we tell as the reason of its rejection.
    logging.getLogger(module.partition(".")[0]).setLevel(logging.CRITICAL)
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(f"needs {module}; install it with: pip install 'kg-events[{extra}]'") from error
