"""Sum up a run: outcomes in, counts out, written as `report.json`, `report.html` and `rejected.jsonl`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from html import escape
from pathlib import Path

from kg.building import Added, Outcome, Withdrawn
from kg.distribution.shards import ShardReport
from kg.model import Rejected
from kg.ontology.actions import load_actions

SHOWN = 10
"""Articles that are told as the slowest."""


@dataclass
class Tally:
    """Counts of one run, filled outcome by outcome.

    Attributes:
        added: Articles processed that changed the store.
        unchanged: Articles that it had already.
        undated: Articles without a publication date, whose relative dates stay open.
        events: Events found in the articles processed.
        claims: Their claims.
        types: Events by type.
        languages: Articles processed by language.
        slowest: Seconds and ids of the articles that took longest, of those done on this machine.
        withdrawn: Ids of articles that were taken out before and stay out.
        rejected: What could not be used.
    """

    added: int = 0
    unchanged: int = 0
    undated: int = 0
    events: int = 0
    claims: int = 0
    types: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """Return how many inputs were met."""
        return self.added + self.unchanged + len(self.withdrawn) + len(self.rejected)

    def count(self, outcome: Outcome | ShardReport) -> None:
        """Add one outcome, of an article or of a shard of them."""
        if isinstance(outcome, Rejected):
            self.rejected.append(outcome)
        elif isinstance(outcome, ShardReport):
            self._count_shard(outcome)
        elif isinstance(outcome, Withdrawn):
            self.withdrawn.append(outcome.article.id)
        elif isinstance(outcome, Added):
            self.added += outcome.changed
            self.unchanged += not outcome.changed
            self.undated += not outcome.article.date
            self.events += len(outcome.events)
            self.claims += sum(len(event.claims) for event in outcome.events)
            self.types.update(load_actions()[event.action].type for event in outcome.events)
            self.languages[outcome.article.language] += 1
            self.slowest = nlargest(SHOWN, [*self.slowest, (round(outcome.seconds, 3), outcome.article.id)])
        else:
            self.unchanged += 1

    def _count_shard(self, shard: ShardReport) -> None:
        self.added += len(shard.articles)
        self.undated += shard.undated
        self.events += shard.events
        self.claims += shard.claims
        self.types.update(shard.types)
        self.languages.update(shard.languages)

    def to_json(self) -> Mapping[str, object]:
        """Return the counts, ready for `json.dumps`."""
        return {
            "articles": {"added": self.added, "unchanged": self.unchanged, "undated": self.undated},
            "events": self.events,
            "claims": self.claims,
            "types": dict(sorted(self.types.items())),
            "languages": dict(sorted(self.languages.items())),
            "slowest": [{"article": name, "seconds": seconds} for seconds, name in self.slowest],
            "withdrawn": self.withdrawn,
            "rejected": list(self._rejected()),
        }

    def write(self, folder: Path) -> None:
        """Write `report.json`, `report.html` and `rejected.jsonl` into a folder, over those of the run before."""
        report = json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n"
        (folder / "report.json").write_text(report, encoding="utf-8")
        (folder / "report.html").write_text(format_page(self), encoding="utf-8")
        lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in self._rejected())
        (folder / "rejected.jsonl").write_text(lines, encoding="utf-8")

    def _rejected(self) -> Iterator[Mapping[str, str]]:
        return ({"name": item.name, "reason": item.reason} for item in self.rejected)


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>kg: report of a run</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }}
table {{ border-collapse: collapse; margin: 0 0 2em }} td, th {{ padding: .2em 1em .2em 0; text-align: left }}
td.n {{ text-align: right }} tr + tr td {{ border-top: 1px solid #ddd }} td {{ overflow-wrap: anywhere }}</style></head>
<body><h1>Report of a run</h1>
{body}
</body></html>
"""


def format_page(tally: Tally) -> str:
    """Return a run's counts as a page; names and reasons come from hostile files and are escaped."""
    counts = {
        "articles added": tally.added,
        "articles unchanged": tally.unchanged,
        "articles without a date": tally.undated,
        "articles taken out before": len(tally.withdrawn),
        "inputs rejected": len(tally.rejected),
        "events": tally.events,
        "claims": tally.claims,
    }
    rejected = [(item.name, item.reason) for item in tally.rejected]
    tables = [
        _format_table("Counts", counts.items()),
        _format_table("Events by type", tally.types.most_common()),
        _format_table("Articles by language", sorted(tally.languages.items())),
        _format_table("Slowest articles, seconds", ((name, f"{seconds:.3f}") for seconds, name in tally.slowest)),
        _format_table("Rejected", rejected),
    ]
    return _PAGE.format(body="\n".join(tables))


def _format_table(title: str, rows: Iterable[tuple[str, object]]) -> str:
    cells = [
        f"<tr><td>{escape(name)}</td><td{' class=n' if isinstance(value, int) else ''}>{escape(str(value))}</td></tr>"
        for name, value in rows
    ]
    return f"<h2>{title}</h2>\n<table>\n" + "\n".join(cells or ["<tr><td>none</td></tr>"]) + "\n</table>"
