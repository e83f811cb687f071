"""Find a predicate's arguments in a Universal Dependencies tree.

What comes in is a spaCy token, the head of a predicate; what goes out are the tokens that head its arguments, in the
active frame: the agent phrase of a passive is its subject, the passive's subject its object. Everything is read from
UD labels (de Marneffe et al. 2021, universaldependencies.org/u/dep), so that one implementation serves every
language; the few words that it must know stand in the `[grammar]` table of `language.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.languages.lexicon import Language

SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp", "csubj", "parataxis", "advcl:relcl"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
OF_VERB = frozenset({"obj", "nsubj", "nsubj:pass", "xcomp", "obl"})


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a language that the role finder must know.

    Attributes:
        passive_auxiliaries: Lemmas that make a passive with a participle.
        recipient_passive_auxiliaries: Lemmas whose subject is the recipient ("fik frataget").
        agent_prepositions: Of the passive's agent.
        relative_pronouns: Lower case.
        reflexives: Lower case.
        origin_prepositions: By which a noun's own actor may follow it ("beslutning fra Rusland").
        place_prepositions: By which an event's place is told.
        present_participle_suffixes: Endings of participles whose noun is their subject.
        volitions: Modal verbs of will and ability, lower case; negated, they refuse.
        obligations: Modal verbs of duty, lower case; said of another, they demand.
        between: Prepositions that name two sides.
    """

    passive_auxiliaries: frozenset[str]
    recipient_passive_auxiliaries: frozenset[str]
    agent_prepositions: frozenset[str]
    relative_pronouns: frozenset[str]
    reflexives: frozenset[str]
    origin_prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    present_participle_suffixes: tuple[str, ...]
    volitions: frozenset[str]
    obligations: frozenset[str]
    between: frozenset[str]


def grammar_of(language: Language) -> Grammar:
    """Read the `[grammar]` table of a language."""
    table = language.settings.get("grammar", {})
    words: Mapping[str, list[str]] = table if isinstance(table, dict) else {}
    return Grammar(
        passive_auxiliaries=frozenset(words.get("passive_auxiliaries", ())),
        recipient_passive_auxiliaries=frozenset(words.get("recipient_passive_auxiliaries", ())),
        agent_prepositions=frozenset(words.get("agent_prepositions", ())),
        relative_pronouns=frozenset(words.get("relative_pronouns", ())),
        reflexives=frozenset(words.get("reflexives", ())),
        origin_prepositions=frozenset(words.get("origin_prepositions", ())),
        place_prepositions=frozenset(words.get("place_prepositions", ())),
        present_participle_suffixes=tuple(words.get("present_participle_suffixes", ())),
        volitions=frozenset(words.get("volitions", ())),
        obligations=frozenset(words.get("obligations", ())),
        between=frozenset(words.get("between", ())),
    )


@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """Return the text of a document; spaCy puts it together anew from all tokens each time."""
    return doc.text


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children whose label, or its part before the colon, is one of `labels`."""
    return [c for c in token.children if (label := c.dep_) in labels or label.partition(":")[0] in labels]


def is_passive(verb: Token, grammar: Grammar) -> bool:
    """Say whether a verb is in the passive: by form, auxiliary, subject label, or as a participle after its noun."""
    if _is_bare_past(verb, grammar):
        return False
    if "Pass" in verb.morph.get("Voice", []):
        return True
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        return True
    if not is_past_participle(verb, grammar):
        return False
    if any(c.lemma_ in grammar.passive_auxiliaries for c in children(verb, "aux", "cop")):
        return True
    return verb.dep_ in ("acl", "amod") and not children(verb, "aux")


def _is_bare_past(verb: Token, grammar: Grammar) -> bool:
    """Say whether what looks like a participle has a subject and no auxiliary: a past tense that a model mistook."""
    if not is_past_participle(verb, grammar) or any(c.dep_ in ("aux", "aux:pass", "cop") for c in verb.children):
        return False
    return any(c.dep_ == "nsubj" for c in verb.children)


def is_past_participle(verb: Token, grammar: Grammar) -> bool:
    """Say whether a token is a participle, and not a present one."""
    return "Part" in verb.morph.get("VerbForm", []) and not is_present_participle(verb, grammar)


def is_present_participle(verb: Token, grammar: Grammar) -> bool:
    """Say whether a token is a present participle or gerund."""
    forms = verb.morph.get("VerbForm", [])
    return ("Part" in forms or "Ger" in forms) and verb.lower_.endswith(grammar.present_participle_suffixes)


def subjects(verb: Token, grammar: Grammar, depth: int = 0) -> list[Token]:
    """Return the tokens that head who acts, through passive, control, coordination and relative clauses."""
    if is_passive(verb, grammar):
        return agents(verb, grammar)
    own = surface_subjects(verb, grammar)
    return own if own or depth > 6 else inherited_subjects(verb, grammar, depth + 1)


def objects(verb: Token, grammar: Grammar, depth: int = 0) -> list[Token]:
    """Return the tokens that head who or what is acted on."""
    if not is_passive(verb, grammar):
        own = children(verb, "obj")
        relative = [o for o in own if o.lower_ in grammar.relative_pronouns]
        if relative or (verb.dep_ == "acl:relcl" and not own and _lacks_object(verb, grammar)):
            return [verb.head]
        return own
    own = surface_subjects(verb, grammar)
    if own:
        return own
    if verb.dep_ in ("acl", "amod"):
        return [verb.head]
    return inherited_subjects(verb, grammar, depth + 1) if depth <= 6 else []


def _lacks_object(verb: Token, grammar: Grammar) -> bool:
    subject = children(verb, "nsubj")
    return bool(subject) and all(s.lower_ not in grammar.relative_pronouns for s in subject)


def agents(verb: Token, grammar: Grammar) -> list[Token]:
    """Return the agent phrases of a passive: "af Rusland", "by Russia"."""
    found = children(verb, "obl:agent")
    return found or [
        c for c in children(verb, "obl", "nmod") if any(preposition(c) == p for p in grammar.agent_prepositions)
    ]


def surface_subjects(verb: Token, grammar: Grammar) -> list[Token]:
    """Return a verb's own subjects; a relative pronoun gives the noun that it stands for."""
    found = []
    for child in verb.children:
        if child.dep_ in SUBJECT:
            if child.lower_ in grammar.relative_pronouns and (noun := relative_head(verb)) is not None:
                found.append(noun)
            else:
                found.append(child)
    return found


def relative_head(verb: Token) -> Token | None:
    """Return the noun that the relative clause around a verb belongs to, or None."""
    node = verb
    while node.dep_ in ("conj", "xcomp", "ccomp") and node.head != node:
        node = node.head
    return node.head if node.dep_.split(":")[0] == "acl" else None


def inherited_subjects(verb: Token, grammar: Grammar, depth: int) -> list[Token]:
    """Return the subject that a verb without its own shares with a verb above it."""
    head, label = verb.head, verb.dep_
    if head == verb or depth > 6:
        return []
    if label == "conj" and head.pos_ in VERBAL:
        if is_passive(head, grammar):
            return objects(head, grammar, depth)
        return subjects(head, grammar, depth)
    if label == "xcomp" or (label == "advcl" and not children(verb, "mark", "nsubj")) or label == "advcl":
        return controllers(verb, head, grammar, depth)
    if label.split(":")[0] == "acl":
        return _subject_of_noun_clause(verb, head, grammar, depth)
    if label in ("ccomp", "aux") and not children(verb, "mark"):
        return controllers(verb, head, grammar, depth)
    return []


def controllers(verb: Token, head: Token, grammar: Grammar, depth: int) -> list[Token]:
    """Return who controls an infinitive or participle under another predicate: its object, else its subject."""
    if verb.dep_ == "xcomp" and head.pos_ in VERBAL and not is_passive(head, grammar):
        controlled = [o for o in children(head, "obj", "iobj") if o.lower_ not in grammar.reflexives]
        if controlled:
            return controlled
    if head.pos_ in VERBAL:
        return objects(head, grammar, depth) if is_passive(head, grammar) else subjects(head, grammar, depth)
    if children(head, "cop"):
        return surface_subjects(head, grammar)
    return []


def _subject_of_noun_clause(verb: Token, noun: Token, grammar: Grammar, depth: int) -> list[Token]:
    if is_present_participle(verb, grammar) or (children(verb, "obj") and _is_past(verb)):
        return [noun]
    if verb.dep_ == "acl:relcl":
        return [] if children(verb, "nsubj") else [noun]
    owners = children(noun, "nmod:poss")
    if owners:
        return owners
    governor = noun.head
    if governor is not noun and governor.pos_ in VERBAL and noun.dep_ in ("obj", "obl", "nsubj", "nsubj:pass"):
        return subjects(governor, grammar, depth)
    return []


def _is_past(verb: Token) -> bool:
    return "Past" in verb.morph.get("Tense", []) and not children(verb, "mark", "aux")


def preposition(token: Token) -> str:
    """Return the preposition of a phrase, lower case, its parts joined by blanks: "over for"; "" without one."""
    case = children(token, "case")
    if not case:
        return ""
    first = min(case, key=lambda c: c.i)
    parts = {first, *children(first, "fixed"), *(c for c in case if abs(c.i - first.i) <= 2 and c.i < token.i)}
    return " ".join(t.lower_ for t in sorted(parts, key=lambda t: t.i))


def phrases_with(token: Token, wanted: str) -> list[Token]:
    """Return the heads of phrases with a preposition, at a predicate, its object, or the verb that it depends on."""
    found = [c for c in _attachment_sites(token) if preposition(c) == wanted]
    if found:
        return found
    first = wanted.split(" ", maxsplit=1)[0]
    return [c for c in _attachment_sites(token) if " " in wanted and preposition(c) == first]


def _attachment_sites(token: Token) -> Iterator[Token]:
    labels = ("obl", "nmod", "advmod", "iobj", "obj", "xcomp", "dep")
    own = children(token, *labels)
    yield from own
    for child in own:
        if child.dep_ in ("obj", "xcomp", "iobj") or child.dep_.startswith(("obl", "nmod")):
            yield from (c for c in children(child, "nmod", "obl", "acl") if c.i > token.i)
    if (
        token.pos_ in NOMINAL
        and token.head.pos_ in VERBAL
        and token.dep_ in ("obj", "nsubj", "nsubj:pass", "xcomp", "obl")
    ):
        yield from (c for c in children(token.head, "obl", "nmod") if c != token and c.i > token.i)
    if token.dep_ == "conj" and token.head.pos_ == token.pos_:
        yield from (c for c in children(token.head, "obl", "nmod") if c.i > token.i)


def complements(token: Token) -> list[Token]:
    """Return the heads of the clauses that complete a predicate: what is demanded, claimed, threatened."""
    found = children(token, "ccomp", "xcomp", "advcl", "acl")
    for child in children(token, "obj", "obl"):
        found += children(child, "acl", "ccomp", "advcl")
    return [c for c in found if (c.dep_ != "acl:relcl" and c.i > token.i) or c.dep_ == "ccomp"]


def clause_head(token: Token) -> Token:
    """Return the predicate of the clause that a token stands in: the nearest verb, or word with a copula, above."""
    node = token
    while node.head != node:
        if node.pos_ in VERBAL and node.dep_ not in ("aux", "aux:pass", "cop", "amod"):
            return node
        if children(node, "cop"):
            return node
        node = node.head
    return node


def path_to_root(token: Token) -> Iterator[Token]:
    """Yield a token and all tokens above it, nearest first."""
    yield token
    while token.head != token:
        token = token.head
        yield token
