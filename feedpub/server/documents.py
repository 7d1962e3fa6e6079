"""The files of the output folder, ready to be sent."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import TypeAlias

from starlette.responses import Response

from feedpub.beneath import open_folder
from feedpub.server.headers import describe, media_type
from feedpub.server.links import Links

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EACCES)

_OVERHEAD_BYTES = 2048  # of a document's headers and objects, which outweigh a short page

# What is different for every version of a file: replacing one makes a new inode, writing into one moves its
# times.
_Version: TypeAlias = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one file, with the answers that it gives."""

    version: _Version
    etag: str  # strong: made from the content
    modified: int  # seconds since 1970
    whole: Response  # 200, or 410 for a page that says that what stood there is gone
    unchanged: Response  # 304


class Documents:
    """Finds files and keeps the ones asked for in memory, up to `cache_bytes`.

    Each request looks at the file's status, so a replaced file is seen at once; its bytes are read once,
    from the descriptor that gave the status they are kept under.
    """

    def __init__(
        self,
        root: Path,
        *,
        cache_bytes: int,
        gone: Callable[[bytes], bool] = lambda _page: False,
        links: Links = Links(),  # noqa: B008  frozen
        now: Callable[[], float] = time.time,
    ) -> None:
        self._root = root
        self._gone = gone
        self._links = links
        self._cache_bytes = cache_bytes
        self._now = now
        self._cached: OrderedDict[tuple[str, ...], Document] = OrderedDict()  # least recently used first
        self._size = 0

    def find(self, parts: Sequence[str]) -> Document | None:
        """Return the file at this path, None when there is none.

        Raises OSError when it cannot be found out or read.
        """
        try:
            with open_folder(self._root, parts[:-1]) as folder:
                return self._find_in(folder, tuple(parts))
        except OSError as error:
            if error.errno in _NOT_THERE:
                return None
            raise

    def _find_in(self, folder: int, path: tuple[str, ...]) -> Document | None:
        status = os.stat(path[-1], dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            return None
        cached = self._cached.get(path)
        if cached and cached.version == _version(status):
            self._cached.move_to_end(path)
            return cached
        descriptor = os.open(path[-1], _FLAGS, dir_fd=folder)
        try:
            return self._load(descriptor, path)
        finally:
            os.close(descriptor)

    def _load(self, descriptor: int, path: tuple[str, ...]) -> Document | None:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read()
        headers = {**describe(path), **self._links.headers(path)}
        document = _document(path, content, status, headers=headers, latest=int(self._now()))
        if self._gone(content):
            document = replace(document, whole=_farewell(path, content))
        if _version(os.fstat(descriptor)) == document.version:
            self._keep(path, document)
        return document

    def _keep(self, path: tuple[str, ...], document: Document) -> None:
        if former := self._cached.pop(path, None):
            self._size -= _size(former)
        if _size(document) > self._cache_bytes:
            return  # it would push out everything else, and itself in the end
        self._cached[path] = document
        self._size += _size(document)
        while self._size > self._cache_bytes:
            _, oldest = self._cached.popitem(last=False)
            self._size -= _size(oldest)


def _version(status: os.stat_result) -> _Version:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _size(document: Document) -> int:
    return len(document.whole.body) + _OVERHEAD_BYTES


def _farewell(path: tuple[str, ...], content: bytes) -> Response:
    """Make the answer of a page that says that what stood there is gone.

    Without validators, since it never becomes a 304, and asked for anew each time: it may be put back.
    """
    headers = {**describe(path), "cache-control": "no-cache"}
    return Response(content, status_code=HTTPStatus.GONE, headers=headers, media_type=media_type(path))


def _document(
    path: tuple[str, ...],
    content: bytes,
    status: os.stat_result,
    *,
    headers: Mapping[str, str],
    latest: int,
) -> Document:
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    # Not later than the answer itself (RFC 9110 section 8.8.2.1), whatever the file's time says.
    modified = min(int(status.st_mtime), latest)
    headers = {**headers, "etag": etag, "last-modified": formatdate(modified, usegmt=True)}
    return Document(
        version=_version(status),
        etag=etag,
        modified=modified,
        whole=Response(content, headers=headers, media_type=media_type(path)),
        unchanged=Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers),
    )
