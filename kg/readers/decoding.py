"""Turn a file's bytes into clean text: encoding, line ends, paragraphs, characters that do harm."""

from __future__ import annotations

import codecs
import re
import unicodedata

from kg.errors import InputError

# Marks are looked for longest first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western European papers wrote in, likeliest first: Windows, DOS (whose letters are box lines on a Mac's page, but
# not the other way round), Macintosh.
_WESTERN_ENCODINGS = ("cp1252", "cp850", "mac_roman")
# Where it is none of them; a free guess among a hundred is wrong more often.
_OTHER_ENCODINGS = ("cp1250", "cp1251", "iso8859_2", "iso8859_5", "koi8_r", "gb18030", "shift_jis", "cp1256")
# What a Western European text has beside ASCII; bytes that give just these in an encoding are in it.
_WESTERN = re.compile(r"[ÆØÅæøåÄÖÜäöüßÀÁÂÃÇÈÉÊËÌÍÎÏÑÒÓÔÕÙÚÛÝàáâãçèéêëìíîïñòóôõùúûýÿŒœŠšŽžÐðÞþ«»‘’“”„–—…·°§´½¼€£©®\xa0]")
# A text has none of these; a picture, an archive or a program has many.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Invisible characters that break words or turn the direction of a line ("Trojan Source", CVE-2021-42574).
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Longer lines are paragraphs by themselves; shorter ones may be one paragraph broken to fit a screen.
_WRAPPED_WIDTH = 110


def decode(content: bytes) -> str:
    """Return a file's text, its encoding found by its mark, by trial or by its letters.

    Args:
        content: The whole file.

    Raises:
        InputError: It is empty, or no text.

    Example:
        >>> decode("Kø og købmænd på Færøerne".encode("cp1252"))
        'Kø og købmænd på Færøerne'
    """
    if not content.strip():
        raise InputError("empty")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content, encoding)
    if b"\0" in content[:4096]:
        raise InputError("binary data, no text")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _guess(content)
    if len(_CONTROL.findall(text)) > len(text) / 100:
        raise InputError("binary data, no text")
    return text


def clean_line(text: str) -> str:
    r"""Return a headline or a name on one line, without control or invisible characters.

    Example:
        >>> clean_line(" Nato\x1b[31m \n svarer ")
        'Nato[31m svarer'
    """
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    r"""Return text in NFC with `\n` line ends and paragraphs separated by one blank line.

    Lines of a paragraph that was broken to a width are joined; long lines are paragraphs of their own.

    Args:
        text: Any text, also one with control characters.

    Returns:
        The text, "" where nothing but blanks was there.

    Example:
        >>> clean_text("Rusland\r\nsvarer.\r\n\r\n\r\nNato tier. ")
        'Rusland svarer.\n\nNato tier.'
    """
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    blocks = re.split(r"\n[ ]*\n\s*", text)
    return "\n\n".join(joined for block in blocks for joined in _join_lines(block))


def _join_lines(block: str) -> list[str]:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if any(len(line) > _WRAPPED_WIDTH for line in lines):
        return lines
    return [" ".join(lines)] if lines else []


def _decode_marked(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"begins with the mark of {encoding} but is not: byte {error.start}") from error


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # only the odd file needs it

    for encoding in _WESTERN_ENCODINGS:
        text = content.decode(encoding, errors="replace")
        beyond = sum(not character.isascii() for character in text)
        # A fifth: Latin letters with marks are few, those of another script are nearly all.
        if len(_WESTERN.findall(text)) >= 0.98 * beyond and beyond < len(text) / 5:
            return text
    match = from_bytes(content, cp_isolation=list(_OTHER_ENCODINGS)).best()
    if match is None:
        raise InputError("neither UTF-8 nor any other encoding known here; convert it to UTF-8")
    return str(match)
