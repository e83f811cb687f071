"""The spaCy component in a pipeline of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.errors import MissingModel, UsageError
from kg.parsing import load_pipeline

ENGLISH = "Norway expelled three Russian diplomats on Thursday."
DANISH = "Norge udviste torsdag tre russiske diplomater."
EXPULSION = (["NOR"], "expel-diplomats", ["RUS"])


@pytest.fixture(scope="module")
def english() -> Language:
    nlp = load_pipeline("en")
    nlp.add_pipe("diplomatic_events")
    return nlp


@pytest.fixture
def own() -> Language:
    """Build a pipeline from spaCy's blank one, its components lent by another."""
    lender = load_pipeline("en")
    nlp = spacy.blank("en", vocab=lender.vocab)
    for name in lender.pipe_names:
        nlp.add_pipe(name, source=lender)
    return nlp


def told(doc: Doc) -> list[tuple[object, object, object]]:
    return [(list(e["source"]), e["action"], list(e["target"])) for e in doc._.diplomatic_events]


@pytest.mark.parametrize(("code", "text"), [("en", ENGLISH), ("da", DANISH)])
def test_a_document_gets_its_events(code: str, text: str) -> None:
    nlp = load_pipeline(code)
    nlp.add_pipe("diplomatic_events")

    assert told(nlp(text)) == [EXPULSION]


def test_relative_dates_need_the_publication_date(english: Language) -> None:
    dates = []
    for published in ("2022-04-08", ""):
        doc = english.make_doc(ENGLISH)
        doc._.publication_date = published
        dates += [event["date"] for event in english(doc)._.diplomatic_events]

    assert dates == ["2022-04-07", ""]


def test_the_words_that_name_the_action_are_a_span_with_the_id_of_their_event(english: Language) -> None:
    doc = english(ENGLISH)
    [event], [span] = doc._.diplomatic_events, doc.spans["diplomatic_events"]

    assert (span.text, span.label_, span.id_) == ("expelled", "expel-diplomats", event["id"])


def test_a_text_without_events_has_an_empty_list(english: Language) -> None:
    doc = english("The weather will be fine.")

    assert (doc._.diplomatic_events, len(doc.spans["diplomatic_events"])) == ([], 0)


def test_an_empty_text_has_no_events(english: Language) -> None:
    assert english("")._.diplomatic_events == []


def test_it_joins_a_pipeline_built_from_a_blank_one(own: Language) -> None:
    own.add_pipe("diplomatic_events")

    assert told(own(ENGLISH)) == [EXPULSION]


@pytest.mark.parametrize(
    ("left_out", "advice"),
    [
        ("parser", "add a parser to the pipeline before 'diplomatic_events'"),
        ("morphologizer", "add a tagger or morphologizer"),
        ("trainable_lemmatizer", "add a lemmatizer"),
    ],
)
def test_a_pipeline_that_lacks_what_it_needs_says_what_to_add(own: Language, left_out: str, advice: str) -> None:
    own.remove_pipe(left_out)
    if left_out == "trainable_lemmatizer":
        own.remove_pipe("known_lemmas")
    own.add_pipe("diplomatic_events")

    with pytest.raises(MissingModel, match=advice):
        own(ENGLISH)


def passive(nlp: Language) -> Doc:
    """Build "Two Belarusian diplomats were expelled by Lithuania." with the labels of spaCy's English pipelines."""
    return Doc(
        nlp.vocab,
        words=["Two", "Belarusian", "diplomats", "were", "expelled", "by", "Lithuania", "."],
        pos=["NUM", "ADJ", "NOUN", "AUX", "VERB", "ADP", "PROPN", "PUNCT"],
        lemmas=["two", "Belarusian", "diplomat", "be", "expel", "by", "Lithuania", "."],
        heads=[2, 2, 4, 4, 4, 4, 5, 4],
        deps=["nummod", "amod", "nsubjpass", "auxpass", "ROOT", "agent", "pobj", "punct"],
    )


def test_labels_of_another_scheme_are_read_and_left_as_they_were() -> None:
    nlp = spacy.blank("en")
    doc = nlp.add_pipe("diplomatic_events")(passive(nlp))

    assert told(doc) == [(["LTU"], "expel-diplomats", ["BLR"])]
    assert [token.dep_ for token in doc][5:7] == ["agent", "pobj"]


@pytest.mark.parametrize("extractor", ["full", "rules"])
def test_a_pipeline_of_no_language_takes_the_one_that_is_named(extractor: str) -> None:
    nlp = spacy.blank("xx")
    doc = nlp.add_pipe("diplomatic_events", config={"language": "en", "extractor": extractor})(passive(nlp))

    assert told(doc) == [(["LTU"], "expel-diplomats", ["BLR"])]


@pytest.mark.parametrize(
    ("language", "config", "message"),
    [
        pytest.param("fr", {}, r"no language 'fr'; there are: da, en", id="a language without a folder"),
        pytest.param("en", {"language": "xx"}, r"no language 'xx'", id="a language that is named"),
        pytest.param("en", {"extractor": "best"}, r"no extractor 'best'; there are: full, rules", id="an extractor"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_choices(language: str, config: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        spacy.blank(language).add_pipe("diplomatic_events", config=config)


def test_only_events_of_the_asked_confidence_are_kept() -> None:
    nlp = load_pipeline("en")
    nlp.add_pipe("diplomatic_events", config={"min_confidence": 1.0})

    assert told(nlp(ENGLISH)) == []


def test_a_pipeline_with_it_is_written_and_read_again(english: Language, tmp_path: Path) -> None:
    english.to_disk(tmp_path)
    again = spacy.load(tmp_path)

    assert again.get_pipe_meta("diplomatic_events").factory == "diplomatic_events"
    assert told(again(ENGLISH)) == [EXPULSION]


def test_documents_are_written_and_read_with_their_events(english: Language) -> None:
    written = DocBin(store_user_data=True, docs=[english(ENGLISH)]).to_bytes()
    [doc] = DocBin().from_bytes(written).get_docs(english.vocab)

    assert told(doc) == [EXPULSION]
    assert [span.label_ for span in doc.spans["diplomatic_events"]] == ["expel-diplomats"]


def test_two_processes_find_what_one_does(english: Language) -> None:
    texts = [ENGLISH, "The weather will be fine.", "Canada imposed sanctions on Iran."] * 2
    one, two = ([told(doc) for doc in english.pipe(texts, n_process=n, batch_size=2)] for n in (1, 2))

    assert one == two
    assert one[2] == [(["CAN"], "impose-sanctions", ["IRN"])]
