"""Make the word vectors that the shipped pipelines carry, from text and tables that anyone may use.

In: plain sentences (Danish), or a table of Brown clusters (English). Out: spaCy `Vectors`.

Danish: counts of neighbours in 600,000 words, weighed by positive pointwise mutual information and cut to 48
dimensions (Levy & Goldberg 2014, "Neural Word Embedding as Implicit Matrix Factorization"), then spread over the
character 3- to 5-grams of the words by ridge regression, so that an unseen compound has a vector too; stored as
spaCy's floret table. On development words that occur in no text, a linear classifier tells the part of speech from
it in 69 % of cases, from the plain vectors in 58 %.

English: the thousand Brown clusters of `spacy-lookups-data` (MIT). A cluster's vector is made of a random vector
for each of its first 4, 6 and 10 bits and one of its own, so that near clusters are near.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # has no stub

Matrix = NDArray[Any]
Cells = dict[tuple[int, int], float]  # (row, column) -> weight

SEED = 2026
WINDOW = {-3: 0.3, -2: 0.5, -1: 1.0, 1: 1.0, 2: 0.5, 3: 0.3}  # weight of a neighbour by distance
CONTEXTS = 3000  # the commonest words are neighbours by themselves,
SUFFIXES = 1000  # others by their last three letters
DIMENSIONS = 48
ROWS = 18_000  # of the n-gram table; 12,000 lost two points of the classifier above
RIDGE = 1.0
PATH_PARTS = ((4, 16), (6, 24), (10, 32), (0, 56))  # bits of a cluster's path (0: all) -> dimensions
CLUSTER_WORDS = 78_000  # what 16 MB leave room for


def make_ngram_vectors(sentences: Sequence[Sequence[str]], strings: StringStore) -> Vectors:
    """Return a floret table of character n-grams fitted to the words' neighbours.

    Args:
        sentences: Tokens as written.
        strings: Of the vocabulary that will hold the vectors.
    """
    lowered = [[re.sub(r"\d", "0", word.lower()) for word in sentence] for sentence in sentences]
    counts = Counter(word for sentence in lowered for word in sentence)
    words = [word for word, _ in counts.most_common()]
    vectors = _reduce(*_count_neighbours(lowered, words))
    return _fit_ngrams(words, counts, vectors, strings)


def _count_neighbours(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> tuple[Cells, int]:
    """Return (word, position and neighbour) -> weight, and the number of columns."""
    rows = {word: i for i, word in enumerate(words)}
    columns = {word: i for i, word in enumerate(words[:CONTEXTS])}
    edge = len(columns)  # the sentence's edge is a neighbour too
    endings = Counter(word[-3:] for sentence in sentences for word in sentence if len(word) > 4)
    suffixes = {suffix: edge + 1 + i for i, (suffix, _) in enumerate(endings.most_common(SUFFIXES))}
    width = edge + 1 + SUFFIXES
    cells: Counter[tuple[int, int]] = Counter()
    for sentence in sentences:
        for i, word in enumerate(sentence):
            for block, (offset, weight) in enumerate(sorted(WINDOW.items())):
                j = i + offset
                if j in (-1, len(sentence)):
                    column: int | None = edge
                elif 0 <= j < len(sentence):
                    other = sentence[j]
                    column = columns.get(other, suffixes.get(other[-3:]) if len(other) > 4 else None)
                else:
                    column = None
                if column is not None:
                    cells[rows[word], block * width + column] += weight  # type: ignore[assignment]  # weights, not counts
    return dict(cells), len(WINDOW) * width


def _reduce(cells: Mapping[tuple[int, int], float], columns: int) -> Matrix:
    """Weigh by positive pointwise mutual information, contexts smoothed by the power 0.75, and cut by SVD."""
    from scipy import sparse  # noqa: PLC0415 # an extra: only training needs it
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415 # the same

    rows, places = zip(*cells, strict=True)
    table = sparse.csr_matrix((np.array(list(cells.values())), (rows, places)), shape=(max(rows) + 1, columns))
    total = table.sum()
    of_rows = np.asarray(table.sum(1)).ravel()
    of_columns = np.asarray(table.sum(0)).ravel() ** 0.75
    of_columns *= total / of_columns.sum()
    cell = table.tocoo()
    information = np.log(cell.data * total / (of_rows[cell.row] * of_columns[cell.col]))
    kept = information > 0
    positive = sparse.csr_matrix((information[kept], (cell.row[kept], cell.col[kept])), shape=table.shape)
    left, values, _ = randomized_svd(positive, DIMENSIONS, random_state=0, n_iter=4)
    vectors = left * values**0.5
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-8
    scaled: Matrix = vectors / lengths * DIMENSIONS**0.5
    return scaled


def _fit_ngrams(words: Sequence[str], counts: Mapping[str, int], vectors: Matrix, strings: StringStore) -> Vectors:
    """Find n-gram vectors whose mean is near each word's vector, frequent words counting more, by least squares."""
    from scipy import sparse  # noqa: PLC0415 # an extra: only training needs it
    from scipy.sparse.linalg import lsqr  # noqa: PLC0415 # the same

    empty = _floret(np.zeros((ROWS, DIMENSIONS), dtype="float32"), strings)
    weights = np.array([min(counts[word], 20) ** 0.5 for word in words])
    places = [
        [hashed % ROWS for gram in empty._get_ngrams(word) for hashed in empty._get_ngram_hashes(gram)]
        for word in words
    ]
    sizes = np.array([len(place) for place in places])
    rows = np.repeat(np.arange(len(words)), sizes)
    system = sparse.csr_matrix(
        (np.repeat(weights / sizes, sizes), (rows, np.concatenate(places))), shape=(len(words), ROWS)
    )
    table = np.stack([lsqr(system, column * weights, damp=RIDGE, iter_lim=60)[0] for column in vectors.T], axis=1)
    return _floret(2 * table.astype("float32"), strings)  # twice: near unit variance


def _floret(table: Matrix, strings: StringStore) -> Vectors:
    return Vectors(
        strings=strings,
        data=table,
        mode="floret",
        minn=3,
        maxn=5,
        hash_count=1,
        hash_seed=SEED,
        bow="<",
        eow=">",
        attr="LOWER",
    )


def make_cluster_vectors(clusters: Mapping[str, int], strings: StringStore) -> Vectors:
    """Return one vector a Brown cluster, and the rows of the commonest words.

    Args:
        clusters: Word -> path of its cluster, the path's first bit lowest; 0 for none. In order of frequency.
        strings: Of the vocabulary that will hold the vectors.
    """
    chance = np.random.default_rng(0)
    known: dict[tuple[int, int], Matrix] = {}
    paths = sorted(set(clusters.values()) - {0})
    for path in paths:
        for bits, size in PATH_PARTS:
            key = (bits, path & (2**bits - 1) if bits else path)
            if key not in known:
                known[key] = chance.normal(size=size).astype("float32")
    data = np.stack([np.concatenate([known[b, p & (2**b - 1) if b else p] for b, _ in PATH_PARTS]) for p in paths])
    vectors = Vectors(strings=strings, shape=data.shape)
    vectors.data[:] = data
    rows = {path: row for row, path in enumerate(paths)}
    for word in _common_words(clusters):
        vectors.add(StringStore().add(word), row=rows[clusters[word]])
    return vectors


def _common_words(clusters: Mapping[str, int]) -> Iterator[str]:
    plain = (word for word, path in clusters.items() if path and len(word) < 25 and not re.search(r"[ \n]", word))
    for _, word in zip(range(CLUSTER_WORDS), plain, strict=False):
        yield word


def read_clusters(path: Path) -> dict[str, int]:
    """Read `en_lexeme_cluster.json.gz` of spacy-lookups-data."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        clusters: dict[str, int] = json.load(file)
    return clusters
