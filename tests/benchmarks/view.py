"""Measure the page: size, time to the first frame, time until every control works, and a filter's step.

    python tests/benchmarks/view.py SENTENCES... [--runs 5] [--stock] [--keep FOLDER]

SENTENCES are text files with a sentence a line; those of 12 to 30 words are used, each once, their words shuffled
where there are too few. `--stock` also measures pyvis's own page at 500 actors. Needs Debian's chromium; run it on an
idle machine.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pyvis.network import Network

from kg.graph.records import KINDS, ActorRecord, ArticleRecord, ClaimRecord, EventRecord, Records
from kg.ontology.actions import load_actions
from kg.ontology.actors import load_actors
from kg.views.html import write_page

SIZES = ((40, 150, 0.9, 1.2, 100), (500, 5_000, 2.5, 2.0, 300), (5_000, 100_000, 8.0, 4.0, 800))
"""Actors, events, and the bars: megabytes, seconds to the first frame, milliseconds of a filter's step."""

FIRST_DAY = date(2021, 1, 1)
SUPPORTS, SHARES = ("Stated", "Claimed", "Disputed", "Denied"), (70, 20, 5, 5)
STATUSES = ("actual", "planned", "negated", "hypothetical")
PUBLISHERS = ("First Wire", "Second Wire", "Third Wire", "Fourth Wire")

STEPS = """async () => {
  const times = [];
  for (const box of [...document.querySelectorAll("#facets .quad > .tick input")].slice(0, 3)) {
    for (const turn of [0, 1]) {
      const start = performance.now();
      box.click();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
      times.push(performance.now() - start);
    }
  }
  return times;
}"""


def read_sentences(paths: list[Path]) -> Iterator[str]:
    """Yield sentences without end, none twice."""
    lines = {line.strip(): None for path in paths for line in path.read_text(encoding="utf-8").splitlines()}
    sentences = [line for line in lines if 12 <= len(line.split()) <= 30]
    draw = random.Random(3)  # noqa: S311  # sentences, not secrets
    yield from sentences
    for number in count():
        words = sentences[number % len(sentences)].split()
        draw.shuffle(words)
        yield " ".join(words)


def make_actors(number: int) -> list[ActorRecord]:
    """Return real actors as far as there are enough, then made-up ones."""
    real = [actor for actor in load_actors() if str(actor.kind) in KINDS][:number]
    actors = [
        ActorRecord(
            actor.id, KINDS[str(actor.kind)], actor.notation, {"da": actor.label("da"), "en": actor.label("en")}
        )
        for actor in real
    ]
    kinds = ("state", "organisation", "movement", "other")
    extra = (ActorRecord(f"A{i}", kinds[i % 4], f"A{i}", {"en": f"Actor {i}"}) for i in range(number - len(actors)))
    return [*actors, *extra]


def make_records(actors: int, events: int, sentences: Iterator[str]) -> Records:
    """Return events between actors of which few are active and many are not, one claim each."""
    draw = random.Random(actors)  # noqa: S311  # a graph, not a secret
    registry = make_actors(actors)
    draw.shuffle(registry)
    actions = sorted(name for name, action in load_actions().items() if action.type)
    articles = [
        ArticleRecord(f"a{i}", f"Title {i}", f"https://news.example/{i}", draw.choice(PUBLISHERS), language="da")
        for i in range(max(2, events // 6))
    ]

    def actor() -> str:
        return registry[int(draw.random() ** 3 * actors)].id

    def event(number: int) -> EventRecord:
        source, target = actor(), actor()
        day = (FIRST_DAY + timedelta(days=draw.randrange(1800))).isoformat()
        speakers = (actor(),) if draw.random() < 0.5 else ()
        claim = ClaimRecord(
            draw.choice(articles).id, draw.choice(STATUSES), speakers, next(sentences), (0, 5), draw.uniform(0.4, 1)
        )
        support = draw.choices(SUPPORTS, SHARES)[0]
        return EventRecord(
            f"{draw.getrandbits(80):020x}-{number}", draw.choice(actions), (source,), (target,), day, day, day, support,
            claims=(claim,),
        )  # fmt: skip

    made = sorted((event(number) for number in range(events)), key=lambda event: event.id)
    by_id = sorted(registry, key=lambda actor: actor.id)
    return Records(tuple(by_id), tuple(sorted(articles, key=lambda article: article.id)), tuple(made))


def measure(page: Page, path: Path) -> tuple[float, float, float]:
    """Return seconds to the first frame and until all works, and milliseconds of a filter's step."""
    page.goto("about:blank")
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=60_000)
    ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime") / 1000
    first = page.evaluate("performance.getEntriesByName('first-frame')[0].startTime") / 1000
    return first, ready, statistics.median(page.evaluate(STEPS))


def measure_stock(page: Page, records: Records, path: Path, limit: int = 180) -> str:
    """Return how long pyvis's own page takes to draw anything, in words."""
    network = Network(directed=True, cdn_resources="in_line")
    for actor in records.actors:
        network.add_node(actor.id, label=actor.labels["en"])
    for event in records.events[:1500]:
        network.add_edge(event.sources[0], event.targets[0], title=event.claims[0].quote)
    path.write_text(network.generate_html(), encoding="utf-8")
    start = time.monotonic()
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_selector("#loadingBar", state="hidden", timeout=limit * 1000)
    except Exception:  # noqa: BLE001  # whatever ends the wait, nothing was drawn
        return f"nothing within {limit} s"
    return f"{time.monotonic() - start:.0f} s"


def main() -> None:
    """Print a table of the sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 860})
        page.context.set_offline(True)
        print("actors / events      MB   first frame s   all works s   filter step ms   (bars)   written in s")
        for actors, events, megabytes, seconds, milliseconds in SIZES:
            records = make_records(actors, events, read_sentences(options.sentences))
            path = folder / f"{actors}.html"
            start = time.process_time()
            write_page(records, path, title="Benchmark")
            cost = time.process_time() - start
            first, ready, step = map(
                statistics.median, zip(*(measure(page, path) for _ in range(options.runs)), strict=True)
            )
            size = path.stat().st_size / 1e6
            bars = f"({megabytes} / {seconds} / {milliseconds})"
            row = f"{actors:>6} / {events:<8} {size:7.2f} {first:13.2f} {ready:13.2f} {step:16.0f}"
            print(f"{row}   {bars:<18} {cost:6.1f}")
        if options.stock:
            records = make_records(500, 1500, read_sentences(options.sentences))
            print(
                "stock pyvis, 500 actors, 1,500 edges, first frame:",
                measure_stock(page, records, folder / "stock.html"),
            )
        browser.close()


if __name__ == "__main__":
    main()
