"""How much of the input has been read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from kg.cli.build import format_pace
from kg.model import Article
from kg.readers import read_articles
from kg.readers.meter import Meter, measure
from kg.reports import Tally

TEXT = "Danmark udviser to russiske diplomater, siger ministeren i København."


def write_wire(path: Path, count: int) -> None:
    rows = (json.dumps({"id": str(number), "lang": "da", "text": f"{TEXT} {number}"}) for number in range(count))
    path.write_text("\n".join(rows), encoding="utf-8")


def test_a_big_file_is_counted_while_it_is_read(tmp_path: Path) -> None:
    write_wire(tmp_path / "wire.jsonl", 2000)
    meter = measure([tmp_path])
    shares = [meter.share for item in read_articles([tmp_path], meter=meter) if isinstance(item, Article)]
    assert len(shares) == 2000
    assert shares == sorted(shares)
    assert shares[0] < 0.5
    assert shares[-1] == 1.0


def test_an_archive_is_read_through_the_meter(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
    meter = measure([tmp_path])
    assert len(list(read_articles([tmp_path], language="da", meter=meter))) == 1
    assert meter.share == 1.0


def test_what_is_no_file_has_no_measure(tmp_path: Path) -> None:
    write_wire(tmp_path / "wire.jsonl", 1)
    assert measure([tmp_path, "https://news.example/feed"]).total == 0
    assert measure(["-"]).left(10) is None


def test_the_time_left_follows_the_pace() -> None:
    meter = Meter(total=1000)
    meter.read = 250
    assert meter.left(60) == 180
    assert format_pace(Tally(added=120), 60, meter) == "2.0 articles/s, 0 events, 0:03:00 left"
    assert format_pace(Tally(added=120), 60) == "2.0 articles/s, 0 events"
