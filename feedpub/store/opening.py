"""Opening a store: its owner, its file, its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from feedpub.exceptions import StoreError
from feedpub.store import sqlite
from feedpub.store.faults import worded
from feedpub.store.lock import owned
from feedpub.store.migrations import find_revision, too_new, upgrade
from feedpub.store.schema import REVISION
from feedpub.store.store import Store


@contextmanager
def open_store(
    url: str, *, own: bool = True, create: bool = True, named: str | None = None
) -> Iterator[Store]:
    """Open the store at `url`, "sqlite:///" and an absolute path.

    An owner may change it, and is the only one; its tables are brought up to date first, after a copy.
    Without `own` it is opened for reading, beside an owner or without one. `named` is the address that
    messages give, where this one is that of a copy. Raises StoreInUseError, StoreError when it is absent
    (and not to be created), damaged or too new, TransientError when its disk is full.
    """
    with ExitStack() as closing:
        shown = named or url
        try:
            with worded(shown, opening=True):
                store = _open(sqlite.path_of(url), url=shown, own=own, create=create and own, closing=closing)
        except OSError as error:
            raise StoreError(f"cannot open the store {shown}: {error}") from error
        yield store


def _open(path: Path, *, url: str, own: bool, create: bool, closing: ExitStack) -> Store:
    if create:
        sqlite.create_file(path)
    elif not path.exists():
        raise StoreError(f"there is no store at {url} yet; `feedpub build` or `feedpub run` makes it")
    crashed = own and closing.enter_context(owned(path, url=url))
    engine = sqlite.open_engine(path, writes=own)
    closing.callback(engine.dispose)
    if crashed:
        with engine.connect() as connection:
            sqlite.check(connection, url=url)
    if own:
        _bring_up_to_date(engine, path=path, url=url)
    else:
        _expect_up_to_date(engine, url=url)
    store = Store(engine, url=url)
    closing.callback(store.close)
    return store


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
