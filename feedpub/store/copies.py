"""Copies of a store: one to look at, one to keep."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from feedpub.exceptions import StoreError
from feedpub.store import sqlite
from feedpub.store.faults import damaged, worded
from feedpub.store.lock import is_owned
from feedpub.store.migrations import find_revision
from feedpub.store.reading import Counts, Reader


def has_owner(url: str) -> bool:
    """Tell whether a process, such as the daemon, owns the store at `url`."""
    return is_owned(sqlite.path_of(url))


def snapshot(url: str, folder: Path) -> str:
    """Copy the store at `url` into `folder`, also while an owner changes it; give the address of the copy.

    Of a store without an owner no byte and no time stamp is changed. The address of a store that does not
    exist yet is that of one in `folder` that does not either. Raises StoreError.
    """
    path = sqlite.path_of(url)
    target = folder / path.name
    if path.exists():
        with _copying(url):
            if not _copied_at_rest(path, target):
                sqlite.copy(path, target)
    return sqlite.url_of(target)


def backup(url: str, target: Path, *, without: Iterable[str] = ()) -> Counts:
    """Keep a copy of the store at `url` in the file `target`, also while an owner changes it.

    It takes the place of what was at `target` after it was checked whole and is on the disk, and is one
    file. It lacks the notes under the keys `without`. Gives what it holds. Raises StoreError,
    TransientError.
    """
    path = sqlite.path_of(url)
    if not path.exists():
        raise StoreError(f"there is no store at {url} yet; nothing was copied")
    with _copying(url), tempfile.TemporaryDirectory(prefix=".feedpub-backup-", dir=target.parent) as folder:
        partial = Path(folder) / "store"
        partial.touch(mode=0o600)  # it holds what is not published yet
        sqlite.fill(partial, path)
        counts = _examined(partial, url=url, without=without)
        sqlite.put(partial, target)
    return counts


def _copied_at_rest(path: Path, target: Path) -> bool:
    """Copy the files of a store that nobody owns; return False if somebody does, or did meanwhile.

    SQLite, asked for a copy, would first tidy up after an owner that was killed, and look at it no more.
    """
    copies = {
        path.with_name(f"{path.name}{suffix}"): target.with_name(f"{target.name}{suffix}")
        for suffix in ("", "-wal")
    }
    if is_owned(path):
        return False
    for source, copy in copies.items():
        if source.exists():
            shutil.copyfile(source, copy)
    if is_owned(path):
        for copy in copies.values():
            copy.unlink(missing_ok=True)
        return False
    return True


def _examined(partial: Path, *, url: str, without: Iterable[str]) -> Counts:
    with _looking(partial) as engine, engine.connect() as connection:
        if find_revision(connection, url=url) is None:
            raise StoreError(f"the store {url} is empty; nothing was copied")
    sqlite.seal(partial, without=without)
    with _looking(partial) as engine, closing(Reader(engine, url=url)) as reader:
        if faults := reader.faults():
            raise damaged(url, faults[0])
        return reader.counts()


@contextmanager
def _looking(file: Path) -> Iterator[Engine]:
    engine = sqlite.open_engine(file, writes=False)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _copying(url: str) -> Iterator[None]:
    try:
        with worded(url, opening=True):
            yield
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise StoreError(f"cannot copy the store {url}: {error.filename!r}: {reason}") from error
