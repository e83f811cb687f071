"""Train the learned part of extraction on annotated articles and measure it, cross-validated and on held-out articles.

    python tests/benchmarks/events.py EVAL_DIR [--write kg/extraction/weights.npz]

Trained on are the articles of `tests/corpus`; EVAL_DIR holds `dev.*.jsonl`, articles kept apart, in the same form
(`kg.exporters.annotations`). Printed are, by language, the figures of 5-fold cross-validation (folds grouped by date
and actors), those on dev, and in how many event-free articles of the corpus an event is found by a model that has not
seen them. With `--write` the weights are written where `kg.extraction.linear` finds them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.evaluation import LEVELS, evaluate
from kg.exporters.annotations import to_record
from kg.extraction.claims import Survey, find_candidates, survey
from kg.extraction.judge import judge_candidates
from kg.extraction.linear import LinearModel, write_weights
from kg.learning import GoldEvent, Lesson, Lessons, group_articles, train
from kg.model import Article, Mention, Resolution, Status
from kg.parsing import parse
from kg.pipeline import Settings, Workshop, open_workshop, resolve_actors
from kg.resolution.events import resolve_events

CORPUS = Path(__file__).parents[1] / "corpus"
Record = Mapping[str, Any]
Resolutions = Mapping[Mention, tuple[Resolution, ...]]


def read_records(paths: Iterable[Path]) -> list[Record]:
    """Return the annotated articles of some files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def prepare(records: list[Record], workshop: Workshop) -> list[tuple[Lesson, Resolutions]]:
    """Parse annotated articles and survey them."""
    language = workshop.rules.language.code
    groups = group_articles({r["id"]: _keys(r) for r in records})
    articles = [
        Article(r["id"], r["text"], language=language, date=r["date"], title=r.get("title", "")) for r in records
    ]
    lessons: list[tuple[Lesson, Resolutions]] = []
    for record, (article, doc) in zip(records, parse(articles, workshop.pipeline), strict=True):
        resolutions = resolve_actors(article, doc, workshop)
        lessons.append(
            (_lesson(record, article, survey(doc, article, resolutions, workshop.rules), workshop, groups), resolutions)
        )
    return lessons


def _lesson(
    record: Record, article: Article, surveyed: Survey, workshop: Workshop, groups: Mapping[str, int]
) -> Lesson:
    def code_of(principal: str) -> str:
        return workshop.actors.guide_code(principal, article.date)

    gold = tuple(_gold_event(e, article.text) for e in record["events"])
    return Lesson(surveyed, workshop.rules, code_of, gold, groups[article.id])


def _keys(record: Record) -> list[str]:
    codes = {c for e in record["events"] for c in (*e["source"], *e["target"])}
    return [record["date"], " ".join(sorted(codes))] if codes else [record["date"]]


def _gold_event(event: Record, text: str) -> GoldEvent:
    sentence = max(text.find(event.get("evidence") or ""), 0)
    start = text.find(event["trigger"], sentence)
    end = start + len(event["trigger"]) if start >= 0 else -1
    status = Status(event.get("status", "actual"))
    return GoldEvent(frozenset(event["source"]), event["type"], frozenset(event["target"]), status, start, end)


def predict(lessons: list[tuple[Lesson, Resolutions]], model: LinearModel, workshop: Workshop) -> dict[str, Record]:
    """Return the events that a model finds, as an annotator would write them."""
    found: dict[str, Record] = {}
    for lesson, resolutions in lessons:
        article, rules = lesson.survey.article, lesson.rules
        judged = judge_candidates(find_candidates(lesson.survey, rules, model), rules, model)
        events = resolve_events(article, [j.candidate.claim for j in judged if j.accepted], resolutions)
        found[article.id] = to_record(article, events, rules.actions, workshop.actors.guide_code)
    return found


def false_alarms(lessons: list[Lesson], learned: Lessons, language: str) -> tuple[int, int]:
    """Return in how many of a language's event-free articles the cross-validated model finds an event."""
    free = {x.survey.article.id for x in lessons if x.language == language and not x.gold}
    threshold = learned.model.thresholds[language]
    hit = {e.article for e, confidence in learned.examples if e.real and confidence >= threshold} & free
    return len(hit), len(free)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    languages = sorted(p.suffixes[0][1:] for p in arguments.folder.glob("dev.*.jsonl"))
    shops = {code: open_workshop(code, Settings(extractor="rules")) for code in languages}
    lessons: list[Lesson] = []
    for code in languages:
        paths = sorted(CORPUS.glob(f"{code}*.jsonl"))
        lessons += [lesson for lesson, _ in prepare(read_records(paths), shops[code])]
    learned = train(lessons)
    if arguments.write:
        write_weights(arguments.write, learned.model)
    for code in languages:
        print(code, "corpus, cross-validated:", {k: round(v, 3) for k, v in learned.figures[code].items()})
        print(
            code,
            "event-free articles of the corpus with an event: {} of {}".format(*false_alarms(lessons, learned, code)),
        )
        gold = read_records([arguments.folder / f"dev.{code}.jsonl"])
        result = evaluate(gold, predict(prepare(list(gold), shops[code]), learned.model, shops[code]))
        for level in LEVELS:
            print(code, "dev", level, result.levels[level])
        print(code, "dev salient", result.salient, dict(result.matched))


if __name__ == "__main__":
    main()
