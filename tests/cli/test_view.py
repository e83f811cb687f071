from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.main import run
from kg.model import Article, Event
from kg.store import Store


@pytest.fixture
def folder(sample_article: Article, sample_events: tuple[Event, ...], tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as store:
        store.add(sample_article, sample_events)
    return tmp_path


def view(folder: Path, *options: str) -> int:
    return run(["view", "--store", str(folder / "store"), "-o", str(folder / "graph.html"), *options])


@pytest.mark.parametrize(
    ("options", "events"),
    [
        pytest.param((), 4, id="all"),
        pytest.param(("--actors", "OSCE, LTU"), 2, id="actors"),
        pytest.param(("--since", "2024-05"), 1, id="since"),
        pytest.param(("--until", "2024-04"), 1, id="until"),
    ],
)
def test_it_writes_what_was_asked_for(
    folder: Path, options: tuple[str, ...], events: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert view(folder, *options) == 0
    assert f"{events} events in" in capsys.readouterr().err
    assert "<h1>Diplomatic events</h1>" in (folder / "graph.html").read_text(encoding="utf-8")


def test_a_query_chooses_the_events(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "hacks.rq").write_text("SELECT ?e { ?e kg:action act:cyberattack }", encoding="utf-8")
    assert view(folder, "--query", str(folder / "hacks.rq"), "--title", "Hacks <1>", "--with-sparql") == 0
    assert "1 events in" in capsys.readouterr().err
    html = (folder / "graph.html").read_text(encoding="utf-8")
    assert "<h1>Hacks &lt;1&gt;</h1>" in html
    assert "'wasm-unsafe-eval'" in html.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        pytest.param(("--since", "soon"), 2, "--since 'soon' is no date; write 2021", id="no date"),
        pytest.param(("--until", "2021-13"), 2, "'2021-13' is no date", id="no month"),
        pytest.param(("--actors", "OSCE,OSC"), 2, "--actors OSC: no event has it; nearest: OSCE", id="no such actor"),
        pytest.param(("--query", "missing.rq"), 1, "missing.rq cannot be read", id="no file"),
        pytest.param(("--store", "nowhere"), 1, "no store in nowhere", id="no store"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    folder: Path, options: tuple[str, ...], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert view(folder, *options) == code
    assert message in " ".join(capsys.readouterr().err.split())
    assert not (folder / "graph.html").exists()


def test_a_query_that_names_no_event_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "none.rq").write_text("SELECT ?x { ?x a kg:Nothing }", encoding="utf-8")
    assert view(folder, "--query", str(folder / "none.rq")) == 1
    assert "names no event" in " ".join(capsys.readouterr().err.split())
