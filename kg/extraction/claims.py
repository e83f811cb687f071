"""Make claims of a parsed article: for each predicate its actors, status, time and speaker.

The order is visible in `extract`: predicates, roles, status, attribution, time. Each step is a module of its own; this
one only composes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.attribution import (
    Attribution,
    Quotation,
    ReportingIndex,
    find_attribution,
    find_quotations,
    index_reporting,
)
from kg.extraction.dates import DatedSpan, DateLexicon, compile_dates, find_dates
from kg.extraction.dating import find_time
from kg.extraction.grammar import Grammar, grammar_of
from kg.extraction.parties import Parties, Party, index_parties
from kg.extraction.places import PlacedToken, find_place, find_places
from kg.extraction.predicates import LexiconIndex, Predicate, find_predicates, index_lexicon
from kg.extraction.roles import Roles, find_roles
from kg.extraction.status import CueIndex, Verdict, find_status, index_cues, lemmas_of_kind
from kg.languages.lexicon import Language
from kg.model import Article, Claim, Mention, Resolution, Span
from kg.ontology.actions import Action
from kg.ontology.places import Place, load_places

SPEECH_TYPES = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "SUPPORT"})


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
class Candidate:
    """What the rules found at one predicate, before it is judged.

    Attributes:
        predicate: The trigger and its unit.
        roles: Who acts, who is acted on.
        verdict: Whether it happened, and the word that says so.
        attribution: Who says so.
        claim: The claim that it makes.
        named: Indices of all tokens of the article inside an actor's mention.
    """

    predicate: Predicate
    roles: Roles
    verdict: Verdict
    attribution: Attribution
    claim: Claim
    named: frozenset[int]


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


def find_candidates(
    doc: Doc,
    article: Article,
    mentions: Iterable[Mention],
    resolutions: Mapping[Mention, tuple[Resolution, ...]],
    rules: Rules,
) -> tuple[Candidate, ...]:
    """Return what the rules find in an article, in the order of the text.

    Args:
        doc: The parse of `article.text`.
        article: Gives the publication date.
        mentions: Of actors, from `kg.extraction.actors`.
        resolutions: Whom each mention stands for.
        rules: The language's.
    """
    parties = index_parties(doc, mentions, resolutions)
    predicates = find_predicates(doc, rules.lexicon, parties, rules.grammar)
    filled = [(p, _roles_of(p, parties, rules)) for p in predicates]
    speech_acts = {p.token.i: r.source.parties for p, r in filled if _is_speech_act(p, r, rules)}
    quotations = find_quotations(doc, rules.language, parties, rules.reporting, rules.grammar)
    dates = find_dates(article.text, article.date, rules.dates)
    places = find_places(doc, rules.places, rules.grammar)
    return tuple(
        _candidate(predicate, roles, parties, quotations, dates, places, speech_acts, rules)
        for predicate, roles in filled
        if roles.source.parties or roles.target.parties
    )


def _roles_of(predicate: Predicate, parties: Parties, rules: Rules) -> Roles:
    action = rules.actions[predicate.unit.action]
    return find_roles(predicate, parties, rules.grammar, rules.light_verbs, symmetric=action.is_symmetric)


def _is_speech_act(predicate: Predicate, roles: Roles, rules: Rules) -> bool:
    return bool(roles.source.parties) and rules.actions[predicate.unit.action].type in SPEECH_TYPES


def _candidate(
    predicate: Predicate,
    roles: Roles,
    parties: Parties,
    quotations: tuple[Quotation, ...],
    dates: tuple[DatedSpan, ...],
    places: tuple[PlacedToken, ...],
    speech_acts: Mapping[int, tuple[Party, ...]],
    rules: Rules,
) -> Candidate:
    token = predicate.token
    verdict = find_status(token, rules.cues)
    attribution = find_attribution(token, quotations, parties, rules.reporting, rules.grammar, speech_acts)
    if rules.actions[predicate.unit.action].type in SPEECH_TYPES and _same_side(attribution, roles):
        attribution = Attribution((), "own speech act")
    status = verdict.status
    claim = Claim(
        action=predicate.unit.action,
        sources=tuple(p.mention for p in roles.source.parties),
        targets=tuple(p.mention for p in roles.target.parties),
        status=status,
        speakers=tuple(p.mention for p in attribution.speakers),
        time=find_time(token, status, dates),
        place=find_place(token, places),
        trigger=trigger_span(predicate),
        sentence=sentence_span(token),
        rule=f"{rules.language.code}:{predicate.unit.id}",
        features=_reasons(roles, verdict, attribution),
    )
    return Candidate(predicate, roles, verdict, attribution, claim, frozenset(parties.by_token))


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
    text, start, end = token.doc.text, token.sent.start_char, token.sent.end_char
    cut = text.rfind("\n\n", start, token.idx)
    start = cut + 2 if cut >= 0 else start
    cut = text.find("\n\n", token.idx, end)
    end = cut if cut >= 0 else end
    stretch = text[start:end]
    return Span(start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()))
