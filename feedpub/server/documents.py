"""The files of the output folder, ready to be sent."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path as FolderPath

from feedpub.beneath import open_folder
from feedpub.codings import CODINGS, is_worthwhile
from feedpub.server.headers import describe, media_type
from feedpub.server.links import Links
from feedpub.server.variants import (
    Document,
    Path,
    Variant,
    Version,
    gone_document,
    held_document,
    large_document,
    packed_variant,
    version_of,
)

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EACCES)

# Texts are held up to this size, whatever else is on its way; what cannot be compressed goes to its client
# in pieces when it is longer than a few of them.
_TEXT_BYTES = 8 * 1024 * 1024
_OTHER_BYTES = 256 * 1024


class Documents:
    """Finds files and keeps the ones asked for in memory, up to `cache_bytes`.

    Each request looks at the file's status, so a replaced file is seen at once; its bytes are read once,
    from the descriptor that gave the status they are kept under.
    """

    def __init__(
        self,
        root: FolderPath,
        *,
        cache_bytes: int,
        gone: Callable[[bytes], bool] = lambda _page: False,
        links: Links = Links(),  # noqa: B008  frozen
        view: bool = True,
        loaded: Callable[[Document], None] = lambda _document: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._root = root
        self._place = str(root)
        self._gone = gone
        self._links = links
        self._view = view
        self._loaded = loaded
        self._cache_bytes = cache_bytes
        self._now = now
        self._cached: OrderedDict[Path, Document] = OrderedDict()  # least recently used first
        self._size = 0

    def find(self, path: Path) -> Document | None:
        """Return the file at this path, None when there is none.

        Raises OSError when it cannot be found out or read.
        """
        try:
            cached = self._cached.get(path)
            if cached and self._is_current(cached) and not self._can_be_dated(cached):
                self._cached.move_to_end(path)
                return cached
            with open_folder(self._root, path[:-1]) as folder:
                return self._load(folder, path)
        except OSError as error:
            if error.errno in _NOT_THERE:
                return None
            raise

    def variant(self, document: Document, coding: str | None) -> Variant:
        """Return a document in one of its codings, made at the first request for it."""
        if coding is None:
            return document.plain
        variant = document.packed.get(coding)
        if variant is None:
            variant = packed_variant(document, coding, self._pack(document, coding))
            kept = self._cached.get(document.path) is document
            document.packed[coding] = variant
            self._size += len(variant.whole.body) if kept else 0
            self._make_room()
        return variant

    def open(self, document: Document) -> int:
        """Open the file of a large document and return the descriptor, which the caller closes.

        Raises OSError, also when another version of it is there by now.
        """
        with open_folder(self._root, document.path[:-1]) as folder:
            descriptor = os.open(document.path[-1], _FLAGS, dir_fd=folder)
        if version_of(os.fstat(descriptor)) != document.version:
            os.close(descriptor)
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return descriptor

    def _is_current(self, document: Document) -> bool:
        # By its whole path: what has this inode and these times has the bytes that were read from it, even
        # if a folder on the way has become a link since.
        return version_of(os.lstat("/".join((self._place, *document.path)))) == document.version

    def _can_be_dated(self, document: Document) -> bool:
        return document.modified is None and not document.gone and self._is_past(document.version)

    def _is_past(self, version: Version) -> bool:
        # A date that is still to come is not told (RFC 9110 section 8.8.2.1). A second version within one
        # second is dated into the next: to tell the present one would give it the date of the first.
        return version[3] // 1_000_000_000 <= self._now()

    def _load(self, folder: int, path: Path) -> Document | None:
        # Looked at before it is opened: opening a device can do something to it.
        if not stat.S_ISREG(os.stat(path[-1], dir_fd=folder, follow_symlinks=False).st_mode):
            return None
        descriptor = os.open(path[-1], _FLAGS, dir_fd=folder)
        try:
            return self._read(descriptor, path)
        finally:
            os.close(descriptor)

    def _read(self, descriptor: int, path: Path) -> Document | None:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        document = self._make(descriptor, path, status)
        if version_of(os.fstat(descriptor)) == document.version:
            self._keep(document)
            self._loaded(document)
        return document

    def _make(self, descriptor: int, path: Path, status: os.stat_result) -> Document:
        version = version_of(status)
        modified = int(status.st_mtime) if self._is_past(version) else None
        headers = {**describe(path, view=self._view), **self._links.headers(path)}
        if status.st_size > _limit(path, status.st_size):
            return large_document(path, version, modified=modified, headers=headers)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read()
        if self._gone(content):
            return gone_document(path, content, version, headers=headers)
        return held_document(path, content, version, modified=modified, headers=headers)

    def _pack(self, document: Document, coding: str) -> bytes:
        """Return the bytes in a coding: the copy beside the file, when it belongs to it, or made now."""
        content, form = bytes(document.plain.whole.body), CODINGS[coding]
        name = document.path[-1] + form.suffix
        with suppress(OSError, ValueError), open_folder(self._root, document.path[:-1]) as folder:
            with os.fdopen(os.open(name, _FLAGS, dir_fd=folder), "rb") as file:
                packed = file.read(len(content) + 1)
            if form.expand(packed) == content:
                return packed
        return form.compress(content)

    def _keep(self, document: Document) -> None:
        if former := self._cached.pop(document.path, None):
            self._size -= former.size
        if document.size > self._cache_bytes:
            return  # it would push out everything else, and itself in the end
        self._cached[document.path] = document
        self._size += document.size
        self._make_room()

    def _make_room(self) -> None:
        while self._size > self._cache_bytes:
            _, oldest = self._cached.popitem(last=False)
            self._size -= oldest.size


def _limit(path: Path, size: int) -> int:
    return _TEXT_BYTES if is_worthwhile(media_type(path), size) else _OTHER_BYTES
