"""The extractor as a spaCy component: `nlp.add_pipe("diplomatic_events")` in a pipeline of one's own.

A parsed `Doc` comes in; it goes out with `doc._.diplomatic_events`, the records that `kg extract --format jsonl` prints
(`kg.exporters.annotations`), and `doc.spans["diplomatic_events"]`, the words that name each action, labelled with it
and with the event's id. Both are plain values, so that they pass between processes and into a `DocBin`. Dates are read
against `doc._.publication_date`, which is the caller's to set; without it nothing relative is dated. Who reads such
documents without the pipeline imports this module, which makes both attributes known.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import MissingModel, UsageError
from kg.exporters.annotations import to_annotation
from kg.languages.lexicon import find_languages, load_language
from kg.model import Article, Event
from kg.ontology.actions import load_actions
from kg.parsing import UniversalLabels
from kg.pipeline import EXTRACTORS, Settings, Workshop, extract_events, open_workshop

NAME = "diplomatic_events"
NEEDED = {"DEP": "parser", "POS": "tagger or morphologizer", "LEMMA": "lemmatizer"}
DEFAULTS: dict[str, Any] = {"language": "", "extractor": "full", "min_confidence": None}

# spaCy knows extensions for the whole process; known on import, they are there in its worker processes too.
for _extension, _default in ((NAME, []), ("publication_date", "")):
    if not Doc.has_extension(_extension):
        Doc.set_extension(_extension, default=_default)


class DiplomaticEvents:
    """Find the diplomatic events of a parsed document.

    Args:
        language: ISO 639-1; one that has a folder in `kg/languages`.
        settings: How the extraction is done.

    Example:
        >>> from kg.parsing import load_pipeline
        >>> nlp = load_pipeline("en")
        >>> _ = nlp.add_pipe("diplomatic_events")
        >>> doc = nlp.make_doc("Norway expelled three Russian diplomats on Thursday.")
        >>> doc._.publication_date = "2022-04-08"
        >>> [(e["source"], e["action"], e["target"], e["date"]) for e in nlp(doc)._.diplomatic_events]
        [(['NOR'], 'expel-diplomats', ['RUS'], '2022-04-07')]
    """

    def __init__(self, language: str, settings: Settings) -> None:
        self.language = language
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        """Add its events to a document.

        Raises:
            MissingModel: The document lacks a parse, parts of speech or lemmas; the message says what to add.
        """
        _check(doc, self.language)
        workshop = _open(self.language, self.settings)
        article = _to_article(doc, self.language)
        events = extract_events(article, _with_universal_labels(doc, self.language), workshop).events
        guide_code = workshop.actors.guide_code
        doc._.diplomatic_events = [to_annotation(event, article, load_actions(), guide_code) for event in events]
        doc.spans[NAME] = list(_triggers(events, doc))
        return doc


@Language.factory(
    NAME, default_config=DEFAULTS, requires=["token.dep", "token.pos", "token.lemma"], assigns=[f"doc._.{NAME}"]
)
def make_diplomatic_events(
    nlp: Language,
    name: str,  # noqa: ARG001 # a spaCy factory takes it
    language: str,
    extractor: str,
    min_confidence: float | None,
) -> DiplomaticEvents:
    """Make the component.

    Args:
        nlp: The pipeline that it joins; tells the language where none is given.
        name: Of the component in that pipeline.
        language: ISO 639-1, "" for the pipeline's own.
        extractor: `full` or `rules`.
        min_confidence: Events below are left out; None for the language's own threshold.

    Raises:
        UsageError: There is no such language or extractor.
    """
    code = language or nlp.lang
    if code not in find_languages():
        known = ", ".join(find_languages())
        raise UsageError(f"{NAME}: no language {code!r}; there are: {known}; name one with config={{'language': ...}}")
    if extractor not in EXTRACTORS:
        raise UsageError(f"{NAME}: no extractor {extractor!r}; there are: {', '.join(EXTRACTORS)}")
    return DiplomaticEvents(code, Settings(extractor=extractor, min_confidence=min_confidence))


@cache
def _open(language: str, settings: Settings) -> Workshop:
    # The caller's pipeline has parsed already, so the one in the workshop stays empty.
    return open_workshop(language, settings, spacy.blank(language))


def _check(doc: Doc, language: str) -> None:
    for annotation, component in NEEDED.items():
        if not doc.has_annotation(annotation):
            raise MissingModel(
                f"{NAME}: the document has no {annotation}; add a {component} to the pipeline before {NAME!r}, "
                f"or begin with kg.parsing.load_pipeline({language!r}), which has all that is needed"
            )


def _to_article(doc: Doc, language: str) -> Article:
    article = Article("", doc.text, language, doc._.publication_date)
    return Article(article.sha256, article.text, language, article.date)


def _with_universal_labels(doc: Doc, language: str) -> Doc:
    """Return the document, or a copy where its labels are of another scheme: the caller keeps what he had."""
    labels = load_language(language).labels
    if not any(token.dep_ in labels for token in doc):
        return doc
    return UniversalLabels(labels)(doc.copy())


def _triggers(events: tuple[Event, ...], doc: Doc) -> Iterator[Span]:
    for event in events:
        for claim in event.claims:
            start, end = claim.claim.trigger.start, claim.claim.trigger.end
            span = doc.char_span(start, end, label=event.action, span_id=event.id, alignment_mode="expand")
            if span is not None:
                yield span
