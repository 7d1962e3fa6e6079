"""Opening a store: its owner, its file, its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Engine

from feedpub.exceptions import StoreDamagedError, StoreError
from feedpub.store import sqlite
from feedpub.store.aside import OpenedFile, SetAside, is_orphaned, set_aside
from feedpub.store.faults import damaged, worded
from feedpub.store.lock import owned
from feedpub.store.migrations import find_revision, too_new, upgrade
from feedpub.store.schema import REVISION
from feedpub.store.store import Store

# What a start may take: so many bytes are read in a quarter of a second at most with the indexes, in less
# than a second without them. Larger ones are read when their last owner was killed.
_READ_WITH_INDEXES = 16 * 2**20
_READ = 256 * 2**20


class Doubt(Enum):
    """What is thought of a store before it is opened."""

    NONE = auto()
    DOUBTED = auto()  # damage was met in use: it is read through, however large it is
    CONDEMNED = auto()  # and again, after that found nothing: it is set aside


@contextmanager
def open_store(
    url: str,
    *,
    own: bool = True,
    create: bool = True,
    named: str | None = None,
    damaged_at: dt.datetime | None = None,
    doubt: Doubt = Doubt.NONE,
) -> Iterator[Store]:
    """Open the store at `url`, "sqlite:///" and an absolute path.

    An owner may change it, and is the only one; its tables are brought up to date first, after a copy.
    Without `own` it is opened for reading, beside an owner or without one. `named` is the address that
    messages give, where this one is that of a copy.

    A damaged store of an owner is set aside, dated `damaged_at`, and a new one is made: `Store.set_aside`
    tells. It is an error where no instant is given. `doubt` says what is thought of it beforehand.

    Raises StoreInUseError, StoreDamagedError, StoreError when it is absent (and not to be created) or too
    new, TransientError when its disk is full.
    """
    with ExitStack() as closing:
        shown = named or url
        try:
            with worded(shown, opening=True):
                path = sqlite.path_of(url)
                if own:
                    opening = _Opening(path=path, url=shown, doubt=doubt)
                    store = opening.own(closing, create=create, damaged_at=damaged_at)
                else:
                    store = _look(path, url=shown, closing=closing)
        except OSError as error:
            raise StoreError(f"cannot open the store {shown}: {error}") from error
        yield store


def _look(path: Path, *, url: str, closing: ExitStack) -> Store:
    _expect(path, url=url)
    engine = sqlite.open_engine(path, writes=False)
    closing.callback(engine.dispose)
    _expect_up_to_date(engine, url=url)
    store = Store(engine, url=url)
    closing.callback(store.close)
    return store


def _expect(path: Path, *, url: str) -> None:
    if not path.exists():
        raise StoreError(f"there is no store at {url} yet; `feedpub build` or `feedpub run` makes it")


@dataclass(slots=True, kw_only=True)
class _Opening:
    """One attempt to own the store at `path`."""

    path: Path
    url: str
    doubt: Doubt

    def own(self, closing: ExitStack, *, create: bool, damaged_at: dt.datetime | None) -> Store:
        if create:
            sqlite.create_folder(self.path.parent)
        else:
            _expect(self.path, url=self.url)
        crashed = closing.enter_context(owned(self.path, url=self.url))
        try:
            if self.doubt is Doubt.CONDEMNED:
                raise damaged(self.url, "it was found damaged in use, where reading it through finds nothing")
            if is_orphaned(self.path):
                raise damaged(self.url, "it was taken away while it was in use; its log is left")
            return self._open(closing, crashed=crashed)
        except StoreDamagedError as damage:
            if damaged_at is None:
                raise
            aside = SetAside(file=set_aside(self.path, at=damaged_at), reason=str(damage))
        store = self._open(closing, crashed=False)
        store.set_aside = aside
        return store

    def _open(self, closing: ExitStack, *, crashed: bool) -> Store:
        sqlite.create_file(self.path)
        with ExitStack() as unusable:
            engine = sqlite.open_engine(self.path, writes=True)
            unusable.callback(engine.dispose)
            with worded(self.url, opening=True):
                self._check(engine, crashed=crashed)
                _bring_up_to_date(engine, path=self.path, url=self.url)
                store = Store(engine, url=self.url, file=OpenedFile(self.path))
            unusable.callback(store.close)
            closing.push(unusable.pop_all())
        return store

    def _check(self, engine: Engine, *, crashed: bool) -> None:
        size = self.path.stat().st_size
        with_indexes = self.doubt is Doubt.DOUBTED or size <= _READ_WITH_INDEXES
        if with_indexes or crashed or size <= _READ:
            with engine.connect() as connection:
                sqlite.check(connection, url=self.url, with_indexes=with_indexes)


def _bring_up_to_date(engine: Engine, *, path: Path, url: str) -> None:
    with engine.connect() as connection:
        if find_revision(connection, url=url) == REVISION:
            return

    def keep_copy(revision: str) -> None:
        sqlite.copy(path, path.with_name(f"{path.name}.revision-{revision}"))

    with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection, connection.begin():
        upgrade(connection, url=url, keep_copy=keep_copy)


def _expect_up_to_date(engine: Engine, *, url: str) -> None:
    with engine.connect() as connection:
        found = find_revision(connection, url=url)
    if found is None or found < REVISION:
        raise StoreError(
            f"the store {url} was never opened by this feedpub; `feedpub build` brings it up to date"
        )
    if found > REVISION:
        raise too_new(url, found)
