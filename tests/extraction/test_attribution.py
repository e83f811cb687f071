"""Who says so: speakers of claims, and the article's own word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pytest
from spacy.tokens import Doc, Token

from kg.extraction.actors import find_mentions
from kg.extraction.attribution import CLAIMING, Attribution, find_attribution, find_quotations
from kg.extraction.claims import Rules, compile_rules
from kg.extraction.claims import survey as survey_article
from kg.extraction.coreference import resolve_coreferences
from kg.extraction.gazetteer import Gazetteer, build_gazetteer
from kg.extraction.parties import Party
from kg.languages.lexicon import load_language
from kg.model import Article
from kg.ontology.actions import load_actions
from kg.ontology.actors import load_actors
from kg.resolution.actors import resolve_mention
from kg.resolution.choices import build_context
from tests.extraction.told import PUBLISHED, build_doc, find_word, read_cases


@dataclass(frozen=True)
class Reader:
    """A language, compiled."""

    rules: Rules
    gazetteer: Gazetteer


@cache
def reader_of(code: str) -> Reader:
    language = load_language(code)
    return Reader(compile_rules(language, load_actions()), build_gazetteer(language, load_actors()))


def attribute(doc: Doc, token: Token, code: str) -> Attribution:
    reader, actors = reader_of(code), load_actors()
    rules, article = reader.rules, Article(id="a", text=doc.text, language=code, date=PUBLISHED)
    mentions = find_mentions(doc, article, rules.language, reader.gazetteer)
    mentions = resolve_coreferences(doc, article, mentions, rules.language, actors)
    context = build_context(mentions, article, actors)
    found = survey_article(doc, article, {m: resolve_mention(m, article, actors, context) for m in mentions}, rules)
    acts: Mapping[int, tuple[Party, ...]] = {
        scene.predicate.token.i: scene.rule.source.parties
        for scene in reversed(found.scenes)
        if scene.rule.source.parties and scene.predicate.unit.action in CLAIMING
    }
    quotations = find_quotations(doc, rules.language, found.parties, rules.reporting, rules.grammar)
    return find_attribution(token, quotations, found.parties, rules.reporting, rules.grammar, acts)


@pytest.mark.parametrize(("code", "rows", "word", "told"), read_cases("speaker"))
def test_a_claim_has_its_speaker_and_a_fact_has_none(code: str, rows: list[list[str]], word: str, told: str) -> None:
    doc = build_doc(code, rows)
    attribution = attribute(doc, find_word(doc, word), code)

    assert " ".join(sorted({p for party in attribution.speakers for p in party.principals})) == told
    assert bool(attribution.because) == bool(told)


def test_every_speech_act_is_an_action_or_a_type_of_the_ontology() -> None:
    actions = load_actions()

    assert {*actions, *(a.type for a in actions.values())} >= CLAIMING
