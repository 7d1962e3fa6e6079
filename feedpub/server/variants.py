"""The answers that one version of a file gives: whole or unchanged, as it is or compressed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import TypeAlias

from feedpub.codings import CODINGS, is_worthwhile
from feedpub.server.headers import media_type
from feedpub.server.replies import Reply

Path: TypeAlias = tuple[str, ...]

# What is different for every version of a file: replacing one makes a new inode, writing into one moves its
# times.
Version: TypeAlias = tuple[int, int, int, int, int]

OVERHEAD_BYTES = 2048  # of a document's headers and objects, which outweigh a short page

_ALL_CODINGS = tuple(CODINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A file in one content coding, ready to be sent."""

    etag: str  # strong, so each coding has its own (RFC 9110 section 8.8.3.3)
    whole: Reply  # 200, or 410 for a page that says that what stood there is gone
    unchanged: Reply  # 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one file."""

    path: Path
    version: Version
    base: str  # what the tags of all its variants begin with; made from the content
    modified: int | None  # seconds since 1970; None where it is not told
    headers: Mapping[str, str]  # of every answer
    plain: Variant
    held: bool = True  # False: too large for the memory, so `plain.whole` has no body
    gone: bool = False
    codings: Sequence[str] = ()  # in which it can be sent, the best first
    packed: dict[str, Variant] = field(default_factory=dict)  # by coding, made when somebody asks

    @property
    def length(self) -> int:
        """The size of the file."""
        return self.version[2]

    @property
    def size(self) -> int:
        """The memory it takes."""
        variants = (self.plain, *self.packed.values())
        return sum(len(variant.whole.body) for variant in variants) + OVERHEAD_BYTES


def version_of(status: os.stat_result) -> Version:
    """Return what tells this version of a file from others."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def held_document(
    path: Path, content: bytes, version: Version, *, modified: int | None, headers: Mapping[str, str]
) -> Document:
    """Make the document of a file that is kept in memory."""
    base = hashlib.sha256(content).hexdigest()[:32]
    headers = {**headers, **_last_modified(modified)}
    plain = _variant(path, content, base, headers)
    return Document(
        path=path,
        version=version,
        base=base,
        modified=modified,
        headers=headers,
        plain=plain,
        codings=_codings(path, content),
    )


def gone_document(path: Path, content: bytes, version: Version, *, headers: Mapping[str, str]) -> Document:
    """Make the document of a page that says that what stood there is gone.

    Without validators, since it never becomes a 304, and asked for anew each time: it may be put back.
    """
    headers = {**headers, "cache-control": "no-cache"}
    plain = _variant(path, content, "", headers, status=HTTPStatus.GONE)
    return Document(
        path=path,
        version=version,
        base="",
        modified=None,
        headers=headers,
        plain=plain,
        gone=True,
        codings=_codings(path, content),
    )


def large_document(
    path: Path, version: Version, *, modified: int | None, headers: Mapping[str, str]
) -> Document:
    """Make the document of a file that is read anew for each request.

    Its tag comes from size and time: reading all of it to answer a request for its end would take too long.
    """
    base = f"{version[2]:x}-{version[3]:x}"
    headers = {**headers, **_last_modified(modified)}
    plain = _variant(path, b"", base, headers)
    plain.whole.headers["content-length"] = str(version[2])
    return Document(
        path=path, version=version, base=base, modified=modified, headers=headers, plain=plain, held=False
    )


def packed_variant(document: Document, coding: str, packed: bytes) -> Variant:
    """Make the variant of a document whose bytes in `coding` are `packed`."""
    headers = {**document.headers, "content-encoding": coding}
    status = HTTPStatus.GONE if document.gone else HTTPStatus.OK
    return _variant(document.path, packed, f"{document.base}-{coding}", headers, status=status)


def _variant(
    path: Path, body: bytes, tag: str, headers: Mapping[str, str], *, status: HTTPStatus = HTTPStatus.OK
) -> Variant:
    etag = f'"{tag}"'
    if status is HTTPStatus.OK:
        headers = {**headers, "etag": etag}
        if "content-encoding" not in headers:
            headers["accept-ranges"] = "bytes"
    same = {
        name: value for name, value in headers.items() if name not in ("content-encoding", "accept-ranges")
    }
    return Variant(
        etag=etag,
        whole=Reply(body, status_code=status, headers=headers, media_type=media_type(path)),
        unchanged=Reply(status_code=HTTPStatus.NOT_MODIFIED, headers=same),
    )


def _codings(path: Path, content: bytes) -> Sequence[str]:
    return _ALL_CODINGS if is_worthwhile(media_type(path), len(content)) else ()


def _last_modified(modified: int | None) -> dict[str, str]:
    return {} if modified is None else {"last-modified": formatdate(modified, usegmt=True)}
