"""The options that several commands share, and what turns them into values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import Settings

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, addresses, or - for standard input.", show_default=False),
]
Lang = Annotated[
    str, typer.Option("--lang", help="Language of all texts (da, en); otherwise told by the file, or detected.")
]
Column = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=NAME", help="In records: the column that holds text, date, title, url, lang, ..."),
]
Model = Annotated[
    list[str] | None, typer.Option(metavar="LANG=NAME", help="An installed spaCy pipeline in place of the shipped one.")
]
ActorFiles = Annotated[
    list[Path] | None, typer.Option("--actors", metavar="FILE", help="Turtle file with more actors; may be repeated.")
]
Extractor = Annotated[str, typer.Option(help="full: rules judged by the learned part; rules: without it.")]
Confidence = Annotated[
    float | None, typer.Option("--min-confidence", min=0, max=1, help="Leave out events below this confidence.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no summary.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Stop after so many articles.", show_default="all")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read and extract at the same time.")]
Prefilter = Annotated[
    bool, typer.Option("--prefilter/--no-prefilter", help="Leave unparsed what names nobody and tells of no action.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for what the run writes.")]


def parse_pairs(pairs: Sequence[str] | None, option: str) -> dict[str, str]:
    """Read `name=value` options into a dictionary.

    Raises:
        UsageError: One has no `=`.

    Example:
        >>> parse_pairs(["text=body"], "--column")
        {'text': 'body'}
    """
    for pair in pairs or ():
        if "=" not in pair:
            raise UsageError(f"{option} {pair!r} is not NAME=VALUE")
    return {name.strip(): value.strip() for name, _, value in (pair.partition("=") for pair in pairs or ())}


def make_settings(
    model: Sequence[str] | None = None,
    actors: Sequence[Path] | None = None,
    extractor: str = "full",
    min_confidence: float | None = None,
    jobs: int = 1,
    *,
    prefilter: bool = True,
) -> Settings:
    """Return the pipeline's settings for a command's options.

    Raises:
        UsageError: A `--model` is not LANG=NAME.
    """
    from kg.pipeline import Settings

    return Settings(
        models=parse_pairs(model, "--model"),
        actors=tuple(actors or ()),
        extractor=extractor,
        min_confidence=min_confidence,
        processes=jobs,
        prefilter=prefilter,
    )
