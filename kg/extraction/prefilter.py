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
from kg.extraction.gazetteer import NO_ACTOR, Gazetteer, Word, find_names, find_titles, split_words
from kg.extraction.predicates import LexiconIndex, may_name_action
from kg.languages.lexicon import Language


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
        """Say whether a text names an actor, by name or by title, or by a noun that usually means one.

        Args:
            text: A whole article, or a paragraph.
        """
        words = split_words(text)
        return self._names(text, words) or any(self._usually_means(word) for word in words)

    def may_tell(self, paragraph: str) -> bool:
        """Say whether a paragraph names an actor, or has a word that stands for one or names an action."""
        words = split_words(paragraph)
        forms = [word.text.lower() for word in words]
        if any(self._links(form) for form in forms) or self._counts(forms) or self._names(paragraph, words):
            return True
        return may_name_action(forms, self.lexicon)

    def _names(self, text: str, words: tuple[Word, ...]) -> bool:
        names = (hit for hit in find_names(text, words, self.gazetteer) if hit.form.actors != (NO_ACTOR,))
        return any(True for _ in names) or any(True for _ in find_titles(text, words, self.gazetteer))

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
        >>> from kg.extraction.predicates import index_lexicon
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
