from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import MissingModel
from kg.model import Article
from kg.model_packages import choose_model, find_models, parse_choices
from kg.parsing import KnownLemmas, UniversalLabels, load_pipeline, paragraph_breaks, parse

DANISH = "Rusland udviste to danske diplomater.\n\nNato svarede ikke. »Det er forkert«, siger ministeren."


@pytest.fixture(scope="module")
def danish() -> Language:
    return load_pipeline("da")


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


def relations(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.dep_, token.head.text) for token in doc]


def test_a_document_has_its_articles_text(danish: Language) -> None:
    articles = [Article(id=str(i), text=text) for i, text in enumerate((DANISH, "", " \n\n ", "Ja"))]
    assert [(article.id, doc.text) for article, doc in parse(articles, danish)] == [
        (article.id, article.text) for article in articles
    ]


def test_a_paragraph_that_is_left_unparsed_keeps_its_words_and_sentences_and_changes_no_other(danish: Language) -> None:
    article = Article(id="a", text="Rusland svarede.\n\nDet regner. Det blæser!\n\nNato svarede ikke.")
    [(_, whole)] = parse([article], danish)
    [(_, spared)] = parse([article], danish, keep=lambda paragraph: "regner" not in paragraph)
    assert spared.text == article.text
    outside = [token.i for token in spared if token.pos_]
    assert [relations(whole)[i] for i in outside] == [relations(spared)[i] for i in outside]
    assert [t.text for t in spared if not t.pos_] == ["Det", "regner", ".", "Det", "blæser", "!"]
    assert [s.text.strip() for s in spared.sents if s.text.strip()] == [
        *("Rusland svarede.", "Det regner.", "Det blæser!", "Nato svarede ikke."),
    ]


def test_an_article_of_which_nothing_is_to_be_parsed_is_parsed_whole(danish: Language) -> None:
    [(_, doc)] = parse([Article(id="a", text="Det regner.\n\nDet blæser.")], danish, keep=lambda _: False)
    assert all(token.pos_ for token in doc)


def test_a_sentence_ends_with_its_paragraph(danish: Language) -> None:
    [(_, doc)] = parse([Article(id="a", text="Rusland og\n\nNato svarede ikke.")], danish)
    assert [token.text for token in doc if token.is_sent_start and not token.is_space] == ["Rusland", "Nato"]


def test_paragraph_breaks_start_sentences(blank: Language) -> None:
    doc = paragraph_breaks(blank("One\n\nTwo\nthree"))
    assert [token.text for token in doc if token.is_sent_start] == ["One", "Two"]


def test_paragraph_breaks_leave_an_empty_document_alone(blank: Language) -> None:
    assert len(paragraph_breaks(blank(""))) == 0


def test_a_model_that_is_not_there_says_what_to_install() -> None:
    with pytest.raises(MissingModel, match=r"'da_core_news_xl' for 'da' is not there; install .* --model da=NAME"):
        load_pipeline("da", "da_core_news_xl")


def test_a_broken_model_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    with pytest.raises(MissingModel, match="cannot be loaded") as caught:
        load_pipeline("da", str(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_model_without_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("da").to_disk(tmp_path)
    with pytest.raises(MissingModel, match=r"has no parser"):
        load_pipeline("da", str(tmp_path))


def test_known_lemmas_win_over_guesses(blank: Language) -> None:
    doc = Doc(blank.vocab, words=["Left", "left"], pos=["VERB", "ADJ"], lemmas=["lef", "left"])
    assert [token.lemma_ for token in KnownLemmas({"VERB": {"left": "leave"}})(doc)] == ["leave", "left"]


def test_known_lemmas_survive_disk_and_bytes(tmp_path: Path) -> None:
    table = {"VERB": {"gik": "gå"}}
    KnownLemmas(table).to_disk(tmp_path / "a")
    KnownLemmas(table).to_disk(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert KnownLemmas().from_disk(tmp_path / "a").table == table
    assert KnownLemmas().from_bytes(KnownLemmas(table).to_bytes()).table == table


@pytest.mark.parametrize(
    ("words", "pos", "heads", "labels", "expected"),
    [
        pytest.param(
            ["Iran", "met", "with", "Oman"],
            ["PROPN", "VERB", "ADP", "PROPN"],
            [1, 1, 1, 2],
            ["nsubj", "ROOT", "prep", "pobj"],
            [("Iran", "nsubj", "met"), ("met", "ROOT", "met"), ("with", "case", "Oman"), ("Oman", "obl", "met")],
            id="oblique",
        ),
        pytest.param(
            ["talks", "with", "Oman"],
            ["NOUN", "ADP", "PROPN"],
            [0, 0, 1],
            ["ROOT", "prep", "pobj"],
            [("talks", "ROOT", "talks"), ("with", "case", "Oman"), ("Oman", "nmod", "talks")],
            id="nominal",
        ),
        pytest.param(
            ["He", "was", "hit", "by", "Oman"],
            ["PRON", "AUX", "VERB", "ADP", "PROPN"],
            [2, 2, 2, 2, 3],
            ["nsubjpass", "auxpass", "ROOT", "agent", "pobj"],
            [
                ("He", "nsubj:pass", "hit"),
                ("was", "aux:pass", "hit"),
                ("hit", "ROOT", "hit"),
                ("by", "case", "Oman"),
                ("Oman", "obl:agent", "hit"),
            ],
            id="passive",
        ),
    ],
)
def test_other_labels_become_universal(
    blank: Language,
    words: list[str],
    pos: list[str],
    heads: list[int],
    labels: list[str],
    expected: list[tuple[str, str, str]],
) -> None:
    doc = Doc(blank.vocab, words=words, pos=pos, heads=heads, deps=labels)
    mapped = UniversalLabels({"nsubjpass": "nsubj:pass", "auxpass": "aux:pass"})(doc)
    assert relations(mapped) == expected


def test_the_model_is_the_argument_then_the_environment_then_the_project_then_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_MODEL_DA", raising=False)
    assert Path(choose_model("da")).parts[-2:] == ("da", "model")
    (tmp_path / "pyproject.toml").write_text('[tool.kg.models]\nda = "mine"\n', encoding="utf-8")
    assert choose_model("da") == "mine"
    monkeypatch.setenv("KG_MODEL_DA", "yours")
    assert choose_model("da") == "yours"
    assert choose_model("da", "theirs") == "theirs"


def test_choices_name_language_and_model() -> None:
    assert parse_choices(["da=x", "en=/a=b"]) == {"da": "x", "en": "/a=b"}


def test_the_shipped_models_are_found_with_licence_and_scores() -> None:
    shipped = {model.language: model for model in find_models() if model.shipped}
    assert set(shipped) >= {"da", "en"}
    for model in shipped.values():
        assert model.license == "CC BY-SA 4.0"
        assert model.size <= 16_000_000
        assert model.scores["dep_las"] > 0.7
