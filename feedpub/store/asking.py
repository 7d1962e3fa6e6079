"""How the store is asked: a connection, and what statements give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Row, event

from feedpub.model import Entry
from feedpub.store.faults import worded
from feedpub.store.resting import entry_of

Found = Row[*tuple[Any, ...]]

BATCH = 500  # parameters in one statement, rows at once; databases have a limit


class Asker:
    """Asks one database; each answer is what was committed last, or what the transaction in hand has."""

    def __init__(self, engine: Engine, *, url: str) -> None:
        self.url = url
        self.statements = 0  # that the database was asked so far
        self._engine = engine
        event.listen(engine, "before_cursor_execute", self._count)
        self._connection = engine.connect()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
        event.remove(self._engine, "before_cursor_execute", self._count)

    def _count(self, *_told: object) -> None:
        self.statements += 1

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with worded(self.url):
            try:
                yield self._connection
            finally:
                self._rest()

    def _rest(self) -> None:
        # A read opens a transaction of SQLAlchemy's, which would be in the way of the next writer.
        self._connection.rollback()

    def _rows(self, statement: Executable, **parameters: object) -> list[Found]:
        with self._asking() as connection:
            return list(connection.execute(statement, parameters))

    def _rows_of(self, statement: Executable, ids: Iterable[str]) -> list[Found]:
        return [row for batch in batches(ids) for row in self._rows(statement, ids=batch)]

    def _entries(self, statement: Executable, **parameters: object) -> tuple[Entry, ...]:
        """Give the entries that a statement selects, all their columns in the order of the table."""
        with self._asking() as connection, closing(connection.execute(statement, parameters)) as found:
            return tuple(map(entry_of, found.cursor.fetchall()))

    def _entries_of(self, statement: Executable, ids: Iterable[str]) -> tuple[Entry, ...]:
        return tuple(entry for batch in batches(ids) for entry in self._entries(statement, ids=batch))

    def _value(self, statement: Executable, **parameters: object) -> Any:  # noqa: ANN401  the statement knows
        with self._asking() as connection:
            return connection.execute(statement, parameters).scalar()

    def _walk(self, statement: Executable, **parameters: object) -> Iterator[Entry]:
        """Yield entries, any number of them, as committed when the first one is asked for.

        On a connection of their own: the store may change while someone walks through it.
        """
        with (
            worded(self.url),
            self._engine.connect() as connection,
            closing(connection.execute(statement, parameters)) as found,
        ):
            while rows := found.cursor.fetchmany(BATCH):
                yield from map(entry_of, rows)


def batches(names: Iterable[str]) -> Iterator[list[str]]:
    """Cut `names` into lists that fit into one statement, each name once."""
    remaining = iter(dict.fromkeys(names))
    while batch := list(islice(remaining, BATCH)):
        yield batch
