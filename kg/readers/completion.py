"""Turn a draft into an article: clean text, known language, valid date, an id of its own."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from kg.errors import InputError
from kg.model import Article, Rejected
from kg.readers.decoding import clean_line, clean_text
from kg.readers.detection import detect_language
from kg.readers.drafts import Draft, Source

# A parse takes about 1 kB a character; longer than any article, shorter than what fills the memory.
CHARACTERS_LIMIT = 400_000
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ][\d:.,]*(?:Z|[+-][\d:]+)?)?")


class Completion:
    """Completes the drafts of one run, in order, and knows which ids are taken.

    Args:
        language: Language of all texts, "" to take what each tells or to detect it.
        languages: Codes of the languages that there are.
    """

    def __init__(self, language: str, languages: Sequence[str]) -> None:
        self._language = language
        self._languages = languages
        self._taken: dict[str, str] = {}

    def complete(self, drafts: Iterable[Draft | Rejected], source: Source) -> Iterator[Article | Rejected]:
        """Yield an article or a rejection for each draft."""
        for draft in drafts:
            if isinstance(draft, Rejected):
                yield draft
                continue
            try:
                yield self._complete_one(draft, source)
            except InputError as error:
                yield Rejected(draft.name or source.name, str(error))

    def _complete_one(self, draft: Draft, source: Source) -> Article:
        text = clean_text(draft.text)
        if not text:
            raise InputError("no text")
        if len(text) > CHARACTERS_LIMIT:
            raise InputError(f"{len(text)} characters, more than {CHARACTERS_LIMIT}: split it into articles")
        article = Article(
            id="",
            text=text,
            language=self._find_language(draft, text),
            date=parse_date(draft.date),
            title=clean_line(draft.title),
            url=draft.url.strip() if re.fullmatch(r"https?://[^\s<>\"]+", draft.url.strip()) else "",
            publisher=clean_line(draft.publisher),
        )
        return self._identify(article, clean_line(draft.id), source.stem)

    def _find_language(self, draft: Draft, text: str) -> str:
        given = self._language or draft.language.strip().lower().replace("_", "-").partition("-")[0]
        if not given:
            return detect_language(text, self._languages)
        if given not in self._languages:
            raise InputError(f"no language {given!r}; there are {', '.join(self._languages)}")
        return given

    def _identify(self, article: Article, given: str, stem: str) -> Article:
        """Give the article its id; one made from a file name makes way for an earlier article of that name."""
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        name = given or clean_line(stem) or digest[:12]
        if self._taken.get(name) == digest:
            raise InputError(f"the same text was already read as {name!r}")
        if name in self._taken:
            if given:
                raise InputError(f"second article with the id {name!r}")
            name = f"{name}-{digest[:8]}"
            if name in self._taken:
                raise InputError(f"the same text was already read as {name!r}")
        self._taken[name] = digest
        return Article(
            name, article.text, article.language, article.date, article.title, article.url, article.publisher
        )


def parse_date(text: str) -> str:
    """Return a publication date as precise as given, without its time of day.

    Args:
        text: ISO 8601: `2021`, `2021-10`, `2021-10-18`, `2021-10-18T10:30:00Z`, or "".

    Raises:
        InputError: It is no such date.

    Example:
        >>> parse_date("2021-10-18T10:30:00+02:00"), parse_date("2021-10")
        ('2021-10-18', '2021-10')
    """
    text = text.strip()
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise InputError(f"date {text[:40]!r} is not YYYY, YYYY-MM or YYYY-MM-DD") from None
    return "-".join(part for part in match.groups() if part)
