"""The option that names a store, shared by all commands that read or change one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STORE = Path("out/store")

StoreFolder = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
