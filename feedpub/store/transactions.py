"""How the store is written: whole transactions, each on a file that is still in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from feedpub.exceptions import StoreError
from feedpub.store.aside import OpenedFile, SetAside
from feedpub.store.faults import damaged, worded
from feedpub.store.reading import Reader
from feedpub.store.sqlite import WRITES


class Transactions(Reader):
    """A reader that can also write, in transactions."""

    def __init__(self, engine: Engine, *, url: str, file: OpenedFile | None = None) -> None:
        super().__init__(engine, url=url)
        self.set_aside: SetAside | None = None  # the damaged one that this one takes the place of
        self._file = file
        self._depth = 0
        self._failed = False

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Make one transaction of everything inside; an exception in it, also a caught one, undoes it all."""
        if self._depth:
            with worded(self.url), self._inner():
                yield self._connection
            return
        with worded(self.url):
            self._connection.execution_options(**{WRITES: True})
            try:
                with self._connection.begin(), self._inner():
                    yield self._connection
                    if self._failed:
                        raise StoreError(
                            f"a change to the store {self.url} failed, and with it those around it"
                        )
            finally:
                self._connection.execution_options(**{WRITES: False})
                self._failed = False

    def expect_in_place(self) -> None:
        """Raise StoreDamagedError when the file was removed, replaced or written over: all would be lost."""
        if self._file and not self._file.is_in_place(url=self.url):
            raise damaged(self.url, "its file was removed, replaced or written over while it was in use")

    @contextmanager
    def _inner(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        except BaseException:
            self._failed = True
            raise
        finally:
            self._depth -= 1

    def _rest(self) -> None:
        if not self._depth:
            super()._rest()
