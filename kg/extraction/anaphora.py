"""The words of a language that stand for an actor named elsewhere: section `[coreference]` of `language.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.languages.lexicon import Language
from kg.model import Mention

_FURTHEST_NUMBER = 3
EXPLETIVES = frozenset({"det"})
"""Pronouns that are taken to mean nothing wherever they stand: those of "det regner" and "det er vigtigt, at"."""


@dataclass(frozen=True, slots=True)
class Anaphora:
    """The anaphoric words of a language, casefolded.

    Attributes:
        person: Pronouns for one person.
        thing: Pronouns for a state or organisation.
        plural: Pronouns for several, or for a people.
        reflexive: Possessives that mean the subject of their clause.
        first: "we" and its forms.
        first_singular: "I" and its forms.
        possessive: All possessive pronouns.
        relative_possessive: "whose".
        definite: Endings that make a noun definite; empty where articles do.
        articles: Definite articles and what stands in their place.
        group_nouns: Nouns for several actors, after a number.
        state_nouns: Of these, those for states.
        both: Words that mean two actors by themselves.
        latter: "sidstnævnte", and other words for what was named last.
        numbers: Number word -> number.
        nouns: Noun -> kinds of actors, or ids, that it stands for.
        home: The state of a paper in this language, "" for none.
        home_offices: Offices and organs that belong to it where nothing else is said.
        foreign_titles: Beginnings of titles that nobody has at home.
        own_titles: Beginnings of titles that are always meant at home.
        organs: Offices of titles of the kind `organ`.
    """

    person: frozenset[str]
    thing: frozenset[str]
    plural: frozenset[str]
    reflexive: frozenset[str]
    first: frozenset[str]
    first_singular: frozenset[str]
    possessive: frozenset[str]
    relative_possessive: frozenset[str]
    definite: tuple[str, ...]
    articles: frozenset[str]
    group_nouns: frozenset[str]
    state_nouns: frozenset[str]
    both: frozenset[str]
    latter: frozenset[str]
    numbers: Mapping[str, int]
    nouns: Mapping[str, tuple[str, ...]]
    home: str
    home_offices: frozenset[str]
    foreign_titles: tuple[str, ...]
    own_titles: tuple[str, ...]
    organs: frozenset[str]

    def is_definite(self, text: str, token: Token) -> bool:
        """Say whether a noun is definite, by its ending or by an article before it."""
        if "Def" in token.morph.get("Definite", []) or (self.definite and text.casefold().endswith(self.definite)):
            return True
        return any(c.lower_ in self.articles for c in token.children)

    def is_organ(self, office: str) -> bool:
        """Say whether an office is an organ's: "government", not "foreign-minister"."""
        return office in self.organs

    def is_home(self, title: Mention) -> bool:
        """Say whether a title that stands alone may be one of the paper's own country."""
        if not self.home or title.text.casefold().startswith(self.foreign_titles):
            return False
        return title.office in self.home_offices

    def yields_to_context(self, title: Mention) -> bool:
        """Say whether a title may be another country's where the text speaks of that."""
        return not title.text.casefold().startswith(self.own_titles)

    def is_group_of_states(self, token: Token) -> bool:
        """Say whether a group's noun is one for states: "de to lande", not "begge parter"."""
        return token.lower_.endswith(tuple(self.state_nouns))

    def is_expletive(self, token: Token) -> bool:
        """Say whether a pronoun means nothing: "det regner", "it is said that"."""
        if token.lower_ not in self.thing:
            return False
        if token.dep_ == "expl" or token.lower_ in EXPLETIVES:
            return True
        head = token.head
        clauses = {"csubj", "ccomp"} if token.dep_.startswith("nsubj") else set()
        return head.pos_ == "ADJ" and any(c.dep_ in clauses for c in head.children)

    def group_size(self, token: Token) -> int | None:
        """Return how many actors a word stands for: "de to lande" 2, "begge" 2; None for no group."""
        lower = token.lower_
        if lower in self.both:
            return 2
        if lower in self.group_nouns or lower.endswith(tuple(n for n in self.state_nouns if len(n) > 4)):
            number = self._number_before(token)
            return self.numbers[number.lower_] if number is not None else None
        if lower in self.numbers and token.i > token.sent.start and token.i + 1 < len(token.doc):
            before, after = token.doc[token.i - 1], token.doc[token.i + 1]
            stands_alone = before.lower_ in self.articles and after.pos_ not in _NOMINAL
            return self.numbers[lower] if stands_alone else None
        return None

    def group_start(self, token: Token) -> Token:
        """Return the first token of a group's phrase: the article or the number."""
        number = self._number_before(token) or token
        before = number.doc[number.i - 1] if number.i > number.sent.start else number
        return before if before.lower_ in self.articles else number

    def _number_before(self, token: Token) -> Token | None:
        first = max(token.sent.start, token.i - _FURTHEST_NUMBER)
        return next((t for t in reversed(token.doc[first : token.i]) if t.lower_ in self.numbers), None)


_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM"})


def anaphora_of(language: Language) -> Anaphora:
    """Read the sections `[coreference]` and `[home]` of a language."""
    table, home = _section(language, "coreference"), _section(language, "home")

    def words(name: str) -> frozenset[str]:
        return frozenset(str(w).casefold() for w in _list(table.get(name)))

    numbers, nouns = table.get("numbers", {}), table.get("nouns", {})
    return Anaphora(
        person=words("person"),
        thing=words("thing"),
        plural=words("plural"),
        reflexive=words("reflexive"),
        first=words("first"),
        first_singular=words("first_singular"),
        possessive=words("possessive"),
        relative_possessive=words("relative_possessive"),
        definite=tuple(sorted(words("definite"))),
        articles=words("articles"),
        group_nouns=words("group_nouns"),
        state_nouns=words("state_nouns"),
        both=words("both"),
        latter=words("latter"),
        numbers={str(k): int(v) for k, v in numbers.items()} if isinstance(numbers, dict) else {},
        nouns={str(k): tuple(map(str, v)) for k, v in nouns.items()} if isinstance(nouns, dict) else {},
        home=str(home.get("actor", "")),
        home_offices=frozenset(str(o) for o in _list(home.get("offices"))),
        foreign_titles=tuple(str(o) for o in _list(home.get("foreign_titles"))),
        own_titles=tuple(str(o) for o in _list(home.get("own_titles"))),
        organs=frozenset(t.office for t in language.titles if t.kind == "organ"),
    )


def _section(language: Language, name: str) -> Mapping[str, object]:
    section = language.settings.get(name, {})
    return section if isinstance(section, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
