"""The places of `ontologies/places.tsv`: capitals and cities of more than 100,000 people, from GeoNames (CC BY 4.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import DataError
from kg.languages.lexicon import LANGUAGES, read_table
from kg.ontology.files import ontology_path


@dataclass(frozen=True, slots=True)
class Place:
    """A city.

    Attributes:
        name: In English, as GeoNames has it.
        country: ISO 3166-1 alpha-3.
        geonames: GeoNames id.
        latitude: WGS 84 degrees.
        longitude: WGS 84 degrees.
        population: Inhabitants.
    """

    name: str
    country: str
    geonames: str
    latitude: float
    longitude: float
    population: int


@cache
def load_places(language: str) -> Mapping[str, Place]:
    """Return the places by name in a language; of two with one name the capital, else the larger one.

    Args:
        language: ISO 639-1; its `places.tsv`, where it has one, adds names.

    Raises:
        DataError: A table is wrong, or names a place that there is not.
    """
    ranked: dict[str, tuple[bool, int]] = {}
    places: dict[str, Place] = {}
    by_key: dict[tuple[str, str], Place] = {}
    for _, row in read_table(ontology_path("places.tsv")):
        place = Place(
            name=row["name"],
            country=row["country"],
            geonames=row["geonames"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]),
        )
        rank = (row["note"] == "capital", place.population)
        by_key.setdefault((place.name, place.country), place)
        if rank > ranked.get(place.name, (False, -1)):
            ranked[place.name], places[place.name] = rank, place
    return {**places, **_names_of(language, by_key)}


def _names_of(language: str, by_key: Mapping[tuple[str, str], Place]) -> dict[str, Place]:
    path = LANGUAGES / language / "places.tsv"
    if not path.is_file():
        return {}
    names = {}
    for number, row in read_table(path):
        place = by_key.get((row["name"], row["country"]))
        if place is None:
            raise DataError(f"{path}:{number}: no place {row['name']!r} in {row['country']} in ontologies/places.tsv")
        names[row["form"]] = place
    return names
