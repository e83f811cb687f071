"""Read office documents and mail: PDF, Word, and RFC 5322 messages.

A PDF or Word file tells when it was made, not when its text was published, so its articles are undated.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import MIMEPart

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Source
from kg.readers.extras import import_extra
from kg.readers.html import parse_html

# A report of more pages is a book.
PAGES_LIMIT = 300
_HYPHEN = re.compile(r"(?<=[a-zæøåäöü])-[ \t]*\n[ \t]*(?=[a-zæøåäöü])")


def read_pdf(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the one article of a PDF; words broken at line ends are joined."""
    pypdf = import_extra("pypdf", "pdf")
    with source.open() as stream:
        reader = pypdf.PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("encrypted PDF")
        if len(reader.pages) > PAGES_LIMIT:
            raise InputError(f"{len(reader.pages)} pages, more than {PAGES_LIMIT}")
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata is not None else "") or ""
    text = _HYPHEN.sub("", "\n\n".join(pages))
    if not text.strip():
        raise InputError("no text in the PDF; scanned pages must be recognised (OCR) first")
    yield Draft(text=text, title=str(title))


def read_docx(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the one article of a Word document; a paragraph in the style Title is its title."""
    docx = import_extra("docx", "docx")
    with source.open() as stream:
        document = docx.Document(stream)
    titles = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Title"]
    paragraphs = [p.text for p in document.paragraphs if p.text.strip() and p.text not in titles]
    yield Draft(text="\n\n".join(paragraphs), title=titles[0] if titles else document.core_properties.title or "")


def read_mail(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the one article of a mail: its subject is the title, its sender the publisher."""
    message = email.message_from_bytes(source.read(), policy=email.policy.default)
    name, address = email.utils.parseaddr(str(message.get("From", "")))
    body = message.get_body(("plain", "html"))
    if body is None:
        raise InputError("a mail without text")
    text = decode(_payload(body))
    draft = parse_html(text) if body.get_content_subtype() == "html" else Draft(text)
    yield Draft(
        text=draft.text,
        date=_mail_date(str(message.get("Date", ""))),
        title=str(message.get("Subject", "")),
        publisher=name or address,
    )


def _payload(part: MIMEPart) -> bytes:
    """Return a part's text as UTF-8; a charset that is unknown or wrong is found out by `decode`."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    try:
        return raw.decode(part.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeDecodeError):
        return raw


def _mail_date(text: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat() if text else ""
    except ValueError:
        return ""
