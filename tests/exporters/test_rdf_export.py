from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from functools import partial
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import InputError, UsageError
from kg.exporters import FORMS, export, find_writer
from kg.exporters.rdf import FORMS as RDF_FORMS
from kg.exporters.rdf import write_rdf
from kg.exporters.sorting import sort_lines
from kg.graph.names import make_names
from kg.model import Article, Event
from kg.store import Store

HOSTILE = "\"quotes\" 'single' \\back\\ line\nbreak\ttab <b> & æøå \u2028 💣 '''"


def write(triples: list[ox.Triple], form: str) -> bytes:
    output = io.BytesIO()
    write_rdf(triples, output, form, make_names())
    return output.getvalue()


def read(data: bytes, form: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=RDF_FORMS[form])}


@pytest.mark.parametrize("form", RDF_FORMS)
def test_what_is_written_reads_back_as_the_same_triples(sample_store: Store, tmp_path: Path, form: str) -> None:
    export(sample_store, tmp_path / f"graph.{form}")
    assert read((tmp_path / f"graph.{form}").read_bytes(), form) == {quad.triple for quad in sample_store.quads()}


@pytest.mark.parametrize("form", RDF_FORMS)
def test_hostile_text_survives_every_form(form: str) -> None:
    names = make_names()
    triple = ox.Triple(names.node("art", "a"), names.term("dct:title"), ox.Literal(HOSTILE))
    tagged = ox.Triple(names.node("art", "a"), names.term("dct:title"), ox.Literal(HOSTILE, language="da"))
    assert read(write([triple, tagged], form), form) == {triple, tagged}


@pytest.mark.parametrize("form", sorted(set(RDF_FORMS) - {"rdf"}))
@pytest.mark.parametrize("text", ["a\u2028@prefix b: <c> .", "\x85@prefix", "a\x00b", "\x00\n@prefix\r", "_:b <c> ."])
def test_nothing_in_a_text_is_taken_for_the_writing_itself(form: str, text: str) -> None:
    names = make_names()
    title = names.term("dct:title")
    triples = {ox.Triple(names.node("art", name), title, ox.Literal(text + name)) for name in ("a", "b\u2028", "c")}
    assert read(write(list(triples), form), form) == triples


def test_what_does_not_fit_into_memory_is_written_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.in_memory() as store:
        triples = [quad.triple for quad in store.quads()]
    whole = write(triples, "ttl")
    monkeypatch.setattr("kg.exporters.ordering.sort_lines", partial(sort_lines, in_memory=100))
    assert write(triples[::-1], "ttl") == whole


@pytest.mark.parametrize("form", RDF_FORMS)
def test_the_same_graph_gives_the_same_bytes(
    sample_article: Article, sample_events: tuple[Event, ...], tmp_path: Path, form: str
) -> None:
    files = set()
    for order in list(permutations(sample_events))[::7]:
        with Store.in_memory() as store:
            store.add(sample_article, order)
            export(store, tmp_path / f"graph.{form}")
            files.add((tmp_path / f"graph.{form}").read_bytes())
    assert len(files) == 1


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader uses it
@pytest.mark.parametrize(("form", "syntax"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")])
def test_rdflib_reads_as_many_triples(sample_store: Store, tmp_path: Path, form: str, syntax: str) -> None:
    export(sample_store, tmp_path / f"graph.{form}")
    assert len(rdflib.Graph().parse(tmp_path / f"graph.{form}", format=syntax)) == len(sample_store)


@pytest.mark.rapper
@pytest.mark.parametrize(("form", "syntax"), [("ttl", "turtle"), ("nt", "ntriples"), ("rdf", "rdfxml")])
def test_rapper_reads_as_many_triples(sample_store: Store, tmp_path: Path, form: str, syntax: str) -> None:
    path = tmp_path / f"graph.{form}"
    export(sample_store, path)
    program = shutil.which("rapper")
    assert program is not None
    done = subprocess.run([program, "-q", "-i", syntax, "-o", "ntriples", path], capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(sample_store)


def test_turtle_is_grouped_by_subject_in_sections_with_the_prefixes_it_uses(
    sample_store: Store, tmp_path: Path
) -> None:
    export(sample_store, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    subjects = re.findall(r"^(\S+) ", text.split("# Events")[1], flags=re.MULTILINE)
    own = [subject for subject in subjects if not subject.startswith(("#", "@"))]
    assert len(own) == len(set(own))
    assert re.findall(r"^# (\w+)", text, flags=re.MULTILINE)[:4] == ["Events", "Claims", "Passages", "Articles"]
    for prefix in re.findall(r"^@prefix (\w+):", text, flags=re.MULTILINE):
        assert f"{prefix}:" in text.split("# Events")[1], prefix


def test_json_ld_has_one_node_a_subject_and_a_context(sample_store: Store, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "graph.jsonld")
    document = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert len(nodes) == len(document["@graph"])
    assert nodes["ev:81f991232fea7153076e"]["kg:source"] == {"@id": "actor:EST"}
    assert document["@context"]["ev"] == "https://example.org/kg/event/"


@pytest.mark.parametrize("in_memory", [1, 2, 3, 1000])
def test_lines_are_sorted_without_repetition_however_few_fit_into_memory(in_memory: int) -> None:
    lines = [f"{n * 7 % 10}\n" for n in range(25)]
    assert list(sort_lines(lines, in_memory)) == sorted(set(lines))


def test_an_unknown_ending_is_refused_with_those_that_there_are(sample_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"graph\.docx.*there are.*ttl"):
        export(sample_store, tmp_path / "graph.docx")


def test_a_format_overrules_the_ending(sample_store: Store, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "graph.txt", "nt")
    assert read((tmp_path / "graph.txt").read_bytes(), "nt")


def test_a_file_that_cannot_be_written_is_named_and_leaves_no_half(sample_store: Store, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(InputError, match=r"graph\.ttl"):
        export(sample_store, tmp_path / "graph.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_every_form_has_a_module_and_a_description() -> None:
    for form, (_, what) in FORMS.items():
        assert callable(find_writer(form))
        assert what
