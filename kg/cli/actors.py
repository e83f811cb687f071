"""`kg actors`: who is known, whom a phrase stood for at a date, and how to add whoever is missing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.model import Resolution
    from kg.ontology.actor_checks import Finding
    from kg.ontology.actors import Actors

HELP = "Who is who: check the actors, find whom a phrase stood for at a date, add whoever is missing."
SHOWN = 20

app = typer.Typer(help=HELP, no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Files = Annotated[
    list[Path] | None, typer.Option("--actors", metavar="FILE", help="Turtle file with more actors; may be repeated.")
]
OwnFile = Annotated[Path, typer.Argument(metavar="FILE", help="Your Turtle file; made where there is none.")]
Start = Annotated[str, typer.Option("--from", metavar="DATE", help="When it began: YYYY, YYYY-MM or YYYY-MM-DD.")]
End = Annotated[str, typer.Option("--until", metavar="DATE", help="When it ended.")]


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Your own Turtle file, if any.")] = None,
    show_all: Annotated[bool, typer.Option("--all", help="List every warning, not only the first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check the actors that ship, and those of a file: unknown ids and codes, double names, overlapping terms.

    Terms that no source was read for are warnings; only errors make the exit code 1.

    [bold]Examples[/bold]

      kg actors check
      kg actors check my-actors.ttl --json
    """
    from kg.ontology.actor_checks import ERROR, check_actors
    from kg.ontology.actors import load_actors

    actors = load_actors((file,) if file else ())
    findings = check_actors(actors)
    if as_json:
        typer.echo(json.dumps(_report(actors, findings), ensure_ascii=False, indent=2))
    else:
        _print_report(actors, findings, show_all)
    if any(finding.level == ERROR for finding in findings):
        raise typer.Exit(1)


def _report(actors: Actors, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "actors": dict(sorted(Counter(actor.kind.value for actor in actors).items())),
        "terms": len(actors.terms),
        "verified": sum(term.verified for term in actors.terms),
        "findings": [{"level": f.level, "rule": f.rule, "subject": f.subject, "message": f.message} for f in findings],
    }


def _print_report(actors: Actors, findings: Sequence[Finding], show_all: bool) -> None:
    from kg.cli.presentation import out, print_table
    from kg.ontology.actor_checks import ERROR

    kinds = sorted(Counter(actor.kind.value for actor in actors).items())
    print_table(out(), "", ("kind", "actors>"), [(kind, str(count)) for kind, count in kinds])
    errors = [finding for finding in findings if finding.level == ERROR]
    warnings = [finding for finding in findings if finding.level != ERROR]
    shown = [*errors, *(warnings if show_all else warnings[:SHOWN])]
    print_table(
        out(), "", ("level", "rule", "subject", "message"), [(f.level, f.rule, f.subject, f.message) for f in shown]
    )
    verified = sum(term.verified for term in actors.terms)
    typer.echo(f"{len(actors.terms)} terms, {verified} of them with a source.")
    more = "" if show_all or len(warnings) <= SHOWN else f" (the first {SHOWN} shown; --all lists them)"
    typer.echo(f"{len(errors)} errors, {len(warnings)} warnings{more}.")


@app.command()
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name or phrase, as an article has it.")],
    date: Annotated[str, typer.Option(help="The article's date: YYYY, YYYY-MM or YYYY-MM-DD.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="Language of the phrase; otherwise each in turn.")] = "",
    files: Files = None,
    as_json: AsJson = False,
) -> None:
    """Tell whom a phrase stands for at a date: code, name, and what decided, step by step.

    [bold]Examples[/bold]

      kg actors find Kreml --date 2021-10-18
      kg actors find 'the British prime minister' --date 2019-07-25 --lang en
      kg actors find Stoltenberg --date 2011
    """
    from kg.ontology.actors import load_actors
    from kg.ontology.intervals import is_partial_date

    if date and not is_partial_date(date):
        raise UsageError(f"--date {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    extra = tuple(files or ())
    actors = load_actors(extra)
    answers = _find_in_text(text, date, lang, extra) or _find_in_registry(text, date, lang, actors)
    if not answers:
        raise InputError(f"nobody is known by {text!r}; `kg actors add` can add somebody")
    if as_json:
        typer.echo(json.dumps(answers, ensure_ascii=False, indent=2))
    else:
        _print_answers(answers)


def _find_in_text(text: str, date: str, lang: str, extra: tuple[Path, ...]) -> list[dict[str, object]]:
    """Run the chain that articles go through over the phrase, in one language or in each until one finds somebody."""
    from kg.languages.lexicon import find_languages
    from kg.model import Article
    from kg.parsing import parse
    from kg.pipeline import Settings, open_workshop, resolve_actors

    for language in (lang,) if lang else find_languages():
        workshop = open_workshop(language, Settings(actors=extra, extractor="rules"))
        for article, doc in parse([Article("phrase", text, language, date)], workshop.pipeline):
            found = resolve_actors(article, doc, workshop)
            if answers := [
                _answer(one, language, workshop.actors, date) for mention in found for one in found[mention]
            ]:
                return answers
    return []


def _answer(resolved: Resolution, language: str, actors: Actors, date: str) -> dict[str, object]:
    return {
        "text": resolved.mention.text,
        "language": language,
        "code": resolved.code,
        "principal": resolved.principal,
        "actor": resolved.actor,
        "label": resolved.label,
        "steps": [*resolved.steps, *_terms(actors, resolved.actor, date)],
    }


def _find_in_registry(text: str, date: str, lang: str, actors: Actors) -> list[dict[str, object]]:
    """Look a bare id, code, name or family name up, which an article would have introduced before."""
    from kg.ontology.actor_search import find_by_name

    answers: list[dict[str, object]] = []
    for match in find_by_name(actors, text, date):
        actor = actors.actor(match.actor)
        answers.append(
            {
                "text": text,
                "language": lang,
                "code": actors.code_of(actor.id, date),
                "principal": actors.principal_of(actor.id, date),
                "actor": actor.id,
                "label": actor.label(lang or "en"),
                "steps": [
                    f"{text!r} is the {match.how} of {actor.id} in the registry",
                    *_terms(actors, actor.id, date),
                ],
            }
        )
    return answers


def _terms(actors: Actors, person: str, date: str) -> list[str]:
    from kg.ontology.actor_search import terms_at

    return [
        f"{term.office} from {term.start or '?'} to {term.end or 'now'} ({term.source or 'unverified'})"
        for term in terms_at(actors, person, date)
    ]


def _print_answers(answers: Sequence[dict[str, object]]) -> None:
    from kg.cli.presentation import out, safe

    console = out()
    for answer in answers:
        console.print(
            f"[bold]{safe(str(answer['text']))}[/bold]  {safe(str(answer['code'] or '-'))}  "
            f"{safe(str(answer['label']))}  [dim]{safe(str(answer['actor']))}[/dim]",
            soft_wrap=True,
        )
        steps = answer["steps"]
        for step in steps if isinstance(steps, list) else ():
            console.print(f"  - {safe(str(step))}", soft_wrap=True)


@app.command(no_args_is_help=True)
def add(
    file: OwnFile,
    actor_id: Annotated[str, typer.Argument(metavar="ID", help="ASCII letters, digits, _ and -: Jane_Doe.")],
    kind: Annotated[str, typer.Option(help="Person, Post, State, InternationalOrganization, GovernmentOrgan, ...")],
    name: Annotated[list[str], typer.Option(metavar="NAME[@LANG]", help="The first of a language is preferred.")],
    family: Annotated[list[str] | None, typer.Option(help="A person's family name; otherwise the last word.")] = None,
    code: Annotated[str, typer.Option(help="Its own code, where it acts for itself.")] = "",
    part_of: Annotated[str, typer.Option(metavar="ID", help="What it is a part of; of an office, whose it is.")] = "",
    acts_for: Annotated[str, typer.Option(metavar="ID", help="For whom a person acts who holds no office.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="What an office is: foreign-minister, president, ...")] = None,
    start: Start = "",
    end: End = "",
) -> None:
    """Add an actor to your own file, for --actors; nothing is written if the file would then have an error.

    [bold]Examples[/bold]

      kg actors add my.ttl WCK --kind InternationalOrganization --code WCK --name 'World Central Kitchen@en'
      kg actors add my.ttl Jane_Doe --kind Person --name 'Jane Doe' --acts-for DNK
    """
    from kg.ontology.actor_values import Actor, ActorKind
    from kg.ontology.actor_writing import append_statement, format_actor

    kinds = {str(value).casefold(): value for value in ActorKind}
    if kind.casefold() not in kinds:
        raise UsageError(f"no kind {kind!r}; there are: {', '.join(ActorKind)}")
    actor = Actor(
        id=actor_id,
        kind=kinds[kind.casefold()],
        labels=_parse_names(name),
        notation=code,
        family_names=tuple(family or [name[0].partition("@")[0].split()[-1]]),
        part_of=part_of,
        roles=tuple(role or ()),
        valid_from=start,
        valid_until=end,
        member_of=(acts_for,) if acts_for else (),
    )
    append_statement(file, actor_id, format_actor(actor))
    typer.echo(f"{file}: added {actor_id}")


@app.command(no_args_is_help=True)
def add_term(
    file: OwnFile,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Id of a person; `kg actors find` tells it.")],
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="Id of an office: DNK_foreign_minister.")],
    start: Start = "",
    end: End = "",
    source: Annotated[str, typer.Option(help="Where you read it; without one it counts as unverified.")] = "",
) -> None:
    """Add a term of office to your own file, for --actors; a day (not only a month) needs a --source.

    [bold]Examples[/bold]

      kg actors add-term my.ttl Jane_Doe DNK_foreign_minister --from 2027-01
    """
    from kg.ontology.actor_values import Term
    from kg.ontology.actor_writing import append_statement, format_term
    from kg.ontology.actors import load_actors

    organization = load_actors((file,) if file.exists() else ()).actor(office).part_of
    term = Term(f"term_{office}_{start or 'unknown'}_{person}", person, office, start, end, bool(source), source)
    append_statement(file, term.id, format_term(term, organization))
    typer.echo(f"{file}: added {term.id}")


def _parse_names(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    labels: dict[str, tuple[str, ...]] = {}
    for name in names:
        text, _, language = name.partition("@")
        labels[language] = (*labels.get(language, ()), text)
    return labels
