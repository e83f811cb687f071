"""Measure actor finding and resolution on annotated articles.

Usage: python tests/benchmarks/actors.py EVAL_DIR [--misses] [--only NAME]

For every name that the annotation gives for an event's source or target: whether the mentions at its occurrence nearest
the trigger stand for one of that side's codes. Pronouns are counted apart. Then, for texts without events: how many
names of the gazetteer in a sport or business context are still taken for an actor; and the cost beside parsing.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.extraction.actors import find_mentions
from kg.extraction.coreference import resolve_coreferences
from kg.extraction.gazetteer import NO_ACTOR, Gazetteer, build_gazetteer, find_names, split_words
from kg.languages.lexicon import ActorForm, Language, load_language
from kg.model import Article, Mention, MentionKind, Resolution
from kg.ontology.actors import Actors, load_actors
from kg.parsing import load_pipeline, parse
from kg.pipeline import Settings, Workshop, extract_events, open_workshop
from kg.resolution.actors import resolve_mention
from kg.resolution.choices import build_context

MANY = 100_000
PRONOUN_TABLES = ("person", "thing", "plural", "reflexive", "first", "first_singular")


@dataclass(frozen=True)
class Read:
    """One annotated article with what was found in it."""

    row: Mapping[str, Any]
    article: Article
    resolved: Mapping[Mention, tuple[Resolution, ...]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    actors = load_actors()
    for code in ("da", "en"):
        language = load_language(code)
        measure(code, list(read_rows(arguments.folder, code, arguments.only)), language, actors, arguments.misses)


def read_rows(folder: Path, language: str, only: str) -> Iterator[dict[str, Any]]:
    """Yield the annotated articles of a language."""
    for path in sorted([*folder.glob("dev.*.jsonl"), *folder.glob("train/*.jsonl")]):
        if only in path.name:
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            yield from (row for row in rows if row["lang"] == language)


def measure(code: str, rows: list[dict[str, Any]], language: Language, actors: Actors, misses: bool) -> None:
    """Print the figures of one language."""
    gazetteer = build_gazetteer(language, actors)
    pipeline = load_pipeline(code)
    articles = [Article(row["id"], row["text"], code, row["date"]) for row in rows]
    start = time.perf_counter()
    docs = [doc for _, doc in parse(articles, pipeline)]
    parsing = time.perf_counter() - start
    start = time.perf_counter()
    reads = [
        Read(row, article, read(doc, article, language, gazetteer, actors))
        for row, article, doc in zip(rows, articles, docs, strict=True)
    ]
    finding = time.perf_counter() - start
    matching = time_matching(articles, gazetteer)
    crowded = time_matching(articles, build_gazetteer(with_many_forms(language), actors))
    tally = Counter(count_names(reads, pronouns_of(language), actors, misses))
    for kind in ("name", "pronoun"):
        right, total = tally[kind, True], tally[kind, True] + tally[kind, False]
        print(f"{code} {kind:8} {right:5} of {total:5} = {right / max(total, 1):.3f}")
    hits, kept, acting = count_apart(reads, docs, open_workshop(code, Settings()))
    print(
        f"{code} event-free sport and business: of {hits} names {kept} still actors, {acting} = {acting / hits:.3f} act"
    )
    parts = {"mentions to resolutions": finding, "names": matching, f"names of {MANY} forms": crowded}
    shares = ", ".join(f"{name} {seconds / parsing:.3f}" for name, seconds in parts.items())
    print(f"{code} parsing {parsing:.1f} s; of that {shares}")


def time_matching(articles: Iterable[Article], gazetteer: Gazetteer) -> float:
    """Return the seconds that it takes to find the names of all articles."""
    start = time.perf_counter()
    for article in articles:
        list(find_names(article.text, split_words(article.text), gazetteer))
    return time.perf_counter() - start


def with_many_forms(language: Language) -> Language:
    """Return a language with invented names that begin like its own, so that there are `MANY`."""
    known = [row.form for row in language.forms if row.actors != (NO_ACTOR,)]
    invented = (f"{known[i % len(known)]} {known[i * 7 % len(known)]} {i}" for i in range(MANY - len(known)))
    rows = tuple(ActorForm(form, ("RUS",), MentionKind.NAME) for form in invented)
    return replace(language, forms=language.forms + rows)


def read(
    doc: Doc, article: Article, language: Language, gazetteer: Gazetteer, actors: Actors
) -> dict[Mention, tuple[Resolution, ...]]:
    """Return all mentions of an article with whom they stand for."""
    found = find_mentions(doc, article, language, gazetteer)
    mentions = resolve_coreferences(doc, article, found, language, actors)
    context = build_context(mentions, article, actors)
    return {m: resolve_mention(m, article, actors, context) for m in mentions}


def pronouns_of(language: Language) -> frozenset[str]:
    """Return the pronouns of a language."""
    table = language.settings["coreference"]
    return frozenset(w for name in PRONOUN_TABLES for w in (table[name] if isinstance(table, dict) else ()))


def count_names(
    reads: Iterable[Read],
    pronouns: frozenset[str],
    actors: Actors,
    misses: bool,
) -> Iterator[tuple[str, bool]]:
    """Yield (kind, whether right) for each annotated name that stands in its evidence."""
    for one in reads:
        for event in one.row["events"]:
            for side in ("source", "target"):
                for name in event[f"{side}_names"] if event[side] else ():
                    span = locate(name, event, one.article.text)
                    if span is None:
                        continue
                    codes = codes_at(span, one, actors)
                    right = bool(codes & set(event[side]))
                    kind = "pronoun" if name.casefold() in pronouns else "name"
                    yield kind, right
                    if misses and not right:
                        near = one.article.text[max(0, span[0] - 90) : span[1] + 60].replace("\n", " ")
                        print(f"MISS {kind} {one.article.id} {name!r} {event[side]} got {sorted(codes)} | {near}")


def locate(name: str, event: Mapping[str, Any], text: str) -> tuple[int, int] | None:
    """Return where a name stands nearest the trigger in the evidence; None where it does not."""
    evidence = event.get("evidence") or text
    base = text.find(evidence)
    if base < 0:
        return None
    trigger = evidence.find(event["trigger"])
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}", evidence)]
    if not places:
        return None
    start = base + min(places, key=lambda p: abs(p - max(trigger, 0)))
    return start, start + len(name)


def codes_at(span: tuple[int, int], one: Read, actors: Actors) -> set[str]:
    """Return the codes of the widest mentions that overlap a stretch of text."""
    over = [m for m in one.resolved if m.span.start < span[1] and span[0] < m.span.end and one.resolved[m]]
    widest = [m for m in over if not any(o.span != m.span and o.span.contains(m.span) for o in over)]
    return {actors.guide_code(r.principal, one.article.date) for m in widest for r in one.resolved[m]}


def count_apart(reads: Iterable[Read], docs: Iterable[Doc], workshop: Workshop) -> tuple[int, int, int]:
    """Count the names in event-free texts on sport or business: all, those taken for an actor, those that act."""
    hits = kept = acting = 0
    gazetteer = workshop.gazetteer
    for one, doc in zip(reads, docs, strict=True):
        words = split_words(one.article.text)
        apart = any(gazetteer.has("sport", w.text) or gazetteer.has("business", w.text) for w in words)
        if one.row["events"] or not apart:
            continue
        found = [h for h in find_names(one.article.text, words, gazetteer) if h.form.actors != (NO_ACTOR,)]
        starts = {m.span.start for m, resolutions in one.resolved.items() if resolutions}
        claims = [c.claim for e in extract_events(one.article, doc, workshop).events for c in e.claims]
        sides = [m.span for claim in claims for m in (*claim.sources, *claim.targets)]
        hits += len(found)
        kept += sum(h.start in starts for h in found)
        acting += sum(any(s.start <= h.start < s.end for s in sides) for h in found)
    return hits, kept, acting


if __name__ == "__main__":
    main()
