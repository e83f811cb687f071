"""Decide whether an event happened: actual, planned, negated or hypothetical.

From the predicate upwards: its own negation and auxiliaries first, then each governor whose complement it is, until the
clause ends. A governor's kind (`cues.tsv`) gives the complement its status, as in the FactBank account of
source-introducing predicates (Saurí & Pustejovsky 2009): what is decided is planned, what is demanded, threatened or
wished is hypothetical, what is denied is negated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.grammar import VERBAL, children
from kg.intervals import bounds_of
from kg.languages.lexicon import Language
from kg.model import Status, TimeExpression

GOVERNED = {
    "plan": Status.PLANNED,
    "threat": Status.HYPOTHETICAL,
    "demand": Status.HYPOTHETICAL,
    "wish": Status.HYPOTHETICAL,
    "refusal": Status.NEGATED,
    "fail": Status.NEGATED,
}
COMPLEMENT = frozenset(
    {"xcomp", "ccomp", "acl", "obj", "obl", "nmod", "advcl", "nsubj", "nsubj:pass", "csubj", "parataxis"}
)
NEGATORS = frozenset({"advmod", "det", "cc", "neg", "case", "mark", "aux"})
RELATIVE = frozenset({"acl:relcl", "advcl:relcl"})
MARKS = frozenset(",;:")
WINDOW = 6
MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the word that decided it, "" where nothing did."""

    status: Status
    because: str


ACTUAL = Verdict(Status.ACTUAL, "")


@dataclass(frozen=True, slots=True)
class CueIndex:
    """Cue words by their first lemma: (further words, kind) of each."""

    by_lemma: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def kinds(self, token: Token) -> Iterator[str]:
        """Yield the kinds of the cues that stand at a token."""
        for key in dict.fromkeys((token.lemma_.lower(), token.lower_)):
            for rest, kind in self.by_lemma.get(key, ()):
                if _words_follow(token, rest):
                    yield kind


def index_cues(language: Language) -> CueIndex:
    """Build the index of a language's cues."""
    table: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for cue in language.cues:
        first, *rest = cue.lemma.lower().split()
        table[first].append((tuple(rest), cue.kind))
    return CueIndex({k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in table.items()})


def lemmas_of_kind(language: Language, kind: str) -> frozenset[str]:
    """Return the single-word cues of a kind."""
    return frozenset(c.lemma.lower() for c in language.cues if c.kind == kind and " " not in c.lemma)


def find_status(token: Token, cues: CueIndex) -> Verdict:
    """Return the status of the event that a token names, and why."""
    node = token
    for _ in range(MAX_STEPS):
        own = _own_verdict(node, cues)
        if own.status is not Status.ACTUAL:
            return own
        head, label = node.head, node.dep_
        if label in RELATIVE and head != node:
            return _cleft_verdict(head, cues)
        if head == node:
            return ACTUAL
        if label.split(":")[0] in COMPLEMENT and not _is_circumstance(node):
            governed = _governed_verdict(head, node, cues)
            if governed.status is not Status.ACTUAL:
                return governed
            if not _is_transparent(head, node, cues):
                return ACTUAL
        elif not (label == "conj" and _shares_modality(node)) and label not in (
            "amod",
            "compound",
            "nmod:poss",
            "appos",
        ):
            return ACTUAL
        node = head
    return ACTUAL


def settle_status(verdict: Verdict, time: TimeExpression | None, published: str, *, is_refusal: bool) -> Verdict:
    """Return the status that an event's kind and date leave possible.

    Args:
        verdict: By the words around the trigger.
        time: When it takes place, where the text tells.
        published: The article's date; what lies wholly after it has not happened.
        is_refusal: Whether the event is a refusal: a negation is what makes it one ("would not receive her").
    """
    if is_refusal and verdict.status is Status.NEGATED:
        return ACTUAL
    if verdict.status is not Status.ACTUAL or time is None or not published:
        return verdict
    ahead = bounds_of(time.value)[0] > bounds_of(published)[1]
    return Verdict(Status.PLANNED, "after publication") if ahead else verdict


def _own_verdict(node: Token, cues: CueIndex) -> Verdict:
    for child in node.children:
        kinds = set(cues.kinds(child))
        if child.dep_ in NEGATORS and "negation" in kinds and _reaches(child, node):
            return Verdict(Status.NEGATED, child.text)
        if child.dep_ == "mark" and "condition" in kinds:
            return Verdict(Status.HYPOTHETICAL, child.text)
        if child.dep_ == "mark" and kinds & {"plan", "future"}:
            return Verdict(Status.PLANNED, child.text)
    if node.pos_ in VERBAL or children(node, "cop", "aux"):
        if _is_to_infinitive(node):
            return Verdict(Status.PLANNED, node.text)
        if _opens_condition(node):
            return Verdict(Status.HYPOTHETICAL, node.text)
        for child in children(node, "nsubj", "obj"):
            for det in children(child, "det", "advmod", "cc"):
                if "negation" in set(cues.kinds(det)):
                    return Verdict(Status.NEGATED, det.text)
            if child.pos_ == "PRON" and "negation" in set(cues.kinds(child)):
                return Verdict(Status.NEGATED, child.text)
        verdict = _auxiliary_verdict(node, cues)
        return verdict if verdict.status is not Status.ACTUAL else _condition_below(node, cues)
    return _adjective_verdict(node, cues)


def _opens_condition(node: Token) -> bool:
    """Say whether a verb, or its auxiliary, opens its sentence before its subject: "Should Iran attack, ..."."""
    first = node.sent[0]
    if first != node and not (first.dep_ == "aux" and first.head == node):
        return False
    if node.sent.text.rstrip().endswith("?") or "Imp" in first.morph.get("Mood", []):
        return False
    after = [c for c in children(node, "nsubj") if c.i > first.i]
    return bool(after) and node.dep_ in ("advcl", "dep", "ccomp")


def _is_to_infinitive(node: Token) -> bool:
    """Say whether a verb is an infinitive after a form of "be": "who is to visit Moscow"."""
    copulas = [c for c in children(node, "cop") if "Fin" in c.morph.get("VerbForm", [])]
    marks = [c for c in children(node, "mark") if c.pos_ == "PART" and c.i == node.i - 1]
    return node.pos_ == "VERB" and any(m.i == c.i + 1 for c in copulas for m in marks)


def _condition_below(node: Token, cues: CueIndex) -> Verdict:
    """Return hypothetical for what depends on a condition of the same sentence: "indfører sanktioner, hvis ..."."""
    if _is_past(node):
        return ACTUAL
    for clause in children(node, "advcl"):
        for mark in children(clause, "mark"):
            if "condition" in set(cues.kinds(mark)):
                return Verdict(Status.HYPOTHETICAL, mark.text)
    return ACTUAL


def _adjective_verdict(node: Token, cues: CueIndex) -> Verdict:
    """Return what an adjective says of an event that a noun names: "a possible invasion", "det planlagte møde"."""
    for child in children(node, "amod"):
        kinds = set(cues.kinds(child))
        if "possible" in kinds:
            return Verdict(Status.HYPOTHETICAL, child.text)
        if kinds & {"plan", "future"}:
            return Verdict(Status.PLANNED, child.text)
    return ACTUAL


def _cleft_verdict(head: Token, cues: CueIndex) -> Verdict:
    """Return negated for what a cleft sentence denies of its focus: "It was not Ukraine that attacked"."""
    if not children(head, "cop") or not children(head, "expl", "nsubj"):
        return ACTUAL
    if not any(c.pos_ == "PRON" and c.i < head.i for c in children(head, "expl", "nsubj")):
        return ACTUAL
    negation = next((c for c in children(head, "advmod") if "negation" in set(cues.kinds(c))), None)
    return Verdict(Status.NEGATED, negation.text) if negation is not None else ACTUAL


def _reaches(negation: Token, node: Token) -> bool:
    """Say whether a negation is its head's: not that of an infinitive after it, nor one beyond a mark.

    "Lovede ikke at angribe" promises; a parser that hangs the negation on the promise does not make it unmade.
    """
    following = node.doc[negation.i + 1] if negation.i + 1 < len(node.doc) else None
    if following is not None and following.i < node.doc[negation.i].sent.end and negation.i > node.i:
        marks_infinitive = following.dep_ == "mark" and following.head != node
        if marks_infinitive and "Inf" in following.head.morph.get("VerbForm", []):
            return False
    first, last = sorted((negation.i, node.i))
    marks = [t.text for t in node.doc[first:last] if t.text in MARKS]
    return not marks or (marks[0] == "," and len(marks) > 1)


def _auxiliary_verdict(node: Token, cues: CueIndex) -> Verdict:
    hearsay = _is_hearsay(node)
    for child in children(node, "aux", "advmod"):
        kinds = set(cues.kinds(child))
        if "possible" in kinds and not (hearsay and "future" in kinds):
            return Verdict(Status.HYPOTHETICAL, child.text)
    if hearsay:
        return ACTUAL
    for child in children(node, "aux", "advmod"):
        kinds = set(cues.kinds(child))
        if "future" in kinds and not (child.dep_ == "advmod" and _is_past(node)):
            return Verdict(Status.PLANNED, child.text)
    return ACTUAL


def _is_hearsay(verb: Token) -> bool:
    """Say whether a modal governs a perfect infinitive: "skal være fløjet", "is said to have flown"."""
    if "Part" not in verb.morph.get("VerbForm", []):
        return False
    auxiliaries = [c for c in verb.children if c.dep_ == "aux"]
    forms = [c.morph.get("VerbForm", []) for c in auxiliaries]
    return len(auxiliaries) > 1 and any("Inf" in f for f in forms[1:])


def _is_past(verb: Token) -> bool:
    return any("Past" in t.morph.get("Tense", []) for t in (verb, *children(verb, "aux")))


def _governed_verdict(head: Token, node: Token, cues: CueIndex) -> Verdict:
    if node.dep_ in ("nsubj", "nsubj:pass") and not _is_passive_subject(node, head):
        return ACTUAL
    for kind in cues.kinds(head):
        status = GOVERNED.get(kind)
        if status is None:
            continue
        if status is Status.PLANNED and _own_verdict(head, cues).status is Status.NEGATED:
            return Verdict(Status.NEGATED, head.text)
        return Verdict(status, head.text)
    return ACTUAL


def _is_passive_subject(node: Token, head: Token) -> bool:
    return node.dep_ == "nsubj:pass" or "Pass" in head.morph.get("Voice", []) or bool(children(head, "aux:pass"))


def _is_transparent(head: Token, node: Token, cues: CueIndex) -> bool:
    """Say whether a governor hands its own status on to its complement."""
    if head.pos_ not in VERBAL:
        return node.dep_ in ("acl", "nmod", "obl")
    kinds = set(cues.kinds(head))
    if kinds & {"light", "achieve"}:
        return True
    return node.dep_ == "xcomp" or (node.pos_ not in VERBAL and node.dep_ in ("obj", "nsubj:pass", "obl", "nsubj"))


def _is_circumstance(node: Token) -> bool:
    """Say whether a clause tells a reason, a time or a manner: what is planned above it says nothing of it."""
    if node.dep_ != "advcl":
        return False
    forms = set(node.morph.get("VerbForm", []))
    return "Inf" not in forms and (bool(children(node, "nsubj")) or not children(node, "mark"))


def _shares_modality(node: Token) -> bool:
    if children(node, "aux", "nsubj", "mark") or node.head.pos_ != node.pos_:
        return False
    return "Fin" not in node.morph.get("VerbForm", []) or "Fin" in node.head.morph.get("VerbForm", [])


def _words_follow(token: Token, words: tuple[str, ...]) -> bool:
    if not words:
        return True
    near = {t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + WINDOW]} | {c.lower_ for c in token.children}
    return all(word in near for word in words)
