"""Expressions of time against a publication date: Thursday 21 October 2021 unless said otherwise."""

import pytest

from kg.extraction.dates import compile_dates, find_dates
from kg.languages.lexicon import load_language

THURSDAY = "2021-10-21"

DANISH = [
    ("Det skete den 18. oktober 2021.", "den 18. oktober 2021", "2021-10-18", "2021-10-18"),
    ("Det sker 1. november.", "1. november", "2020-11-01", "2021-11-01"),
    ("Mødet var 4. marts.", "4. marts", "2021-03-04", "2022-03-04"),
    ("Angrebet i marts 2018 kostede liv.", "marts 2018", "2018-03", "2018-03"),
    ("De trak sig ud i august.", "i august", "2021-08", "2022-08"),
    ("Krigen begyndte i 2014.", "i 2014", "2014", "2014"),
    ("Aftalen fra 2015 holdt.", "fra 2015", "2015", "2015"),
    ("Fra 2003 til 2011 var de der.", "Fra 2003 til 2011", "2003/2011", "2003/2011"),
    ("Krigene i 1990'erne.", "i 1990'erne", "1990/1999", "1990/1999"),
    ("Mandag sagde han nej.", "Mandag", "2021-10-18", "2021-10-25"),
    ("De mødes torsdag.", "torsdag", "2021-10-21", "2021-10-21"),
    ("De mødes på fredag.", "på fredag", "2021-10-22", "2021-10-22"),
    ("Han rejste sidste tirsdag.", "sidste tirsdag", "2021-10-19", "2021-10-19"),
    ("Det skete i dag.", "i dag", "2021-10-21", "2021-10-21"),
    ("Det skete i går aftes.", "i går aftes", "2021-10-20", "2021-10-20"),
    ("De rejser i morgen.", "i morgen", "2021-10-22", "2021-10-22"),
    ("De mødtes i sidste uge.", "i sidste uge", "2021-10-11/2021-10-17", "2021-10-11/2021-10-17"),
    ("De mødes i næste uge.", "i næste uge", "2021-10-25/2021-10-31", "2021-10-25/2021-10-31"),
    ("Det besluttede de tidligere på ugen.", "tidligere på ugen", "2021-10-18/2021-10-24", "2021-10-18/2021-10-24"),
    ("Det faldt sidste måned.", "sidste måned", "2021-09", "2021-09"),
    ("Det sker næste måned.", "næste måned", "2021-11", "2021-11"),
    ("De brød båndene sidste år.", "sidste år", "2020", "2020"),
    ("De brød båndene i fjor.", "i fjor", "2020", "2020"),
    ("Topmødet holdes næste år.", "næste år", "2022", "2022"),
    ("De kom for to uger siden.", "for to uger siden", "2021-10-07", ""),
    ("De kom for 3 dage siden.", "for 3 dage siden", "2021-10-18", ""),
    ("De kom for fem år siden.", "for fem år siden", "2016", ""),
    ("De rejser om to måneder.", "om to måneder", "", "2021-12"),
    ("De skal være ude inden for 72 døgn.", "inden for 72 døgn", "", "2021-10-21/2022-01-01"),
    ("Natten til tirsdag faldt bomberne.", "Natten til tirsdag", "2021-10-18/2021-10-19", "2021-10-25/2021-10-26"),
    ("I nat faldt bomberne.", "I nat", "2021-10-20/2021-10-21", "2021-10-21/2021-10-22"),
    ("I weekenden mødtes de.", "I weekenden", "2021-10-16/2021-10-17", "2021-10-23/2021-10-24"),
    ("I sommeren 2008 gik de ind.", "I sommeren 2008", "2008-06/2008-08", "2008-06/2008-08"),
    ("Mødet varer fra 3. til 5. maj.", "fra 3. til 5. maj", "2021-05-03/2021-05-05", "2022-05-03/2022-05-05"),
]

ENGLISH = [
    ("It happened on March 4, 2018.", "March 4, 2018", "2018-03-04", "2018-03-04"),
    ("It happened on 4 March 2018.", "4 March 2018", "2018-03-04", "2018-03-04"),
    ("It starts on November 1.", "November 1", "2020-11-01", "2021-11-01"),
    ("It starts on the 1st of November.", "the 1st of November", "2020-11-01", "2021-11-01"),
    ("They left in August.", "in August", "2021-08", "2022-08"),
    ("They signed it in July 2015.", "July 2015", "2015-07", "2015-07"),
    ("The war began in 2014.", "in 2014", "2014", "2014"),
    ("They left the 2015 accord.", "the 2015", "2015", "2015"),
    ("From 2003 to 2011 they stayed.", "From 2003 to 2011", "2003/2011", "2003/2011"),
    ("The wars of the 1990s.", "the 1990s", "1990/1999", "1990/1999"),
    ("He said so on Monday.", "Monday", "2021-10-18", "2021-10-25"),
    ("They meet on Thursday.", "Thursday", "2021-10-21", "2021-10-21"),
    ("They meet next Friday.", "next Friday", "2021-10-22", "2021-10-22"),
    ("He left last Tuesday.", "last Tuesday", "2021-10-19", "2021-10-19"),
    ("It happened today.", "today", "2021-10-21", "2021-10-21"),
    ("It happened last night.", "last night", "2021-10-20", "2021-10-20"),
    ("They go tomorrow.", "tomorrow", "2021-10-22", "2021-10-22"),
    ("They met last week.", "last week", "2021-10-11/2021-10-17", "2021-10-11/2021-10-17"),
    ("They meet next week.", "next week", "2021-10-25/2021-10-31", "2021-10-25/2021-10-31"),
    ("They agreed earlier this week.", "earlier this week", "2021-10-18/2021-10-24", "2021-10-18/2021-10-24"),
    ("It fell last month.", "last month", "2021-09", "2021-09"),
    ("They cut ties last year.", "last year", "2020", "2020"),
    ("They meet next year.", "next year", "2022", "2022"),
    ("They came two weeks ago.", "two weeks ago", "2021-10-07", ""),
    ("They came 3 days earlier.", "3 days earlier", "2021-10-18", "2021-10-18"),
    ("They came five years ago.", "five years ago", "2016", ""),
    ("They leave in two months.", "in two months", "", "2021-12"),
    ("They must leave within 72 days.", "within 72 days", "", "2021-10-21/2022-01-01"),
    ("Bombs fell overnight.", "overnight", "2021-10-20/2021-10-21", "2021-10-21/2021-10-22"),
    ("They met over the weekend.", "over the weekend", "2021-10-16/2021-10-17", "2021-10-23/2021-10-24"),
    ("In the summer of 2008 they went in.", "In the summer of 2008", "2008-06/2008-08", "2008-06/2008-08"),
]


@pytest.mark.parametrize(
    ("code", "text", "words", "past", "future"),
    [("da", *row) for row in DANISH] + [("en", *row) for row in ENGLISH],
    ids=[row[1] for row in DANISH] + [row[1] for row in ENGLISH],
)
def test_an_expression_of_time_has_its_past_and_its_coming_reading(
    code: str, text: str, words: str, past: str, future: str
) -> None:
    found = find_dates(text, THURSDAY, compile_dates(load_language(code)))

    assert [(text[d.span.start : d.span.end], d.past, d.future) for d in found] == [(words, past, future)]


TOLD_BEFORE = [
    ("da", "Den 4. maj 2020 faldt byen. Dagen efter kom de.", "Dagen efter", "2020-05-05"),
    ("da", "Den 4. maj 2020 faldt byen. To dage senere kom de.", "To dage senere", "2020-05-06"),
    ("da", "Den 4. maj 2020 faldt byen. Dagen før kom de.", "Dagen før", "2020-05-03"),
    ("da", "Den 4. maj 2020 faldt byen. Samme dag kom de.", "Samme dag", "2020-05-04"),
    ("da", "I maj 2020 faldt byen. En måned senere kom de.", "En måned senere", "2020-06"),
    ("da", "De kom, to dage efter at byen faldt.", "to dage efter at", "2021-10-19"),
    ("da", "De kom onsdag, to dage efter at byen faldt.", "to dage efter at", "2021-10-18"),
    ("da", "I 2014 faldt byen, og i maj kom de.", "i maj", "2014-05"),
    ("da", "Siden mandag er byen lukket.", "mandag", "2021-10-18/2021-10-21"),
    ("da", "Siden marts er byen lukket.", "Siden marts", "2021-03/2021-10-21"),
    ("da", "Lørdag og søndag var byen lukket.", "Lørdag og søndag", "2021-10-16/2021-10-17"),
    ("da", "Gårsdagens angreb var hårdt.", "Gårsdagens", "2021-10-20"),
    ("en", "On 4 May 2020 the town fell. The next day they came.", "The next day", "2020-05-05"),
    ("en", "On 4 May 2020 the town fell. Two days later they came.", "Two days later", "2020-05-06"),
    ("en", "On 4 May 2020 the town fell. The day before, they came.", "The day before", "2020-05-03"),
    ("en", "On 4 May 2020 the town fell. The same day they came.", "The same day", "2020-05-04"),
    ("en", "In May 2020 the town fell. A month later they came.", "A month later", "2020-06"),
    ("en", "They came two days after the town fell.", "two days after", "2021-10-19"),
    ("en", "They came on Wednesday, two days after the town fell.", "two days after", "2021-10-18"),
    ("en", "In 2014 the town fell, and in May they came.", "in May", "2014-05"),
    ("en", "The town has been closed since Monday.", "Monday", "2021-10-18/2021-10-21"),
    ("en", "The town has been closed since March.", "since March", "2021-03/2021-10-21"),
    ("en", "The town was closed Saturday and Sunday.", "Saturday and Sunday", "2021-10-16/2021-10-17"),
    ("en", "In three days of talks they agreed.", "", ""),
]


@pytest.mark.parametrize(("code", "text", "words", "value"), TOLD_BEFORE, ids=[row[1] for row in TOLD_BEFORE])
def test_what_is_later_or_earlier_is_counted_from_what_was_told(code: str, text: str, words: str, value: str) -> None:
    found = {
        text[d.span.start : d.span.end]: d.past for d in find_dates(text, THURSDAY, compile_dates(load_language(code)))
    }

    assert found.get(words, "") == value


@pytest.mark.parametrize(
    ("text", "published", "past"),
    [
        ("Mandag sagde han nej.", "2021-10", "2021-10"),
        ("De mødtes i sidste uge.", "2021-10", "2021-10"),
        ("De mødtes i marts.", "2021-10", "2021-03"),
        ("De mødtes i marts.", "2021", "2021-03"),
        ("De mødtes sidste år.", "2021", "2020"),
        ("De mødtes sidste måned.", "2021", "2021"),
    ],
)
def test_a_partial_publication_date_allows_no_finer_answer(text: str, published: str, past: str) -> None:
    [found] = find_dates(text, published, compile_dates(load_language("da")))

    assert found.past == past


@pytest.mark.parametrize("text", ["De mødtes mandag.", "De mødtes i går.", "De mødtes i marts."])
def test_without_a_publication_date_nothing_relative_is_dated(text: str) -> None:
    assert find_dates(text, "", compile_dates(load_language("da"))) == ()


@pytest.mark.parametrize(
    "text",
    ["2000 soldater kom.", "Den 31. februar 2020.", "majoriteten", "Han er 18. i rækken.", "en mandagstrøje", "F-35"],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert [d for d in find_dates(text, THURSDAY, compile_dates(load_language("da"))) if len(d.past) > 7] == []
