"""Tell a country from who and what else bears its name: Chad Smith, Israel Adesanya; Georgia in the United States.

A person's name that a country's or town's is a part of makes no actor, unless the registry knows the person. Where a
form has several actors, words right beside it may tell one of them: `[actors.told_by]` of `language.toml`. What they
leave open is for `kg.resolution.choices`, which knows date and article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.gazetteer import Hit
from kg.extraction.phrases import Reading
from kg.model import MentionKind

_PERSON_LABELS = frozenset({"PER", "PERSON"})
_PLACES = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
_FURTHEST_WORD = 3
_BRIDGES = ("of", "seat", "determiners", "conjunctions")


def is_part_of_personal_name(hit: Hit, reading: Reading, doc: Doc) -> bool:
    """Say whether the named entities take the name of a place for a given or family name: "Denzel Washington"."""
    if hit.form.kind not in _PLACES or hit.first != hit.last or hit.is_genitive:
        return False
    around = [e for e in doc.ents if e.start_char <= hit.start and hit.end <= e.end_char and e.label_ in _PERSON_LABELS]
    for entity in around:
        inside = [i for i, word in enumerate(reading.words) if entity.start_char <= word.start < entity.end_char]
        if len(inside) > 1 and not any(_is_no_name(i, hit, reading) for i in inside):
            return True
    return False


def narrow(hit: Hit, reading: Reading) -> Hit:
    """Return a hit with but the actor that a word beside it tells, else unchanged: "voters in Georgia"."""
    if len(hit.form.actors) < 2:
        return hit
    for actor in hit.form.actors:
        clues = reading.gazetteer.clues.get(actor, frozenset())
        clue = next((word for word in _beside(hit, reading) if word in clues), "")
        if clue:
            return replace(hit, form=replace(hit.form, actors=(actor,), clue=clue))
    return hit


def _is_no_name(index: int, hit: Hit, reading: Reading) -> bool:
    """Say whether a word of an entity is a title, an actor's name or no name at all: "Melder Danmark"."""
    if index != hit.first and reading.tag(index) not in ("", "PROPN"):
        return True
    other = reading.names.get(index)
    is_other_name = other is not None and index != hit.first and other.form.kind is not MentionKind.PERSON
    return index in reading.titles or (is_other_name and other is not None and not other.form.is_city)


def _beside(hit: Hit, reading: Reading) -> Iterable[str]:
    """Yield the nearest words of weight on both sides: "voters" and "Florida" in "voters in Georgia and Florida"."""
    before = range(hit.first - 1, max(-1, hit.first - 1 - _FURTHEST_WORD), -1)
    after = range(hit.last + 1, min(len(reading.words), hit.last + 1 + _FURTHEST_WORD))
    for indices, gap_of in ((before, 0), (after, -1)):
        for index in indices:
            gap = reading.gap(index + gap_of)
            if gap not in (" ", ", ", "-") and not gap.endswith(("' ", "’ ", "s ")):
                break
            word = reading.words[index].text
            if not any(reading.gazetteer.has(name, word) for name in _BRIDGES):
                yield word.casefold()
                break
