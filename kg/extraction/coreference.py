"""Link what only stands for an actor to those named elsewhere in the article, by rules.

Pronouns ("han", "its", "vi" in a quotation), nouns ("landet", "the alliance"), groups ("de to lande", "both sides")
and titles that stand alone ("udenrigsministeren") get the mentions that they stand for as antecedents. Each rule looks
back from the nearest sentence on and prefers subjects; the ranking is that of Lappin and Leass (1994), made small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.anaphora import Anaphora, anaphora_of
from kg.extraction.candidates import Candidate, Candidates, build_candidates
from kg.extraction.quotes import find_quote_speaker
from kg.languages.lexicon import Language
from kg.model import Article, Mention, MentionKind, Span
from kg.ontology.actors import Actors

FIRST_PERSON_NOTE = "first-person"


def resolve_coreferences(
    doc: Doc, article: Article, mentions: tuple[Mention, ...], language: Language, actors: Actors
) -> tuple[Mention, ...]:
    """Return all mentions of an article, those without candidates linked, pronouns and anaphoric nouns added.

    Args:
        doc: Of `article.text`; parse and parts of speech are needed, without them no pronoun is linked.
        article: As read.
        mentions: From `kg.extraction.actors.find_mentions`.
        language: Of the text.
        actors: Tells states from organisations.

    Returns:
        Mentions in order; what nothing can be found for has neither candidates nor antecedents.
    """
    words = anaphora_of(language)
    found = build_candidates(doc, article, mentions, language, actors)
    links = dict(_link_titles(found, words, language))
    linked = [links.get(m, m) for m in mentions]
    found = build_candidates(doc, article, tuple(linked), language, actors)
    for token in doc:
        mention = _find_anaphor(token, found, words, language)
        if mention is not None:
            linked.append(mention)
            found = found.with_mention(mention)
    return tuple(sorted(linked, key=lambda m: (m.span.start, -m.span.end)))


def _link_titles(found: Candidates, words: Anaphora, language: Language) -> Iterator[tuple[Mention, Mention]]:
    """Yield (title that stands alone, the same with its antecedents)."""
    named = {a: p for p in (c.mention for c in found.everyone) for a in p.antecedents if p.kind is MentionKind.PERSON}
    for candidate in found.everyone:
        title = candidate.mention
        if title.kind is not MentionKind.OFFICE or title.candidates:
            continue
        person = named.get(title)
        if person is not None:
            yield title, replace(title, antecedents=(replace(person, antecedents=()),))
            continue
        antecedent = _antecedent_of_title(candidate, found, words)
        if antecedent is not None:
            yield title, replace(title, antecedents=(antecedent,))
        elif words.home and title.office in words.home_offices:
            yield title, replace(title, candidates=(words.home,), note="the paper's own country")


def _antecedent_of_title(candidate: Candidate, found: Candidates, words: Anaphora) -> Mention | None:
    title = candidate.mention
    if not words.is_definite(title.text, candidate.token):
        return None
    before = [c for c in found.before(title.span.start) if c.mention.candidates or c.mention.antecedents]
    same = [c for c in before if c.mention.office == title.office]
    if same:
        return same[-1].mention
    if title.office in words.home_offices and words.home:
        return None
    states = [c for c in before if c.is_state and not c.is_place]
    return found.best(states, title.span.start) if words.is_organ(title.office) else None


def _find_anaphor(token: Token, found: Candidates, words: Anaphora, language: Language) -> Mention | None:
    if found.covers(token):
        return None
    lower = token.lower_
    if (count := words.group_size(token)) is not None:
        return _group(token, count, found, words)
    if token.pos_ == "PRON" or (token.pos_ == "DET" and lower in words.possessive):
        return _pronoun(token, found, words, language)
    if lower in words.nouns and words.is_definite(token.text, token):
        return _noun(token, found, words)
    return None


def _noun(token: Token, found: Candidates, words: Anaphora) -> Mention | None:
    before = found.before(token.idx)
    for kind in words.nouns[token.lower_]:
        fitting = [c for c in before if c.is_of(kind) and not c.is_place]
        antecedent = found.best(fitting, token.idx)
        if antecedent is not None:
            return _mention(token, MentionKind.ANAPHOR, (antecedent,))
    only = [kind for kind in words.nouns[token.lower_] if kind.isupper()]
    if len(words.nouns[token.lower_]) == 1 and only:
        return Mention(_span(token), token.text, MentionKind.ANAPHOR, tuple(only), note="what the noun usually means")
    return None


def _group(token: Token, count: int, found: Candidates, words: Anaphora) -> Mention | None:
    members = found.last_distinct(token.idx, count)
    first = words.group_start(token)
    span = Span(first.idx, token.idx + len(token))
    text = token.doc.text[span.start : span.end]
    return Mention(span, text, MentionKind.GROUP, antecedents=members) if members else None


def _pronoun(token: Token, found: Candidates, words: Anaphora, language: Language) -> Mention | None:
    lower = token.lower_
    if lower in words.first | words.first_singular:
        speaker = find_quote_speaker(token, found, language)
        if speaker is None:
            return None
        return replace(_mention(token, MentionKind.PRONOUN, (speaker,)), note=FIRST_PERSON_NOTE)
    if words.is_expletive(token):
        return None
    if lower in words.relative_possessive and token.dep_ == "nmod:poss":
        antecedent = found.of_relative(token)
    elif lower in words.reflexive:
        antecedent = found.subject_of_clause(token)
    else:
        antecedent = found.best(list(_fitting(token, found, words)), token.idx, token)
    return _mention(token, MentionKind.PRONOUN, (antecedent,)) if antecedent is not None else None


def _fitting(token: Token, found: Candidates, words: Anaphora) -> Iterator[Candidate]:
    lower = token.lower_
    own_clause = found.clause_subject(token) if lower not in words.possessive else None
    for candidate in found.before(token.idx):
        if own_clause is not None and candidate.mention is own_clause:
            continue
        if lower in words.person and candidate.is_person:
            yield candidate
        elif lower in words.thing and not candidate.is_person and not candidate.is_plural:
            yield candidate
        elif lower in words.plural and not candidate.is_single_person:
            yield candidate


def _mention(token: Token, kind: MentionKind, antecedents: tuple[Mention, ...]) -> Mention:
    return Mention(_span(token), token.text, kind, antecedents=antecedents)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
