"""What a machine must have for some tests; where it lacks it they are skipped, on a CI machine they fail."""

from __future__ import annotations

import os
import shutil

import pytest

PROGRAMS = {"browser": "chromium", "rapper": "rapper"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests whose program is not installed, except where CI says that it must be."""
    for marker, program in PROGRAMS.items():
        if shutil.which(program) is None and not os.environ.get("CI"):
            for item in items:
                if item.get_closest_marker(marker) is not None:
                    item.add_marker(pytest.mark.skip(reason=f"{program} is not installed"))
