"""The whole flow: articles in, events out. This module alone composes the stages.

read -> parse -> find actors -> resolve actors -> extract claims -> judge -> resolve events

Actors are resolved before claims are made, since roles cannot be told apart without knowing which mentions are one and
the same party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.errors import UsageError
from kg.extraction.actors import find_mentions
from kg.extraction.claims import Rules, compile_rules, find_candidates, survey
from kg.extraction.coreference import resolve_coreferences
from kg.extraction.gazetteer import Gazetteer, build_gazetteer
from kg.extraction.judge import Judgement, judge_candidates
from kg.extraction.linear import LinearModel, load_weights
from kg.languages.lexicon import find_languages, load_language
from kg.model import Article, Event, Mention, Rejected, Resolution
from kg.ontology.actions import load_actions
from kg.ontology.actors import Actors, load_actors
from kg.parsing import load_pipeline, parse
from kg.resolution.actors import resolve_mention
from kg.resolution.choices import build_context
from kg.resolution.events import resolve_events

EXTRACTORS = ("full", "rules")
CHUNK = 256
"""Articles parsed together: enough to fill the batches of every language, little enough to hold in memory."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done.

    Attributes:
        models: Language code -> name or path of a spaCy pipeline, in place of the shipped one.
        actors: Turtle files that extend `ontologies/actors.ttl`.
        extractor: `full`, rules judged by the learned part, or `rules`, without it.
        min_confidence: Events below are left out; None for the language's own threshold.
        processes: Parser processes.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    actors: tuple[Path, ...] = ()
    extractor: str = "full"
    min_confidence: float | None = None
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Processed:
    """An article and what was found in it.

    Attributes:
        article: As read.
        events: In the order of the text.
        rejected: Candidates that the judge refused, with its reasons, for `--trace`.
    """

    article: Article
    events: tuple[Event, ...]
    rejected: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """All that a run needs for one language, loaded once.

    Attributes:
        pipeline: The spaCy pipeline.
        rules: The compiled tables.
        gazetteer: The names of actors.
        actors: The registry that resolves them.
        model: The learned part; None for rules only.
        min_confidence: See `Settings`.
    """

    pipeline: Pipeline
    rules: Rules
    gazetteer: Gazetteer
    actors: Actors
    model: LinearModel | None
    min_confidence: float | None = None


def open_workshop(language: str, settings: Settings) -> Workshop:
    """Load what a language needs.

    Raises:
        DataError: There is no such language, or its tables are wrong.
        MissingModel: It has no pipeline.
        UsageError: The settings name an extractor that there is not.
    """
    if settings.extractor not in EXTRACTORS:
        raise UsageError(f"no extractor {settings.extractor!r}; there are: {', '.join(EXTRACTORS)}")
    tables = load_language(language)
    actors = load_actors(settings.actors)
    return Workshop(
        pipeline=load_pipeline(language, settings.models.get(language)),
        rules=compile_rules(tables, load_actions()),
        gazetteer=build_gazetteer(tables, actors),
        actors=actors,
        model=load_weights() if settings.extractor == "full" else None,
        min_confidence=settings.min_confidence,
    )


def run(inputs: Iterable[Article | Rejected], settings: Settings) -> Iterator[Processed | Rejected]:
    """Yield what was found in each article, in the order of the input; what was rejected passes through.

    An article in a language without a folder becomes a `Rejected`.

    Raises:
        DataError, MissingModel, UsageError: As `open_workshop`, when the first article of a language comes.
    """
    workshops: dict[str, Workshop] = {}
    pending = iter(inputs)
    while chunk := list(islice(pending, CHUNK)):
        yield from _run_chunk(chunk, workshops, settings)


def extract_events(article: Article, doc: Doc, workshop: Workshop) -> Processed:
    """Return the events of a parsed article."""
    resolutions = resolve_actors(article, doc, workshop)
    surveyed = survey(doc, article, resolutions, workshop.rules)
    candidates = find_candidates(surveyed, workshop.rules, workshop.model)
    judgements = judge_candidates(candidates, workshop.rules, workshop.model, workshop.min_confidence)
    claims = [j.candidate.claim for j in judgements if j.accepted]
    return Processed(
        article=article,
        events=resolve_events(article, claims, resolutions),
        rejected=tuple(j for j in judgements if not j.accepted),
    )


def resolve_actors(article: Article, doc: Doc, workshop: Workshop) -> dict[Mention, tuple[Resolution, ...]]:
    """Return the mentions of an article with whom they stood for, in the order of the text."""
    language = workshop.rules.language
    found = find_mentions(doc, article, language, workshop.gazetteer)
    mentions = resolve_coreferences(doc, article, found, language, workshop.actors)
    context = build_context(mentions, article, workshop.actors)
    return {m: resolve_mention(m, article, workshop.actors, context) for m in mentions}


def _run_chunk(
    chunk: list[Article | Rejected], workshops: dict[str, Workshop], settings: Settings
) -> Iterator[Processed | Rejected]:
    done: dict[int, Processed] = {}
    languages = {entry.language for entry in chunk if isinstance(entry, Article)} & set(find_languages())
    for language in sorted(languages):
        workshop = workshops.get(language) or workshops.setdefault(language, open_workshop(language, settings))
        articles = [e for e in chunk if isinstance(e, Article) and e.language == language]
        for article, doc in parse(articles, workshop.pipeline, processes=settings.processes):
            done[id(article)] = extract_events(article, doc, workshop)
    for entry in chunk:
        if isinstance(entry, Rejected):
            yield entry
        elif id(entry) in done:
            yield done[id(entry)]
        else:
            known = ", ".join(find_languages())
            yield Rejected(entry.id, f"no language {entry.language!r}; there are: {known}")
