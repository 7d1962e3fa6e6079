"""Where a damaged store goes: beside its place, under a dated name. Nothing of it is ever deleted."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedpub.exceptions import TransientError
from feedpub.store import sqlite

_LOG, _INDEX = "-wal", "-shm"
_MARK = ".damaged-"
_OPEN_FILES = Path("/proc/self/fd")
_MAGIC = b"SQLite format 3\0"  # of a file that is not empty (https://www.sqlite.org/fileformat2.html)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A store that was set aside."""

    file: Path  # where it lies now
    reason: str  # for people


class OpenedFile:
    """The file at `path` as it was when it was opened.

    It is looked into by a descriptor of SQLite's: closing one of our own would end every lock that the
    process has on the file (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        found = path.stat()
        self._identity = (found.st_dev, found.st_ino)
        self._descriptor = -1

    def is_in_place(self, *, url: str) -> bool:
        """Tell whether it still stands at its path and begins as a store does.

        SQLite would go on from what it remembers of a file that was written over. Raises TransientError when
        nobody can see that.
        """
        try:
            if _identity(self._path.stat()) != self._identity:
                return False
            if not self._is_of_file(self._descriptor):
                self._descriptor = self._find()
            return self._descriptor < 0 or os.pread(self._descriptor, len(_MAGIC), 0) in (_MAGIC, b"")
        except FileNotFoundError:
            return False
        except OSError as error:
            raise TransientError(f"the store {url} cannot be seen at the moment: {error}") from error

    def _find(self) -> int:
        """Return a descriptor of the file; -1 where there is none, or nobody can tell (outside Linux)."""
        open_ones = [int(each.name) for each in _OPEN_FILES.iterdir()] if _OPEN_FILES.is_dir() else []
        return next(filter(self._is_of_file, open_ones), -1)

    def _is_of_file(self, descriptor: int) -> bool:
        try:
            return descriptor >= 0 and _identity(os.fstat(descriptor)) == self._identity
        except OSError:  # closed
            return False


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def set_aside(path: Path, *, at: dt.datetime) -> Path:
    """Move the store at `path` and what SQLite keeps beside it out of the way; give where it lies now.

    Under names that belong together again, so that SQLite's own tools can read what is left of it. The
    file goes first: a crash after that leaves a log without a store, which `orphaned` tells.
    """
    target = next(name for name in _names(path, at) if not _is_used(name))
    for suffix in ("", _LOG, _INDEX):
        source = Path(f"{path}{suffix}")
        if source.exists():
            source.rename(f"{target}{suffix}")
    sqlite.sync_folder(path.parent)
    return target


def is_orphaned(path: Path) -> bool:
    """Tell whether there is a write-ahead log at `path` and no store.

    SQLite would play it into the next one: some pages of a store that is lost.
    """
    log = Path(f"{path}{_LOG}")
    there = path.exists() and path.stat().st_size > 0
    return not there and log.exists() and log.stat().st_size > 0


def found_aside(path: Path) -> tuple[Path, ...]:
    """List the stores that were set aside from `path` and still lie there, the oldest first."""
    files = path.parent.glob(f"{path.name}{_MARK}*") if path.parent.is_dir() else ()
    return tuple(sorted(file for file in files if not file.name.endswith((_LOG, _INDEX))))


def _names(path: Path, at: dt.datetime) -> Iterator[Path]:
    name = path.with_name(f"{path.name}{_MARK}{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}")
    yield name
    yield from (name.with_name(f"{name.name}.{number}") for number in itertools.count(2))


def _is_used(name: Path) -> bool:
    return any(Path(f"{name}{suffix}").exists() for suffix in ("", _LOG, _INDEX))
