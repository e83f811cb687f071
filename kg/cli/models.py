"""`kg models`: which language models there are, and how the shipped ones are trained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.model_packages import ModelPackage

app = typer.Typer(help="List the language models, or train those that ship.", invoke_without_command=True)


@app.callback()
def models(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List the shipped and the installed spaCy pipelines with language, version, size and their makers' scores.

    Use another one with `--model da=da_core_news_trf`, with the environment variable KG_MODEL_DA, or with
    `da = "da_core_news_trf"` under `[tool.kg.models]` in pyproject.toml.

    [bold]Examples[/bold]

      kg models
      kg models --json
    """
    if context.invoked_subcommand is not None:
        return
    from kg.model_packages import find_models

    found = find_models()
    if as_json:
        typer.echo(json.dumps([_to_json(model) for model in found], ensure_ascii=False, indent=2))
    else:
        _print_models(found)


@app.command()
def train(
    language: Annotated[str, typer.Argument(help="da or en.")],
    data: Annotated[Path, typer.Option(help="Folder with the treebanks: da/*.conllu, en/*.conllu, da/ner, da/raw.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write; the pipeline in its model/.")] = Path(
        "out/training"
    ),
) -> None:
    """Train the pipeline of a language from open treebanks; an hour or two of one processor core.

    [bold]Examples[/bold]

      kg models train da --data ../data
      kg models train en --data ../data -o /tmp/en
    """
    from kg.training import train as train_pipeline

    typer.echo(f"wrote {train_pipeline(language, data, output / language)}")


def _to_json(model: ModelPackage) -> dict[str, object]:
    return {
        "language": model.language,
        "name": model.name,
        "version": model.version,
        "shipped": model.shipped,
        "path": str(model.path),
        "bytes": model.size,
        "license": model.license,
        "scores": dict(model.scores),
    }


def _print_models(found: tuple[ModelPackage, ...]) -> None:
    from kg.cli.presentation import out, print_table
    from kg.model_packages import SCORES

    columns = ("language", "name", "version", "MB>", *(f"{name}>" for name in SCORES.values()))
    rows = [
        (
            model.language,
            model.name,
            model.version,
            f"{model.size / 1e6:.1f}",
            *(f"{100 * model.scores[key]:.1f}" if key in model.scores else "" for key in SCORES),
        )
        for model in found
    ]
    print_table(out(), "", columns, rows)
    typer.echo("Scores are their makers', on their own texts: compare within a row's language with care.")
