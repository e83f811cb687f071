from __future__ import annotations

from collections import Counter
from pathlib import Path

import pycountry
import pytest

from kg.errors import DataError
from kg.ontology.actors import ActorKind, load_actors

ACTORS = load_actors()

HEAD = """
@prefix kg: <https://example.org/kg/ns#> .
@prefix actor: <https://example.org/kg/actor/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# The codes of states and organisations that the annotators' guide lists by name.
GUIDE_CODES = (
    "RUS USA DNK GBR UKR CHN PSE TWN XKX SUN DDR YUG CSK GRL FRO HKG NATO EU UN OPCW OSCE IAEA WHO WTO ICC ICJ IMF WB "
    "AU ASEAN LAS GCC G7 G20 OPEC BRICS CSTO SCO CIS COE NORDIC OAS ECOWAS MERCOSUR WARSAWPACT ICRC EEA UNHCR UNICEF "
    "UNRWA ISIS ALQAEDA TALIBAN HAMAS HEZBOLLAH HOUTHI PKK PLO FARC WAGNER SDF KLA IRA RSF"
)


def forms(language: str) -> dict[str, str]:
    return dict(ACTORS.forms(language))


DANISH, ENGLISH = forms("da"), forms("en")


def write(folder: Path, text: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.mark.parametrize("code", GUIDE_CODES.split())
def test_every_code_of_the_guide_is_an_actor_that_acts_for_itself(code: str) -> None:
    assert ACTORS.principal_of(code) == code
    assert ACTORS.guide_code(code) == code


def test_every_country_of_iso_3166_is_there_in_both_languages() -> None:
    for country in pycountry.countries:
        actor = ACTORS.actor(country.alpha_3)
        assert actor.iso == country.alpha_3
        assert actor.labels["da"]
        assert actor.labels["en"]


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (ActorKind.INTERNATIONAL_ORGANIZATION, 120),
        (ActorKind.ARMED_MOVEMENT, 40),
        (ActorKind.HISTORICAL_STATE, 10),
        (ActorKind.GOVERNMENT_ORGAN, 100),
        (ActorKind.OFFICE, 500),
        (ActorKind.PERSON, 2000),
    ],
)
def test_there_are_enough_actors_of_a_kind(kind: ActorKind, least: int) -> None:
    assert Counter(actor.kind for actor in ACTORS)[kind] >= least


def test_there_are_at_least_1500_terms() -> None:
    assert len(ACTORS.terms) >= 1500


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("USA", "USA"),
        ("De Forenede Stater", "USA"),
        ("Storbritannien", "GBR"),
        ("Emiraterne", "ARE"),
        ("Sydkorea", "KOR"),
        ("Nordkorea", "PRK"),
        ("Burma", "MMR"),
        ("Hviderusland", "BLR"),
        ("Belarus", "BLR"),
        ("Tyrkiet", "TUR"),
        ("Tjekkiet", "CZE"),
        ("Den Tjekkiske Republik", "CZE"),
        ("Elfenbenskysten", "CIV"),
        ("DR Congo", "COD"),
        ("Sovjetunionen", "SUN"),
        ("Jugoslavien", "YUG"),
        ("FN", "UN"),
        ("Sikkerhedsrådet", "UN_Security_Council"),
        ("Europa-Kommissionen", "European_Commission"),
        ("Det Europæiske Råd", "European_Council"),
        ("Europarådet", "COE"),
        ("Nato", "NATO"),
        ("Den Arabiske Liga", "LAS"),
        ("Islamisk Stat", "ISIS"),
        ("Hizbollah", "HEZBOLLAH"),
        ("Lars Løkke Rasmussen", "Lars_Lokke_Rasmussen"),
        ("Volodymyr Zelenskyj", "Volodymyr_Zelenskyy"),
        ("Volodymyr Zelensky", "Volodymyr_Zelenskyy"),
        ("Aleksandr Lukasjenko", "Alexander_Lukashenko"),
        ("Sergej Lavrov", "Sergey_Lavrov"),
        ("Boris Jeltsin", "Boris_Yeltsin"),
        ("Mikhail Gorbatjov", "Mikhail_Gorbachev"),
        ("Recep Tayyip Erdogan", "Recep_Tayyip_Erdogan"),
        ("Viktor Orban", "Viktor_Orban"),
        ("Zine El Abidine Ben Ali", "Zine_El_Abidine_Ben_Ali"),
    ],
)
def test_a_name_in_danish_papers_is_known(name: str, actor: str) -> None:
    assert DANISH[name] == actor


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("United Kingdom", "GBR"),
        ("UK", "GBR"),
        ("Ivory Coast", "CIV"),
        ("East Germany", "DDR"),
        ("Democratic Republic of the Congo", "COD"),
        ("UN Security Council", "UN_Security_Council"),
        ("European Commission", "European_Commission"),
        ("International Atomic Energy Agency", "IAEA"),
        ("Frontex", "Frontex"),
        ("Islamic State", "ISIS"),
        ("Houthis", "HOUTHI"),
        ("Alexander Lukashenko", "Alexander_Lukashenko"),
        ("Sergei Lavrov", "Sergey_Lavrov"),
        ("Viktor Orbán", "Viktor_Orban"),
        ("Ali Khamenei", "Ali_Khamenei"),
        ("António Guterres", "Antonio_Guterres"),
        ("Antonio Guterres", "Antonio_Guterres"),
        ("Xi Jinping", "Xi_Jinping"),
    ],
)
def test_a_name_in_english_papers_is_known(name: str, actor: str) -> None:
    assert ENGLISH[name] == actor


@pytest.mark.parametrize(
    ("person", "family"),
    [
        ("Xi_Jinping", "Xi"),
        ("Kim_Jong-un", "Kim"),
        ("Lars_Lokke_Rasmussen", "Løkke"),
        ("Ursula_von_der_Leyen", "von der Leyen"),
        ("Bashar_al-Assad", "Assad"),
        ("Bashar_al-Assad", "al-Assad"),
        ("Shinzo_Abe", "Abe"),
        ("Abiy_Ahmed", "Abiy"),
        ("Recep_Tayyip_Erdogan", "Erdogan"),
        ("Aung_San_Suu_Kyi", "Suu Kyi"),
        ("Mohammed_bin_Salman", "bin Salman"),
        ("Andres_Manuel_Lopez_Obrador", "López Obrador"),
    ],
)
def test_a_person_is_called_by_the_right_part_of_the_name(person: str, family: str) -> None:
    assert family in ACTORS.actor(person).family_names


@pytest.mark.parametrize(
    ("office", "date", "person"),
    [
        ("USA_president", "2021-01-19", "Donald_Trump"),
        ("USA_president", "2021-01-21", "Joe_Biden"),
        ("USA_president", "1998", "Bill_Clinton"),
        ("RUS_president", "2010-06", "Dmitry_Medvedev"),
        ("RUS_foreign_minister", "2003", "Igor_Ivanov"),
        ("RUS_foreign_minister", "2021-10-18", "Sergey_Lavrov"),
        ("DNK_prime_minister", "2019-06-01", "Lars_Lokke_Rasmussen"),
        ("DNK_prime_minister", "2021", "Mette_Frederiksen"),
        ("DNK_foreign_minister", "2006-02", "Per_Stig_Moller"),
        ("DNK_monarch", "2023", "Margrethe_II"),
        ("DNK_monarch", "2024-02", "Frederik_X"),
        ("GBR_prime_minister", "2019-08", "Boris_Johnson"),
        ("DEU_chancellor", "2015", "Angela_Merkel"),
        ("FRA_president", "2008", "Nicolas_Sarkozy"),
        ("UKR_president", "2022-02-24", "Volodymyr_Zelenskyy"),
        ("NATO_secretary_general", "2013", "Anders_Fogh_Rasmussen"),
        ("NATO_secretary_general", "2021", "Jens_Stoltenberg"),
        ("UN_secretary_general", "2003", "Kofi_Annan"),
        ("European_Commission_president", "2022", "Ursula_von_der_Leyen"),
        ("EU_high_representative", "2023", "Josep_Borrell"),
        ("IAEA_head", "2005", "Mohamed_ElBaradei"),
    ],
)
def test_the_holder_of_an_office_at_a_date_comes_first(office: str, date: str, person: str) -> None:
    assert ACTORS.holders(office, date)[0].person == person


def test_the_month_of_a_change_has_both_holders_and_the_year_too() -> None:
    assert [t.person for t in ACTORS.holders("USA_president", "2021-01")] == ["Donald_Trump", "Joe_Biden"]
    assert {t.person for t in ACTORS.holders("GBR_prime_minister", "2022")} == {
        "Boris_Johnson",
        "Liz_Truss",
        "Rishi_Sunak",
    }


def test_an_undated_question_gets_the_latest_holder() -> None:
    assert [t.person for t in ACTORS.holders("SUN_president", "")] == ["Mikhail_Gorbachev"]


@pytest.mark.parametrize(
    ("person", "date", "principal"),
    [
        ("Jens_Stoltenberg", "2008", "NOR"),
        ("Jens_Stoltenberg", "2020", "NATO"),
        ("Jens_Stoltenberg", "2025-06", "NOR"),
        ("Anders_Fogh_Rasmussen", "2005", "DNK"),
        ("Anders_Fogh_Rasmussen", "2012", "NATO"),
        ("Mark_Rutte", "2020", "NLD"),
        ("Mark_Rutte", "2025", "NATO"),
        ("Kaja_Kallas", "2022", "EST"),
        ("Kaja_Kallas", "2025", "EU"),
        ("Antonio_Guterres", "2000", "PRT"),
        ("Antonio_Guterres", "2010", "UNHCR"),
        ("Antonio_Guterres", "2021", "UN"),
        ("Eduard_Shevardnadze", "1988", "SUN"),
        ("Eduard_Shevardnadze", "1999", "GEO"),
        ("Vaclav_Havel", "1991", "CSK"),
        ("Vaclav_Havel", "1999", "CZE"),
        ("Slobodan_Milosevic", "1999", "YUG"),
        ("Ahmed_al-Sharaa", "2018", "HTS"),
        ("Ahmed_al-Sharaa", "2025-05", "SYR"),
        ("Tony_Blair", "2012", "GBR"),
        ("Elina_Valtonen", "2025-05", "FIN"),
        ("Jared_Kushner", "2025", "USA"),
        ("Alexei_Navalny", "2021", "Alexei_Navalny"),
        ("Nelson_Mandela", "1990-06", "ANC"),
        ("Nelson_Mandela", "1997-10", "ZAF"),
        ("Hashim_Thaci", "1999-06", "KLA"),
        ("Hashim_Thaci", "2010", "XKX"),
        ("Slobodan_Milosevic", "1995", "YUG"),
        ("Zoran_Dindic", "2001-06", "YUG"),
        ("Vojislav_Kostunica", "2005", "SCG"),
        ("Vojislav_Kostunica", "2007", "SRB"),
    ],
)
def test_a_person_acts_for_whom_the_date_says(person: str, date: str, principal: str) -> None:
    assert ACTORS.principal_of(person, date) == principal


@pytest.mark.parametrize(
    ("actor", "principal", "code", "guide"),
    [
        ("UN_Security_Council", "UN", "UN", "UN"),
        ("UNESCO", "UN", "UN", "UN"),
        ("IAEA", "IAEA", "IAEA", "IAEA"),
        ("European_Commission", "EU", "EU", "EU"),
        ("Frontex", "EU", "EU", "EU"),
        ("USA_CIA", "USA", "USA", "USA"),
        ("Gaza", "PSE", "PSE", "PSE"),
        ("Scotland", "GBR", "GBR", "GBR"),
        ("GRL", "GRL", "GRL", "GRL"),
        ("AQAP", "ALQAEDA", "ALQAEDA", "ALQAEDA"),
        ("RUS_foreign_minister", "RUS", "RUS", "RUS"),
        ("AUKUS", "AUKUS", "AUKUS", "OTH"),
        ("Abkhazia", "Abkhazia", "ABKHAZIA", "OTH"),
        ("nobody_known", "nobody_known", "", "OTH"),
    ],
)
def test_a_part_acts_for_the_nearest_whole_with_a_code(actor: str, principal: str, code: str, guide: str) -> None:
    assert ACTORS.principal_of(actor) == principal
    assert ACTORS.code_of(actor) == code
    assert ACTORS.guide_code(actor) == guide


@pytest.mark.parametrize(
    ("date", "principal"),
    [("1999-03", "YUG"), ("2004", "SCG"), ("2006", "SRB"), ("2023", "SRB"), ("", "SRB")],
)
def test_serbia_acted_for_the_state_that_it_was_a_part_of(date: str, principal: str) -> None:
    assert ACTORS.principal_of("SRB", date) == principal
    assert ACTORS.principal_of("SRB_National_Assembly", date) == principal


def test_who_acts_for_no_state_has_no_code_of_one() -> None:
    assert ACTORS.guide_code("Alexei_Navalny", "2021") == "OTH"
    assert ACTORS.code_of("Alexei_Navalny", "2021") == ""


@pytest.mark.parametrize(
    ("principal", "role", "office"),
    [
        ("USA", "head-of-state", "USA_president"),
        ("USA", "head-of-government", "USA_president"),
        ("USA", "prime-minister", ""),
        ("DEU", "chancellor", "DEU_chancellor"),
        ("DEU", "head-of-state", "DEU_president"),
        ("SAU", "head-of-government", "SAU_prime_minister"),
        ("DNK", "monarch", "DNK_monarch"),
        ("EU", "commission-president", "European_Commission_president"),
        ("EU", "high-representative", "EU_high_representative"),
        ("EU", "president", ""),
        ("NATO", "secretary-general", "NATO_secretary_general"),
        ("nobody_known", "president", ""),
    ],
)
def test_an_office_is_found_by_its_role(principal: str, role: str, office: str) -> None:
    assert ACTORS.office_of(principal, role) == office


@pytest.mark.parametrize(
    ("organization", "date", "member", "expected"),
    [
        ("EU", "2019", "GBR", True),
        ("EU", "2021", "GBR", False),
        ("EU", "2012", "HRV", False),
        ("NATO", "2022", "FIN", False),
        ("NATO", "2023-05", "FIN", True),
        ("G7", "2024", "JPN", True),
        ("G8", "2010", "RUS", True),
        ("NORDIC", "", "ISL", True),
        ("WARSAWPACT", "1980", "POL", True),
    ],
)
def test_membership_depends_on_the_date(organization: str, date: str, member: str, expected: bool) -> None:
    assert (member in ACTORS.members_of(organization, date)) is expected


def test_every_state_of_iso_3166_matches_an_item_of_wikidata() -> None:
    items = [actor.matches for actor in ACTORS if actor.kind is ActorKind.STATE and actor.iso]
    assert len(items) > 190
    assert all(len(item) == 1 and item[0].startswith("http://www.wikidata.org/entity/Q") for item in items)
    assert ACTORS.actor("DNK").matches == ("http://www.wikidata.org/entity/Q35",)


@pytest.mark.parametrize(
    ("role", "expected"),
    [("secretary-general", True), ("high-representative", True), ("president", False), ("foreign-minister", False)],
)
def test_some_roles_are_of_organisations_only(role: str, expected: bool) -> None:
    assert ACTORS.has_no_state(role) is expected


def test_an_unknown_actor_is_an_error_that_names_it() -> None:
    with pytest.raises(DataError, match="no actor 'ATLANTIS'"):
        ACTORS.actor("ATLANTIS")


def test_a_name_is_given_in_the_language_asked_for_and_in_another_where_it_is_missing() -> None:
    assert ACTORS.actor("RUS").label("da") == "Rusland"
    assert ACTORS.actor("RUS").label("fi") == "Russia"
    assert ACTORS.actor("Barack_Obama").label("da") == "Barack Obama"


def test_a_users_file_adds_actors_and_terms(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        'actor:Jane_Doe a foaf:Person ; skos:prefLabel "Jane Doe" ; foaf:family_name "Doe" .\n'
        "actor:term_1 a org:Membership ; org:member actor:Jane_Doe ; org:organization actor:NATO ;\n"
        '  kg:office actor:NATO_secretary_general ; kg:from "2034-10"^^xsd:gYearMonth .',
    )
    actors = load_actors((own,))
    assert actors.principal_of("Jane_Doe", "2035") == "NATO"
    assert "Jane Doe" in dict(actors.forms("da"))
    assert "Jane_Doe" not in ACTORS


def test_a_users_file_adds_names_and_overrules_dates(tmp_path: Path) -> None:
    own = write(tmp_path, 'actor:GRL a kg:State ; skos:altLabel "Inuit Nunaat"@da ; kg:validFrom "2031"^^xsd:gYear .')
    greenland = load_actors((own,)).actor("GRL")
    assert greenland.labels["da"][0] == "Grønland"
    assert "Inuit Nunaat" in greenland.labels["da"]
    assert greenland.valid_from == "2031"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actor:X a kg:Planet .", "X: no known class"),
        ("[] a kg:State .", "blank node"),
        ("actor:X a kg:State ; dct:isPartOf [] .", "blank node as value"),
        ('actor:X a kg:State ; kg:validFrom "soon" .', "'soon' is not YYYY"),
        ("actor:X a org:Membership ; org:member actor:RUS .", "a term needs"),
        ("actor:X a kg:State ;", r"own.ttl: .*line"),
    ],
    ids=["class", "blank subject", "blank value", "date", "membership", "syntax"],
)
def test_what_is_wrong_in_a_file_is_told_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        load_actors((write(tmp_path, text),))
    assert "own.ttl" in str(caught.value)
