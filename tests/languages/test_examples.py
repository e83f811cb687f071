"""Every language's own example sentences, through the whole flow; one test for all languages."""

from collections import defaultdict

import pytest

from kg.languages.lexicon import LANGUAGES, find_languages, read_table
from kg.model import Article
from kg.parsing import parse
from kg.pipeline import Settings, extract_events, open_workshop

SHARE = {"full": 0.85, "rules": 0.55}
"""So many of the examples must come out whole: the rest are kept as what is still to be reached."""

Wanted = tuple[str, str, str, str]


def _examples(language: str) -> dict[tuple[str, str], set[Wanted]]:
    found: dict[tuple[str, str], set[Wanted]] = defaultdict(set)
    for _, row in read_table(LANGUAGES / language / "examples.tsv"):
        key = (row["sentence"], row["date"])
        found[key] |= set() if row["action"] == "-" else {(row["source"], row["action"], row["target"], row["status"])}
    return found


@pytest.mark.parametrize("extractor", ["full", "rules"])
@pytest.mark.parametrize("language", find_languages())
def test_a_language_finds_the_events_of_its_own_examples(language: str, extractor: str) -> None:
    workshop = open_workshop(language, Settings(extractor=extractor))
    examples = _examples(language)
    articles = [Article(str(n), text, language, date) for n, (text, date) in enumerate(examples)]
    missed = []
    for (article, doc), wanted in zip(parse(articles, workshop.pipeline), examples.values(), strict=True):
        events = extract_events(article, doc, workshop).events
        found = {
            (_codes(e.sources), e.action, _codes(e.targets), c.claim.status.value) for e in events for c in e.claims
        }
        flipped = {(t, a, s, status) for s, a, t, status in found}
        if not wanted <= found | flipped:
            missed.append((article.text, sorted(wanted - found), sorted(found)))

    assert len(missed) <= (1 - SHARE[extractor]) * len(examples), "\n".join(map(str, missed))


@pytest.mark.parametrize("language", find_languages())
def test_an_event_free_example_gives_no_event(language: str) -> None:
    workshop = open_workshop(language, Settings())
    free = [text for (text, _), wanted in _examples(language).items() if not wanted]
    articles = [Article(str(n), text, language, "2024-05-14") for n, text in enumerate(free)]

    found = {a.text: extract_events(a, d, workshop).events for a, d in parse(articles, workshop.pipeline)}

    assert len(free) >= 3
    assert [text for text, events in found.items() if events] == []


def _codes(principals: tuple[str, ...]) -> str:
    return ",".join(sorted(principals)) or "-"
