"""Unpack archives: zip and gzip of any file that can be read, and web archives (WARC).

What unpacks to very much more than it is (a "zip bomb") is refused before it fills memory or disk, and archives
within archives are opened twice at most.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.model import Rejected
from kg.readers.decoding import decode
from kg.readers.drafts import BYTES_LIMIT, Draft, Source, from_bytes
from kg.readers.extras import import_extra
from kg.readers.html import parse_html

DEPTH_LIMIT = 2
MEMBERS_LIMIT = 100_000
# Text shrinks to a fifth or a tenth; only padding shrinks to a hundredth.
RATIO_LIMIT = 100
# A stream of records may be long; this is more than a year of a newspaper.
STREAM_LIMIT = 20_000_000_000


def unpack(source: Source) -> Iterator[Source | Rejected]:
    """Yield what a source holds: the files of an archive, or the source itself where it is none.

    Raises:
        InputError: The archive as a whole cannot be opened.
        OSError: It cannot be read.
    """
    if source.suffix == ".zip":
        for inner in _unpack_zip(source):
            yield from unpack(inner) if isinstance(inner, Source) else [inner]
    elif source.suffix == ".gz" and source.stem.endswith(".warc"):
        yield replace(source, stem=source.stem.removesuffix(".warc"), suffix=".warc")  # warcio unpacks by itself
    elif source.suffix == ".gz":
        yield from unpack(_unpack_gzip(source))
    else:
        yield source


def _unpack_zip(source: Source) -> Iterator[Source | Rejected]:
    """Yield the members of a zip file, each as a source of its own or with the reason why not.

    Raises:
        InputError: It is no zip file, or is one within too many others.
    """
    _check_depth(source)
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except zipfile.BadZipFile as error:
            raise InputError(f"no zip file: {error}") from error
        members = [m for m in sorted(archive.infolist(), key=lambda m: m.filename) if not m.is_dir()]
        if len(members) > MEMBERS_LIMIT:
            raise InputError(f"{len(members)} files in the archive, more than {MEMBERS_LIMIT}")
        for member in members:
            name = f"{source.name}!{member.filename}"
            path = PurePosixPath(member.filename)
            if any(part.startswith((".", "__MACOSX")) for part in path.parts):
                continue
            try:
                content = _read_member(archive, member)
            except (InputError, zipfile.BadZipFile, zlib.error, RuntimeError, OSError) as error:
                yield Rejected(name, str(error))
            else:
                yield from_bytes(content, name, str(path.with_suffix("")), path.suffix.lower(), source)


def _unpack_gzip(source: Source) -> Source:
    """Return the file within a gzip file; it is unpacked while it is read.

    Raises:
        InputError: It lies within too many others.
    """
    _check_depth(source)
    path = PurePosixPath(source.stem)
    return Source(
        name=source.name,
        stem=str(path.with_suffix("")) if path.suffix else source.stem,
        suffix=path.suffix.lower(),
        open=lambda: cast(BinaryIO, io.BufferedReader(_Unpacked(source.open()))),
        columns=source.columns,
        depth=source.depth + 1,
    )


def read_warc(source: Source) -> Iterator[Draft | Rejected]:
    """Yield the articles of the pages in a web archive; pages without an article are rejected.

    Raises:
        MissingExtra: warcio is not installed.
    """
    iterate = import_extra("warcio.archiveiterator", "warc").ArchiveIterator
    with source.open() as stream:
        for number, record in enumerate(iterate(stream), 1):
            kind = record.http_headers.get_header("Content-Type", "") if record.http_headers is not None else ""
            if record.rec_type != "response" or "html" not in kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            place = f"{source.name}, record {number} {url}"
            try:
                yield _parse_record(record.content_stream().read(BYTES_LIMIT), url, place)
            except InputError as error:
                yield Rejected(place, str(error))


def _parse_record(content: bytes, url: str, place: str) -> Draft:
    return replace(parse_html(decode(content), url), id=url, name=place)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise InputError("encrypted")
    if member.file_size > BYTES_LIMIT * 10:
        raise InputError(f"unpacks to {member.file_size // 1_000_000} MB, too large for a file in an archive")
    if member.file_size > RATIO_LIMIT * max(member.compress_size, 1000):
        raise InputError(f"unpacks to {member.file_size // max(member.compress_size, 1)} times its size: refused")
    with archive.open(member) as stream:
        # The header may lie: no more is unpacked than it promises.
        return stream.read(member.file_size + 1)


def _check_depth(source: Source) -> None:
    if source.depth >= DEPTH_LIMIT:
        raise InputError(f"an archive within {source.depth} others")


class _Unpacked(io.RawIOBase):
    """A gzip stream that ends with an error where it grows out of all proportion."""

    def __init__(self, packed: BinaryIO) -> None:
        self._counted = _Counted(packed)
        self._unpacked = gzip.GzipFile(fileobj=self._counted)
        self._total = 0

    def readable(self) -> bool:
        """Say that this is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what BufferedReader passes
        """Fill a buffer."""
        try:
            content = self._unpacked.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"no gzip file, or a broken one: {error}") from error
        self._total += len(content)
        if self._total > max(RATIO_LIMIT * self._counted.total, BYTES_LIMIT) or self._total > STREAM_LIMIT:
            raise InputError(
                f"unpacks to more than {self._total // max(self._counted.total, 1)} times its size: refused"
            )
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Close the packed file too."""
        self._unpacked.close()
        self._counted.close()
        super().close()


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.total = 0

    def readable(self) -> bool:
        """Say that this is for reading."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read and count."""
        content = self._stream.read(size)
        self.total += len(content)
        return content

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()
        super().close()
