"""Paths in, articles and rejections out: what every reader together promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Article, Rejected
from kg.readers import read_articles

ARTICLES = Path(__file__).parents[1] / "articles"
DANISH = "Danmark udviser to russiske diplomater, siger udenrigsministeren i København."


def read(
    *paths: Path, language: str = "", columns: dict[str, str] | None = None
) -> tuple[list[Article], list[Rejected]]:
    found = list(read_articles(paths, language=language, columns=columns))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Rejected)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_sample_articles_are_all_read_with_language_and_date() -> None:
    articles, rejected = read(ARTICLES)
    assert rejected == []
    assert len(articles) == 14
    assert sorted(article.language for article in articles) == ["da"] * 10 + ["en"] * 4
    assert all(len(article.date) == 10 and article.title for article in articles)
    assert all(120 <= len(article.text.split()) <= 350 for article in articles)


def test_a_folder_gives_ids_from_relative_paths_in_order_of_name(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", DANISH)
    write(tmp_path / "2018" / "a.txt", DANISH + " Igen.")
    write(tmp_path / ".hidden" / "c.txt", DANISH + " Skjult.")
    write(tmp_path / ".d.txt", DANISH + " Også skjult.")
    articles, rejected = read(tmp_path)
    assert [article.id for article in articles] == ["b", "2018/a"]
    assert rejected == []


def test_two_files_of_one_name_keep_apart_and_the_same_text_is_read_once(tmp_path: Path) -> None:
    first = write(tmp_path / "1" / "krise.txt", DANISH)
    second = write(tmp_path / "2" / "krise.txt", DANISH + " Rusland svarer igen.")
    third = write(tmp_path / "3" / "krise.txt", DANISH)
    articles, rejected = read(first, second, third)
    assert articles[0].id == "krise"
    assert articles[1].id.startswith("krise-")
    assert [(r.name, r.reason) for r in rejected] == [(str(third), "the same text was already read as 'krise'")]


def test_an_id_given_twice_is_rejected_by_its_line(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a", "lang": "da", "text": text}) for text in (DANISH, DANISH + " Mere.")]
    path = write(tmp_path / "wire.jsonl", "\n".join(lines))
    articles, rejected = read(path)
    assert [article.id for article in articles] == ["a"]
    assert rejected == [Rejected(f"{path}:2", "second article with the id 'a'")]


def test_records_without_id_take_the_name_of_their_file(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl", json.dumps({"text": DANISH}) + "\n" + json.dumps({"text": DANISH + " Mere."}))
    articles, _ = read(path)
    assert articles[0].id == "wire"
    assert articles[1].id.startswith("wire-")


def test_a_given_language_is_obeyed_and_an_unknown_one_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", DANISH)
    assert read(path, language="en")[0][0].language == "en"
    assert "no language 'fi'; there are da, en" in read(path, language="fi")[1][0].reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            "Norges utenriksminister sier at regjeringen ikke vil utvise diplomatene nå.", "no", id="Norwegian"
        ),
        pytest.param("Sveriges statsminister säger att landet inte kommer att sända trupper.", "sv", id="Swedish"),
        pytest.param("Der deutsche Außenminister verurteilte den Angriff auf die Botschaft.", "de", id="German"),
    ],
)
def test_a_language_that_is_not_there_is_refused(tmp_path: Path, text: str, code: str) -> None:
    articles, rejected = read(write(tmp_path / "a.txt", text))
    assert articles == []
    assert f"language looks like {code!r}" in rejected[0].reason


def test_columns_map_to_our_fields(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"body": DANISH, "published": "2018-03-26T10:00:00Z"}))
    articles, _ = read(path, columns={"text": "body", "date": "published"})
    assert articles[0].text == DANISH
    assert articles[0].date == "2018-03-26"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.txt", b"", "empty", id="empty file"),
        pytest.param("a.txt", b" \n\n ", "empty", id="blank file"),
        pytest.param("a.txt", b"date 2018-03-26\n\n", "no text", id="header alone"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40, "binary data, no text", id="picture"),
        pytest.param("a.txt", bytes(range(1, 32)) * 40, "binary data, no text", id="control characters"),
        pytest.param(
            "a.txt", b"\xff\xfe\x00\xd8a", "begins with the mark of utf-16 but is not: byte 2", id="broken UTF-16"
        ),
        pytest.param("a.jsonl", b"", "empty", id="empty jsonl"),
        pytest.param("a.jsonl", b"{oops", "not JSON", id="no JSON"),
        pytest.param("a.jsonl", b"[1, 2]", "a JSON list, not an object", id="list for an object"),
        pytest.param("a.jsonl", b'{"id": 1}', "no 'text'; there are: id", id="no text field"),
        pytest.param("a.jsonl", b'{"text": ["a"]}', "'text' is list, not text", id="list for a text"),
        pytest.param(
            "a.jsonl", b'{"text": "Nato svarer.", "date": "i g\xc3\xa5r"}', "date 'i går' is not YYYY", id="no date"
        ),
        pytest.param("a.jsonl", b'{"text": "Nato svarer.", "date": "2021-13"}', "date '2021-13' is not", id="month 13"),
        pytest.param("a.jsonl", b"[" * 100_000, "not JSON", id="deep JSON"),
        pytest.param("a.json", b'{"text": 1,}', "not JSON", id="bad JSON file"),
        pytest.param("a.json", b"[3]", "a JSON int, not an object", id="number for an object"),
        pytest.param("a.xyz", b"Nato svarer.", "no reader for '.xyz'; there are: .", id="unknown suffix"),
    ],
)
def test_what_cannot_be_used_is_rejected_with_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    good = write(tmp_path / "good.txt", DANISH)
    articles, rejected = read(write(tmp_path / name, content), good, language="da")
    assert [article.id for article in articles] == ["good"]
    assert len(rejected) == 1
    assert reason in rejected[0].reason


def test_what_is_not_there_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    _, rejected = read(tmp_path / "nothing.txt", tmp_path / "folder")
    assert [r.reason for r in rejected] == ["no such file or folder", "a broken link"]


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", DANISH)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    articles, rejected = read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert rejected == []


def test_a_text_too_long_for_an_article_is_rejected(tmp_path: Path) -> None:
    _, rejected = read(write(tmp_path / "a.txt", DANISH * 6000), language="da")
    assert "more than 400000: split it into articles" in rejected[0].reason


def test_a_huge_file_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    _, rejected = read(path)
    assert rejected == [Rejected(str(path), "larger than 20 MB, too large for one article")]


def test_only_web_addresses_become_urls(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": str(n), "lang": "da", "text": f"{DANISH} {n}", "url": url})
        for n, url in enumerate(["https://example.org/a?b=c", "javascript:alert(1)", 'http://a"><script>'])
    ]
    articles, _ = read(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [article.url for article in articles] == ["https://example.org/a?b=c", "", ""]


def test_fields_of_an_annotated_corpus_are_kept_and_its_events_ignored(tmp_path: Path) -> None:
    record = {
        "id": "da-1",
        "lang": "da",
        "date": "2021-10",
        "title": "Nato svarer",
        "text": DANISH,
        "events": [{"x": 1}],
    }
    articles, _ = read(write(tmp_path / "gold.jsonl", json.dumps(record)))
    assert articles == [Article("da-1", DANISH, "da", "2021-10", "Nato svarer")]
