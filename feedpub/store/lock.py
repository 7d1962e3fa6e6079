"""One owner for a store, by a lock of the kernel: it ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feedpub.exceptions import StoreInUseError

_LOOKS = 20
_LOOK_SECONDS = 0.01


@contextmanager
def owned(path: Path, *, url: str) -> Iterator[bool]:
    """Hold the owner's lock of the store at `path`; give whether the last owner ended without closing it.

    The file beside the store is never deleted and means nothing by itself: only the lock on it counts. It
    holds the owner's pid. Raises StoreInUseError.
    """
    file = os.open(lock_file(path), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _take(file, url=url)
        crashed = _read_pid(file) is not None
        _write(file, str(os.getpid()).encode())
        yield crashed
        _write(file, b"")
    finally:
        os.close(file)


def is_owned(path: Path) -> bool:
    """Tell whether a process owns the store at `path`, without a trace of having asked."""
    try:
        file = os.open(lock_file(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def lock_file(path: Path) -> Path:
    """Give the file that is locked for the store at `path`."""
    return path.with_name(f"{path.name}.lock")


def _take(file: int, *, url: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = _find_owner(file)
        if owner is None:  # it may have been somebody who only asked, and is done by now
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
        raise StoreInUseError(url, owner) from error


def _find_owner(file: int) -> int | None:
    # An owner that has just come writes its pid a moment after it has the lock; until then the file is empty
    # or holds the pid of a process that died.
    for _ in range(_LOOKS):
        pid = _read_pid(file)
        if pid is not None and _lives(pid):
            return pid
        time.sleep(_LOOK_SECONDS)
    return None


def _read_pid(file: int) -> int | None:
    written = os.pread(file, 20, 0)
    return int(written) if written.isdigit() else None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def _write(file: int, content: bytes) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, content, 0)
