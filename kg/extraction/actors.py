"""Find every mention of an actor in an article.

In order: the names of the gazetteer, less those that name no actor here (a firm, a club, a sports team, "Iranian-
backed"); titles with those whose titles they are ("den russiske udenrigsminister"); persons, known by name or by
the title, possessor or apposition beside them; family names of those introduced before. Pronouns and nouns that only
stand for an actor named elsewhere are `kg.extraction.coreference`'s.

A mention inside a bigger one is kept ("Ruslands" in "Ruslands udenrigsminister"); otherwise mentions do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.contexts import is_actor_here, is_descriptive
from kg.extraction.gazetteer import Gazetteer, Hit
from kg.extraction.namesakes import narrow
from kg.extraction.persons import find_persons
from kg.extraction.phrases import Phrase, Reading, find_phrases, read_text
from kg.languages.lexicon import Language
from kg.model import Article, Mention, MentionKind, Span

PLACE_NOTE = "place"


def find_mentions(doc: Doc, article: Article, language: Language, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return the mentions of actors in an article, in order of their place; the wider first at the same start.

    Args:
        doc: Of `article.text`; parts of speech and names sharpen the result, but are not required.
        article: As read.
        language: Of the text.
        gazetteer: From `build_gazetteer` for that language.

    Returns:
        Mentions; one of a title that stands alone has no candidates, and means something only by coreference.

    Example:
        >>> import spacy
        >>> from kg.extraction.gazetteer import build_gazetteer
        >>> from kg.languages.lexicon import load_language
        >>> from kg.ontology.actors import load_actors
        >>> danish = load_language("da")
        >>> article = Article("a", "Ruslands udenrigsminister rejste til Beograd.", "da")
        >>> doc = spacy.blank("da")(article.text)
        >>> found = find_mentions(doc, article, danish, build_gazetteer(danish, load_actors()))
        >>> [(m.text, m.kind.value, m.note) for m in found]
        [('Ruslands udenrigsminister', 'office', ''), ('Ruslands', 'name', ''), ('Beograd', 'capital', 'place')]
    """
    if gazetteer.language != language.code:
        raise ValueError(f"a gazetteer for {gazetteer.language!r} was given for a text in {language.code!r}")
    reading = read_text(doc, article.text, gazetteer)
    reading = replace(reading, names={first: narrow(hit, reading) for first, hit in reading.names.items()})
    phrases = tuple(_without_description(phrase, reading) for phrase in find_phrases(reading))
    kept = {hit.first for hit in reading.names.values() if is_actor_here(hit, reading, doc)}
    names = {first: _name_mention(reading.names[first], reading) for first in sorted(kept)}
    titles = tuple(_phrase_mention(p, names, reading) for p in phrases if all(o.first in kept for o in p.owners))
    people = find_persons(doc, reading, phrases, names, titles)
    spans = [p.span for p in people]
    cities = {reading.names[first].start for first in names if reading.names[first].form.is_city}
    found = [m for m in names.values() if m.kind is not MentionKind.PERSON]
    found = [m for m in found if m.span.start not in cities or not any(s.contains(m.span) for s in spans)]
    return _sorted([*found, *titles, *people])


def _without_description(phrase: Phrase, reading: Reading) -> Phrase:
    """Return a title alone where the name before it only describes: the separatists of "pro-Russian separatists"."""
    if not any(is_descriptive(owner, reading) for owner in phrase.owners):
        return phrase
    return replace(phrase, owners=(), first=phrase.title.first, last=phrase.title.last)


def _name_mention(hit: Hit, reading: Reading) -> Mention:
    form = hit.form
    is_place = form.is_city or (form.kind is MentionKind.CAPITAL and _is_place(hit, reading))
    return _mention(reading, hit.start, hit.end, form.kind, form.actors, note=PLACE_NOTE if is_place else _told_by(hit))


def _is_place(hit: Hit, reading: Reading) -> bool:
    """Say whether a preposition of place stands before a capital: "i Moskva", "near Geneva"."""
    if hit.is_genitive or hit.first == 0 or reading.gap(hit.first - 1) not in (" ", "\n"):
        return False
    return reading.gazetteer.has("place", reading.words[hit.first - 1].text)


def _phrase_mention(phrase: Phrase, names: dict[int, Mention], reading: Reading) -> Mention:
    start, end = reading.words[phrase.first].start, reading.words[phrase.last].end
    office = phrase.title.form.office
    if len(phrase.owners) > 1:
        members = tuple(names[owner.first] for owner in phrase.owners)
        return _mention(reading, start, end, MentionKind.GROUP, (), members, office)
    if phrase.owners and phrase.owners[0].form.kind is MentionKind.GROUP:
        return _mention(reading, start, end, MentionKind.GROUP, phrase.owners[0].form.actors, (), office)
    candidates = phrase.owners[0].form.actors if phrase.owners else ()
    note = _told_by(phrase.owners[0]) if phrase.owners else ""
    return _mention(reading, start, end, MentionKind.OFFICE, candidates, (), office, note)


def _told_by(hit: Hit) -> str:
    return f"told by {hit.form.clue!r} beside it" if hit.form.clue else ""


def _mention(
    reading: Reading,
    start: int,
    end: int,
    kind: MentionKind,
    candidates: tuple[str, ...],
    antecedents: tuple[Mention, ...] = (),
    office: str = "",
    note: str = "",
) -> Mention:
    return Mention(Span(start, end), reading.text[start:end], kind, candidates, antecedents, office, note)


def _sorted(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    unique: Iterator[Mention] = iter({m.span: m for m in mentions}.values())
    return tuple(sorted(unique, key=lambda m: (m.span.start, -m.span.end)))
