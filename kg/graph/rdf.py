"""Write an article's events as RDF: SEM events, claims with their speakers, and Web Annotation selectors.

Three layers, after NewsReader and GRaSP. An *event* is one node, however many articles tell of it. A *claim* is what
one passage says about it: status, speaker, rule, and a selector down to the sentence and the trigger. *Actors* and
places are shared. `ontologies/README.md` draws the model and says what each term means.

Everything here is a function of its arguments: the same article gives the same quads, in the same order. What an
event owes to several articles at once (its support, the direct triple) is brought up to date by `kg.store`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pyoxigraph as ox

from kg.fingerprint import fingerprint
from kg.graph.actors import actor_quads
from kg.graph.dates import XSD, date_literal, told_date
from kg.graph.names import Names, make_names
from kg.identity import article_name, hash_content, order_sides
from kg.model import Article, Claim, Event, PlaceMention, Resolution, ResolvedClaim, Span, Support
from kg.ontology.actions import load_actions
from kg.ontology.actors import Actors, load_actors

XSD_INTEGER = ox.NamedNode(XSD + "integer")
XSD_DECIMAL = ox.NamedNode(XSD + "decimal")
LABEL_LANGUAGES = ("da", "en")

_PREPOSITIONS = frozenset(
    {"af", "against", "at", "by", "for", "fra", "from", "hos", "i", "in", "med", "mod", "of", "on", "over", "til", "to"}
    | {"towards", "ud", "with"}
)
"""What may end an action's label in one of the label languages, and makes no sense without a target."""


def event_quads(
    event: Event, article: Article, *, actors: Actors | None = None, base: str = "", run: str = ""
) -> Iterator[ox.Quad]:
    """Yield all that the graph holds about an event of an article.

    Args:
        event: Its claims may be of several articles; only those of `article` are written.
        article: Where the claims stand; `article_quads` describes it.
        actors: The registry that names them; the shipped one by default.
        base: The base of all own IRIs; that of `ontologies/prefixes.jsonld` by default.
        run: Id of the run that made the claims (`kg.identity.run_id`), "" to tell of none.
    """
    names, registry = make_names(base), actors or load_actors()
    claims = tuple(claim for claim in event.claims if claim.article == article.id)
    yield from core_quads(event, registry, names)
    yield from support_quads(event, names)
    for claim in claims:
        yield from claim_quads(event, claim, article, names, run)
    for actor in sorted(_actors_of(event, claims)):
        yield from actor_quads(actor, registry, names)


def core_quads(event: Event, actors: Actors, names: Names) -> Iterator[ox.Quad]:
    """Yield what every article that tells of an event says alike: its action, sides and days."""
    node, term = names.node("ev", event.id), names.term
    sources, targets = order_sides(event.action, event.sources, event.targets)
    yield ox.Quad(node, term("rdf:type"), term("sem:Event"))
    for language in LABEL_LANGUAGES:
        label = event_label(event.action, sources, targets, actors, language)
        yield ox.Quad(node, term("rdfs:label"), ox.Literal(label, language=language))
    for actor in sources:
        yield ox.Quad(node, term("kg:source"), names.node("actor", actor))
    yield ox.Quad(node, term("kg:action"), names.node("act", event.action))
    for actor in targets:
        yield ox.Quad(node, term("kg:target"), names.node("actor", actor))
    yield ox.Quad(node, term("kg:pattern"), ox.Literal(hash_content(event.action, *sources, "|", *targets)))
    if told := told_date(event.earliest, event.latest):
        yield ox.Quad(node, term("kg:date"), date_literal(told))
    if event.earliest:
        yield ox.Quad(node, term("sem:hasEarliestBeginTimeStamp"), date_literal(event.earliest))
    if event.latest:
        yield ox.Quad(node, term("sem:hasLatestEndTimeStamp"), date_literal(event.latest))


def support_quads(event: Event, names: Names) -> Iterator[ox.Quad]:
    """Yield an event's support and, where it is Stated, the direct triples between its two sides."""
    yield ox.Quad(names.node("ev", event.id), names.term("kg:support"), names.term(f"kg:{event.support}"))
    if event.support is Support.STATED:
        yield from direct_quads(event, names)


def direct_quads(event: Event, names: Names) -> Iterator[ox.Quad]:
    """Yield the `actor – action – actor` triples of an event."""
    sources, targets = order_sides(event.action, event.sources, event.targets)
    for source, target in product(sources, targets):
        yield ox.Quad(names.node("actor", source), names.node("act", event.action), names.node("actor", target))


def article_quads(article: Article, base: str = "") -> Iterator[ox.Quad]:
    """Yield the description of an article; never its text, only the text's hash."""
    names = make_names(base)
    node, term = names.node("art", article_name(article.id)), names.term
    yield ox.Quad(node, term("rdf:type"), term("kg:Article"))
    yield ox.Quad(node, term("dct:identifier"), ox.Literal(article.id))
    yield ox.Quad(node, term("kg:textSha256"), ox.Literal(article.sha256))
    for band in fingerprint(article.text):
        yield ox.Quad(node, term("kg:textBand"), ox.Literal(band))
    if article.date:
        yield ox.Quad(node, term("dct:issued"), date_literal(article.date))
    for predicate, text in (
        ("dct:language", article.language),
        ("dct:title", article.title),
        ("dct:publisher", article.publisher),
    ):
        if text:
            yield ox.Quad(node, term(predicate), ox.Literal(text))
    if url := _web_address(article.url):
        yield ox.Quad(node, term("dct:source"), url)


def claim_quads(
    event: Event, resolved: ResolvedClaim, article: Article, names: Names, run: str = ""
) -> Iterator[ox.Quad]:
    """Yield what one passage says about an event, and where exactly it says so."""
    claim, where, term = resolved.claim, article_name(article.id), names.term
    node = names.node("cl", f"{event.id}-{where}-{claim.trigger.start}")
    sentence = _span_node(where, claim.sentence, names)
    trigger = _span_node(where, claim.trigger, names)
    yield ox.Quad(node, term("rdf:type"), term("kg:Claim"))
    yield ox.Quad(node, term("kg:about"), names.node("ev", event.id))
    yield ox.Quad(node, term("kg:status"), term(f"kg:{claim.status}"))
    yield ox.Quad(node, term("kg:rule"), ox.Literal(claim.rule))
    yield ox.Quad(node, term("kg:confidence"), _decimal(claim.confidence, 3))
    for feature in claim.features:
        yield ox.Quad(node, term("kg:feature"), ox.Literal(feature))
    yield from _actor_links(node, resolved, names)
    yield from _time_and_place(node, event, claim, article, names)
    yield ox.Quad(node, term("oa:hasSource"), names.node("art", where))
    yield ox.Quad(node, term("oa:hasSelector"), sentence)
    yield ox.Quad(node, term("kg:trigger"), trigger)
    if run:
        yield ox.Quad(node, term("prov:wasGeneratedBy"), names.node("run", run))
    yield from _selector_quads(sentence, claim.sentence, resolved.quote, names)
    for predicate, text in (("oa:prefix", resolved.prefix), ("oa:suffix", resolved.suffix)):
        if text:
            yield ox.Quad(sentence, term(predicate), ox.Literal(text))
    if trigger != sentence:
        words = article.text[claim.trigger.start : claim.trigger.end]
        yield from _selector_quads(trigger, claim.trigger, words, names)


def run_quads(run: str, settings: tuple[str, ...], base: str = "") -> Iterator[ox.Quad]:
    """Yield the description of a run: its software, models and settings, each as one line of text."""
    names = make_names(base)
    node = names.node("run", run)
    yield ox.Quad(node, names.term("rdf:type"), names.term("prov:Activity"))
    for setting in settings:
        yield ox.Quad(node, names.term("kg:setting"), ox.Literal(setting))


def event_label(action: str, sources: tuple[str, ...], targets: tuple[str, ...], actors: Actors, language: str) -> str:
    """Return an event as a sentence: "Russia closes a mission at NATO"; without target the preposition falls away."""
    known = load_actions().get(action)
    verb = known.labels.get(language, action) if known is not None else action
    if not targets:
        verb = _without_last_preposition(verb)
    return " ".join(part for part in (_list(sources, actors, language), verb, _list(targets, actors, language)) if part)


def _list(ids: tuple[str, ...], actors: Actors, language: str) -> str:
    return ", ".join(_short_name(name, actors, language) for name in ids)


def _short_name(name: str, actors: Actors, language: str) -> str:
    """Return an actor's acronym where it has one that serves every language, else its name."""
    if name not in actors:
        return name.replace("_", " ")
    actor = actors.actor(name)
    return actor.labels[""][0] if actor.labels.get("") else actor.label(language)


@cache
def _without_last_preposition(verb: str) -> str:
    words = verb.split()
    while len(words) > 1 and words[-1] in _PREPOSITIONS:
        words.pop()
    return " ".join(words)


def _actors_of(event: Event, claims: tuple[ResolvedClaim, ...]) -> set[str]:
    found = set(event.sources) | set(event.targets)
    for claim in claims:
        for resolution in (*claim.sources, *claim.targets, *claim.speakers):
            found |= {resolution.actor, resolution.principal}
        if claim.claim.place is not None and claim.claim.place.country:
            found.add(claim.claim.place.country)
    return found - {""}


def _actor_links(node: ox.NamedNode, resolved: ResolvedClaim, names: Names) -> Iterator[ox.Quad]:
    """Yield who speaks and, where it is not the principal itself, who acts and is acted on."""
    term = names.term
    for resolution in resolved.speakers:
        yield ox.Quad(node, term("kg:attributedTo"), names.node("actor", resolution.actor))
        yield ox.Quad(node, term("kg:speakerPrincipal"), names.node("actor", resolution.principal))
    for predicate, resolutions in (("kg:sourceActor", resolved.sources), ("kg:targetActor", resolved.targets)):
        for resolution in resolutions:
            if resolution.actor != resolution.principal:
                yield ox.Quad(node, term(predicate), names.node("actor", resolution.actor))
    for role, resolutions in (
        ("source", resolved.sources),
        ("target", resolved.targets),
        ("speaker", resolved.speakers),
    ):
        for resolution in resolutions:
            yield ox.Quad(node, term("kg:resolution"), ox.Literal(_explain(role, resolution)))


def _explain(role: str, resolution: Resolution) -> str:
    acts_for = f" for {resolution.principal}" if resolution.principal != resolution.actor else ""
    steps = f": {'; '.join(resolution.steps)}" if resolution.steps else ""
    return f"{role} “{resolution.mention.text}” = {resolution.actor}{acts_for}{steps}"


def _time_and_place(
    node: ox.NamedNode, event: Event, claim: Claim, article: Article, names: Names
) -> Iterator[ox.Quad]:
    term = names.term
    if claim.time is not None:
        words = article.text[claim.time.span.start : claim.time.span.end]
        if words:
            yield ox.Quad(node, term("kg:timeExpression"), ox.Literal(words))
    if claim.place is not None:
        place = place_node(claim.place, names)
        yield ox.Quad(node, term("kg:place"), place)
        yield ox.Quad(node, term("kg:placeName"), ox.Literal(claim.place.text))
        yield ox.Quad(names.node("ev", event.id), term("sem:hasPlace"), place)
        yield from _place_quads(place, claim.place, names)


def place_node(place: PlaceMention, names: Names) -> ox.NamedNode:
    """Return the IRI of a place: by its GeoNames id where known, else by its name."""
    return names.node("place", place.geonames or "_".join(place.text.split()))


def _place_quads(node: ox.NamedNode, place: PlaceMention, names: Names) -> Iterator[ox.Quad]:
    term = names.term
    yield ox.Quad(node, term("rdf:type"), term("sem:Place"))
    yield ox.Quad(node, term("rdfs:label"), ox.Literal(place.text))
    if place.geonames:
        yield ox.Quad(node, term("kg:geonamesId"), ox.Literal(place.geonames))
    if place.country:
        yield ox.Quad(node, term("kg:country"), names.node("actor", place.country))
    if place.latitude is not None and place.longitude is not None:
        yield ox.Quad(node, term("geo:lat"), _decimal(place.latitude, 5))
        yield ox.Quad(node, term("geo:long"), _decimal(place.longitude, 5))


def _span_node(article: str, span: Span, names: Names) -> ox.NamedNode:
    return names.node("span", f"{article}-{span.start}-{span.end}")


def _selector_quads(node: ox.NamedNode, span: Span, words: str, names: Names) -> Iterator[ox.Quad]:
    term = names.term
    yield ox.Quad(node, term("rdf:type"), term("oa:TextPositionSelector"))
    yield ox.Quad(node, term("rdf:type"), term("oa:TextQuoteSelector"))
    yield ox.Quad(node, term("oa:start"), ox.Literal(str(span.start), datatype=XSD_INTEGER))
    yield ox.Quad(node, term("oa:end"), ox.Literal(str(span.end), datatype=XSD_INTEGER))
    yield ox.Quad(node, term("oa:exact"), ox.Literal(words))


def _decimal(value: float, digits: int) -> ox.Literal:
    """Return a decimal in the shortest form, the one that the store would rewrite it to."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if text == "-0" else text, datatype=XSD_DECIMAL)


def _web_address(url: str) -> ox.NamedNode | None:
    """Return an http(s) address as an IRI; None for anything else, which no link may be made of."""
    if not url.startswith(("http://", "https://")):
        return None
    try:
        return ox.NamedNode(url)
    except ValueError:
        return None
