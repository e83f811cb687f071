"""What the recogniser of names sees of a word: its form, its part of speech, its word class, and the lists it is on.

In: documents with parts of speech. Out: for each word one row of ids, which a hash table apiece turns into numbers
(`kg.NameEmbed.v1`, in place of spaCy's `MultiHashEmbed`). The lists and word classes are made by `kg.name_lists`
when a model is trained, and lie in the model as hashes of 32 bits, so that 150,000 names take 0.6 MB; one word in
30,000 is taken for one that is on a list. While it is trained, the layer hides a word's form, its lists or its part
of speech now and then, so that the model leans on none of them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.ml.staticvectors import StaticVectors
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

Ids = NDArray[np.uint64]
Table = NDArray[Any]

ATTRIBUTES = ("ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "POS")
COLUMNS = (
    *("norm", "prefix", "suffix", "shape", "class", "small_class", "wide_class", "widest_class"),
    *("lists", "person_lists", "place_lists", "phrase", "start", "end", "pos"),
)
LONGEST = 5  # words of a name that is looked for as a whole
HASH = np.uint64(0xFFFFFFFF)
SEED = 17


class Listed(IntFlag):
    """What lists a word is on, written small; several may hold."""

    GIVEN_NAME = 1
    SURNAME = 2
    LARGE_PLACE = 4
    SMALL_PLACE = 8
    ORGANISATION = 16
    NATIONALITY = 32
    TITLE = 64
    BEGINS_A_NAME = 128  # of several words
    COMMON = 256  # more often a common word, written small
    PART = 512  # before a hyphen: "Iran" in "Iran-aftalen"


PERSON = Listed.GIVEN_NAME | Listed.SURNAME | Listed.TITLE | Listed.COMMON
PLACE = Listed.LARGE_PLACE | Listed.SMALL_PLACE | Listed.COMMON


@dataclass(frozen=True, slots=True)
class HashTable:
    """Hashes of strings, ascending, and a small number above 0 for each."""

    keys: Table
    values: Table

    def find(self, hashes: Ids) -> Ids:
        """Return the number of each hash, 0 for one that is not there."""
        if not len(self.keys):
            return np.zeros(len(hashes), dtype="uint64")
        wanted = (hashes & HASH).astype("uint32")
        at = np.searchsorted(self.keys, wanted)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == wanted, self.values[at], 0).astype("uint64")


def pack(table: Mapping[str, int]) -> tuple[Table, Table]:
    """Return the hashes of the strings, those of number 0 first, then of 1, ..., and how many each number has."""
    found = {get_string_id(string) & int(HASH): number for string, number in sorted(table.items())}
    keys = sorted(found, key=lambda key: (found[key], key))
    numbers = [found[key] for key in keys]
    return np.array(keys, dtype="uint32"), np.bincount(np.array(numbers, dtype="int64"), minlength=1).astype("uint32")


def unpack(keys: Table, sizes: Table) -> HashTable:
    """Undo `pack`."""
    order = np.argsort(keys, kind="stable")
    return HashTable(keys[order], np.repeat(np.arange(len(sizes)), sizes)[order])


class NameColumns:
    """The layer's forward pass; unpacks the model's tables when it first meets them."""

    def __init__(self) -> None:
        self._packed: Table | None = None
        self._classes = self._lists = self._phrases = unpack(*pack({}))

    def __call__(
        self, model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Ids], Callable[[Any], list[Doc]]]:
        """Return a row a word for each document, and a backward pass that has nothing to pass on."""
        attrs = model.attrs
        if self._packed is not attrs["lists_keys"]:
            self._packed = attrs["lists_keys"]
            self._classes, self._lists, self._phrases = (
                unpack(attrs[f"{name}_keys"], attrs[f"{name}_sizes"]) for name in ("classes", "lists", "phrases")
            )
        rows = [self._make_rows(doc, attrs["paths"]) for doc in docs]
        if is_train:
            for table in rows:
                _hide(table, attrs)
        return rows, lambda _: []

    def _make_rows(self, doc: Doc, paths: Table) -> Ids:
        raw = doc.to_array(list(ATTRIBUTES)).astype("uint64").reshape(len(doc), len(ATTRIBUTES))
        words = [token.lower_ for token in doc]
        small = self._classes.find(raw[:, 1])
        own = self._classes.find(raw[:, 0])
        own = np.where(own == 0, small, own)
        lists = self._find_lists(words, raw[:, 1])
        phrase = self._find_phrases(words, lists)
        lists = lists & ~np.uint64(Listed.BEGINS_A_NAME)
        ids = (own, small, *paths[own.astype("int64")].T.astype("uint64"))
        marks = (lists, lists & np.uint64(PERSON), lists & np.uint64(PLACE), phrase)
        edges = [np.array([get_string_id(part) for part in parts], dtype="uint64") for parts in _edges(words)]
        # 0 means hidden
        return np.stack([*raw[:, 2:6].T, *(column + 1 for column in (*ids, *marks)), *edges, raw[:, 6] + 1], axis=1)

    def _find_lists(self, words: Sequence[str], lower: Ids) -> Ids:
        lists = self._lists.find(lower)
        parts = [i for i, word in enumerate(words) if "-" in word[1:] and not lists[i]]
        if parts:
            heads = np.array([get_string_id(words[i].partition("-")[0]) for i in parts], dtype="uint64")
            found = self._lists.find(heads) & ~np.uint64(Listed.BEGINS_A_NAME)
            lists[parts] = found | np.uint64(Listed.PART)
        return lists

    def _find_phrases(self, words: Sequence[str], lists: Ids) -> Ids:
        """Return for each word 0, or the kind of the longest listed name that it begins (odd) or goes on with."""
        phrase = np.zeros(len(words), dtype="uint64")
        free = 0
        for i in np.flatnonzero(lists & np.uint64(Listed.BEGINS_A_NAME)).tolist():
            for end in range(min(i + LONGEST, len(words)), i + 1, -1) if i >= free else ():
                kind = self._phrases.find(np.array([get_string_id(" ".join(words[i:end]))], dtype="uint64"))[0]
                if kind:
                    phrase[i:end] = 2 * kind
                    phrase[i] = 2 * kind + np.uint64(1)
                    free = end
                    break
        return phrase


def _edges(words: Sequence[str]) -> tuple[list[str], list[str]]:
    return [word[:3] for word in words], [word[-5:] for word in words]


def _hide(rows: Ids, attrs: Mapping[str, Any]) -> None:
    draws = np.random.random((len(rows), 4))  # Thinc's drop-out draws from it too, and spaCy seeds it
    for draw, share, columns in (
        (draws[:, 0], attrs["hide_word"], ("norm",)),
        (draws[:, 1], attrs["hide_lists"], ("lists", "person_lists", "place_lists", "phrase")),
        (draws[:, 2], attrs["hide_lists"], ("class", "small_class")),
        (draws[:, 3], attrs["hide_pos"], ("pos",)),
    ):
        for name in columns:
            rows[draw < share, COLUMNS.index(name)] = 0


@registry.architectures("kg.NameEmbed.v1")  # type: ignore[untyped-decorator]  # has no types
def make_name_embed(
    width: int,
    columns: dict[str, list[int]],
    vectors: int = 0,
    hide_word: float = 0.1,
    hide_lists: float = 0.1,
    hide_pos: float = 0.2,
) -> Model[list[Doc], Any]:
    """Make the embedding layer.

    Args:
        width: Numbers a word that come out.
        columns: Column -> rows and width of its hash table; a column that is left out is not used.
        vectors: Width that the vocabulary's word vectors are brought to; 0 for none.
        hide_word: Share of the words whose form is hidden in training, 0 to 1.
        hide_lists: The same of their lists, and of their word classes.
        hide_pos: The same of their parts of speech.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(size, rows, column=i, seed=SEED + i, dropout=0.0)
        for i, (rows, size) in ((COLUMNS.index(name), sizes) for name, sizes in columns.items())
    ]
    total = sum(size for _, size in columns.values()) + vectors
    nothing = np.zeros(0, dtype="uint32")
    tables_of_names = {
        f"{name}_{part}": nothing for name in ("classes", "lists", "phrases") for part in ("keys", "sizes")
    }
    layer: Model[Any, Any] = Model(
        "name_features",
        NameColumns(),
        attrs={
            **tables_of_names,
            "paths": np.zeros((1, 2), dtype="uint16"),
            "hide_word": hide_word,
            "hide_lists": hide_lists,
            "hide_pos": hide_pos,
        },
    )
    embed: Model[Any, Any] = chain(layer, list2ragged(), with_array(concatenate(*tables)))
    if vectors:
        embed = concatenate(embed, StaticVectors(vectors, dropout=0.0))
    return chain(embed, with_array(Maxout(width, total, nP=3, dropout=0.0, normalize=True)), ragged2list())
