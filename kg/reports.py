"""Sum up a run: outcomes in, counts out, written as `report.json` and `rejected.jsonl`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.building import Added, Outcome
from kg.model import Rejected
from kg.ontology.actions import load_actions


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
        rejected: What could not be used.
    """

    added: int = 0
    unchanged: int = 0
    undated: int = 0
    events: int = 0
    claims: int = 0
    types: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """Add one outcome."""
        if isinstance(outcome, Rejected):
            self.rejected.append(outcome)
        elif isinstance(outcome, Added):
            self.added += outcome.changed
            self.unchanged += not outcome.changed
            self.undated += not outcome.article.date
            self.events += len(outcome.events)
            self.claims += sum(len(event.claims) for event in outcome.events)
            self.types.update(load_actions()[event.action].type for event in outcome.events)
            self.languages[outcome.article.language] += 1
        else:
            self.unchanged += 1

    def to_json(self) -> Mapping[str, object]:
        """Return the counts, ready for `json.dumps`."""
        return {
            "articles": {"added": self.added, "unchanged": self.unchanged, "undated": self.undated},
            "events": self.events,
            "claims": self.claims,
            "types": dict(sorted(self.types.items())),
            "languages": dict(sorted(self.languages.items())),
            "rejected": list(self._rejected()),
        }

    def write(self, folder: Path) -> None:
        """Write `report.json` and `rejected.jsonl` into a folder, over those of the run before."""
        report = json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n"
        (folder / "report.json").write_text(report, encoding="utf-8")
        lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in self._rejected())
        (folder / "rejected.jsonl").write_text(lines, encoding="utf-8")

    def _rejected(self) -> Iterator[Mapping[str, str]]:
        return ({"name": item.name, "reason": item.reason} for item in self.rejected)
