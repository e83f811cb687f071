"""Read noun phrases of actors out of hits: which title belongs to which name.

"Ruslands udenrigsminister", "the US secretary of state", "udenrigsministeriet i Moskva", "president of Benin":
a `Phrase` joins the title to those whose title it is. The order of words decides, and the part of speech of what
stands between; a phrase structure is not needed, so that a wrong parse does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.gazetteer import NO_ACTOR, Gazetteer, Hit, Word, find_names, find_titles, split_words
from kg.model import MentionKind

_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "X"})
_MOST_BETWEEN = 4
_MOST_BETWEEN_UNPARSED = 2
_OWN_STATE_ELSEWHERE = frozenset(
    {"ambassador", "envoy", "embassy", "mission", "forces", "armed-forces", "citizen", "coalition", "delegation"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title and whose it is.

    Attributes:
        owners: The names whose title it is; several for "of Armenia and Azerbaijan", none where it stands alone.
        title: The title; the last one of a chain ("foreign ministry spokeswoman").
        first: Index of its first word.
        last: Index of its last word.
    """

    owners: tuple[Hit, ...]
    title: Hit
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A text with all that was found in it.

    Attributes:
        text: As read.
        words: Its words.
        names: Hits of names by the index of their first word.
        titles: Hits of titles by the index of their first word.
        tags: Universal part of speech by the code point at which a token starts; empty for an unparsed text.
        gazetteer: What was looked for.
        covered: Indices of the words that stand in a name.
        owners: Indices of the last words of demonyms and genitives; a noun follows, whatever the tagger says.
    """

    text: str
    words: tuple[Word, ...]
    names: Mapping[int, Hit]
    titles: Mapping[int, Hit]
    tags: Mapping[int, str]
    gazetteer: Gazetteer
    covered: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()

    def gap(self, index: int) -> str:
        """Return what stands between a word and the next one; to the end of the text after the last."""
        end = self.words[index + 1].start if index + 1 < len(self.words) else len(self.text)
        return self.text[self.words[index].end : end]

    def tag(self, index: int) -> str:
        """Return the part of speech of a word, "" where unknown."""
        return self.tags.get(self.words[index].start, "")


def read_text(doc: Doc, text: str, gazetteer: Gazetteer) -> Reading:
    """Find all names and titles of a text; a title inside a name ("Sikkerhedsrådet") is not one."""
    words = split_words(text)
    names = {hit.first: hit for hit in find_names(text, words, gazetteer)}
    covered = frozenset(i for hit in names.values() if not hit.form.is_city for i in range(hit.first, hit.last + 1))
    titles = {hit.first: hit for hit in find_titles(text, words, gazetteer) if hit.first not in covered}
    tags = {token.idx: token.pos_ for token in doc if token.pos_}
    owners = frozenset(h.last for h in names.values() if h.is_genitive or h.form.kind is MentionKind.DEMONYM)
    return Reading(text, words, names, titles, tags, gazetteer, covered, owners)


def find_phrases(reading: Reading) -> Iterator[Phrase]:
    """Yield the titles with their owners, in order; each title stands in one phrase."""
    taken: set[int] = set()
    for first in sorted(reading.names):
        name = reading.names[first]
        if name.form.actors == (NO_ACTOR,) or name.form.is_city or name.first in taken:
            continue
        phrase = _phrase_after(reading, name)
        if phrase is not None and phrase.title.first not in taken:
            taken.update(range(phrase.first, phrase.last + 1))
            yield phrase
    for first in sorted(reading.titles):
        title = reading.titles[first]
        if title.first not in taken and not _is_verb(reading, title):
            yield _phrase_of(reading, title)


def _phrase_after(reading: Reading, name: Hit) -> Phrase | None:
    """Join a name with the title that follows it: "Ruslands udenrigsminister", "russiske styrker", "US envoy"."""
    title = _next_title(reading, name.last) if _may_own(reading, name) else None
    if title is None:
        return None
    while _may_own_title(reading, title) and (further := _next_title(reading, title.last)) is not None:
        title = further
    return Phrase((name,), title, name.first, title.last)


def _may_own(reading: Reading, name: Hit) -> bool:
    if name.is_genitive or name.form.kind is MentionKind.DEMONYM:
        return True
    return not reading.gazetteer.genitives or reading.gap(name.last) == "-"


def _may_own_title(reading: Reading, title: Hit) -> bool:
    return title.is_genitive or not reading.gazetteer.genitives


def _next_title(reading: Reading, last: int) -> Hit | None:
    """Return the title after a word, over at most a few adjectives and nouns; None where a clause goes on."""
    most = _MOST_BETWEEN if reading.tags else _MOST_BETWEEN_UNPARSED
    for index in range(last + 1, min(last + most + 2, len(reading.words))):
        if not _is_inner_gap(reading, index - 1):
            return None
        title = reading.titles.get(index)
        is_beside = index == last + 1 and last in reading.owners
        if title is not None and (is_beside or not _is_verb(reading, title)):
            return title
        if index in reading.covered or not _is_modifier(reading, index):
            return None
    return None


def _is_inner_gap(reading: Reading, index: int) -> bool:
    gap = reading.gap(index).replace("’", "'")
    return gap in (" ", "-", "' ", "\n", "'") or gap.startswith("'s") or gap == "/"


def _is_modifier(reading: Reading, index: int) -> bool:
    word, tag = reading.words[index].text, reading.tag(index)
    if reading.gazetteer.has("stops", word):
        return False
    return not tag or tag in _BETWEEN or (tag == "VERB" and not word[0].isupper() and len(word) > 4)


def _is_verb(reading: Reading, title: Hit) -> bool:
    return title.first == title.last and reading.tag(title.first) in ("VERB", "AUX", "ADP", "PRON", "ADV")


def _phrase_of(reading: Reading, title: Hit) -> Phrase:
    """Join a title with those named after it: "præsidenten for Rusland", "regeringen i Kyiv", "juntas of Mali"."""
    index = title.last + 1
    alone = Phrase((), title, title.first, title.last)
    if index >= len(reading.words) or reading.gap(title.last) != " ":
        return alone
    word = reading.words[index].text
    is_seat = reading.gazetteer.has("seat", word) and title.form.title == "organ"
    if not reading.gazetteer.has("of", word) and not (is_seat and title.form.office not in _OWN_STATE_ELSEWHERE):
        return alone
    owners = tuple(_coordinated(reading, index + 1))
    return Phrase(owners, title, title.first, owners[-1].last) if owners else alone


def _coordinated(reading: Reading, index: int) -> Iterator[Hit]:
    """Yield the names that stand side by side from a word on: "Niger, Mali and Burkina Faso"."""
    while index < len(reading.words):
        if reading.gazetteer.has("determiners", reading.words[index].text) and index not in reading.names:
            index += 1
        name = reading.names.get(index)
        if name is None or name.form.actors == (NO_ACTOR,) or name.form.kind is MentionKind.DEMONYM:
            return
        yield name
        if name.is_genitive or name.last + 1 >= len(reading.words):
            return
        gap, follower = reading.gap(name.last), name.last + 1
        if gap.strip() == "" and reading.gazetteer.has("conjunctions", reading.words[follower].text):
            index = follower + 1
        elif gap == ", ":
            joined = reading.gazetteer.has("conjunctions", reading.words[follower].text)
            index = follower + 1 if joined else follower
        else:
            return
