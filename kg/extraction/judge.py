"""Judge candidate events by a model learned from annotated articles: would a human coder accept this one?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.claims import Candidate, Rules
from kg.extraction.features import Surroundings, describe
from kg.extraction.grammar import path_to_root, text_of
from kg.extraction.linear import LinearModel

SHOWN = 6
"""So many of the weightiest features are kept on a claim for `kg explain`."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge made of a candidate.

    Attributes:
        candidate: With the confidence and the deciding features on its claim.
        accepted: Whether it becomes a claim of the graph.
        reason: Why not, in words; "" where it does.
    """

    candidate: Candidate
    accepted: bool
    reason: str = ""


def judge_candidates(
    candidates: Sequence[Candidate], rules: Rules, model: LinearModel | None, min_confidence: float | None = None
) -> tuple[Judgement, ...]:
    """Return a judgement of each candidate, in order.

    Args:
        candidates: Of one article.
        rules: The language's.
        model: None accepts what the rules find complete: somebody who acts and somebody who is acted on.
        min_confidence: In place of the language's own threshold.
    """
    if model is None:
        return tuple(_by_rule(c) for c in candidates)
    own = model.thresholds.get(rules.language.code, model.thresholds["other"])
    threshold = own if min_confidence is None else min_confidence
    judged = [
        _by_weight(candidate, describe(candidate, around, rules), model, threshold)
        for candidate, around in zip(candidates, surroundings_of(candidates), strict=True)
    ]
    return tuple(_one_a_word(judged))


def surroundings_of(candidates: Sequence[Candidate]) -> list[Surroundings]:
    """Return what stands around each candidate."""
    seen: Counter[tuple[str, frozenset[str], frozenset[str]]] = Counter()
    crowd = Counter(c.claim.sentence for c in candidates)
    types = {c.token.i: c.scene.type for c in reversed(candidates)}
    readings = Counter(c.token.i for c in candidates)
    read: Counter[int] = Counter()
    found = []
    for candidate in candidates:
        token, roles = candidate.token, candidate.cast.roles
        key = (
            candidate.scene.type,
            frozenset(p for party in roles.source.parties for p in party.principals),
            frozenset(p for party in roles.target.parties for p in party.principals),
        )
        above = next((types[t.i] for t in path_to_root(token) if t != token and t.i in types), "")
        paragraph = text_of(token.doc).count("\n\n", 0, token.idx)
        found.append(
            Surroundings(
                earlier_same=seen[key],
                same_sentence=crowd[candidate.claim.sentence] - readings[token.i],
                above=above,
                paragraph=paragraph,
                reading=read[token.i],
                readings=readings[token.i],
            )
        )
        seen[key] += 1
        read[token.i] += 1
    return found


def _one_a_word(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Accept of the readings of a word only the surest."""
    surest: dict[tuple[int, bool, bool], Judgement] = {}
    for judgement in judgements:
        word = place_of(judgement.candidate)
        best = surest.get(word)
        if judgement.accepted and (best is None or _confidence(judgement) > _confidence(best)):
            surest[word] = judgement
    return [
        replace(j, accepted=False, reason="another reading of the word is surer")
        if j.accepted and surest[place_of(j.candidate)] is not j
        else j
        for j in judgements
    ]


def place_of(candidate: Candidate) -> tuple[int, bool, bool]:
    """Return what only one event may stand at: a word, apart from it what its telling implies, and what it mirrors."""
    return candidate.token.i, candidate.scene.predicate.implied, candidate.cast.mirrored


def _confidence(judgement: Judgement) -> float:
    return judgement.candidate.claim.confidence


def _by_rule(candidate: Candidate) -> Judgement:
    if not candidate.claim.sources:
        return Judgement(candidate, accepted=False, reason="nobody acts")
    if not candidate.claim.targets:
        return Judgement(candidate, accepted=False, reason="nobody is acted on")
    return Judgement(candidate, accepted=True)


def _by_weight(candidate: Candidate, features: Sequence[str], model: LinearModel, threshold: float) -> Judgement:
    confidence = model.probability(features)
    shown = tuple(f"{name} ({weight:+.2f})" for weight, name in model.weigh(features)[:SHOWN] if weight)
    claim = replace(candidate.claim, confidence=round(confidence, 3), features=(*candidate.claim.features, *shown))
    judged = replace(candidate, claim=claim)
    if not candidate.claim.sources:
        return Judgement(judged, accepted=False, reason="nobody acts")
    if confidence < threshold:
        return Judgement(judged, accepted=False, reason=f"confidence {confidence:.2f} below {threshold:.2f}")
    return Judgement(judged, accepted=True)
