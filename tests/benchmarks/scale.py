"""Measure how fast articles become a graph, and whether that stays so: tables for the README.

    python tests/benchmarks/scale.py stages             # extraction and all after it, against parsing alone
    python tests/benchmarks/scale.py mixed              # news of which one article in ten names an actor
    python tests/benchmarks/scale.py processes          # two worker processes against one
    python tests/benchmarks/scale.py growth 50000       # time and memory while a store grows

Articles are made of the paragraphs of the sample articles (`tests/articles`), which tell of little else than events,
and of paragraphs on sport, weather and cakes (`everyday.*.txt`), which name no actor. Dates of publication vary, so
that events do too. Run it with OPENBLAS_NUM_THREADS=1 to compare seconds of one core.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.building import Manifest, build
from kg.model import Article
from kg.parsing import parse
from kg.pipeline import Processed, Settings, Workshop, extract_events, open_workshop, run
from kg.readers import read_articles
from kg.store import Store

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "articles"
LANGUAGES = ("da", "en")
PARAGRAPHS = 5
TELLING = 10
"""Of the mixed news one article in so many is made of the sample articles."""
FIRST_DAY = date(2000, 1, 1)
DAYS = 9000
REPEATS = 5
WARM = 512
"""Articles before the clock starts, so that every process has loaded its pipelines."""


def sample_paragraphs(language: str) -> list[str]:
    """Return the paragraphs of the sample articles in a language."""
    read = (a for a in read_articles([SAMPLES]) if isinstance(a, Article) and a.language == language)
    return [paragraph for article in read for paragraph in article.text.split("\n\n")]


def everyday_paragraphs(language: str) -> list[str]:
    """Return paragraphs that name no actor."""
    return (HERE / f"everyday.{language}.txt").read_text(encoding="utf-8").strip().split("\n\n")


def make_articles(count: int, telling: int = 1, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Article]:
    """Yield articles recombined from paragraphs, the same in every run.

    Args:
        count: How many.
        telling: One in so many is made of the sample articles, the others of everyday paragraphs.
        languages: Taken in turn.
    """
    chance = random.Random(1)  # noqa: S311  # no secret
    pools = {code: (sample_paragraphs(code), everyday_paragraphs(code)) for code in languages}
    for number in range(count):
        language = languages[number // telling % len(languages)]
        events, everyday = pools[language]
        text = "\n\n".join(chance.sample(everyday if number % telling else events, PARAGRAPHS))
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        yield Article(f"made-{number}", text, language, day.isoformat())


def seconds(work: Callable[[], object]) -> float:
    """Return the median processor time of some runs, after one to warm up."""
    work()
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def parse_bare(articles: Iterable[Article], pipeline: Language) -> list[Doc]:
    """Parse articles as spaCy does, whole."""
    return list(pipeline.pipe((article.text for article in articles), batch_size=64))


def extract_and_store(parsed: Iterable[tuple[Article, Doc]], workshop: Workshop) -> None:
    """Do everything that comes after the parse."""
    with Store.in_memory() as store:
        for article, doc in parsed:
            store.add(article, extract_events(article, doc, workshop).events, actors=workshop.actors)


def print_row(*cells: object) -> None:
    print("| " + " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells) + " |", flush=True)


def measure_stages(count: int) -> None:
    """Print what extraction and storing cost beside parsing, on texts of events alone and on mixed news."""
    print_row("texts", "words", "bare nlp.pipe, s", "our parse, s", "extraction and store, s", "share of bare")
    for language in LANGUAGES:
        workshop = open_workshop(language, Settings())
        for name, telling in (("events alone", 1), ("mixed", TELLING)):
            articles = list(make_articles(count if telling > 1 else count // 5, telling, (language,)))
            heard = [a for a in articles if workshop.prefilter.names_actor(a.text)]
            parsed = list(parse(heard, workshop.pipeline, keep=workshop.prefilter.may_tell))
            bare = seconds(lambda articles=articles, w=workshop: parse_bare(articles, w.pipeline))  # type: ignore[misc]
            own = seconds(lambda heard=heard, w=workshop: list(parse(heard, w.pipeline)))  # type: ignore[misc]
            after = seconds(lambda parsed=parsed, w=workshop: extract_and_store(parsed, w))  # type: ignore[misc]
            words = sum(len(article.text.split()) for article in articles)
            print_row(f"{language}, {name}", words, bare, own, after, f"{after / bare:.0%}")


def measure_mixed(count: int) -> None:
    """Print how fast mixed news is done, with and without the prefilter, beside parsing all of it."""
    print_row("language", "articles", "bare nlp.pipe, s", "kg without prefilter, s", "kg, s", "bare / kg")
    for language in LANGUAGES:
        articles = list(make_articles(count, TELLING, (language,)))
        workshop = open_workshop(language, Settings())
        telling = sum(workshop.prefilter.names_actor(article.text) for article in articles)
        bare = seconds(lambda articles=articles, w=workshop: parse_bare(articles, w.pipeline))  # type: ignore[misc]
        all_, ours = (
            seconds(lambda articles=articles, s=settings: list(run(articles, s)))  # type: ignore[misc]
            for settings in (Settings(prefilter=False), Settings())
        )
        print_row(language, f"{count}, {telling} naming an actor", bare, all_, ours, bare / ours)


def pace(processes: int, count: int) -> float:
    """Return articles a second of a run, counted from when every process is warm."""
    found = run(make_articles(count), Settings(processes=processes))
    done = sum(isinstance(item, Processed) for item in islice(found, WARM))
    start = time.monotonic()
    done = sum(isinstance(item, Processed) for item in found)
    return done / (time.monotonic() - start)


def measure_processes(count: int) -> None:
    """Print the pace of one process and of two, turn by turn, so that both see the same load."""
    print_row("processes", "articles a second (median)", "all")
    paces: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(REPEATS):
        for processes, measured in paces.items():
            measured.append(pace(processes, count))
    for processes, measured in paces.items():
        print_row(processes, statistics.median(measured), ", ".join(f"{p:.1f}" for p in measured))
    ratios = [two / one for one, two in zip(paces[1], paces[2], strict=True)]
    print_row("ratio", statistics.median(ratios), ", ".join(f"{ratio:.2f}" for ratio in ratios))


def memory() -> int:
    """Return the memory that this process holds, in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def measure_growth(count: int, telling: int) -> None:
    """Print processor time an article and memory, while a store on disk grows."""
    step = max(1000, count // 10)
    print_row("articles", "ms an article since the last row", "of it in the store", "memory, MB", "triples")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store") as store:
        inside = _time_adding(store)
        with Manifest(Path(folder) / "manifest.jsonl") as manifest:
            outcomes = build(make_articles(count, telling), store, manifest, Settings())
            for done in range(step, count + 1, step):
                start, spent = time.process_time(), inside()
                for _ in islice(outcomes, step):
                    pass
                taken = 1000 * (time.process_time() - start) / step
                print_row(done, taken, 1000 * (inside() - spent) / step, memory(), len(store))


def _time_adding(store: Store) -> Callable[[], float]:
    """Return a function that tells how much processor time the store has taken so far."""
    add, spent = store.add, [0.0]

    def timed(*args: object, **options: object) -> object:
        start = time.process_time()
        change = add(*args, **options)  # type: ignore[arg-type]  # handed through
        spent[0] += time.process_time() - start
        return change

    store.add = timed  # type: ignore[method-assign, assignment]  # this one store, for measuring
    return lambda: spent[0]


def main() -> None:
    """Run the measurement that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("stages", "mixed", "processes", "growth"))
    parser.add_argument("count", type=int, nargs="?", default=0, help="articles")
    parser.add_argument("--telling", type=int, default=TELLING, help="one article in so many tells of events")
    told = parser.parse_args()
    measure = {"stages": measure_stages, "mixed": measure_mixed, "processes": measure_processes}
    if told.what == "growth":
        measure_growth(told.count or 50_000, told.telling)
    else:
        measure[told.what](told.count or 1500)


if __name__ == "__main__":
    main()
