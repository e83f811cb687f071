"""Make claims of a parsed article: for each predicate its actors, status, time and speaker.

The order is visible in `extract`: predicates, roles, status, attribution, time. Each step is a module of its own; this
one only composes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from kg.extraction.attribution import (
    CLAIMING,
    Attribution,
    Quotation,
    ReportingIndex,
    find_attribution,
    find_quotations,
    index_reporting,
)
from kg.extraction.casting import Cast, cast_roles, divide, mirror
from kg.extraction.date_readings import DateLexicon
from kg.extraction.dates import DatedSpan, compile_dates, find_dates
from kg.extraction.dating import find_time
from kg.extraction.fillers import Principals, Scene, Standing, count_standings, find_fillers, rank_parties
from kg.extraction.grammar import Grammar, grammar_of, is_passive, text_of
from kg.extraction.implications import Told, implied_by
from kg.extraction.lexicon_index import LexiconIndex, index_lexicon, specificity
from kg.extraction.linear import LinearModel
from kg.extraction.modality import choose_status, describe_status
from kg.extraction.parties import Parties, Party, index_parties
from kg.extraction.places import PlacedToken, find_place, find_places
from kg.extraction.predicates import Predicate, find_predicates
from kg.extraction.roles import Roles, find_roles
from kg.extraction.status import ACTUAL, CueIndex, Verdict, find_status, index_cues, lemmas_of_kind, settle_status
from kg.languages.lexicon import Language, LexicalUnit
from kg.model import Article, Claim, Mention, Resolution, Span, Status, TimeExpression
from kg.ontology.actions import Action
from kg.ontology.places import Place, load_places

SPEECH_TYPES = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "SUPPORT"})

MUTUAL = frozenset({"clash", "ceasefire", "release"})
"""Actions that count once for each direction where they have two sides: fighting, truces, exchanges of prisoners."""
ALWAYS_MUTUAL = frozenset({"clash"})


@dataclass(frozen=True, slots=True)
class Rules:
    """All that extraction knows of a language, compiled once."""

    language: Language
    lexicon: LexiconIndex
    grammar: Grammar
    cues: CueIndex
    light_verbs: frozenset[str]
    reporting: ReportingIndex
    dates: DateLexicon
    places: Mapping[str, Place]
    actions: Mapping[str, Action]


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of an article before any role is decided.

    Attributes:
        article: As read.
        parties: Who stands where.
        scenes: Each predicate with the parties near it, in the order of the text.
        quotations: With their speakers.
        dates: Expressions of time.
        places: Names of places.
    """

    article: Article
    parties: Parties
    scenes: tuple[Scene, ...]
    quotations: tuple[Quotation, ...]
    dates: tuple[DatedSpan, ...]
    places: tuple[PlacedToken, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was found at one predicate, before it is judged.

    Attributes:
        scene: The predicate and the parties near it.
        cast: Who acts, who is acted on, and how sure that is.
        verdict: Whether it happened, and the word that says so.
        attribution: Who says so.
        claim: The claim that it makes.
        parties: All of the article.
    """

    scene: Scene
    cast: Cast
    verdict: Verdict
    attribution: Attribution
    claim: Claim
    parties: Parties

    @property
    def token(self) -> Token:
        """Return the head of the predicate."""
        return self.scene.predicate.token

    @property
    def unit(self) -> LexicalUnit:
        """Return the lexical unit of the predicate."""
        return self.scene.predicate.unit


def compile_rules(language: Language, actions: Mapping[str, Action]) -> Rules:
    """Compile a language's tables."""
    return Rules(
        language=language,
        lexicon=index_lexicon(language),
        grammar=grammar_of(language),
        cues=index_cues(language),
        light_verbs=lemmas_of_kind(language, "light"),
        reporting=index_reporting(language),
        dates=compile_dates(language),
        places=load_places(language.code),
        actions=actions,
    )


def survey(
    doc: Doc,
    article: Article,
    resolutions: Mapping[Mention, tuple[Resolution, ...]],
    rules: Rules,
) -> Survey:
    """Return what the tables of a language find in an article.

    Args:
        doc: The parse of `article.text`.
        article: Gives the publication date.
        resolutions: The mentions of actors (`kg.extraction.actors`) and whom each stands for.
        rules: The language's.
    """
    parties = index_parties(doc, resolutions, resolutions)
    prominence = rank_parties(parties)
    predicates = find_predicates(doc, rules.lexicon, parties, rules.grammar)
    roles = [(p, _roles_of(p, parties, rules)) for p in _one_a_type(predicates, rules)]
    standings = count_standings(found for _, found in roles)
    quotations = find_quotations(doc, rules.language, parties, rules.reporting, rules.grammar)

    @cache
    def said_by(token: Token) -> Attribution:
        return find_attribution(token, quotations, parties, rules.reporting, rules.grammar, {})

    roles = _with_implied(roles, said_by, rules)
    ground = _Ground(parties, prominence, standings, quotations, said_by)
    return Survey(
        article=article,
        parties=parties,
        scenes=tuple(_scene(p, found, ground, rules) for p, found in roles),
        quotations=quotations,
        dates=find_dates(article.text, article.date, rules.dates),
        places=find_places(doc, rules.places, rules.grammar),
    )


def _with_implied(
    roles: Iterable[tuple[Predicate, Roles]], said_by: Callable[[Token], Attribution], rules: Rules
) -> list[tuple[Predicate, Roles]]:
    """Add what the telling of each event implies, once of each event type at a word."""
    told = list(roles)
    taken = {_reading(predicate, rules) for predicate, _ in told}
    found = []
    for predicate, filled in told:
        found.append((predicate, filled))
        kind = _reading(predicate, rules)[1]
        said = Told(predicate, kind, filled, find_status(predicate.token, rules.cues), said_by(predicate.token))
        for implied in implied_by(said, rules.grammar, rules.cues):
            if (reading := _reading(implied[0], rules)) not in taken:
                taken.add(reading)
                found.append(implied)
    return found


def _reading(predicate: Predicate, rules: Rules) -> tuple[int, str]:
    return predicate.token.i, rules.actions[predicate.unit.action].type


def _one_a_type(predicates: Iterable[Predicate], rules: Rules) -> list[Predicate]:
    """Keep of the readings of a word one of each event type, the one that asks for most."""
    best: dict[tuple[int, str], Predicate] = {}
    for predicate in predicates:
        key = _reading(predicate, rules)
        if key not in best or specificity(predicate.unit) > specificity(best[key].unit):
            best[key] = predicate
    return list(best.values())


def find_candidates(surveyed: Survey, rules: Rules, model: LinearModel | None) -> tuple[Candidate, ...]:
    """Return a candidate for each predicate with a party in one of its roles, in the order of the text.

    Args:
        surveyed: From `survey`.
        rules: The language's.
        model: Casts the roles; None leaves them to the slots of the lexicon, and each word to its best reading.
    """
    scenes = surveyed.scenes if model is not None else _first_readings(surveyed.scenes)
    casts = [(scene, cast) for scene in scenes for cast in _casts(scene, rules, model)]
    speech_acts = {
        scene.predicate.token.i: cast.roles.source.parties
        for scene, cast in reversed(casts)
        if cast.roles.source.parties and scene.predicate.unit.action in CLAIMING
    }
    return tuple(
        _candidate(scene, cast, surveyed, speech_acts, rules, model)
        for scene, cast in casts
        if cast.roles.source.parties or cast.roles.target.parties
    )


def _casts(scene: Scene, rules: Rules, model: LinearModel | None) -> Iterator[Cast]:
    """Yield the roles of a predicate, and those turned where each side does to the other what the other does to it."""
    cast = _cast(scene, rules, model)
    unit = scene.predicate.unit
    two_sided = unit.action in ALWAYS_MUTUAL or not rules.grammar.between.isdisjoint((*unit.source, *unit.target))
    if unit.action not in MUTUAL or scene.predicate.implied or not two_sided:
        yield cast
        return
    cast = divide(cast)
    yield cast
    if cast.roles.source.parties and cast.roles.target.parties:
        yield mirror(cast)


def _first_readings(scenes: Iterable[Scene]) -> tuple[Scene, ...]:
    """Return of the readings of each word the best."""
    first: dict[int, Scene] = {}
    for scene in scenes:
        first.setdefault(scene.predicate.token.i, scene)
    return tuple(first.values())


def _roles_of(predicate: Predicate, parties: Parties, rules: Rules) -> Roles:
    symmetric = not rules.actions[predicate.unit.action].is_directed
    return find_roles(predicate, parties, rules.grammar, rules.light_verbs, symmetric=symmetric)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all scenes of an article are seen against."""

    parties: Parties
    prominence: Mapping[Principals, int]
    standings: Mapping[Principals, Standing]
    quotations: tuple[Quotation, ...]
    said_by: Callable[[Token], Attribution]


def _scene(predicate: Predicate, roles: Roles, ground: _Ground, rules: Rules) -> Scene:
    action, token = rules.actions[predicate.unit.action], predicate.token
    said = ground.said_by(token)
    return Scene(
        predicate=predicate,
        type=action.type,
        symmetric=action.is_symmetric,
        directed=action.is_directed,
        rule=roles,
        fillers=find_fillers(predicate, ground.parties, ground.prominence),
        prominence=ground.prominence,
        standings=ground.standings,
        passive=predicate.unit.pos == "V" and is_passive(token, rules.grammar),
        speakers=frozenset(p for speaker in said.speakers for p in speaker.principals),
        quoted=any(q.start <= token.idx < q.end for q in ground.quotations),
    )


def _cast(scene: Scene, rules: Rules, model: LinearModel | None) -> Cast:
    if model is None:
        return Cast(scene.rule, float(bool(scene.rule.source.parties)), float(bool(scene.rule.target.parties)))
    return cast_roles(scene, model, rules.language.code)


def _candidate(
    scene: Scene,
    cast: Cast,
    surveyed: Survey,
    speech_acts: Mapping[int, tuple[Party, ...]],
    rules: Rules,
    model: LinearModel | None,
) -> Candidate:
    token, roles = scene.predicate.token, cast.roles
    verdict, time = status_of(scene, surveyed, rules)
    if model is not None and not scene.predicate.implied:
        features = describe_status(scene.predicate, verdict, time, scene.type, rules.language.code)
        verdict = choose_status(verdict, features, model)
    attribution = find_attribution(
        token, surveyed.quotations, surveyed.parties, rules.reporting, rules.grammar, speech_acts
    )
    own_words = scene.type in SPEECH_TYPES and not attribution.because.startswith("phrase")
    if own_words and _same_side(attribution, roles):
        attribution = Attribution((), "own speech act")
    elif attribution.told_by and _same_side(attribution, roles):
        attribution = replace(attribution, speakers=(*attribution.speakers, *attribution.told_by))
    claim = Claim(
        action=scene.predicate.unit.action,
        sources=tuple(p.mention for p in roles.source.parties),
        targets=tuple(p.mention for p in roles.target.parties),
        status=verdict.status,
        speakers=tuple(p.mention for p in attribution.speakers),
        time=time,
        place=find_place(token, surveyed.places),
        trigger=trigger_span(scene.predicate),
        sentence=sentence_span(token),
        rule=f"{rules.language.code}:{scene.predicate.unit.id}",
        features=_reasons(roles, verdict, attribution),
    )
    return Candidate(scene, cast, verdict, attribution, claim, surveyed.parties)


def status_of(scene: Scene, surveyed: Survey, rules: Rules) -> tuple[Verdict, TimeExpression | None]:
    """Return the status that the rules read, and when the event takes place."""
    token = scene.predicate.token
    said = ACTUAL if scene.predicate.implied else _own_negation(scene, find_status(token, rules.cues))
    time = find_time(token, said.status, surveyed.dates)
    return settle_status(said, time, surveyed.article.date, is_refusal=scene.type == "REJECT"), time


def _own_negation(scene: Scene, verdict: Verdict) -> Verdict:
    """Return the status of a unit that a negation belongs to: "ikke interesseret i dialog" has happened."""
    asked = {w for c in scene.predicate.unit.required if c.role == "word" for w in c.lemmas}
    return ACTUAL if verdict.status is Status.NEGATED and verdict.because.lower() in asked else verdict


def _same_side(attribution: Attribution, roles: Roles) -> bool:
    sources = {p for party in roles.source.parties for p in party.principals}
    return any(sources & set(speaker.principals) for speaker in attribution.speakers)


def _reasons(roles: Roles, verdict: Verdict, attribution: Attribution) -> tuple[str, ...]:
    named = {
        "source": roles.source.slot,
        "target": roles.target.slot,
        "status": verdict.because,
        "attribution": attribution.because,
    }
    return tuple(f"{name}={value}" for name, value in named.items() if value)


def trigger_span(predicate: Predicate) -> Span:
    """Return the trigger word of a predicate, with its particle where that stands next to it."""
    token = predicate.token
    words = {w for c in predicate.unit.required if c.role == "prt" for w in c.lemmas}
    end = token
    if words and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ in words:
        end = token.doc[token.i + 1]
    return Span(token.idx, end.idx + len(end))


def sentence_span(token: Token) -> Span:
    """Return the sentence that a token stands in, without the white space around it and never across paragraphs."""
    text, start, end = text_of(token.doc), token.sent.start_char, token.sent.end_char
    cut = text.rfind("\n\n", start, token.idx)
    start = cut + 2 if cut >= 0 else start
    cut = text.find("\n\n", token.idx, end)
    end = cut if cut >= 0 else end
    stretch = text[start:end]
    return Span(start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()))
