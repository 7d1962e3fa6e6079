"""Reading one bulletin's bytes, whatever lies under its name."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

from feedpub.beneath import open_folder
from feedpub.exceptions import BulletinError, FeedpubError, TransientError
from feedpub.inbox.looking import signature_of
from feedpub.model import Signature

# Without O_NONBLOCK, opening a named pipe waits for a writer that may never come; without O_NOCTTY, opening
# a terminal can make it ours.
FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_CHUNK = 1 << 20  # bytes

_VANISHED = (errno.ENOENT, errno.ENOTDIR)
_UNREADABLE = (errno.EACCES, errno.EPERM)
_NO_FILE = (errno.ELOOP, errno.ENXIO)  # what opening a symbolic link and a socket ends with


def read(root: Path, path: str, signature: Signature, *, max_bytes: int) -> tuple[bytes, Signature]:
    """Read the file at `path` below `root`, which must still be as `signature` says.

    Returns the bytes with the signature they were read under. Raises BulletinError when the file is larger
    than `max_bytes`, may not be read or is no regular file; TransientError when it is gone, or changed
    since it was looked at or while it was read.
    """
    parts = path.split("/")
    try:
        with open_folder(root, parts[:-1]) as folder:
            descriptor = os.open(parts[-1], FLAGS, dir_fd=folder)
        try:
            _check(os.fstat(descriptor), path, signature, max_bytes=max_bytes)
            content = _bytes_of(descriptor, limit=max_bytes + 1)
            after = signature_of(os.fstat(descriptor))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _explained(path, error) from error
    if not _same(after, signature) or len(content) != signature.size:
        raise TransientError(f"bulletin {path!r} changed while it was read")
    return content, replace(after, beside=signature.beside)


def _check(status: os.stat_result, path: str, signature: Signature, *, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _no_file(path)
    if status.st_size > max_bytes:
        reason = f"too large: {status.st_size:,} bytes"
        raise BulletinError(path, reason, expected=f"at most {max_bytes:,} bytes are allowed")
    if not _same(signature_of(status), signature):
        raise TransientError(f"bulletin {path!r} changed since it was looked at")


def _same(now: Signature, then: Signature) -> bool:
    """Tell whether a file is as it was, whatever comes with it."""
    return replace(now, beside="") == replace(then, beside="")


def _bytes_of(descriptor: int, *, limit: int) -> bytes:
    """Read to the end, but no more than `limit` bytes: the file may grow while it is read."""
    chunks = []
    while limit > 0 and (chunk := os.read(descriptor, min(limit, _CHUNK))):
        chunks.append(chunk)
        limit -= len(chunk)
    return b"".join(chunks)


def _no_file(path: str) -> BulletinError:
    return BulletinError(path, "not a regular file", expected="drop the text itself")


def _explained(path: str, error: OSError) -> FeedpubError:
    if error.errno in _VANISHED:
        return TransientError(f"bulletin {path!r} is gone")
    if error.errno in _UNREADABLE:
        return BulletinError(path, "may not be read", expected="give feedpub the right to read it")
    if error.errno in _NO_FILE:
        return _no_file(path)
    return TransientError(f"cannot read bulletin {path!r}: {error.strerror}")
