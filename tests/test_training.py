from __future__ import annotations

import importlib.util
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import spacy

from kg.errors import InputError
from kg.languages.lexicon import LANGUAGES
from kg.parsing import load_pipeline
from kg.training import collect_lemmas, to_doc, train
from kg.training_documents import augment
from kg.treebank import (
    ROOT,
    Sentence,
    Swaps,
    Word,
    add_danplus,
    change_quotes,
    drop_full_stop,
    drop_titles,
    end_paragraph,
    find_names,
    group,
    group_paragraphs,
    lower_case,
    mark_nationalities,
    quote_sentence,
    read_conllu,
    read_danplus,
    read_swaps,
    swap_names,
)
from kg.word_vectors import make_cluster_vectors, make_ngram_vectors

CONLLU = """# cdt_doc = 7
# cdt_token = 42
1\tPutins\tPutin\tPROPN\t_\tCase=Gen\t2\tnmod:poss\t_\tNER=B-PER
2\ttrussel\ttrussel\tNOUN\t_\t_\t0\troot\t_\tNER=O|SpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\tNER=O

# sent_id = weblog-1-2
1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tdid\tdo\tAUX\t_\t_\t0\troot\t_\tNER=O
2\tn't\tnot\tPART\t_\t_\t1\tadvmod\t_\tNER=O
2.1\tgo\tgo\tVERB\t_\t_\t_\t_\t_\t_
3\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\tNER=O
"""
SWAPS = Swaps(
    names={"PER": (("Ursula", "von", "der", "Leyen"),), "LOC": (("Saudi", "Arabia"),)},
    adjectives=("finsk",),
    quotes=(("»", "«"),),
    genitive="s",
    link={"PER": "flat", "LOC": "compound"},
    last=("LOC",),
)
SAMPLE = 60


def chance(seed: int = 0) -> random.Random:
    return random.Random(seed)  # noqa: S311 # nothing secret is drawn


def word(form: str, head: int, dep: str, pos: str = "NOUN", name: str = "O", **other: object) -> Word:
    values = {"lemma": form, "morph": "", "space": True} | other
    return Word(form=form, pos=pos, head=head, dep=dep, name=name, **values)  # type: ignore[arg-type]  # few kinds


@pytest.fixture
def sentences(tmp_path: Path) -> list[Sentence]:
    path = tmp_path / "a.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(read_conllu(path))


def test_conllu_is_read_with_its_place(sentences: list[Sentence]) -> None:
    first, second = sentences
    assert (first.document, first.position, second.document) == ("7", 42, "weblog-1")
    assert [w.head for w in first.words] == [1, ROOT, 1]
    assert first.words[0].name == "B-PER"


def test_words_of_one_token_touch_each_other(sentences: list[Sentence]) -> None:
    assert to_doc(spacy.blank("en").vocab, sentences).text == "Putins trussel. didn't. "


def test_a_document_keeps_the_annotation(sentences: list[Sentence]) -> None:
    doc = to_doc(spacy.blank("da").vocab, sentences)
    assert [token.head.i for token in doc] == [1, 1, 1, 3, 3, 3]
    assert [token.i for token in doc if token.is_sent_start] == [0, 3]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Putins", "PER")]


def test_a_swapped_name_takes_its_place_in_the_tree(sentences: list[Sentence]) -> None:
    swapped = swap_names(sentences[0], SWAPS, chance(), share=1)
    assert swapped.forms == ("Ursula", "von", "der", "Leyens", "trussel", ".")
    assert [(w.head, w.dep) for w in swapped.words[:5]] == [
        (4, "nmod:poss"),
        (0, "flat"),
        (0, "flat"),
        (0, "flat"),
        (ROOT, "ROOT"),
    ]
    assert list(find_names(swapped)) == [(0, 4, "PER")]


def test_a_compound_name_is_headed_by_its_last_word() -> None:
    sentence = Sentence((word("sees", ROOT, "ROOT", "VERB"), word("Oman", 0, "obj", "PROPN", "B-LOC")))
    swapped = swap_names(sentence, SWAPS, chance(), share=1)
    assert [(w.form, w.head, w.dep) for w in swapped.words[1:]] == [("Saudi", 2, "compound"), ("Arabia", 0, "obj")]


def test_a_name_with_a_tree_of_its_own_is_left() -> None:
    sentence = Sentence(
        (
            word("Bank", ROOT, "ROOT", "PROPN", "B-LOC"),
            word("of", 2, "case", "ADP", "I-LOC"),
            word("Oman", 0, "nmod", "PROPN", "I-LOC"),
        )
    )
    assert swap_names(sentence, SWAPS, chance(), share=1) == sentence


@pytest.mark.parametrize(
    ("form", "expected"), [pytest.param("dansk", "finsk", id="base"), pytest.param("danske", "finske", id="ending")]
)
def test_nationalities_are_swapped_with_their_ending(form: str, expected: str) -> None:
    sentence = Sentence((word(form, ROOT, "ROOT", "ADJ", "B-NAT", lemma="dansk"),))
    assert swap_names(sentence, SWAPS, chance(), share=1).forms == (expected,)


def test_danplus_adds_nationalities_and_other_names(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("danske\tB-LOCderiv\tO\nØlet\tB-MISC\tO\nNato\tB-ORG\tO\n", encoding="utf-8")
    sentence = Sentence(tuple(word(form, ROOT, "ROOT") for form in ("danske", "Ølet", "Nato")))
    named = add_danplus(sentence, read_danplus(tmp_path / "a.tsv"))
    assert [w.name for w in named.words] == ["B-NAT", "B-MISC", "O"]


@pytest.mark.parametrize(
    ("complete", "expected"),
    [pytest.param(True, ["B-NAT", "B-MISC", "O"], id="all"), pytest.param(False, ["B-NAT", "B-MISC", ""], id="some")],
)
def test_nationalities_are_told_from_other_names(complete: bool, expected: list[str]) -> None:
    sentence = Sentence(
        (
            word("Danish", ROOT, "ROOT", "ADJ"),
            word("Titanic", 0, "dep", "PROPN", "B-OTH"),
            word("Nook", 0, "dep", "PROPN"),
        )
    )
    marked = mark_nationalities(sentence, frozenset({"Danish"}), complete=complete)
    assert [w.name for w in marked.words] == expected


def test_titles_are_no_part_of_a_name() -> None:
    sentence = Sentence((word("President", ROOT, "ROOT", "PROPN", "B-PER"), word("Biden", 0, "flat", "PROPN", "I-PER")))
    assert [w.name for w in drop_titles(sentence).words] == ["O", "B-PER"]


def test_quotation_marks_open_and_close() -> None:
    forms = [("said", True), (":", True), ('"', False), ("Yes", False), ('"', True)]
    sentence = Sentence(tuple(word(form, 0, "punct", "PUNCT", space=space) for form, space in forms))
    assert change_quotes(sentence, SWAPS, chance()).forms == ("said", ":", "»", "Yes", "«")


def test_small_changes_leave_the_tree_whole(sentences: list[Sentence]) -> None:
    first = sentences[0]
    assert drop_full_stop(first).forms == ("Putins", "trussel")
    assert lower_case(first).forms == ("putins", "trussel", ".")
    assert quote_sentence(first, SWAPS, chance()).forms == ("»", "Putins", "trussel", ".", "«")
    assert to_doc(spacy.blank("da").vocab, [end_paragraph(first), first]).text == (
        "Putins trussel.\n\nPutins trussel. "
    )


def test_groups_end_with_their_document(sentences: list[Sentence]) -> None:
    first, second = sentences
    assert [len(run) for run in group([first] * 3 + [second], 2)] == [2, 1, 1]


def test_paragraphs_are_as_marked_or_of_one_size(sentences: list[Sentence]) -> None:
    first, second = sentences
    opening = replace(second, opens=True)
    assert [len(run) for run in group_paragraphs([opening, first, first, opening], 10)] == [3, 1]
    assert [len(run) for run in group_paragraphs([first] * 11 + [second], 10)] == [10, 2]


def test_the_same_seed_gives_the_same_copies(sentences: list[Sentence]) -> None:
    swaps = read_swaps(LANGUAGES / "da" / "training.toml")
    one, two = (list(augment(sentences * 9, sentences * 9, swaps, chance(1))) for _ in range(2))
    assert one == two


def test_a_lemma_is_known_where_the_treebank_is_of_one_mind() -> None:
    words = [word("så", 0, "dep", "VERB", lemma=lemma) for lemma in ("se", "se", "se", "se", "så")]
    unsure = [word("lod", 0, "dep", "VERB", lemma=lemma) for lemma in ("lade", "lodde")]
    assert collect_lemmas([Sentence(tuple(words + unsure))]) == {"VERB": {"så": "se"}}


def test_training_without_treebanks_says_where_they_come_from(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no treebanks; see kg/languages/README\.md"):
        train("da", tmp_path, tmp_path / "out")


def test_near_clusters_have_near_vectors() -> None:
    nlp = spacy.blank("en")
    nlp.vocab.vectors = make_cluster_vectors({"Oman": 0b110101, "Iran": 0b110101, "said": 0b001}, nlp.vocab.strings)
    oman, iran, said = (np.asarray(nlp.vocab[form].vector) for form in ("Oman", "Iran", "said"))
    assert np.array_equal(oman, iran)
    assert not np.allclose(oman, said)


def test_an_unseen_compound_has_a_vector_like_its_parts() -> None:
    pytest.importorskip("sklearn")
    nlp = spacy.blank("da")
    text = [
        f"{actor} {verb} en {thing}".split()
        for actor in ("han", "hun")
        for verb in ("ser", "har")
        for thing in ("minister", "statsminister", "hest", "bil", "aftale", "bog", "sag")
    ]
    text += [[f"ord{i}", f"led{j}"] for i in range(8) for j in range(8)]
    nlp.vocab.vectors = make_ngram_vectors(text, nlp.vocab.strings)
    known, unseen, other = (nlp.vocab[form].vector for form in ("minister", "udenrigsminister", "ord0"))
    assert known @ unseen > known @ other


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = Path(__file__).parent / "benchmarks" / "models.py"
    spec = importlib.util.spec_from_file_location("benchmark_models", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("language", "names", "relations"), [("da", 92.0, 80.0), ("en", 92.0, 80.0)])
def test_the_shipped_model_holds_its_scores_on_present_day_news(
    benchmark: ModuleType, language: str, names: float, relations: float
) -> None:
    sample = list(benchmark.read_in_domain(benchmark.HERE / f"in_domain.{language}.txt"))[:SAMPLE]
    scores = benchmark.score_in_domain(load_pipeline(language), sample)
    assert scores["names"] >= names
    assert scores["relations"] >= relations


def test_in_domain_relations_name_words_that_are_there(benchmark: ModuleType) -> None:
    for language in ("da", "en"):
        for sentence in benchmark.read_in_domain(benchmark.HERE / f"in_domain.{language}.txt"):
            for governor, relation, dependent in sentence.relations:
                assert governor in sentence.text
                assert dependent in sentence.text
                assert relation in benchmark.RELATIONS
