from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli.actors import app
from kg.errors import DataError, InputError, UsageError
from kg.ontology.actors import load_actors

RUNNER = CliRunner()


def run(*arguments: str) -> Result:
    return RUNNER.invoke(app, list(arguments), catch_exceptions=True)


def test_the_shipped_actors_pass_the_check() -> None:
    result = run("check", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert {finding["level"] for finding in report["findings"]} == {"warning"}
    assert report["terms"] - report["verified"] == len(report["findings"])
    assert report["actors"]["State"] > 190


def test_the_check_of_a_wrong_file_fails_and_shows_the_error_first(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix kg: <https://example.org/kg/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://example.org/kg/actor/Atlantis> a kg:State ; skos:prefLabel "Atlantis" ; skos:notation "RUS" .\n',
        encoding="utf-8",
    )
    result = run("check", str(own))
    assert result.exit_code == 1
    assert "has the code RUS of Atlantis" in result.stdout
    assert "1 errors" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "principal", "step"),
    [
        (("Kreml", "--date", "2021-10-18", "--lang", "da"), "RUS", "RUS", "metonym"),
        (("Natos generalsekretær", "--date", "2011-05-02", "--lang", "da"), "NATO", "NATO", "title"),
        (("GRL_prime_minister", "--date", "2022"), "GRL", "GRL", "is the id of"),
        (("Salome Surabisjvili", "--date", "2022"), "GEO", "GEO", "GEO_president"),
    ],
)
def test_find_tells_code_actor_and_what_decided(
    arguments: tuple[str, ...], code: str, principal: str, step: str
) -> None:
    result = run("find", *arguments, "--json")
    assert result.exit_code == 0, result.exception
    answer = json.loads(result.stdout)[0]
    assert answer["code"] == code
    assert answer["principal"] == principal
    assert any(step in line for line in answer["steps"]), answer["steps"]


def test_find_refuses_what_is_no_date() -> None:
    assert isinstance(run("find", "Kreml", "--date", "18/10/2021").exception, UsageError)


def test_find_says_that_nobody_is_known() -> None:
    result = run("find", "Xyzzyq", "--lang", "en")
    assert isinstance(result.exception, InputError)
    assert "kg actors add" in str(result.exception)


def test_an_added_person_with_a_term_is_known_from_then_on(tmp_path: Path) -> None:
    own = str(tmp_path / "own.ttl")
    name = 'Jane "J." Doe'
    assert run("add", own, "Jane_Doe", "--kind", "person", "--name", name, "--acts-for", "DNK").exit_code == 0
    assert run("add-term", own, "Jane_Doe", "UN_special_envoy", "--from", "2034-10").exit_code == 0
    actors = load_actors((Path(own),))
    assert actors.actor("Jane_Doe").label() == name
    assert actors.principal_of("Jane_Doe", "2030") == "DNK"
    assert actors.principal_of("Jane_Doe", "2035") == "UN"
    assert not actors.terms_of("Jane_Doe")[0].verified
    assert run("check", own).exit_code == 0


def test_an_added_organisation_has_its_names_by_language(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    names = ("--name", "World Central Kitchen@en", "--name", "Verdenskøkkenet@da", "--name", "WCK")
    result = run("add", str(own), "WCK", "--kind", "InternationalOrganization", "--code", "WCK", *names)
    assert result.exit_code == 0, result.exception
    actors = load_actors((own,))
    assert actors.actor("WCK").label("da") == "Verdenskøkkenet"
    assert actors.guide_code("WCK") == "OTH"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("add", "X", "--kind", "planet", "--name", "X"), UsageError, "no kind 'planet'"),
        (("add", "X Y", "--kind", "State", "--name", "X", "--code", "XYY"), InputError, "id 'X Y'"),
        (("add", "X", "--kind", "State", "--name", "X", "--code", "RUS"), InputError, "the code RUS of RUS"),
        (("add", "X", "--kind", "State", "--name", "Rusland@da", "--code", "XYY"), InputError, "is a name of"),
        (("add", "X", "--kind", "Bloc", "--name", "X", "--code", "X", "--from", "soon"), InputError, "date 'soon'"),
        (("add-term", "Sergey_Lavrov", "RUS_cook"), DataError, "no actor 'RUS_cook'"),
        (("add-term", "Nobody", "UN_special_envoy", "--from", "2030"), InputError, "'Nobody', which is no person"),
        (("add-term", "Sergey_Lavrov", "RUS_president", "--from", "2016"), InputError, "overlaps"),
        (("add-term", "Sergey_Lavrov", "UN_special_envoy", "--from", "2016-05-01"), InputError, "without a source"),
    ],
)
def test_what_would_be_wrong_is_not_written(
    tmp_path: Path, arguments: tuple[str, ...], error: type[Exception], message: str
) -> None:
    own = tmp_path / "own.ttl"
    result = run(arguments[0], str(own), *arguments[1:])
    assert isinstance(result.exception, error)
    assert message in str(result.exception)
    assert list(tmp_path.iterdir()) == []
