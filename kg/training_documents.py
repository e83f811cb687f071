"""Draw the documents that a pipeline is trained on: the treebank's sentences, and changed copies of them.

In: sentences (`kg.treebank`). Out: documents as tuples of sentences. The Danish ones are runs of ten sentences, the
English ones are cut like paragraphs of the web; copies have other names, quotation marks, or no capitals.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from kg.languages.lexicon import LANGUAGES
from kg.treebank import (
    Sentence,
    Swaps,
    change_quotes,
    drop_full_stop,
    end_paragraph,
    group,
    lower_case,
    quote_sentence,
    read_swaps,
    swap_names,
)

GROUP = 10  # sentences a document
SEED = 2026


def augment(
    sentences: Sequence[Sentence], second: Sequence[Sentence], swaps: Swaps, chance: random.Random
) -> Iterator[tuple[Sentence, ...]]:
    """Yield documents: the sentences as they are, a copy with swapped names, and some lone and changed sentences.

    The shares were chosen by hand to look like news; they were not tuned.
    """
    yield from group(sentences, GROUP)
    swapped = [change_quotes(swap_names(s, swaps, chance, 0.8), swaps, chance) for s in second]
    yield from group([end_paragraph(s) if chance.random() < 0.15 else s for s in swapped], GROUP)
    for sentence in swapped:
        draw = chance.random()
        if draw < 0.05:
            yield (lower_case(sentence),)
        elif draw < 0.12:
            yield (drop_full_stop(sentence),)
        elif draw < 0.18:
            yield (quote_sentence(sentence, swaps, chance),)
        elif draw < 0.30:
            yield (sentence,)


def augment_paragraphs(
    sentences: Sequence[Sentence], swaps: Swaps, chance: random.Random
) -> Iterator[tuple[Sentence, ...]]:
    """Yield documents of one to six sentences, as paragraphs of the web are: as they are, and with other names."""
    yield from _cut(sentences, chance)
    yield from _cut([change_quotes(swap_names(s, swaps, chance, 0.8), swaps, chance) for s in sentences], chance)


def _cut(sentences: Sequence[Sentence], chance: random.Random) -> Iterator[tuple[Sentence, ...]]:
    for run in group(sentences, 24):
        start = 0
        while start < len(run):
            size = chance.choice((1, 1, 2, 2, 3, 4, 6))
            yield run[start : start + size]
            start += size


def draw_name_documents(language: str, sentences: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    """Return the documents that the recogniser of names is trained on, shuffled: as they are, and with other names."""
    chance = random.Random(SEED)  # noqa: S311 # nothing secret is drawn
    swaps = read_swaps(LANGUAGES / language / "training.toml")
    if language == "en":
        documents = list(augment_paragraphs(sentences, swaps, chance))
        for sentence in sentences:
            draw = chance.random()
            if draw < 0.1:
                documents.append((lower_case(sentence) if draw < 0.05 else drop_full_stop(sentence),))
    else:
        documents = list(augment(sentences, sentences, swaps, chance))
    chance.shuffle(documents)
    return documents
