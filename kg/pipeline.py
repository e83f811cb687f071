"""The whole flow: articles in, events out. This module alone composes the stages.

read -> parse -> find actors -> resolve actors -> extract claims -> judge -> resolve events

Actors are resolved before claims are made, since roles cannot be told apart without knowing which mentions are one and
the same party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from time import perf_counter

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.errors import UsageError
from kg.extraction.actors import find_mentions
from kg.extraction.claims import Rules, compile_rules, find_candidates, survey
from kg.extraction.coreference import resolve_coreferences
from kg.extraction.fillers import Scene
from kg.extraction.gazetteer import Gazetteer, build_gazetteer
from kg.extraction.judge import Judgement, judge_candidates
from kg.extraction.linear import LinearModel, load_weights
from kg.extraction.prefilter import Prefilter, build_prefilter
from kg.languages.lexicon import find_languages, load_language
from kg.model import Article, Event, Mention, Rejected, Resolution
from kg.ontology.actions import load_actions
from kg.ontology.actors import Actors, load_actors
from kg.parsing import load_pipeline, parse
from kg.resolution.actors import resolve_mention
from kg.resolution.choices import build_context
from kg.resolution.events import resolve_events
from kg.workers import map_in_order

EXTRACTORS = ("full", "rules")
CHUNK = 64
"""Articles parsed together: enough to fill the parser's batches, few enough to hold in memory and to hand around."""
OPEN_WORKSHOPS = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done.

    Attributes:
        models: Language code -> name or path of a spaCy pipeline, in place of the shipped one.
        actors: Turtle files that extend `ontologies/actors.ttl`.
        extractor: `full`, rules judged by the learned part, or `rules`, without it.
        min_confidence: Events below are left out; None for the language's own threshold.
        processes: Worker processes, each with its own workshops; worth it from some hundred articles on.
        prefilter: Whether texts and paragraphs that cannot tell of an event are left unparsed.
    """

    models: Mapping[str, str] = field(default_factory=dict, hash=False)
    actors: tuple[Path, ...] = ()
    extractor: str = "full"
    min_confidence: float | None = None
    processes: int = 1
    prefilter: bool = True


@dataclass(frozen=True, slots=True)
class Processed:
    """An article and what was found in it.

    Attributes:
        article: As read.
        events: In the order of the text.
        seconds: How long it took, its share of a common parse by length; 0 where it was not parsed.
        rejected: Candidates that the judge refused, with its reasons; empty where a worker process did the work.
        idle: Predicates with nobody in any of their roles; empty like `rejected`.
    """

    article: Article
    events: tuple[Event, ...]
    seconds: float = field(default=0.0, compare=False)
    rejected: tuple[Judgement, ...] = ()
    idle: tuple[Scene, ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """All that a run needs for one language, loaded once.

    Attributes:
        pipeline: The spaCy pipeline.
        rules: The compiled tables.
        gazetteer: The names of actors.
        actors: The registry that resolves them.
        prefilter: Tells what need not be parsed.
        model: The learned part; None for rules only.
        min_confidence: See `Settings`.
    """

    pipeline: Pipeline
    rules: Rules
    gazetteer: Gazetteer
    actors: Actors
    prefilter: Prefilter
    model: LinearModel | None
    min_confidence: float | None = None


def open_workshop(language: str, settings: Settings, pipeline: Pipeline | None = None) -> Workshop:
    """Load what a language needs.

    Args:
        language: ISO 639-1.
        settings: How the run is done.
        pipeline: In place of the one that the settings name.

    Raises:
        DataError: There is no such language, or its tables are wrong.
        MissingModel: It has no pipeline.
        UsageError: The settings name an extractor that there is not.
    """
    if settings.extractor not in EXTRACTORS:
        raise UsageError(f"no extractor {settings.extractor!r}; there are: {', '.join(EXTRACTORS)}")
    tables = load_language(language)
    actors = load_actors(settings.actors)
    gazetteer, rules = build_gazetteer(tables, actors), compile_rules(tables, load_actions())
    return Workshop(
        pipeline=pipeline or load_pipeline(language, settings.models.get(language)),
        rules=rules,
        gazetteer=gazetteer,
        actors=actors,
        prefilter=build_prefilter(tables, gazetteer, rules.lexicon),
        model=load_weights() if settings.extractor == "full" else None,
        min_confidence=settings.min_confidence,
    )


def run(inputs: Iterable[Article | Rejected], settings: Settings) -> Iterator[Processed | Rejected]:
    """Yield what was found in each article, in the order of the input; what was rejected passes through.

    An article in a language without a folder becomes a `Rejected`.

    Raises:
        DataError, MissingModel, UsageError: As `open_workshop`, when the first article of a language comes.
        WorkerError: A worker process died.
    """
    if settings.processes == 1:
        for chunk in _divide(inputs):
            yield from _run_chunk(chunk, settings)
    else:
        for found in map_in_order(partial(_run_apart, settings=settings), _divide(inputs), settings.processes):
            yield from found


def extract_events(article: Article, doc: Doc, workshop: Workshop) -> Processed:
    """Return the events of a parsed article."""
    resolutions = resolve_actors(article, doc, workshop)
    surveyed = survey(doc, article, resolutions, workshop.rules)
    candidates = find_candidates(surveyed, workshop.rules, workshop.model)
    judgements = judge_candidates(candidates, workshop.rules, workshop.model, workshop.min_confidence)
    claims = [j.candidate.claim for j in judgements if j.accepted]
    judged = {j.candidate.token.i for j in judgements}
    return Processed(
        article=article,
        events=resolve_events(article, claims, resolutions),
        rejected=tuple(j for j in judgements if not j.accepted),
        idle=tuple(s for s in surveyed.scenes if s.predicate.token.i not in judged),
    )


def resolve_actors(article: Article, doc: Doc, workshop: Workshop) -> dict[Mention, tuple[Resolution, ...]]:
    """Return the mentions of an article with whom they stood for, in the order of the text."""
    language = workshop.rules.language
    found = find_mentions(doc, article, language, workshop.gazetteer)
    mentions = resolve_coreferences(doc, article, found, language, workshop.actors)
    context = build_context(mentions, article, workshop.actors)
    return {m: resolve_mention(m, article, workshop.actors, context) for m in mentions}


def _divide(inputs: Iterable[Article | Rejected]) -> Iterator[list[Article | Rejected]]:
    pending = iter(inputs)
    while chunk := list(islice(pending, CHUNK)):
        yield chunk


def _run_apart(chunk: list[Article | Rejected], settings: Settings) -> list[Processed | Rejected]:
    """Do a chunk in a worker process; refused candidates hold on to their parse, which cannot leave it."""
    found = _run_chunk(chunk, settings)
    return [replace(item, rejected=(), idle=()) if isinstance(item, Processed) else item for item in found]


def _run_chunk(chunk: list[Article | Rejected], settings: Settings) -> Iterator[Processed | Rejected]:
    done: dict[int, Processed] = {}
    languages = {entry.language for entry in chunk if isinstance(entry, Article)} & set(find_languages())
    for language in sorted(languages):
        articles = [e for e in chunk if isinstance(e, Article) and e.language == language]
        found = _run_language(articles, _open_once(language, replace(settings, processes=1)), settings)
        done |= {id(processed.article): processed for processed in found}
    for entry in chunk:
        if isinstance(entry, Rejected):
            yield entry
        elif id(entry) in done:
            yield done[id(entry)]
        else:
            known = ", ".join(find_languages())
            yield Rejected(entry.id, f"no language {entry.language!r}; there are: {known}")


def _run_language(articles: list[Article], workshop: Workshop, settings: Settings) -> Iterator[Processed]:
    """Yield what was found in articles of one language, those that name no actor first."""
    keep = workshop.prefilter.may_tell if settings.prefilter else None
    telling = [a for a in articles if keep is None or workshop.prefilter.names_actor(a.text)]
    ids = {id(article) for article in telling}
    yield from (Processed(article, ()) for article in articles if id(article) not in ids)
    start = perf_counter()
    parsed = list(parse(telling, workshop.pipeline, keep=keep))
    pace = (perf_counter() - start) / max(1, sum(len(article.text) for article in telling))
    for article, doc in parsed:
        start = perf_counter()
        found = extract_events(article, doc, workshop)
        yield replace(found, seconds=len(article.text) * pace + perf_counter() - start)


@lru_cache(maxsize=OPEN_WORKSHOPS)
def _open_once(language: str, settings: Settings) -> Workshop:
    return open_workshop(language, settings)
