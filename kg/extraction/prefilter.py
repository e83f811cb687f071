"""Tell, before anything is parsed, which texts and paragraphs can tell of an event at all.

A text in which no actor is named makes no claim. Neither does a paragraph in which nobody is named, nothing stands for
somebody named elsewhere, and no word names an action ("the signature ended a dispute" is about the parties named
before). All is told by the tables that extraction itself reads, so that no mention and no predicate is lost; looking
the words up takes a small part of the time that parsing takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.extraction.anaphora import EXPLETIVES, Anaphora, anaphora_of
from kg.extraction.gazetteer import NO_ACTOR, Gazetteer, Hit, Word, find_names, find_titles, split_words
from kg.extraction.lexicon_index import LexiconIndex, may_name_action
from kg.extraction.titles import REBELS
from kg.languages.lexicon import Language

BEFORE = 4
"""Words in which an article before a title belongs to it: "den nye danske statsminister"."""


@dataclass(frozen=True, slots=True)
class Prefilter:
    """What names an actor in a language, or stands for one.

    Attributes:
        gazetteer: The names and titles.
        anaphora: The words for what is named elsewhere.
        links: Of these, the words that stand for somebody by themselves.
        states: Endings of nouns for several states.
        lexicon: The words that name an action.
    """

    gazetteer: Gazetteer
    anaphora: Anaphora
    links: frozenset[str]
    states: tuple[str, ...]
    lexicon: LexiconIndex

    def names_actor(self, text: str) -> bool:
        """Say whether an article names an actor: by name, by a title that needs none, by a noun that usually means one.

        Args:
            text: A whole article; a title in it that would need another actor's name ("the mayor") names nobody.
        """
        words = split_words(text)
        if self._has_name(text, words) or any(self._usually_means(word) for word in words):
            return True
        return any(self._stands_alone(hit, words) for hit in find_titles(text, words, self.gazetteer))

    def may_tell(self, paragraph: str) -> bool:
        """Say whether a paragraph names an actor, or has a word that stands for one or names an action."""
        words = split_words(paragraph)
        forms = [word.text.lower() for word in words]
        if any(self._links(form) for form in forms) or self._counts(forms) or self._has_name(paragraph, words):
            return True
        if any(True for _ in find_titles(paragraph, words, self.gazetteer)):
            return True
        return may_name_action(forms, self.lexicon)

    def _has_name(self, text: str, words: tuple[Word, ...]) -> bool:
        return any(hit.form.actors != (NO_ACTOR,) for hit in find_names(text, words, self.gazetteer))

    def _stands_alone(self, hit: Hit, words: tuple[Word, ...]) -> bool:
        """Say whether a title means somebody where no actor is named: one of the paper's own country, or rebels."""
        if hit.form.office == REBELS:
            return True
        text = words[hit.first].text.casefold()
        is_home = hit.form.office in self.anaphora.home_offices and not text.startswith(self.anaphora.foreign_titles)
        return bool(self.anaphora.home) and is_home and self._is_definite(hit, words)

    def _is_definite(self, hit: Hit, words: tuple[Word, ...]) -> bool:
        """Say whether a title may be definite: by its ending, an article before it or a name beside it."""
        if not self.anaphora.definite or words[hit.last].text.casefold().endswith(self.anaphora.definite):
            return True
        before = words[max(0, hit.first - BEFORE) : hit.first]
        if any(word.text.lower() in self.anaphora.articles for word in before):
            return True
        return any(word.is_capitalised for word in (*before[-1:], *words[hit.last + 1 : hit.last + 2]))

    def _usually_means(self, word: Word) -> bool:
        return any(kind.isupper() for kind in self.anaphora.nouns.get(word.text.lower(), ()))

    def _links(self, form: str) -> bool:
        return form in self.links or form.endswith(self.states)

    def _counts(self, forms: list[str]) -> bool:
        """Say whether a number stands alone after an article: "de to", "the three"."""
        return any(a in self.anaphora.articles and b in self.anaphora.numbers for a, b in pairwise(forms))


def build_prefilter(language: Language, gazetteer: Gazetteer, lexicon: LexiconIndex) -> Prefilter:
    """Return the prefilter of a language.

    Example:
        >>> from kg.extraction.gazetteer import build_gazetteer
        >>> from kg.extraction.lexicon_index import index_lexicon
        >>> from kg.languages.lexicon import load_language
        >>> from kg.ontology.actors import load_actors
        >>> danish = load_language("da")
        >>> gazetteer = build_gazetteer(danish, load_actors())
        >>> prefilter = build_prefilter(danish, gazetteer, index_lexicon(danish))
        >>> prefilter.names_actor("Rusland lukker konsulatet."), prefilter.names_actor("Det regner igen i morgen.")
        (True, False)
        >>> prefilter.may_tell("Landet lukkede derefter grænsen.")
        True
    """
    words = anaphora_of(language)
    pronouns = words.person | words.thing | words.plural | words.reflexive | words.first | words.first_singular
    owning = words.possessive | words.relative_possessive
    nouns = words.latter | words.both | words.group_nouns | words.nouns.keys()
    return Prefilter(
        gazetteer=gazetteer,
        anaphora=words,
        links=(pronouns | owning | nouns) - EXPLETIVES,
        states=tuple(sorted(words.state_nouns)),
        lexicon=lexicon,
    )
