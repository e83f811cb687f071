from __future__ import annotations

from pathlib import Path

import pytest

from kg.ontology.actor_checks import ERROR, WARNING, check_actors
from kg.ontology.actor_files import read_actor_files
from kg.ontology.actors import Actors, load_actors

HEAD = """
@prefix kg: <https://example.org/kg/ns#> .
@prefix actor: <https://example.org/kg/actor/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
WORLD = """
actor:RUS a kg:State ; skos:prefLabel "Rusland"@da ; skos:notation "RUS" ; kg:iso3166a3 "RUS" ;
    kg:validFrom "1991-12"^^xsd:gYearMonth .
actor:NATO a kg:InternationalOrganization ; skos:prefLabel "NATO" ; skos:notation "NATO" .
actor:NATO_secretary_general a org:Post ; skos:prefLabel "Head"@en ; org:postIn actor:NATO ;
    kg:role "secretary-general" .
actor:NATO_envoy a org:Post ; skos:prefLabel "Envoy"@en ; org:postIn actor:NATO ; kg:role "special-envoy" ;
    kg:manyHolders true .
actor:Jens_Stoltenberg a foaf:Person ; skos:prefLabel "Jens Stoltenberg" ; foaf:family_name "Stoltenberg" .
actor:term_a a org:Membership ; org:member actor:Jens_Stoltenberg ; kg:office actor:NATO_secretary_general ;
    kg:from "2014"^^xsd:gYear ; kg:until "2024"^^xsd:gYear ; dct:source "a page" .
actor:term_b a org:Membership ; org:member actor:Jens_Stoltenberg ; kg:office actor:NATO_envoy ;
    kg:from "2014"^^xsd:gYear ; dct:source "a page" .
"""
DOE = 'actor:Jane_Doe a foaf:Person ; skos:prefLabel "Jane Doe" ; foaf:family_name "Doe" .\n'


def term(dates: str, office: str = "NATO_secretary_general", person: str = "Jane_Doe") -> str:
    return (
        f"actor:term_1 a org:Membership ; org:member actor:{person} ; org:organization actor:NATO ; "
        f"kg:office actor:{office} ; {dates} .\n"
    )


def errors(folder: Path, text: str) -> list[tuple[str, str, str]]:
    path = folder / "own.ttl"
    path.write_text(HEAD + WORLD + text, encoding="utf-8")
    findings = check_actors(Actors(*read_actor_files((path,))))
    return [(f.rule, f.subject, f.message) for f in findings if f.level == ERROR]


def test_the_shipped_actors_have_no_error() -> None:
    assert [f for f in check_actors(load_actors()) if f.level == ERROR] == []


def test_every_term_without_a_source_is_a_warning() -> None:
    actors = load_actors()
    warned = {f.subject for f in check_actors(actors) if f.level == WARNING and f.rule == "unverified"}
    assert warned == {term.id for term in actors.terms if not term.verified}
    assert len(warned) < len(actors.terms)


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        (
            'actor:X a kg:Bloc ; skos:prefLabel "X" ; skos:notation "X" ; dct:isPartOf actor:Atlantis .',
            "unknown",
            "Atlantis",
        ),
        (DOE + term('kg:from "2034"^^xsd:gYear', office="NATO_cook"), "unknown", "NATO_cook"),
        (term('kg:from "2034"^^xsd:gYear', person="RUS"), "unknown", "RUS"),
        ('actor:X a org:Post ; skos:prefLabel "X" ; org:postIn actor:RUS .', "unknown", "kg:role"),
        (
            """actor:X a kg:Bloc ; skos:prefLabel "X" ; dct:isPartOf actor:Y .
               actor:Y a kg:Bloc ; skos:prefLabel "Y" ; dct:isPartOf actor:X .""",
            "circle",
            "X of Y of X",
        ),
        ('actor:X a kg:Bloc ; skos:prefLabel "X" .', "code", "has no code"),
        ('actor:X a kg:Bloc ; skos:prefLabel "X" ; skos:notation "x y" .', "code", "'x y'"),
        ('actor:X a kg:State ; skos:prefLabel "X" ; skos:notation "RUS" .', "code", "the code RUS of RUS"),
        ('actor:X a kg:Bloc ; skos:notation "X" .', "name", "no name"),
        ('actor:X a foaf:Person ; skos:prefLabel "X" .', "name", "family_name"),
        ('actor:X a kg:Bloc ; skos:prefLabel "Rusland"@da ; skos:notation "X" .', "label", '"Rusland"@da'),
        (DOE + term('kg:from "2034-10-01"^^xsd:date ; kg:until "2035"^^xsd:gYear'), "date", "without a source"),
        (DOE + term('kg:from "2034"^^xsd:gYear ; kg:until "2030"^^xsd:gYear'), "date", "before it begins"),
        (DOE + term('kg:from "2020"^^xsd:gYear ; kg:until "2022"^^xsd:gYear'), "overlap", "overlaps Jens_Stoltenberg"),
    ],
)
def test_an_error_is_found(tmp_path: Path, text: str, rule: str, message: str) -> None:
    found = errors(tmp_path, text)
    assert any(kind == rule and message in words for kind, _, words in found), found


@pytest.mark.parametrize(
    "text",
    [
        DOE + term('kg:from "2034-10-01"^^xsd:date ; dct:source "https://example.org/page"'),
        DOE + term('kg:from "2015"^^xsd:gYear', office="NATO_envoy"),
        """actor:X a kg:HistoricalState ; skos:prefLabel "Rusland"@da ; skos:notation "X" ;
               kg:validUntil "1850"^^xsd:gYear .""",
        'actor:Namesake a foaf:Person ; skos:prefLabel "Jens Stoltenberg" ; foaf:family_name "Stoltenberg" .',
    ],
    ids=["sourced day", "office of many", "same name at another time", "namesake out of office"],
)
def test_what_is_allowed_is_no_error(tmp_path: Path, text: str) -> None:
    assert errors(tmp_path, text) == []
