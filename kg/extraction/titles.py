"""Say whose a title is that stands alone: "udenrigsministeren", "regeringen", "sine kolleger", "the protesters".

In order: the person named beside it; the possessor, be it a pronoun ("hans regering"); the same office earlier in the
article; the paper's own country, where an article names it or no other ("Folketinget" is always Denmark's, and
"statsministeren" too in a Danish paper that speaks of Denmark); the state that the text speaks of last.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.anaphora import Anaphora
from kg.extraction.candidates import Candidate, Candidates
from kg.model import Mention, MentionKind

PROTESTERS = "protesters"
REBELS = "rebels"
_NEAR = 2
_NEVER_ALONE = frozenset(
    {"chair", "chief", "territory", "coalition", "central-bank", "state-media", "officer", "prince"}
)
"""Offices that firms and towns have too, or that say nothing of a state."""


def link_title(candidate: Candidate, found: Candidates, words: Anaphora, person: Mention | None) -> Mention | None:
    """Return a title that stands alone with its antecedent or candidate; None where it means nobody.

    Args:
        candidate: The title.
        found: All mentions so far.
        words: The language's anaphoric words.
        person: The name beside it, if any.
    """
    title = candidate.mention
    if person is not None and person.candidates:
        return replace(title, antecedents=(replace(person, antecedents=()),))
    owner = _possessor(candidate, found)
    if owner is not None:
        return replace(title, antecedents=(owner,))
    if title.office == PROTESTERS:
        return _with(title, _place_in_sentence(candidate, found))
    if title.office == REBELS:
        return replace(title, candidates=(REBELS,), note="a movement without a name")
    if title.office in found.people_offices | _NEVER_ALONE or not (
        person or words.is_definite(title.text, candidate.token)
    ):
        return None
    return _by_context(candidate, found, words, person)


def _by_context(candidate: Candidate, found: Candidates, words: Anaphora, person: Mention | None) -> Mention | None:
    title = candidate.mention
    before = [c for c in found.before(title.span.start) if not c.is_place]
    same = [c for c in before if c.mention.office == title.office and c.mention.kind is not MentionKind.GROUP]
    near_same = [c for c in same if candidate.sentence - c.sentence <= _NEAR]
    if near_same and person is None:
        return _with(title, near_same[-1].mention)
    if found.actors.has_no_state(title.office):
        owners = [c for c in before if any(found.actors.office_of(p, title.office) for p in c.principals)]
        return _with(title, (same or owners)[-1].mention) if same or owners else None
    states = [c for c in before if c.is_state or (not words.is_organ(title.office) and c.principals)]
    nearest = found.best([c for c in states if candidate.sentence - c.sentence <= _NEAR], title.span.start)
    if words.is_home(title) and _stays_home(candidate, found, words, nearest, before):
        return replace(title, candidates=(words.home,), note="the paper's own country")
    if same and person is None:
        return _with(title, same[-1].mention)
    return _with(title, nearest)


def _stays_home(
    candidate: Candidate, found: Candidates, words: Anaphora, nearest: Mention | None, before: list[Candidate]
) -> bool:
    """Say whether a title of the paper's own country is meant, in spite of the foreign state named last, if any."""
    if nearest is None or words.home in _principals(nearest, before) or not words.yields_to_context(candidate.mention):
        return True
    is_named = any(words.home in c.principals for c in found.everyone)
    return is_named and not _is_topic(nearest, candidate, before)


def _is_topic(mention: Mention, title: Candidate, before: list[Candidate]) -> bool:
    """Say whether a mention is the subject of the title's own sentence, or of the one before in its paragraph."""
    for candidate in before:
        if candidate.mention is mention:
            return candidate.is_subject and title.sentence - candidate.sentence <= 1
    return False


def _principals(mention: Mention, before: list[Candidate]) -> tuple[str, ...]:
    return next((c.principals for c in before if c.mention is mention), ())


def _with(title: Mention, antecedent: Mention | None) -> Mention | None:
    return replace(title, antecedents=(antecedent,)) if antecedent is not None else None


def _possessor(candidate: Candidate, found: Candidates) -> Mention | None:
    for child in candidate.token.children:
        if child.dep_ in ("nmod:poss", "det") and child.i < candidate.token.i:
            owner = found.headed_by(child)
            if owner is not None and owner.span.end <= candidate.mention.span.end and owner is not candidate.mention:
                return owner
    return None


def _place_in_sentence(candidate: Candidate, found: Candidates) -> Mention | None:
    here = [c for c in found.everyone if c.sentence == candidate.sentence and c.is_place and c.principals]
    after = [c for c in here if c.mention.span.start > candidate.mention.span.start]
    return next((c.mention for c in [*after, *reversed(here)]), None)
