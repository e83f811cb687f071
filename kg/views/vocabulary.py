"""Write the vocabulary of the graph as one HTML page for people: classes, properties, fixed values, actions.

A term stands under its own name, so that its IRI leads a browser to it: `.../ns#Actor` to `id="Actor"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kg.graph.names import Names
from kg.ontology.vocabulary import Term, load_action_terms, load_vocabulary

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --quiet: #59636e; --link: #0a58ca; }
@media (prefers-color-scheme: dark) { :root { --quiet: #a5adb6; --link: #7ab7ff; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 0 auto; padding: 1rem; }
a { color: var(--link); }
h1 { font-size: 1.6rem; } h2 { margin: 2.5rem 0 .5rem; }
h3 { margin: 0; font-size: 1rem; } h3 code { font-size: 1.05em; } h3 span, .quiet, dt { color: var(--quiet); }
section.term { border-top: 1px solid var(--line); padding: .7rem 0; }
section.term:target { background: #ffd76a33; }
section.term p { margin: .2rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: .2rem 0; font-size: .9rem; }
dd { margin: 0; overflow-wrap: anywhere; }
section.below { margin-left: 1.5rem; }
nav ul { columns: 14rem; padding-left: 1.2rem; font-size: .9rem; }
"""

_SECTIONS = {
    "Classes": ("class",),
    "Fixed values": ("value",),
    "Properties that lead to a thing": ("object property",),
    "Properties that lead to a text, number or date": ("data property",),
}

_RELATIONS = {
    "rdfs:subClassOf": "a kind of",
    "rdfs:subPropertyOf": "a narrower",
    "rdfs:domain": "holds of",
    "rdfs:range": "leads to",
    "skos:broader": "belongs to",
    "skos:exactMatch": "the same as",
    "skos:closeMatch": "close to",
    "kg:quadClass": "quad class",
    "kg:cameoCode": "CAMEO code in exports",
    "kg:goldstein": "Goldstein value",
}


def format_vocabulary(names: Names) -> str:
    """Return the page.

    Args:
        names: Give the prefixes and the base of the IRIs.
    """
    about, *terms = load_vocabulary()
    actions = load_action_terms()
    title = escape(about.labels["en"])
    groups = [(heading, [term for term in terms if term.kind in kinds]) for heading, kinds in _SECTIONS.items()]
    body = "".join(
        f"<h2>{escape(heading)}</h2>{''.join(_format_term(term, names) for term in chosen)}"
        for heading, chosen in groups
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: the vocabulary</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body><h1>{title}: the vocabulary</h1><p>{escape(about.meaning)}</p>"
        f"<p class=quiet>{escape(names.prefixes['kg'])} · written from ontologies/kg.ttl and ontologies/actions.ttl</p>"
        f"{_format_contents([*groups, ('Actions', list(_types(actions)))])}{body}"
        "<h2>Actions</h2><p>What a source does to a target. Each is a concept of a SKOS scheme and, between two "
        "actors, a property: the direct triple of an event that is Stated.</p>"
        f"{''.join(_format_branch(_tops(actions), actions, names))}</body></html>\n"
    )


def _format_contents(groups: Iterable[tuple[str, list[Term]]]) -> str:
    lists = (
        f"<p>{escape(heading)}</p><ul>"
        + "".join(f'<li><a href="#{_anchor(term)}">{escape(term.name)}</a></li>' for term in chosen)
        + "</ul>"
        for heading, chosen in groups
    )
    return f"<nav>{''.join(lists)}</nav>"


def _format_branch(branch: Iterable[Term], actions: tuple[Term, ...], names: Names) -> Iterator[str]:
    for term in branch:
        below = [each for each in actions if term.name in each.relations.get("skos:broader", ())]
        yield _format_term(term, names)
        if below:
            yield f"<section class=below>{''.join(_format_branch(below, actions, names))}</section>"


def _format_term(term: Term, names: Names) -> str:
    labels = " · ".join(escape(term.labels[language]) for language in ("en", "da") if language in term.labels)
    facts = [("is a", term.types)] if term.kind == "value" else []
    facts += [(said, term.relations[name]) for name, said in _RELATIONS.items() if name in term.relations]
    rows = [(said, ", ".join(_link(each, names) for each in found)) for said, found in facts]
    rows += [(f"example, {language}", escape(text)) for language, text in sorted(term.examples.items(), reverse=True)]
    details = "".join(f"<dt>{escape(said)}</dt><dd>{shown}</dd>" for said, shown in rows)
    return (
        f'<section class=term id="{_anchor(term)}"><h3><code>{escape(term.name)}</code> <span>{labels}</span></h3>'
        f"<p>{escape(term.meaning)}</p><dl>{details}</dl></section>"
    )


def _tops(actions: tuple[Term, ...]) -> Iterator[Term]:
    return (term for term in actions if "skos:broader" not in term.relations)


def _types(actions: tuple[Term, ...]) -> Iterator[Term]:
    return (term for term in actions if "skos:notation" in term.relations)


def _anchor(term: Term) -> str:
    return escape(term.id if term.name.startswith("kg:") else term.name)


def _link(name: str, names: Names) -> str:
    prefix, _, local = name.partition(":")
    if prefix in ("kg", "act"):
        return f'<a href="#{escape(local if prefix == "kg" else name)}">{escape(name)}</a>'
    if prefix in names.prefixes and prefix != "cameo":
        return f'<a href="{escape(names.prefixes[prefix] + local)}" rel="noreferrer">{escape(name)}</a>'
    return escape(name)
