"""The vocabulary and its use agree: every own term that is used is defined, every term that is defined is used."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ontology.actions import load_actions
from kg.ontology.files import load_prefixes, local_name, ontology_path, read_triples

ROOT = Path(__file__).parents[2]
KG = load_prefixes()["kg"]
SKOS = load_prefixes()["skos"]
SOURCES = [*ROOT.glob("kg/graph/*.py"), *ROOT.glob("kg/queries/*.rq"), ROOT / "kg/ontology/actor_values.py"]
ONTOLOGIES = [ontology_path(name) for name in ("actions.ttl", "actors.ttl")]


def used_terms() -> set[str]:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, *ONTOLOGIES])
    enumerated = {"kg:actual", "kg:planned", "kg:negated", "kg:hypothetical", "kg:Support", "kg:Status"}
    supports = {"kg:Stated", "kg:Claimed", "kg:Disputed", "kg:Denied"}
    return set(re.findall(r"\bkg:[A-Za-z]\w*", texts)) | enumerated | supports


def defined_terms() -> set[str]:
    subjects = {str(quad.subject.value) for quad in read_triples(ontology_path("kg.ttl"))}  # type: ignore[union-attr]
    return {f"kg:{subject.removeprefix(KG)}" for subject in subjects if subject.startswith(KG)}


def test_every_term_that_is_used_is_defined() -> None:
    assert used_terms() - defined_terms() == set()


def test_every_term_that_is_defined_is_used() -> None:
    assert defined_terms() - used_terms() == set()


def test_every_term_has_a_label() -> None:
    labelled = {quad.subject for quad in read_triples(ontology_path("kg.ttl")) if "label" in quad.predicate.value}
    assert {f"kg:{local_name(str(node.value))}" for node in labelled} == defined_terms()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["kg.ttl", "actions.ttl", "actors.ttl", "shapes.ttl"])
def test_an_ontology_uses_the_prefixes_of_prefixes_jsonld(name: str) -> None:
    text = ontology_path(name).read_text(encoding="utf-8")
    declared = dict(re.findall(r"^@prefix (\w+): <(.*)> \.", text, flags=re.MULTILINE))
    assert declared == {prefix: load_prefixes()[prefix] for prefix in declared}


@pytest.mark.parametrize("predicate", ["prefLabel", "example"])
def test_actions_are_labelled_and_exemplified_in_danish_and_english(predicate: str) -> None:
    found: dict[str, set[str]] = {}
    for quad in read_triples(ontology_path("actions.ttl")):
        if quad.predicate.value == SKOS + predicate:
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.Literal)
            found.setdefault(local_name(quad.subject.value), set()).add(quad.object.language or "")
    coded = {action.id for action in load_actions().values() if action.type}
    assert len(coded) == 127
    assert {name for name, languages in found.items() if languages >= {"da", "en"}} >= coded


def test_each_of_the_sixteen_types_lies_under_a_quad() -> None:
    types = [action.quad for action in load_actions().values() if action.id == action.type]
    assert {quad: types.count(quad) for quad in types} == {
        "verbal-cooperation": 4,
        "material-cooperation": 3,
        "verbal-conflict": 4,
        "material-conflict": 5,
    }


def test_every_action_has_a_cameo_code_and_its_goldstein_value() -> None:
    for action in load_actions().values():
        if action.type:
            assert re.fullmatch(r"\d{2,4}", action.cameo_code), action.id
            assert action.cameo_code in action.cameo, action.id
            assert action.goldstein is not None
            assert -10 <= action.goldstein <= 10


def test_conflict_strains_and_cooperation_eases_relations() -> None:
    """Appeals aside, which CAMEO counts as cooperation and PLOVER as conflict."""
    for action in load_actions().values():
        if action.goldstein and action.type != "REQUEST":
            assert (action.goldstein > 0) == action.quad.endswith("cooperation"), action.id
