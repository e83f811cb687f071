"""Measure the shipped pipelines: scores on a treebank split and on in-domain sentences, speed, size.

    python tests/benchmarks/models.py --data DIR [--split dev|test] [--language da] [--model PATH]

Raw text goes in, as the treebank's paragraphs (EWT) or, where it marks none (DDT), ten sentences at a time;
scores are spaCy's own, NER over PER, ORG and LOC. The speed is that of one thread, against spaCy's stock
`efficiency` configuration of the same components, measured in turns in this run; its weights are random, which does
not change the work. Choose on dev; test is for the last look.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_model_from_config

from kg.parsing import fast_ops, load_pipeline
from kg.training import read_sentences, to_doc
from kg.training_documents import GROUP
from kg.treebank import group_paragraphs

HERE = Path(__file__).parent
MUST = {
    "da": {"UPOS": 94.8, "LAS": 75.0, "lemma": 94.0, "NER": 72.5, "speed": 0.5, "MB": 16.0},
    "en": {"UPOS": 94.0, "LAS": 83.0, "lemma": 95.0, "NER": 72.0, "speed": 0.5, "MB": 16.0},
}
NAMES = ("PER", "ORG", "LOC")
RELATIONS = {
    "subj": ("nsubj", "nsubj:pass", "csubj"),
    "obj": ("obj", "iobj"),
    "iobj": ("iobj", "obj"),
    "obl": ("obl", "nmod"),
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """An in-domain sentence: its text, names as (start, end, label), relations as (governor, relation, dependent)."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    relations: tuple[tuple[str, str, str], ...]


def read_in_domain(path: Path) -> Iterator[Annotated]:
    """Yield the sentences of `in_domain.*.txt`."""
    line = ""
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("\t"):
            text, names = strip_brackets(line)
            governor, relation, dependent = zip(*(part.split() for part in row.split(";")), strict=True)
            yield Annotated(text, names, tuple(zip(governor, relation, dependent, strict=True)))
        elif row and not row.startswith("#"):
            line = row


def strip_brackets(line: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Turn `[LOC Iran] recalled` into the text and its names."""
    text, names = "", []
    for part in re.split(r"(\[[A-Z]+ [^]]+\])", line):
        found = re.fullmatch(r"\[([A-Z]+) ([^]]+)\]", part)
        if found:
            names.append((len(text), len(text) + len(found[2]), found[1]))
        text += found[2] if found else part
    return text, tuple(names)


def score_split(nlp: Language, language: str, data: Path, split: str) -> dict[str, float]:
    """Return spaCy's scores of a treebank split in percent."""
    gold = [to_doc(nlp.vocab, run) for run in group_paragraphs(read_sentences(language, data, split), GROUP)]
    examples = [Example(doc, reference) for doc, reference in zip(nlp.pipe(d.text for d in gold), gold, strict=True)]
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
    for example in examples:
        for doc in (example.predicted, example.reference):
            doc.set_ents([entity for entity in doc.ents if entity.label_ in NAMES])
    names = Scorer.score_spans(examples, "ents", getter=lambda doc, _: doc.ents)
    return {
        "UPOS": 100 * scores["pos_acc"],
        "LAS": 100 * scores["dep_las"],
        "UAS": 100 * scores["dep_uas"],
        "lemma": 100 * scores["lemma_acc"],
        "NER": 100 * names["ents_f"],
        "sents": 100 * scores["sents_f"],
        "tokens": 100 * scores["token_acc"],
    }


def score_in_domain(nlp: Language, sentences: Sequence[Annotated]) -> dict[str, float]:
    """Return, in percent, F1 of all names, F1 of PER, ORG and LOC, and the share of relations found."""
    found = wanted = right = relations = held = 0
    for sentence, doc in zip(sentences, nlp.pipe(s.text for s in sentences), strict=True):
        names = {(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents}
        found += len(names)
        wanted += len(sentence.names)
        right += len(names & set(sentence.names))
        relations += len(sentence.relations)
        held += sum(has_relation(doc, *relation) for relation in sentence.relations)
    return {"names": 200 * right / (found + wanted), "relations": 100 * held / relations}


def has_relation(doc: Doc, governor: str, relation: str, dependent: str) -> bool:
    """Say whether a word of this form depends so on a word of that form."""
    labels = RELATIONS[relation]
    return any(
        token.text == dependent and token.head.text == governor and token.dep_.startswith(labels) for token in doc
    )


def make_stock(language: str, data: Path) -> Language:
    """Return spaCy's stock efficiency pipeline of the same components, initialized on some of dev."""
    config = init_config(
        lang=language, pipeline=["morphologizer", "parser", "trainable_lemmatizer", "ner"], optimize="efficiency"
    )
    with fast_ops():
        nlp = load_model_from_config(config, auto_fill=True)
        gold = [to_doc(nlp.vocab, run) for run in group_paragraphs(read_sentences(language, data, "dev"), GROUP)][:20]
        nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc) for doc in gold])
    return nlp


def measure_speed(pipelines: Sequence[Language], texts: Sequence[str]) -> list[float]:
    """Return words a second of each pipeline: median of five turns, CPU time of this process."""
    turns: list[list[float]] = [[] for _ in pipelines]
    for _ in range(6):
        for nlp, rates in zip(pipelines, turns, strict=True):
            start = time.process_time()
            words = sum(len(doc) for doc in nlp.pipe(texts))
            rates.append(words / (time.process_time() - start))
    return [statistics.median(rates[1:]) for rates in turns]  # the first turn warms up


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--data", type=Path, required=True, help="folder of the treebanks")
    options.add_argument("--split", default="dev", choices=("dev", "test"))
    options.add_argument("--language", action="append", choices=tuple(MUST))
    options.add_argument("--model", help="path or package, instead of the shipped pipeline")
    chosen = options.parse_args()
    for language in chosen.language or MUST:
        nlp = load_pipeline(language, chosen.model)
        scores = score_split(nlp, language, chosen.data, chosen.split)
        domain = score_in_domain(nlp, list(read_in_domain(HERE / f"in_domain.{language}.txt")))
        texts = [" ".join(s.forms) for s in read_sentences(language, chosen.data, "dev")]
        own, stock = measure_speed([nlp, make_stock(language, chosen.data)], texts)
        folder = Path(str(nlp.path))
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
        figures = {**scores, "speed": own / stock, "MB": size}
        print(f"{language} {chosen.split}: {folder}")
        for name, value in figures.items():
            bar = MUST[language].get(name)
            good = bar is None or (value <= bar if name == "MB" else value >= bar)
            print(f"  {name:8} {value:7.2f}  {'' if bar is None else f'must {bar}'} {'' if good else 'MISSED'}")
        print(f"  words/s  {own:7.0f}  stock {stock:.0f}")
        print(f"  in-domain: names {domain['names']:.1f}, relations {domain['relations']:.1f}")


if __name__ == "__main__":
    main()
