"""Link what only stands for an actor to those named elsewhere in the article, by rules.

Pronouns ("han", "its", "vi" in a quotation), nouns ("landet", "the alliance"), groups ("de to lande", "both sides")
and titles that stand alone (`kg.extraction.titles`) get the mentions that they stand for as antecedents. Each rule
looks back from the nearest sentence on and prefers subjects; the ranking is that of Lappin and Leass (1994), made
small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.anaphora import Anaphora, anaphora_of
from kg.extraction.candidates import Candidate, Candidates, build_candidates
from kg.extraction.grammar import text_of
from kg.extraction.quotes import find_quote_speaker
from kg.extraction.titles import link_title
from kg.languages.lexicon import Language
from kg.model import Article, Mention, MentionKind, Span
from kg.ontology.actors import Actors

FIRST_PERSON_NOTE = "first-person"


def resolve_coreferences(
    doc: Doc, article: Article, mentions: tuple[Mention, ...], language: Language, actors: Actors
) -> tuple[Mention, ...]:
    """Return all mentions of an article, titles that stand alone linked, pronouns and anaphoric nouns added.

    Args:
        doc: Of `article.text`; parse and parts of speech are needed, without them no pronoun is linked.
        article: As read.
        mentions: From `kg.extraction.actors.find_mentions`.
        language: Of the text.
        actors: Tells states from organisations.

    Returns:
        Mentions in order; titles that nothing can be found for are left out.
    """
    words = anaphora_of(language)
    titles = {m for m in mentions if _is_open(m)}
    beside = {a: m for m in mentions if m.kind is MentionKind.PERSON for a in m.antecedents if a in titles}
    whole = [m for m in mentions if m not in titles and not _hangs_on(m, titles)]
    hanging = [m for m in mentions if m not in titles and _hangs_on(m, titles)]
    found = build_candidates(doc, article, tuple(whole), language, actors)
    waiting = {c.token.i: c for m in titles for c in found.with_mentions((m,)).everyone if c.mention is m}
    for token in doc:
        if token.i in waiting and words.group_size(token) is None and token.lower_ not in words.nouns:
            title = waiting[token.i]
            mention = link_title(title, found, words, beside.get(title.mention))
            if mention is not None:
                people = [_relink(m, title.mention, mention) for m in hanging if _hangs_on(m, {title.mention})]
                whole += [mention, *people]
                found = found.with_mentions((mention, *people))
                continue
        anaphor = _find_anaphor(token, found, words, language)
        if anaphor is not None:
            whole.append(anaphor)
            found = found.with_mentions((anaphor,))
    return tuple(sorted(whole, key=lambda m: (m.span.start, -m.span.end)))


def _is_open(mention: Mention) -> bool:
    return mention.kind is MentionKind.OFFICE and not mention.candidates and not mention.antecedents


def _hangs_on(mention: Mention, titles: set[Mention]) -> bool:
    """Say whether what a person stands for depends on a title that stands alone."""
    return not mention.candidates and any(a in titles or _hangs_on(a, titles) for a in mention.antecedents)


def _relink(mention: Mention, title: Mention, linked: Mention) -> Mention:
    chain = tuple(linked if a == title else _relink(a, title, linked) for a in mention.antecedents)
    return replace(mention, antecedents=chain)


def _find_anaphor(token: Token, found: Candidates, words: Anaphora, language: Language) -> Mention | None:
    if found.covers(token):
        return None
    lower = token.lower_
    if lower in words.latter:
        return _latter(token, found)
    if lower in words.relative_possessive:
        return _relative_possessive(token, found)
    if (count := words.group_size(token)) is not None:
        return _group(token, count, found, words)
    if token.pos_ == "PRON" or (token.pos_ == "DET" and lower in words.possessive):
        return _pronoun(token, found, words, language)
    if lower in words.nouns and words.is_definite(token.text, token):
        return _noun(token, found, words)
    if lower in words.group_nouns and words.is_definite(token.text, token):
        return _plural_noun(token, found)
    return None


def _noun(token: Token, found: Candidates, words: Anaphora) -> Mention | None:
    before = found.before(token.idx)
    for kind in words.nouns[token.lower_]:
        fitting = [c for c in before if c.is_of(kind) and not c.is_place]
        if kind == "neighbour":
            own = found.clause_subject(token)
            fitting = [c for c in fitting if own is None or not set(c.principals) & _principals(own, before)]
        antecedent = found.best(fitting, token.idx) or found.best([c for c in before if c.is_of(kind)], token.idx)
        if antecedent is not None:
            return _mention(token, MentionKind.ANAPHOR, (antecedent,))
    usual = [kind for kind in words.nouns[token.lower_] if kind.isupper()]  # "neighbour", "if:PRK" need a mention
    if usual:
        note = "what the noun usually means"
        return Mention(_span(token), token.text, MentionKind.ANAPHOR, tuple(usual[:1]), note=note)
    return None


def _principals(mention: Mention, before: list[Candidate]) -> set[str]:
    return {p for c in before if c.mention is mention for p in c.principals}


def _relative_possessive(token: Token, found: Candidates) -> Mention | None:
    """Link "Iran, whose hackers": to what the clause belongs to, or what ends before its comma.

    Danish "hvis" is "if" too, so an indefinite noun must follow there: "Putin, hvis hær", not "hvis landet".
    """
    if token.dep_ == "nmod:poss":
        antecedent = found.of_relative(token)
        return _mention(token, MentionKind.PRONOUN, (antecedent,)) if antecedent is not None else None
    if token.i < 2 or token.i + 1 >= len(token.doc) or token.doc[token.i - 1].text != ",":
        return None
    noun, owner = token.doc[token.i + 1], found.headed_by(token.doc[token.i - 2])
    if owner is None or noun.pos_ != "NOUN" or "Def" in noun.morph.get("Definite", []):
        return None
    return _mention(token, MentionKind.PRONOUN, (owner,))


def _latter(token: Token, found: Candidates) -> Mention | None:
    """Link "sidstnævnte", "the latter": to what was named last, possessors and places apart."""
    named = [c for c in found.before(token.idx) if not c.is_place and not c.is_nested and c.token.i != token.i]
    return _mention(token, MentionKind.ANAPHOR, (named[-1].mention,)) if named else None


def _group(token: Token, count: int, found: Candidates, words: Anaphora) -> Mention | None:
    members = found.group(token.idx, count, states=words.is_group_of_states(token))
    first = words.group_start(token)
    span = Span(first.idx, token.idx + len(token))
    text = text_of(token.doc)[span.start : span.end]
    return Mention(span, text, MentionKind.GROUP, antecedents=members) if members else None


def _plural_noun(token: Token, found: Candidates) -> Mention | None:
    """Link "landene", "the leaders": to the group or organisation named last."""
    several = [c for c in found.before(token.idx) if len(c.principals) > 1 or (c.kind and not c.is_state)]
    antecedent = found.best([c for c in several if not c.is_person], token.idx)
    return _mention(token, MentionKind.GROUP, (antecedent,)) if antecedent is not None else None


def _pronoun(token: Token, found: Candidates, words: Anaphora, language: Language) -> Mention | None:
    lower = token.lower_
    if lower in words.first | words.first_singular:
        speaker = find_quote_speaker(token, found, language)
        if speaker is None:
            return None
        return replace(_mention(token, MentionKind.PRONOUN, (speaker,)), note=FIRST_PERSON_NOTE)
    if words.is_expletive(token):
        return None
    if lower in words.reflexive:
        antecedent = found.subject_of_clause(token)
    else:
        antecedent = _owner_in_clause(token, found, words) or found.best(
            _fitting(token, found, words), token.idx, token
        )
    return _mention(token, MentionKind.PRONOUN, (antecedent,)) if antecedent is not None else None


def _owner_in_clause(token: Token, found: Candidates, words: Anaphora) -> Mention | None:
    """Return the clause's own subject for a possessive, where the language has no reflexive one for it."""
    lower = token.lower_
    if lower not in words.possessive or (words.reflexive and lower not in words.plural):
        return None
    own = found.controller(token) or found.clause_subject(token)
    return next((c.mention for c in _matching(lower, found.before(token.idx), words) if c.mention is own), None)


def _fitting(token: Token, found: Candidates, words: Anaphora) -> Iterator[Candidate]:
    lower = token.lower_
    barred = None if lower in words.possessive and not words.reflexive else found.clause_subject(token)
    heads = _relative_heads(token)
    before = found.before(token.idx)
    same = _principals(barred, before) if barred is not None else set()
    for candidate in _matching(lower, before, words):
        if candidate.token.i not in heads and not (same & set(candidate.principals)):
            yield candidate


def _relative_heads(token: Token) -> set[int]:
    """Return the noun whose relative clause has a token as argument: "the envoy he threw out" is not him."""
    is_argument = token.dep_.startswith(("nsubj", "obj")) and token.head.dep_ == "acl:relcl"
    return {token.head.head.i} if is_argument else set()


def _matching(lower: str, candidates: Iterable[Candidate], words: Anaphora) -> Iterator[Candidate]:
    """Yield the candidates that agree with a pronoun in kind and number."""
    for candidate in candidates:
        fits = (
            (words.person, candidate.is_person),
            (words.thing, not candidate.is_person and not candidate.is_plural),
            (words.plural, candidate.is_plural or not candidate.is_person),
        )
        is_quoted = candidate.mention.note == FIRST_PERSON_NOTE
        if not is_quoted and any(lower in pronouns and agrees for pronouns, agrees in fits):
            yield candidate


def _mention(token: Token, kind: MentionKind, antecedents: tuple[Mention, ...]) -> Mention:
    return Mention(_span(token), token.text, kind, antecedents=antecedents)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
