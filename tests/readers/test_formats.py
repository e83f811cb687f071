"""Every format, from a real sample that its own library made, and what is hostile in each."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.cli.main import run
from kg.model import Article, Rejected
from kg.readers import read_articles
from kg.readers.formats import find_formats

FIRST = "Danmark udviser to russiske diplomater, siger udenrigsministeren i København mandag."
SECOND = "Rusland svarer igen og lukker det danske konsulat i Sankt Petersborg, oplyser ministeriet."
TEXT = f"{FIRST}\n\n{SECOND}"
PAGE = f"""<!DOCTYPE html><html lang="da"><head><title>Danmark udviser diplomater - Bladet</title>
<meta property="og:title" content="Danmark udviser diplomater"><meta property="og:site_name" content="Bladet">
<meta property="article:published_time" content="2018-03-26T12:00:00+02:00"></head>
<body><nav><ul><li><a href="/">Forside</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Danmark udviser diplomater</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<script>alert("hej")</script><footer>Ophavsret Bladet</footer></body></html>"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Bladet</title>
<language>da-DK</language><item><title>Nyt &amp; sandt</title><link>https://bladet.example/1</link>
<pubDate>Mon, 26 Mar 2018 12:00:00 +0200</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="da"><title>Bladet</title><entry><title>Nyt</title>
<id>urn:1</id><link href="https://bladet.example/1"/><updated>2018-03-26T10:00:00Z</updated>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""
NITF = f"""<nitf><head><docdata><date.issue norm="20180326T120000Z"/></docdata><pubdata name="Bladet"/></head>
<body><body.head><hedline><hl1>Danmark udviser diplomater</hl1></hedline></body.head>
<body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:bladet:1">
<itemMeta><provider literal="x"><name>Bladet</name></provider>
<versionCreated>2018-03-26T12:00:00Z</versionCreated></itemMeta>
<contentMeta><language tag="da"/><headline>Danmark udviser diplomater</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>{FIRST}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>"""
ROW = {"id": "1", "date": "2018-03-26", "publisher": "Bladet", "title": "Danmark udviser diplomater", "text": TEXT}

MARKDOWN = f"---\ndate: 2018-03-26\npublisher: Bladet\n---\n# Danmark udviser diplomater\n\n{TEXT}\n"


def write_text(content: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(content, encoding="utf-8")

    return write


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ROW), delimiter="\t" if path.suffix == ".tsv" else ";")
        writer.writeheader()
        writer.writerow(ROW)


def write_parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([ROW]), path)


def write_pdf(path: Path) -> None:
    """Write a PDF by hand, since no library that we need anyway writes one: a page with two lines in Helvetica."""
    lines = [line.encode("cp1252") for line in (FIRST, SECOND)]
    shown = b"BT /F1 8 Tf 40 700 Td " + b"".join(b"(" + line + b") Tj 0 -20 Td " for line in lines) + b"ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 800] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"xref\n0 7\n0000000000 65535 f \n" + table
    path.write_bytes(
        content + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(content) - len(table) - 29)
    )


def write_docx(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Danmark udviser diplomater", 0)
    document.add_paragraph(FIRST)
    document.add_paragraph(SECOND)
    document.save(str(path))


def write_mail(path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Danmark udviser diplomater", "Bladet <red@bladet.example>"
    message["Date"] = "Mon, 26 Mar 2018 12:00:00 +0200"
    message.set_content(TEXT)
    message.add_alternative(PAGE, subtype="html")
    path.write_bytes(bytes(message))


def write_warc(path: Path) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        url = "https://bladet.example/1"
        payload = io.BytesIO(PAGE.encode())
        writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))
        writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b"GET")))


def write_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2018/nyt.txt", f"date 2018-03-26\n\n{TEXT}")
        archive.writestr("__MACOSX/._nyt.txt", "x")


def write_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(json.dumps(ROW).encode() + b"\n"))


SAMPLES = [
    pytest.param("a.txt", write_text(f"date 2018-03-26\n\n{TEXT}"), "date", id="txt"),
    pytest.param("a.md", write_text(MARKDOWN), "title date publisher", id="md"),
    pytest.param("a.jsonl", write_text(json.dumps(ROW)), "title date publisher", id="jsonl"),
    pytest.param("a.json", write_text(json.dumps([ROW])), "title date publisher", id="json"),
    pytest.param("a.html", write_text(PAGE), "title date publisher", id="html"),
    pytest.param("a.csv", write_csv, "title date publisher", id="csv"),
    pytest.param("a.tsv", write_csv, "title date publisher", id="tsv"),
    pytest.param("a.parquet", write_parquet, "title date publisher", id="parquet"),
    pytest.param("a.pdf", write_pdf, "", id="pdf"),
    pytest.param("a.docx", write_docx, "title", id="docx"),
    pytest.param("a.eml", write_mail, "title date publisher", id="eml"),
    pytest.param("a.rss", write_text(RSS), "date publisher", id="RSS"),
    pytest.param("a.xml", write_text(ATOM), "date publisher", id="Atom"),
    pytest.param("a.xml", write_text(NITF), "title date publisher", id="NITF"),
    pytest.param("a.xml", write_text(NEWSML), "title date publisher", id="NewsML-G2"),
    pytest.param("a.warc", write_warc, "title date publisher", id="warc"),
    pytest.param("a.warc.gz", write_warc, "title date publisher", id="warc.gz"),
    pytest.param("a.zip", write_zip, "date", id="zip"),
    pytest.param("a.jsonl.gz", write_gzip, "title date publisher", id="gz"),
]


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # warcio's writer leaves them to chance
@pytest.mark.parametrize(("name", "write", "fields"), SAMPLES)
def test_a_file_of_every_format_is_read(tmp_path: Path, name: str, write: Callable[[Path], None], fields: str) -> None:
    write(tmp_path / name)
    (article,) = read_articles([tmp_path])
    assert isinstance(article, Article), article
    assert article.language == "da"
    assert [" ".join(part.split()) for part in article.text.replace("\n\n", " ").split(" Rusland ")] == [
        FIRST,
        SECOND.removeprefix("Rusland "),
    ]
    wanted = {"title": "Danmark udviser diplomater", "date": "2018-03-26", "publisher": "Bladet"}
    assert {field: getattr(article, field) for field in fields.split()} == {f: wanted[f] for f in fields.split()}


def zip_of(content: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return packed.getvalue()


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><nitf>&b;</nitf>'
NESTED = zip_of({"b.zip": zip_of({"c.zip": zip_of({"d.txt": TEXT.encode()})})})

HOSTILE = [
    pytest.param("a.zip", zip_of({"a.txt": b"a" * 10_000_000}), "times its size: refused", id="zip bomb"),
    pytest.param("a.gz", gzip.compress(b"a" * 40_000_000), "times its size: refused", id="gzip bomb"),
    pytest.param("a.jsonl.gz", gzip.compress(b"\n" * 40_000_000), "times its size: refused", id="gzip bomb of lines"),
    pytest.param("a.zip", NESTED, "an archive within 2 others", id="nested archives"),
    pytest.param("a.zip", b"PK\x03\x04 no zip", "no zip file", id="no zip"),
    pytest.param("a.gz", b"no gzip", "no gzip file", id="no gzip"),
    pytest.param("a.txt.gz", gzip.compress(TEXT.encode())[:-12], "no gzip file, or a broken one", id="cut gzip"),
    pytest.param("a.zip", zip_of({"a.exe": b"MZ"}), "no reader for '.exe'", id="program in a zip"),
    pytest.param("a.xml", LAUGHS.encode(), "declares entities", id="billion laughs"),
    pytest.param("a.xml", b"<nitf><p>", "not well-formed XML", id="broken XML"),
    pytest.param("a.xml", b"<svg/>", "XML with the root 'svg'", id="other XML"),
    pytest.param("a.xml", b"<a>" * 100_000, "XML", id="deep XML"),
    pytest.param("a.rss", b"<rss><channel/></rss>", "a feed without entries", id="empty feed"),
    pytest.param("a.pdf", b"%PDF-1.4 nothing", "cannot be read as .pdf", id="broken PDF"),
    pytest.param("a.docx", b"PK no docx", "cannot be read as .docx", id="broken docx"),
    pytest.param("a.docx", zip_of({"word/x.xml": b"<a/>"}), "cannot be read as .docx", id="zip as docx"),
    pytest.param("a.parquet", b"PAR1 no PAR1", "no Parquet file", id="broken parquet"),
    pytest.param("a.csv", b"id;body\n1;Hej\n", "no 'text'; there are: body, id", id="csv without text"),
    pytest.param("a.csv", b'text\n"' + b"x" * 21_000_000, "line", id="endless csv cell"),
    pytest.param("a.html", b"<html><body></body></html>", "no article found", id="empty page"),
    pytest.param("a.html", b"\x00\x01\x02", "binary data", id="binary page"),
    pytest.param("a.eml", b"Subject: x\n\n", "empty", id="empty mail"),
    pytest.param("a.warc", b"no warc at all", "cannot be read as .warc", id="broken warc"),
]

MORE_HOSTILE = [
    (".txt", b""),
    (".txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
    (".txt", b"\xff\xfe\x00\xd8a"),
    (".txt", "Der deutsche Au\u00dfenminister verurteilte den Angriff auf die Botschaft.".encode()),
    (".md", b"---\ndate: tomorrow\n---\nNato svarer Rusland i dag."),
    (".jsonl", b"{oops"),
    (".json", b"[3]"),
    (".exe", b"MZ"),
]


@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE)
def test_a_hostile_file_is_rejected_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    found = list(read_articles([tmp_path], language="da"))
    rejected = [item for item in found if isinstance(item, Rejected)]
    assert [item.id for item in found if isinstance(item, Article)] == ["good"]
    assert reason in rejected[0].reason


def test_a_missing_extra_is_named() -> None:
    from kg.errors import MissingExtra
    from kg.readers.extras import import_extra

    with pytest.raises(MissingExtra, match=r"needs no_such_library; install it with: pip install 'kg-events\[pdf\]'"):
        import_extra("no_such_library", "pdf")


def test_every_format_has_a_sample_here() -> None:
    known = {".txt", ".text", ".md", ".markdown", ".json", ".jsonl", ".ndjson", ".htm", ".xhtml", ".atom", ".nitf"}
    sampled = {".html", ".csv", ".tsv", ".parquet", ".pdf", ".docx", ".eml", ".rss", ".xml", ".warc", ".zip", ".gz"}
    assert set(find_formats()) <= known | sampled


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # as above
def test_a_folder_of_everything_gives_all_that_is_good_and_a_reason_for_all_that_is_not(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number, sample in enumerate(SAMPLES):
        name, write = str(sample.values[0]), cast(Callable[[Path], None], sample.values[1])
        write(news / f"good{number}{name[1:]}")
    samples = [(str(sample.values[0])[1:], cast(bytes, sample.values[1])) for sample in HOSTILE]
    hostile = {f"bad{number}{suffix}": content for number, (suffix, content) in enumerate(samples)}
    hostile |= {f"more{number}{suffix}": content for number, (suffix, content) in enumerate(MORE_HOSTILE)}
    for name, content in hostile.items():
        (news / name).write_bytes(content)
    (news / "loop").symlink_to(news, target_is_directory=True)
    (news / "lost.txt").symlink_to(news / "nowhere")
    assert len(hostile) >= 30

    assert run(["build", str(news), "-o", str(tmp_path / "out"), "--quiet"]) == 3

    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    names = " ".join(item["name"] for item in report["rejected"])
    assert {name for name in [*hostile, "lost.txt"] if name not in names} == set()
    assert all(item["reason"] for item in report["rejected"])
    # Samples that give the same id are the same article, which is read once.
    again = [item for item in report["rejected"] if "good" in item["name"] and "already read" in item["reason"]]
    assert report["articles"]["added"] + len(again) == len(SAMPLES)
