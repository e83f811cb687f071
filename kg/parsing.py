"""Parse articles with spaCy: an `Article` comes in, a `Doc` with universal labels goes out.

This module and `kg.training` alone import spaCy's pipelines. One pipeline serves one language; whichever model it
is, its documents have paragraphs as sentence boundaries and dependency labels of Universal Dependencies, so that the
rules of `kg.extraction` need not know the model.

Three components are registered here (also as spaCy entry points, so that the shipped pipelines load with plain
`spacy.load` wherever this package is installed):

- `paragraph_breaks`: a sentence never runs over a blank line, nor begins with a small letter after a comma;
- `known_lemmas`: the lemma of a form that the treebank knows with this part of speech;
- `universal_labels`: the label map of `language.toml`, and prepositional phrases turned the universal way.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.api import NumpyOps, get_current_ops, use_ops

from kg.errors import MissingModel
from kg.languages.lexicon import load_language
from kg.model import Article
from kg.model_packages import choose_model
from kg.name_features import make_name_embed  # noqa: F401 # registers the architecture with spaCy

SENTENCE_ENDS = frozenset({".", "!", "?", "…", ":", ";", "–", "-"})
BATCH = 64  # articles handed to the components at a time
_PARAGRAPH_BREAK = re.compile(r"(\s*\n\s*\n\s*)")
_SENTENCE_END = frozenset({".", "!", "?", "…"})
UNUSED = ("senter", "textcat", "textcat_multilabel", "entity_linker", "spancat")


def load_pipeline(language: str, model: str | None = None) -> Language:
    """Load the pipeline of a language.

    Args:
        language: ISO 639-1, "da".
        model: Name of an installed spaCy package, or a path; the shipped pipeline, or what the environment or
            `pyproject.toml` names (`kg.model_packages.choose_model`), where None.

    Returns:
        A pipeline whose documents carry universal labels.

    Raises:
        MissingModel: There is none, or it is broken; the message says what to install.
        DataError: There is no such language.

    Example:
        >>> nlp = load_pipeline("da")
        >>> [token.dep_ for token in nlp("Rusland udviste to diplomater.")]
        ['nsubj', 'ROOT', 'nummod', 'obj', 'punct']
    """
    name = choose_model(language, model)
    try:
        with fast_ops():
            pipeline = spacy.load(name, exclude=UNUSED)
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        raise MissingModel(_explain(language, name, error)) from error
    if "parser" not in pipeline.pipe_names:
        raise MissingModel(f"the model {name!r} for {language!r} has no parser; {_advice(language)}")
    labels = load_language(language).labels
    pipeline.add_pipe("paragraph_breaks", first=True)
    if set(labels) & set(pipeline.pipe_labels["parser"]):
        pipeline.add_pipe("universal_labels", after="parser", config={"labels": dict(labels)})
    return pipeline


def parse(
    articles: Iterable[Article],
    pipeline: Language,
    *,
    batch: int = BATCH,
    keep: Callable[[str], bool] | None = None,
) -> Iterator[tuple[Article, Doc]]:
    """Parse articles of one language, in order.

    Args:
        articles: Their text is parsed; the title is not, since a title makes no claim by itself.
        pipeline: From `load_pipeline`.
        batch: Paragraphs handed over at a time.
        keep: Says of a paragraph whether it is worth parsing; the others are only divided into words and sentences.
            None to parse all.

    Yields:
        Each article with its document, whose `text` is the article's.

    Example:
        >>> nlp = load_pipeline("en")
        >>> [(article, doc)] = parse([Article(id="a", text="Iran recalled its envoy.")], nlp)
        >>> [entity.text for entity in doc.ents]
        ['Iran']
    """
    waiting: deque[tuple[Article, tuple[_Part, ...]]] = deque()
    docs = pipeline.pipe(_parsed_parts(articles, waiting, keep), batch_size=batch)
    for doc in docs:
        article, parts = waiting.popleft()
        pieces = [doc, *islice(docs, sum(part.is_parsed for part in parts) - 1)]
        yield article, _join(pieces, parts, pipeline)


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of an article, or the white space between two; parsed or only divided into words."""

    text: str
    is_parsed: bool


def _parsed_parts(
    articles: Iterable[Article],
    waiting: deque[tuple[Article, tuple[_Part, ...]]],
    keep: Callable[[str], bool] | None,
) -> Iterator[str]:
    """Yield the paragraphs to be parsed of each article, noting it with all its parts.

    The parser has never seen white space as a word and would hang words on it, so it gets one paragraph at a time.
    """
    for article in articles:
        parts = _divide(article.text, keep)
        waiting.append((article, parts))
        yield from (part.text for part in parts if part.is_parsed)


def _divide(text: str, keep: Callable[[str], bool] | None = None) -> tuple[_Part, ...]:
    """Return the paragraphs of a text and the white space between them, at least one of them to be parsed."""
    texts = [t for t in _PARAGRAPH_BREAK.split(text) if t]
    parts = tuple(_Part(t, bool(t.strip()) and (keep is None or keep(t))) for t in texts)
    return parts if any(part.is_parsed for part in parts) else (_Part(text, is_parsed=True),)


def _join(docs: list[Doc], parts: tuple[_Part, ...], pipeline: Language) -> Doc:
    """Return one document of an article's parts, with the white space between them as tokens."""
    if len(parts) == 1:
        return docs[0]
    parsed = iter(docs)
    pieces = [next(parsed) if part.is_parsed else _unparsed(part.text, pipeline) for part in parts]
    joined = Doc.from_docs(pieces, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]  # missing in the stub
    if joined is None:
        raise ValueError("no paragraphs to join")
    return joined


def _unparsed(text: str, pipeline: Language) -> Doc:
    return _white_space(text, pipeline) if text.isspace() else _words_alone(pipeline.make_doc(text))


def _words_alone(doc: Doc) -> Doc:
    """Return a document with no part of speech, each word of a sentence hung on its first."""
    heads: list[int] = []
    first = 0
    for token in doc:
        first = token.i if token.i and doc[token.i - 1].text in _SENTENCE_END else first
        heads.append(first)
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    labels = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    return Doc(doc.vocab, words=words, spaces=spaces, pos=[""] * len(words), heads=heads, deps=labels)


def _white_space(text: str, pipeline: Language) -> Doc:
    return Doc(pipeline.vocab, words=[text], spaces=[False], pos=["SPACE"], heads=[0], deps=["ROOT"])


@contextmanager
def fast_ops() -> Iterator[None]:
    """Let models that are made inside multiply matrices with NumPy's BLAS; a GPU that was asked for is kept.

    spaCy's default on a CPU is BLIS, which lacks tuned kernels for many of today's processors: on an AMD EPYC the
    same model parses 7,600 words a second with it and 14,300 with NumPy's OpenBLAS, with the same result.
    """
    if isinstance(get_current_ops(), NumpyOps):
        with use_ops("numpy", use_blis=False):
            yield
    else:
        yield


def _explain(language: str, name: str, error: Exception) -> str:
    cause = " ".join(str(error).split())
    missing = not Path(name).exists() and "[E050]" in cause
    reason = "is not there" if missing else f"cannot be loaded ({cause[:160]})"
    return f"the model {name!r} for {language!r} {reason}; {_advice(language)}"


def _advice(language: str) -> str:
    return f"install a spaCy pipeline and name it with --model {language}=NAME, or reinstall kg-events for its own"


@Language.component("paragraph_breaks", assigns=["token.is_sent_start"])
def paragraph_breaks(doc: Doc) -> Doc:
    """Start a sentence after each blank line, and none at a small letter that follows no full stop.

    The parser keeps to both; "»...«, siger Lavrov" is then one sentence, whatever the treebank knew of quotations.
    """
    for token in doc[1:] if len(doc) > 1 else ():
        before = token.nbor(-1)
        if before.is_space and before.text.count("\n") > 1:
            token.is_sent_start = True
        elif token.is_lower and before.text not in SENTENCE_ENDS:
            token.is_sent_start = False
    return doc


class KnownLemmas:
    """Give a token the lemma that the treebank has for its form and part of speech, where there is one.

    Runs after the trainable lemmatizer, whose edit trees guess the rest.
    """

    def __init__(self, table: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.table: dict[str, dict[str, str]] = {pos: dict(forms) for pos, forms in (table or {}).items()}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a document."""
        for token in doc:
            lemma = self.table.get(token.pos_, {}).get(token.lower_)
            if lemma is not None:
                token.lemma_ = lemma
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 # spaCy's signature
        """Write the table, sorted and without a time stamp, so that the same table is the same bytes."""
        Path(path).write_bytes(gzip.compress(self.to_bytes(), mtime=0))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> KnownLemmas:  # noqa: ARG002 # as above
        """Read what `to_disk` wrote."""
        return self.from_bytes(gzip.decompress(Path(path).read_bytes()))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 # spaCy's signature
        """Write the table into bytes, for worker processes."""
        return json.dumps(self.table, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> KnownLemmas:  # noqa: ARG002 # as above
        """Read what `to_bytes` wrote."""
        self.table = json.loads(data)
        return self


@Language.factory("known_lemmas", requires=["token.pos"], assigns=["token.lemma"])
def make_known_lemmas(nlp: Language, name: str) -> KnownLemmas:  # noqa: ARG001 # a spaCy factory takes both
    """Make the component; its table is read with the pipeline."""
    return KnownLemmas()


class UniversalLabels:
    """Turn another scheme's labels into Universal Dependencies, and put nouns over their prepositions.

    English spaCy pipelines follow ClearNLP: in "met with Iran", `prep`(met, with), `pobj`(with, Iran). Universal
    Dependencies has `obl`(met, Iran), `case`(Iran, with), and `nmod` under a noun.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = dict(labels)

    def __call__(self, doc: Doc) -> Doc:
        """Change heads and labels of a document."""
        starts = [token.is_sent_start for token in doc]
        for token in [token for token in doc if token.dep_ == "pobj"]:
            _raise_over_preposition(token)
        for token in doc:
            token.dep_ = self.labels.get(token.dep_, token.dep_)
        # Moving heads makes spaCy forget nothing today; checked here since every rule relies on it.
        if starts != [token.is_sent_start for token in doc]:
            raise ValueError("a sentence boundary moved while labels were mapped")
        return doc


def _raise_over_preposition(noun: Token) -> None:
    preposition = noun.head
    if preposition.dep_ not in ("prep", "agent", "dative") or preposition.head == preposition:
        return
    governor = preposition.head
    if preposition.dep_ == "agent":
        label = "obl:agent"
    else:
        label = "obl" if governor.pos_ in ("VERB", "AUX", "ADJ", "ADV") else "nmod"
    for other in [child for child in preposition.children if child != noun]:
        other.head = noun
    noun.head = governor
    noun.dep_ = label
    preposition.head = noun
    preposition.dep_ = "case"


@Language.factory("universal_labels", default_config={"labels": {}}, requires=["token.dep"], assigns=["token.dep"])
def make_universal_labels(nlp: Language, name: str, labels: dict[str, Any]) -> UniversalLabels:  # noqa: ARG001 # a spaCy factory takes all
    """Make the component from a label map."""
    return UniversalLabels({str(key): str(value) for key, value in labels.items()})
