"""Describe the service and the data set to machines.

Sources: SPARQL 1.1 Service Description; VoID, W3C Interest Group Note.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.names import Names

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
VOID_COUNTS = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects)
  (COUNT(DISTINCT ?p) AS ?properties) { ?s ?p ?o }"""


def describe_service(endpoint: str, names: Names) -> bytes:
    """Return the service description in Turtle."""
    service, data = ox.BlankNode("service"), ox.BlankNode("data")
    rows: list[tuple[ox.BlankNode, str, ox.NamedNode | ox.BlankNode]] = [
        (service, "rdf:type", ox.NamedNode(f"{SD}Service")),
        (service, f"{SD}endpoint", ox.NamedNode(endpoint)),
        (service, f"{SD}supportedLanguage", ox.NamedNode(f"{SD}SPARQL11Query")),
        (service, f"{SD}supportedLanguage", ox.NamedNode(f"{SD}SPARQL11Update")),
        *((service, f"{SD}resultFormat", ox.NamedNode(FORMATS + name)) for name in RESULT_FORMATS),
        (service, f"{SD}defaultDataset", data),
        (data, "rdf:type", ox.NamedNode(f"{SD}Dataset")),
        (data, f"{SD}defaultGraph", ox.NamedNode(names.base)),
    ]
    triples = [
        ox.Triple(subject, ox.NamedNode(name) if name.startswith("http") else names.term(name), node)
        for subject, name, node in rows
    ]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"sd": SD, "format": FORMATS}) or b""


def describe_dataset(endpoint: str, counts: dict[str, int], names: Names) -> bytes:
    """Return the VoID description in Turtle.

    Args:
        endpoint: Address of the SPARQL endpoint.
        counts: Local names of VoID's statistics and their values.
        names: The graph's namespaces.
    """
    void = names.prefixes["void"]
    node = ox.NamedNode(names.base)
    triples = [
        ox.Triple(node, names.term("rdf:type"), names.term("void:Dataset")),
        ox.Triple(node, ox.NamedNode(f"{void}sparqlEndpoint"), ox.NamedNode(endpoint)),
        ox.Triple(node, ox.NamedNode(f"{void}uriSpace"), ox.Literal(names.base)),
        *(
            ox.Triple(node, ox.NamedNode(void + name), ox.Literal(str(value), datatype=names.term("xsd:integer")))
            for name, value in sorted(counts.items())
        ),
        *(
            ox.Triple(node, ox.NamedNode(f"{void}vocabulary"), ox.NamedNode(names.prefixes[prefix]))
            for prefix in ("kg", "sem", "skos", "org", "oa", "prov")
        ),
    ]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(names.prefixes)) or b""
