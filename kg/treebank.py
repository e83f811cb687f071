"""Treebank sentences as values: read CoNLL-U, mend names, and make copies that look like today's news.

In: CoNLL-U files whose MISC column holds names (`NER=B-PER`), a DaN+ table, and a language's `training.toml`.
Out: tuples of frozen `Word`s. The treebanks are old (Danish 1983-1992, English mostly 2000-2012), so their names,
quotation marks and dashes are not those of the articles that are read today; the copies made here have names
swapped (cf. Dai & Adel 2020, "An Analysis of Simple Data Augmentation for Named Entity Recognition", mention
replacement) and typography changed, while the tree stays as annotated.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

NAME = re.compile(r"(?:^|\|)NER=([^|]+)")
ROOT = -1


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word.

    Attributes:
        form: As written.
        lemma: Base form.
        pos: Universal part of speech.
        morph: Universal features, "" for none.
        head: Index of the head within the sentence, `ROOT` for the root.
        dep: Universal relation, with its subtype.
        name: `O`, or `B-`/`I-` with PER, ORG, LOC, MISC or NAT; "" where nobody annotated.
        space: Whether a blank follows.
    """

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    name: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with where they stand in their source.

    Attributes:
        words: In order.
        document: Id of the source text, "" where unknown.
        position: Order within the source, 0 where unknown.
        opens: Whether it opens a paragraph, where the treebank marks paragraphs.
    """

    words: tuple[Word, ...]
    document: str = ""
    position: int = 0
    opens: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the words as written."""
        return tuple(word.form for word in self.words)


@dataclass(frozen=True, slots=True)
class Swaps:
    """Names and typography of today, from a language's `training.toml`.

    Attributes:
        names: By entity label: names as lists of words.
        adjectives: Nationality adjectives, base form.
        quotes: Pairs of quotation marks.
        genitive: Suffix of the genitive within the word ("s" in Danish), "" where it is a word of its own.
        link: Relation of a name's further words to its head, by label.
        last: Labels whose name is headed by its last word.
    """

    names: Mapping[str, tuple[tuple[str, ...], ...]]
    adjectives: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    genitive: str
    link: Mapping[str, str]
    last: tuple[str, ...]


def read_swaps(path: Path) -> Swaps:
    """Read a language's `training.toml`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Swaps(
        names={label: tuple(tuple(name.split()) for name in names) for label, names in table["names"].items()},
        adjectives=tuple(table["adjectives"]),
        quotes=tuple((pair[0], pair[1]) for pair in table["quotes"]),
        genitive=table["genitive"],
        link=table["link"],
        last=tuple(table["last"]),
    )


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; multiword tokens are split into their words, empty nodes skipped."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        words = tuple(_parse_words(line.split("\t") for line in lines if line and not line.startswith("#")))
        if words:
            pairs = (line[1:].partition("=") for line in lines if line.startswith("#"))
            notes = {key.strip(): value.strip() for key, _, value in pairs}
            document = notes.get("cdt_doc") or notes.get("sent_id", "").rpartition("-")[0]
            opens = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
            yield Sentence(words, document, int(notes.get("cdt_token", 0)), opens)


def _parse_words(rows: Iterable[list[str]]) -> Iterator[Word]:
    last, space = 0, True  # of the multiword token that we are in
    for row in rows:
        number, _, end = row[0].partition("-")
        if end:
            last, space = int(end), "SpaceAfter=No" not in row[9]
        elif "." not in number:
            index, head = int(number), int(row[6])
            found = NAME.search(row[9])
            yield Word(
                form=row[1],
                lemma=row[2],
                pos=row[3],
                morph="" if row[5] == "_" else row[5],
                head=head - 1 if head else ROOT,
                dep=row[7] if head else "ROOT",
                name=found[1] if found else "O",
                # the words of "didn't" touch each other; only the last knows what follows
                space=(index == last and space) if index <= last else "SpaceAfter=No" not in row[9],
            )


def read_danplus(path: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Read a DaN+ table: forms of a sentence -> outer names (Plank et al. 2020)."""
    sentences = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line]
        sentences[tuple(row[0] for row in rows)] = tuple(row[1] for row in rows)
    return sentences


def add_danplus(sentence: Sentence, table: Mapping[tuple[str, ...], tuple[str, ...]]) -> Sentence:
    """Add DaN+'s nationality words (NAT) and other names (MISC) where the treebank has no name.

    Returns:
        The sentence itself where DaN+ lacks it.
    """
    outer = table.get(sentence.forms, ("O",) * len(sentence.words))
    pairs = zip(sentence.words, outer, strict=True)
    return rename(sentence, [_danplus_label(mark) if word.name == "O" else word.name for word, mark in pairs])


def _danplus_label(mark: str) -> str:
    prefix, _, label = mark.partition("-")
    if label == "LOCderiv":
        return f"{prefix}-NAT"
    return f"{prefix}-MISC" if label.startswith("MISC") or label.endswith("deriv") else "O"


TITLES = frozenset(("President", "Senator", "Secretary", "Minister", "King", "Queen", "Prince", "Princess", "Sir")) | {
    "Dr.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Prof.",
    "Professor",
}


def drop_titles(sentence: Sentence) -> Sentence:
    """Take titles off the front of persons' names: GUM's mentions have them, UNER's names do not."""
    names = [word.name for word in sentence.words]
    for start, end, label in find_names(sentence):
        first = start
        while label == "PER" and first < end - 1 and sentence.words[first].form in TITLES:
            names[first] = "O"
            first += 1
        names[first] = f"B-{label}"
    return rename(sentence, names)


def mark_nationalities(sentence: Sentence, demonyms: frozenset[str], *, complete: bool) -> Sentence:
    """Turn UNER's OTH into NAT for a nationality word and MISC for the rest; mark nationality words not named yet.

    Args:
        sentence: With the labels PER, ORG, LOC and, where complete, OTH.
        demonyms: Nationality words as written: "Danish", "Danes".
        complete: Whether the source annotates all names; if not, a proper noun without name is unknown, not none.
    """
    names = []
    following = [word.name for word in sentence.words[1:]] + ["O"]
    for word, after in zip(sentence.words, following, strict=True):
        alone = word.name[:1] != "I" and not after.startswith("I-")
        if word.form in demonyms and alone and word.pos in ("ADJ", "NOUN", "PROPN") and word.name in ("O", "B-OTH"):
            names.append("B-NAT")
        elif not complete and word.name == "O" and word.pos == "PROPN":
            names.append("")
        else:
            names.append(word.name.replace("OTH", "MISC"))
    return rename(sentence, names)


def rename(sentence: Sentence, names: Sequence[str]) -> Sentence:
    """Return the sentence with other name marks."""
    return replace(
        sentence, words=tuple(replace(word, name=name) for word, name in zip(sentence.words, names, strict=True))
    )


def find_names(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of each name."""
    start = None
    for i, word in enumerate((*sentence.words, None)):
        if start is not None and (word is None or not word.name.startswith("I-")):
            yield start, i, sentence.words[start].name[2:]
            start = None
        if word is not None and word.name.startswith("B-"):
            start = i


def swap_names(sentence: Sentence, swaps: Swaps, chance: random.Random, share: float) -> Sentence:
    """Return a copy in which about `share` of the names are other names of the same kind.

    Only a name that is one word, or a head with leaves, is swapped, so that the tree around it stays true.
    """
    for start, end, label in reversed(list(find_names(sentence))):
        if chance.random() < share:
            if label == "NAT":
                sentence = _swap_adjective(sentence, start, swaps, chance)
            elif label in swaps.names and _is_swappable(sentence, start, end):
                sentence = _swap_name(sentence, start, end, chance.choice(swaps.names[label]), swaps)
    return sentence


def _is_swappable(sentence: Sentence, start: int, end: int) -> bool:
    span = sentence.words[start:end]
    inside = range(start, end)
    heads = [i for i, word in enumerate(span, start) if word.head not in inside]
    outside = [word for i, word in enumerate(sentence.words) if i not in inside]
    return (
        len(heads) == 1
        and all(word.pos == "PROPN" for word in span)
        and all(word.head in (heads[0], ROOT) or word.head not in inside for word in (*span, *outside))
        and all(word.space for word in span[:-1])
    )


def _swap_name(sentence: Sentence, start: int, end: int, name: tuple[str, ...], swaps: Swaps) -> Sentence:
    old = sentence.words
    label = old[start].name[2:]
    head = next(word for word in old[start:end] if word.head not in range(start, end))
    own = start + len(name) - 1 if label in swaps.last else start
    genitive = swaps.genitive and "Case=Gen" in old[end - 1].morph

    def move(i: int) -> int:
        if i < start:
            return i
        return own if i < end else i + len(name) - (end - start)

    words = []
    for i, form in enumerate(name, start):
        closing = i == start + len(name) - 1
        marked = form + _genitive(form, swaps.genitive) if genitive and closing else form
        words.append(
            Word(
                form=marked,
                lemma=form,
                pos="PROPN",
                morph=("Case=Gen" if closing else "") if genitive else head.morph.replace("Number=Plur", "Number=Sing"),
                head=move(head.head) if i == own else own,
                dep=head.dep if i == own else swaps.link[label],
                name=f"{'B' if i == start else 'I'}-{label}",
                space=old[end - 1].space if closing else True,
            )
        )
    before = [replace(word, head=move(word.head)) for word in old[:start]]
    after = [replace(word, head=move(word.head)) for word in old[end:]]
    return replace(sentence, words=(*before, *words, *after))


def _genitive(form: str, suffix: str) -> str:
    return "'" if form[-1] in "sxz" else suffix


def _swap_adjective(sentence: Sentence, i: int, swaps: Swaps, chance: random.Random) -> Sentence:
    word = sentence.words[i]
    # Danish declines: "dansk", "danske"; English does not
    ending = "e" if word.form == word.lemma + "e" else ""
    if word.pos != "ADJ" or word.form != word.lemma + ending or word.form.endswith("s"):
        return sentence
    lemma = chance.choice(swaps.adjectives)
    form = lemma + ending
    form = form[0].upper() + form[1:] if word.form[0].isupper() else form
    swapped = replace(word, form=form, lemma=lemma)
    return replace(sentence, words=(*sentence.words[:i], swapped, *sentence.words[i + 1 :]))


def change_quotes(sentence: Sentence, swaps: Swaps, chance: random.Random) -> Sentence:
    """Return a copy whose plain quotation marks are one of the typographic pairs, and whose hyphens are dashes."""
    pair = chance.choice(swaps.quotes)
    dash = chance.choice("–—-")
    inside = False
    words = []
    for i, word in enumerate(sentence.words):
        form = word.form
        if form in ('"', "''", "``"):
            # a mark that touches the word after it, not the word before it, opens
            opens = not inside if word.space == (i > 0 and sentence.words[i - 1].space) else not word.space
            form, inside = pair[0 if opens else 1], opens
        elif form in ("-", "--") and word.pos == "PUNCT" and word.space:
            form = dash
        words.append(replace(word, form=form, lemma=form if word.pos == "PUNCT" else word.lemma))
    return replace(sentence, words=tuple(words))


def lower_case(sentence: Sentence) -> Sentence:
    """Return a copy in lower case, as in notes and captions."""
    return replace(sentence, words=tuple(replace(word, form=word.form.lower()) for word in sentence.words))


def drop_full_stop(sentence: Sentence) -> Sentence:
    """Return a copy that ends like a headline: without its full stop."""
    words = sentence.words
    if len(words) < 2 or words[-1].form != ".":
        return sentence
    return replace(sentence, words=words[:-1])


def quote_sentence(sentence: Sentence, swaps: Swaps, chance: random.Random) -> Sentence:
    """Return a copy that stands in quotation marks, as a whole."""
    root = next((i for i, word in enumerate(sentence.words) if word.head == ROOT), 0)
    pair = chance.choice(swaps.quotes)
    opening = Word(pair[0], pair[0], "PUNCT", "", root + 1, "punct", "O", space=False)
    closing = replace(opening, form=pair[1], lemma=pair[1], space=True)
    inner = [replace(word, head=word.head + 1 if word.head != ROOT else ROOT) for word in sentence.words]
    inner[-1] = replace(inner[-1], space=False)
    return replace(sentence, words=(opening, *inner, closing))


def end_paragraph(sentence: Sentence, mark: str = "\n\n") -> Sentence:
    """Return a copy with a line break behind it, annotated as spaCy's own pipelines do: a SPACE under the last word."""
    last = len(sentence.words) - 1
    line_break = Word(mark, mark, "SPACE", "", last, "dep", "O", space=False)
    return replace(sentence, words=(*sentence.words[:-1], replace(sentence.words[-1], space=False), line_break))


def group_paragraphs(sentences: Sequence[Sentence], size: int) -> Iterator[tuple[Sentence, ...]]:
    """Yield the paragraphs that the treebank marks; runs of `size` sentences where it marks none."""
    marked = any(sentence.opens for sentence in sentences)
    run: list[Sentence] = []
    for sentence in sentences:
        if run and (sentence.opens if marked else len(run) == size):
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def group(sentences: Sequence[Sentence], size: int) -> Iterator[tuple[Sentence, ...]]:
    """Yield runs of at most `size` sentences of the same source text."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and (len(run) == size or run[-1].document != sentence.document):
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)
