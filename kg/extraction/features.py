"""Describe a candidate event by features that a linear model can weigh.

A feature is a text `name=value`. None contains an actor's name or code, a date, or a word that names one (no proper
noun, nothing inside a mention), so that what is learned is about language, not about who quarrelled with whom in the
training texts. Features that name words carry the language; the others are shared by all languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.claims import Candidate, Rules
from kg.extraction.grammar import VERBAL, children, complements, is_passive, preposition
from kg.model import Mention, MentionKind

FAR = 12
LATE = 3
OFFICIAL = frozenset({MentionKind.OFFICE, MentionKind.PERSON, MentionKind.METONYM, MentionKind.ACRONYM})
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else was found around a candidate.

    Attributes:
        earlier_same: How many earlier candidates of the article have the same type and sides.
        same_sentence: The other candidates of its sentence.
        above: Type of the nearest candidate above it in the tree, "" for none.
        paragraph: Its paragraph, counted from 0.
        reading: Its place among the readings of its word, from 0.
        readings: How many readings its word has.
    """

    earlier_same: int
    same_sentence: int
    above: str
    paragraph: int
    reading: int = 0
    readings: int = 1


def describe(candidate: Candidate, around: Surroundings, rules: Rules) -> tuple[str, ...]:
    """Return the features of a candidate, each once, in a fixed order."""
    features = [
        *_shape(candidate, around, rules),
        *_company(candidate),
        *_grammar(candidate, rules),
        *_words(candidate, rules),
    ]
    return tuple(dict.fromkeys(features))


def _shape(candidate: Candidate, around: Surroundings, rules: Rules) -> Iterator[str]:
    claim, roles = candidate.claim, candidate.cast.roles
    kind = rules.actions[claim.action].type
    source, target = roles.source.slot or "none", roles.target.slot or "none"
    yield "bias"
    yield f"type={kind}"
    yield f"action={claim.action}"
    yield f"status={claim.status}"
    yield f"type+status={kind}+{claim.status}"
    yield f"pos={candidate.unit.pos}"
    yield f"source={_general(source)}"
    yield f"target={_general(target)}"
    yield f"slots={candidate.unit.pos}+{_general(source)}+{_general(target)}"
    yield f"type+slots={kind}+{_general(source)}+{_general(target)}"
    yield f"sources={_kinds(claim.sources)}"
    yield f"targets={_kinds(claim.targets)}"
    yield f"type+sides={kind}+{bool(claim.sources)}+{bool(claim.targets)}"
    yield f"pos+sides={candidate.unit.pos}+{bool(claim.sources)}+{bool(claim.targets)}"
    yield f"speaker={candidate.attribution.because.split(':')[0] or 'none'}"
    yield f"dated={claim.time.rule if claim.time else 'none'}"
    yield f"placed={claim.place is not None}"
    yield f"earlier={min(around.earlier_same, 2)}"
    yield f"pos+earlier={candidate.unit.pos}+{min(around.earlier_same, 2)}"
    yield f"crowd={min(around.same_sentence, 4)}"
    yield f"above={around.above}"
    yield f"type+above={kind}+{around.above}"
    yield f"paragraph={min(around.paragraph, LATE)}"
    yield f"distance={_distance(candidate)}"
    yield f"tree={candidate.scene.predicate.by_tree}"
    yield f"pos+tree={candidate.unit.pos}+{candidate.scene.predicate.by_tree}+{len(candidate.unit.required)}"
    yield f"sure={_level(candidate.cast.source)}+{_level(candidate.cast.target)}"
    yield f"sure_source={_level(candidate.cast.source)}"
    yield f"sure_target={_level(candidate.cast.target)}"
    yield f"type+sure={kind}+{_level(candidate.cast.source)}+{_level(candidate.cast.target)}"
    yield f"same_sentence={_in_sentence(candidate)}"
    yield f"readings={around.readings}"
    yield f"reading={around.reading}+{candidate.unit.pos}"
    if candidate.scene.predicate.implied:
        yield f"implied={candidate.unit.id}+{candidate.unit.note}"
        yield f"implied+sides={candidate.unit.id}+{source}+{target}"
    yield f"mirrored={candidate.cast.mirrored}+{candidate.claim.action}"
    yield f"required={len(candidate.unit.required)}"


def _company(candidate: Candidate) -> Iterator[str]:
    """Yield what kind of parties the text and the sentence name: events have officials, holidays have Danes."""
    start, end = candidate.token.sent.start, candidate.token.sent.end
    everyone = candidate.parties.everyone
    here = [p for p in everyone if start <= p.head < end]
    officials = [p for p in everyone if p.mention.kind in OFFICIAL]
    principals = {p.principals for p in everyone}
    pair = f"{_kinds(candidate.claim.sources)}+{_kinds(candidate.claim.targets)}"
    yield f"officials={min(len(officials), 4)}"
    yield f"officials_here={min(sum(p.mention.kind in OFFICIAL for p in here), 3)}"
    yield f"principals={min(len(principals), 5)}"
    yield f"principals_here={min(len({p.principals for p in here}), 4)}"
    yield f"pair={pair}"
    yield f"pair+officials={pair}+{min(len(officials), 2)}"
    yield f"type+officials={candidate.scene.type}+{min(len(officials), 2)}"
    for role, filled in (("source", candidate.cast.roles.source), ("target", candidate.cast.roles.target)):
        for party in filled.parties:
            token = candidate.token.doc[party.head]
            noun = "predicate" if token.head == candidate.token else token.head.pos_
            yield f"{role}_as={party.mention.kind.value}+{token.dep_.split(':')[0]}+{noun}"
            yield f"{role}_office={party.mention.office}"


def _grammar(candidate: Candidate, rules: Rules) -> Iterator[str]:
    token = candidate.token
    head = token.head
    pos = candidate.unit.pos
    yield f"label={pos}+{token.dep_}"
    yield f"head={pos}+{token.dep_.split(':')[0]}+{head.pos_ if head != token else 'ROOT'}"
    yield f"preposition={pos}+{bool(preposition(token))}"
    yield f"depth={min(sum(1 for _ in token.ancestors), 5)}"
    if pos == "V":
        yield f"form={'+'.join(token.morph.get('VerbForm', []))}+{'+'.join(token.morph.get('Tense', []))}"
        yield f"passive={is_passive(token, rules.grammar)}"
        yield f"complement={bool(complements(token))}"
        yield f"auxiliary={len(children(token, 'aux'))}"
    else:
        yield f"definite={'+'.join(token.morph.get('Definite', []))}"
        yield f"number={'+'.join(token.morph.get('Number', []))}"
        yield f"determiner={bool(children(token, 'det'))}"
        yield f"owner={bool(children(token, 'nmod:poss'))}"
        yield f"clause={bool(children(token, 'acl'))}"
        yield f"verb_above={head.pos_ in VERBAL}"


def _words(candidate: Candidate, rules: Rules) -> Iterator[str]:
    language = rules.language.code
    token, unit = candidate.token, candidate.unit
    kind = rules.actions[candidate.claim.action].type
    yield f"{language}:unit={unit.id}"
    yield f"{language}:lemma={unit.lemma}"
    yield f"{language}:unit+target={unit.id}+{candidate.cast.roles.target.slot or 'none'}"
    yield f"{language}:unit+source={unit.id}+{candidate.cast.roles.source.slot or 'none'}"
    yield f"{language}:preposition={preposition(token)}"
    yield f"{language}:type+preposition={kind}+{preposition(token)}"
    if token.head != token and token.head.pos_ in CONTENT and token.head.i not in candidate.parties.by_token:
        yield f"{language}:head={token.dep_.split(':')[0]}+{token.head.lemma_.lower()}"
        yield f"{language}:type+head={kind}+{token.head.lemma_.lower()}"
    for child in token.children:
        if child.i in candidate.parties.by_token:
            continue
        if child.pos_ in CONTENT and child.dep_ not in ("conj", "advcl", "parataxis"):
            yield f"{language}:child={child.dep_.split(':')[0]}+{child.lemma_.lower()}"
            yield f"{language}:type+child={kind}+{child.lemma_.lower()}"
        elif child.dep_ in ("aux", "mark", "det", "case"):
            yield f"{language}:type+function={kind}+{child.lower_}"
    for role, filled in (("source", candidate.cast.roles.source), ("target", candidate.cast.roles.target)):
        for party in filled.parties:
            noun = token.doc[party.head].head
            if noun.pos_ == "NOUN" and noun.i not in candidate.parties.by_token and noun != token:
                yield f"{language}:{role}_noun={noun.lemma_.lower()}"
    for other in token.sent:
        if other != token and other.pos_ in ("NOUN", "VERB") and other.i not in candidate.parties.by_token:
            yield f"{language}:word={other.lemma_.lower()}"


def _level(probability: float) -> int:
    """Return a probability in five steps."""
    return min(int(probability * 5), 4)


def _in_sentence(candidate: Candidate) -> str:
    start, end = candidate.token.sent.start, candidate.token.sent.end
    roles = candidate.cast.roles
    return "+".join(str(all(start <= p.head < end for p in filled.parties)) for filled in (roles.source, roles.target))


def _general(slot: str) -> str:
    """Return a slot without its language's own words: every preposition is one."""
    known = ("subj", "obj", "iobj", "comp", "poss", "adj", "compound", "none")
    return slot if slot in known or slot.startswith(("implicit", "learned")) else "preposition"


def _kinds(mentions: Sequence[Mention]) -> str:
    return "+".join(sorted({m.kind.value for m in mentions})) or "none"


def _distance(candidate: Candidate) -> str:
    token: Token = candidate.token
    heads = [p.head for p in (*candidate.cast.roles.source.parties, *candidate.cast.roles.target.parties)]
    return "far" if any(abs(h - token.i) > FAR for h in heads) else "near"
