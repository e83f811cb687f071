"""The option that names a store, shared by all commands that read or change one."""

from __future__ import annotations

from typing import Annotated

import typer

STORE = "out/store"

StoreFolder = Annotated[
    str, typer.Option("--store", metavar="PLACE", help="Folder of the store, or address of a SPARQL 1.1 server.")
]
