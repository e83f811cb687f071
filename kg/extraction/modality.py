"""Decide an event's status by a learned model, from what `kg.extraction.status` reads and what it passes by.

The rules give a first answer and its reason; the model weighs it with the words around the trigger, since a cue that
plans one event tells another's circumstances: "the strikes that it had ordered", "offered his condolences".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.grammar import VERBAL, children, clause_head, preposition
from kg.extraction.linear import LinearModel
from kg.extraction.predicates import Predicate
from kg.extraction.status import Verdict
from kg.model import Status, TimeExpression

STEPS = 3


def describe_status(
    predicate: Predicate, verdict: Verdict, time: TimeExpression | None, kind: str, language: str
) -> tuple[str, ...]:
    """Return the features that tell whether an event happened.

    Args:
        predicate: The trigger and its unit.
        verdict: What the rules say.
        time: When it takes place, where the text tells.
        kind: Its event type.
        language: ISO 639-1; part of the features that name words.
    """
    features = [*_plain(predicate, verdict, time, kind), *(f"{language}:{f}" for f in _words(predicate, verdict, kind))]
    return tuple(dict.fromkeys(features))


def choose_status(verdict: Verdict, features: tuple[str, ...], model: LinearModel) -> Verdict:
    """Return the likeliest status; its reason is the rules' where they agree."""
    encoded = [feature.encode("utf-8") for feature in features]
    scores = {status: model.probability_after(_prefix(status), encoded) for status in Status}
    best = max(scores, key=lambda status: (scores[status], status is verdict.status))
    return verdict if best is verdict.status else Verdict(best, "learned")


def of_status(status: Status, features: tuple[str, ...]) -> tuple[str, ...]:
    """Return the features as those of one status."""
    return tuple(_prefix(status) + feature for feature in features)


def _prefix(status: Status) -> str:
    return f"status|{status}|"


def _plain(predicate: Predicate, verdict: Verdict, time: TimeExpression | None, kind: str) -> Iterator[str]:
    token, pos = predicate.token, predicate.unit.pos
    form = "+".join((*token.morph.get("VerbForm", []), *token.morph.get("Tense", [])))
    yield "bias"
    yield f"rule={verdict.status}"
    yield f"rule+type={verdict.status}+{kind}"
    yield f"rule+pos={verdict.status}+{pos}"
    yield f"rule+label={verdict.status}+{token.dep_}"
    yield f"type={kind}"
    yield f"dated={time.rule if time else 'none'}+{verdict.status}"
    yield f"form={form}+{pos}"
    yield f"label={token.dep_}+{pos}"
    yield f"headline={token.sent.start == 0}"
    yield f"clause={clause_head(token).dep_}"
    yield f"path={'>'.join(t.dep_ for t, _ in zip(_upwards(token), range(STEPS), strict=False))}+{verdict.status}"
    yield f"definite={'+'.join(token.morph.get('Definite', []))}+{pos}+{verdict.status}"
    yield f"owner={bool(children(token, 'nmod:poss'))}+{pos}+{verdict.status}"
    yield f"relative={any(t.dep_.endswith('relcl') for t in _upwards(token))}+{verdict.status}"


def _words(predicate: Predicate, verdict: Verdict, kind: str) -> Iterator[str]:
    token = predicate.token
    yield f"cue={verdict.because.lower()}+{verdict.status}"
    yield f"cue+label={verdict.because.lower()}+{token.dep_}"
    yield f"cue+pos={verdict.because.lower()}+{predicate.unit.pos}"
    yield f"unit={predicate.unit.id}"
    yield f"lemma={token.lemma_.lower()}"
    yield f"preposition={preposition(token)}"
    for child in token.children:
        if child.dep_ in ("aux", "aux:pass", "mark", "cop", "advmod", "det", "amod", "cc"):
            yield f"{child.dep_}={child.lower_}"
            yield f"{child.dep_}+type={child.lower_}+{kind}"
    for step, node in enumerate(_upwards(token)):
        if step == STEPS:
            break
        yield f"above={node.lemma_.lower()}"
        yield f"above{step}={node.lemma_.lower()}+{predicate.unit.pos}"
        if node.pos_ in VERBAL:
            for child in children(node, "aux", "mark", "advmod"):
                yield f"above_{child.dep_}={child.lower_}"


def _upwards(token: Token) -> Iterator[Token]:
    node = token
    while node.head != node:
        node = node.head
        yield node
