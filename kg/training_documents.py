"""Draw the documents that a pipeline is trained on: the treebank's sentences, and changed copies of them.

In: sentences (`kg.treebank`). Out: documents as tuples of sentences. The Danish ones are runs of ten sentences, the
English ones are cut like paragraphs of the web; copies have other names, quotation marks, or no capitals.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.languages.lexicon import LANGUAGES
from kg.name_features import Listed
from kg.name_lists import PLACE_NAME, NameLists
from kg.treebank import (
    Sentence,
    Swaps,
    change_quotes,
    drop_full_stop,
    end_paragraph,
    group,
    group_paragraphs,
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


def draw_name_documents(language: str, sentences: Sequence[Sentence], lists: NameLists) -> list[tuple[Sentence, ...]]:
    """Return the documents that the recogniser of names is trained on, shuffled: as they are, and with other names."""
    chance = random.Random(SEED)  # noqa: S311 # nothing secret is drawn
    swaps = read_swaps(LANGUAGES / language / "training.toml")
    if language == "en":
        documents = list(_draw_english(sentences, swaps, lists, chance))
    else:
        documents = list(augment(sentences, sentences, swaps, chance))
    chance.shuffle(documents)
    return documents


def _draw_english(
    sentences: Sequence[Sentence], swaps: Swaps, lists: NameLists, chance: random.Random
) -> Iterator[tuple[Sentence, ...]]:
    """Yield EWT and GUM as they are, EWT with listed names, a third of it with names of today, some in small letters.

    The listed names teach that a name may be any on a list, not only one of those that the treebank happens to have.
    """
    wide = widen(swaps, lists, chance)
    web = [sentence for sentence in sentences if not sentence.document.startswith("GUM")]
    yield from group_paragraphs(web, GROUP)
    yield from group_paragraphs([sentence for sentence in sentences if sentence.document.startswith("GUM")], 4)
    yield from group_paragraphs([change_quotes(swap_names(s, wide, chance, 0.7), swaps, chance) for s in web], GROUP)
    yield from list(augment_paragraphs(web, swaps, chance))[::3]
    yield from ((lower_case(sentence),) for sentence in web if chance.random() < 0.08)


def widen(swaps: Swaps, lists: NameLists, chance: random.Random) -> Swaps:
    """Return the swaps with persons and places drawn from the lists in place of those of today."""

    def find(wanted: Listed) -> list[str]:
        return sorted(
            word.title()
            for word, held in lists.words.items()
            if held & wanted and not held & Listed.COMMON and word.isalpha() and len(word) > 2
        )

    given, last, towns = find(Listed.GIVEN_NAME), find(Listed.SURNAME), find(Listed.SMALL_PLACE)
    large = find(Listed.LARGE_PLACE)
    phrases = sorted(tuple(name.title().split()) for name, kind in lists.phrases.items() if kind == PLACE_NAME)
    persons = [
        *((chance.choice(given), chance.choice(last)) for _ in range(2700)),
        *((chance.choice(given),) for _ in range(1800)),
        *((chance.choice(last),) for _ in range(1500)),
    ]
    places = [
        *((chance.choice(large),) for _ in range(1500)),
        *((chance.choice(towns),) for _ in range(2250)),
        *(chance.choice(phrases) for _ in range(1250)),
    ]
    return replace(swaps, names={**swaps.names, "PER": tuple(persons), "LOC": tuple(places)})
