"""Train the recogniser of names on top of a finished parser, without changing the parser.

In: a pipeline that tags parts of speech, the treebanks' sentences, and the language's `names.cfg`. Out: the same
pipeline with a component `ner` whose embedding sees words, parts of speech and lists of names (`kg.name_features`).
The parts of speech are those that the pipeline itself guesses, in training as in use.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, fix_random_seed

from kg.languages.lexicon import LANGUAGES
from kg.name_lists import NameLists

LOG = logging.getLogger(__name__)
LABELS = ("PER", "ORG", "LOC", "NAT", "MISC")
SCORED = frozenset(LABELS[:3])
SAMPLE = 200  # examples that tell the layers their sizes


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast, as `[training]` of `names.cfg` says.

    Attributes:
        seed: Of the weights and of the order of the examples.
        steps: Batches in all.
        every: Batches between two looks at the development split.
        dropout: Share of the numbers between layers that are dropped.
        learn_rate: Adam's.
        batch: Words in the first batch; each is two thousandths larger than the one before,
        largest: up to this.
    """

    seed: int
    steps: int
    every: int
    dropout: float
    learn_rate: float
    batch: int
    largest: int


def read_settings(language: str) -> tuple[dict[str, Any], Schedule]:
    """Read a language's `names.cfg`: the component's model, and the schedule."""
    config = Config().from_disk(LANGUAGES / language / "names.cfg")
    return config["model"], Schedule(**config["training"])


def tag(pipeline: Language, docs: Sequence[Doc]) -> list[Example]:
    """Pair each annotated document with its text as the pipeline tokenises it and tags its parts of speech."""
    with pipeline.select_pipes(enable=[name for name in ("tok2vec", "morphologizer") if name in pipeline.pipe_names]):
        return [Example(found, gold) for found, gold in zip(pipeline.pipe(d.text for d in docs), docs, strict=True)]


def train_names(pipeline: Language, language: str, lists: NameLists, train: Sequence[Doc], dev: Sequence[Doc]) -> float:
    """Add a trained `ner` to the pipeline, in place of one that it has.

    Args:
        pipeline: Has at least `tok2vec` and `morphologizer`.
        language: "da" or "en".
        lists: What names are known.
        train: Annotated documents, copies included.
        dev: Annotated documents that choose the step.

    Returns:
        The best F1 of PER, ORG and LOC on `dev`, 0 to 1.
    """
    model, schedule = read_settings(language)
    fix_random_seed(schedule.seed)
    if "ner" in pipeline.pipe_names:
        pipeline.remove_pipe("ner")
    examples, held = tag(pipeline, train), tag(pipeline, dev)
    component = pipeline.add_pipe("ner", config={"model": model})
    if not isinstance(component, EntityRecognizer):
        raise TypeError(f"{component!r} is no recogniser of names")
    _set_tables(component, lists)
    for label in LABELS:
        component.add_label(label)
    component.initialize(lambda: examples[:SAMPLE], nlp=pipeline)
    return _run(component, schedule, examples, held)


def _set_tables(component: EntityRecognizer, lists: NameLists) -> None:
    for node in component.model.walk():
        if node.name == "name_features":
            node.attrs.update(lists.to_tables())


def _run(
    component: EntityRecognizer, schedule: Schedule, examples: Sequence[Example], held: Sequence[Example]
) -> float:
    """Train, and leave the component with the averaged weights that did best on the held-out examples."""
    optimizer = Adam(
        learn_rate=schedule.learn_rate,
        beta1=0.9,
        beta2=0.999,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    best, kept = -1.0, component.to_bytes()
    losses: dict[str, float] = {}
    for step, batch in enumerate(_draw_batches(examples, schedule), 1):
        component.update(batch, drop=schedule.dropout, sgd=optimizer, losses=losses)
        if step % schedule.every == 0 or step == schedule.steps:
            with component.model.use_params(optimizer.averages):
                score = score_names(component, held)
                LOG.info("step %d: loss %.0f, names %.4f", step, losses.pop("ner"), score)
                if score > best:
                    best, kept = score, component.to_bytes()
    component.from_bytes(kept)
    return best


def _draw_batches(examples: Sequence[Example], schedule: Schedule) -> Iterator[list[Example]]:
    chance = random.Random(schedule.seed)  # noqa: S311 # nothing secret is drawn
    order: list[Example] = []
    size = float(schedule.batch)
    for _ in range(schedule.steps):
        batch: list[Example] = []
        words = 0
        while words < size:
            if not order:
                order = chance.sample(list(examples), len(examples))
            batch.append(order.pop())
            words += len(batch[-1].predicted)
        yield batch
        size = min(schedule.largest, size * 1.002)


def score_names(component: EntityRecognizer, held: Sequence[Example]) -> float:
    """Return F1 of the names of kinds PER, ORG and LOC that are found with their exact bounds, 0 to 1."""
    right = total = 0
    docs = [example.predicted.copy() for example in held]
    for doc, example in zip(component.pipe(iter(docs), batch_size=64), held, strict=True):
        found, wanted = _names_of(doc), _names_of(example.reference)
        right += len(found & wanted)
        total += len(found) + len(wanted)
    return 2 * right / total if total else 0.0


def _names_of(doc: Doc) -> set[tuple[int, int, str]]:
    return {(name.start_char, name.end_char, name.label_) for name in doc.ents if name.label_ in SCORED}
