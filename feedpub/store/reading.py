"""What the store knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Row

from feedpub.model import (
    Answer,
    Archive,
    BulletinRecord,
    Correction,
    Entry,
    Order,
    Outcome,
    Signature,
    Stale,
    State,
    Tombstone,
)
from feedpub.store import sqlite
from feedpub.store import statements as sql
from feedpub.store.faults import worded
from feedpub.store.schema import Act

# Pages of entries before the feeds that link to them, lists of everything last.
_ORDER = {"entry": 0, "feed": 1, "archive": 1}
_Row = Row[*tuple[Any, ...]]
_BATCH = 500  # parameters in one statement; databases have a limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the store holds."""

    published: int
    scheduled: int
    withdrawn: int
    bulletins: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One row of the history: what an entry was from an instant on."""

    entry: str  # its id
    at: dt.datetime
    what: Act
    title: str
    paragraphs: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()
    reason: str | None = None  # of a withdrawal, in the operator's words


class Reader:
    """The questions; each is answered from what was committed last, or from the transaction in hand."""

    def __init__(self, engine: Engine, *, url: str) -> None:
        self.url = url
        self._engine = engine
        self._connection = engine.connect()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    # --- input files

    def signatures(self) -> dict[str, Signature]:
        """Give the signature of every known file by its path."""
        return {path: signature for path, signature in self._rows(sql.SIGNATURES)}  # noqa: C416  rows are not pairs

    def find_record(self, path: str) -> BulletinRecord | None:
        """Give what is remembered of the file at `path`."""
        return next((_record(row) for row in self._rows(sql.RECORD, path=path)), None)

    def find_digest(self, digest: str) -> tuple[BulletinRecord, ...]:
        """Give the files whose bytes have the SHA-256 `digest` (hex), by path."""
        return tuple(map(_record, self._rows(sql.RECORDS_OF_DIGEST, digest=digest)))

    def records(self, *, outcome: Outcome | None = None) -> tuple[BulletinRecord, ...]:
        """Give all files, or those with one outcome, by path."""
        if outcome is None:
            return tuple(map(_record, self._rows(sql.RECORDS)))
        return tuple(map(_record, self._rows(sql.RECORDS_OF_OUTCOME, outcome=outcome)))

    def records_with_warnings(self) -> tuple[BulletinRecord, ...]:
        """Give the published files that an editor should look at, by path."""
        return tuple(map(_record, self._rows(sql.RECORDS_WARNED)))

    # --- entries

    def find_entry(self, id: str) -> Entry | None:  # noqa: A002  atom:id; nothing here uses the built-in
        """Give one entry, in any state."""
        return next((_entry(row) for row in self._rows(sql.ENTRY, id=id)), None)

    def entries_of(self, path: str) -> tuple[Entry, ...]:
        """Give the entries of one bulletin in all states, by position."""
        return tuple(map(_entry, self._rows(sql.ENTRIES_OF, bulletin=path)))

    def entries(self, *, feed: str | None = None, state: State | None = None) -> Iterator[Entry]:
        """Yield entries newest first, any number of them, as committed when the first one is asked for.

        Those of a feed include the withdrawn that stood in it, and not those it no longer selects.
        """
        states = [state] if state else list(State)
        statement = sql.newest_first(feed=feed, states=states)
        with worded(self.url), self._engine.connect() as connection:
            # Its own connection: the store may change while someone walks through it.
            rows = connection.execution_options(yield_per=_BATCH).execute(statement)
            yield from map(_entry, rows)

    def published_between(self, since: dt.datetime, until: dt.datetime) -> tuple[Entry, ...]:
        """Give the published entries from `since` on and before `until`, newest first."""
        return tuple(map(_entry, self._rows(sql.PUBLISHED_BETWEEN, since=since, until=until)))

    def last_published(self, before: dt.datetime) -> dt.datetime | None:
        """Give the instant of the newest published entry before this one."""
        return next((row[0] for row in self._rows(sql.PUBLISHED_BEFORE, until=before)), None)

    def first_published(self, since: dt.datetime) -> dt.datetime | None:
        """Give the instant of the oldest published entry that is not before this one."""
        return next((row[0] for row in self._rows(sql.PUBLISHED_FROM, since=since)), None)

    def taken(self, names: Iterable[str]) -> frozenset[str]:
        """Give those of `names` that are the id or the permalink of an entry."""
        return frozenset(row[0] for row in self._rows_of(sql.TAKEN, names))

    def loose(self, day: str) -> tuple[Entry, ...]:
        """Give the entries that no file has any more, of the `day` with which their permalinks begin.

        Withdrawn ones and those that outlived their bulletin; not adopted ones that wait for theirs.
        """
        return tuple(map(_entry, self._rows(sql.LOOSE, since=day, until=f"{day}\U0010ffff")))

    def due(self, now: dt.datetime) -> tuple[Entry, ...]:
        """Give the scheduled entries whose moment has come, the earliest first."""
        return tuple(map(_entry, self._rows(sql.DUE, at=now)))

    def next_release(self) -> dt.datetime | None:
        """Give the moment of the scheduled entry that comes first."""
        moment: dt.datetime | None = self._value(sql.NEXT_RELEASE)
        return moment

    def history(self, ids: Iterable[str]) -> tuple[Version, ...]:
        """Give what became of these entries, also of those that were never shown, the oldest first."""
        rows = sorted(self._rows_of(sql.HISTORY, ids), key=lambda row: row.number)
        return tuple(_version(row) for row in rows)

    def unclaimed(
        self, titles: Iterable[str], *, between: tuple[dt.datetime, dt.datetime] | None
    ) -> tuple[Entry, ...]:
        """Give adopted entries that no bulletin has claimed: those published `between` two instants.

        Of those whose feed gave no date, and of all where no instants are given, the ones with one of the
        folded `titles`.
        """
        titled = self._rows_of(sql.UNCLAIMED_UNDATED if between else sql.UNCLAIMED_TITLED, titles)
        since, until = between or (None, None)
        dated = self._rows(sql.UNCLAIMED_BETWEEN, since=since, until=until) if between else []
        return tuple(map(_entry, (*dated, *titled)))

    # --- feeds

    def window(self, feed: str, limit: int, *, by_version: bool = False) -> tuple[Entry, ...]:
        """Give the newest published entries of a feed that are in none of its archives, newest first.

        By when they were published, or `by_version` by when what they say now was.
        """
        statement = sql.WINDOW_OF_VERSIONS if by_version else sql.WINDOW
        return tuple(map(_entry, self._rows(statement, feed=feed, limit=limit)))

    def unsealed(self, feed: str) -> Iterator[Entry]:
        """Yield all published entries of a feed that are in none of its archives, in any order."""
        with worded(self.url), self._engine.connect() as connection:
            options = {"yield_per": _BATCH}
            yield from map(
                _entry, connection.execution_options(**options).execute(sql.UNSEALED, {"feed": feed})
            )

    def unseen(self, feed: str) -> dict[str, int | None]:
        """Give the published entries in which a feed has something new to show, with their archives."""
        return {row.entry: row.archive for row in self._rows(sql.UNSEEN, feed=feed)}

    def archived(self, feed: str, number: int) -> tuple[Entry, ...]:
        """Give the entries of one archive of a feed, in any order."""
        return tuple(map(_entry, self._rows(sql.ARCHIVED, feed=feed, number=number)))

    def archives(self, feed: str) -> tuple[Archive, ...]:
        """Give all archives of a feed, the oldest first."""
        return tuple(Archive(**row._asdict()) for row in self._rows(sql.ARCHIVES, feed=feed))

    def archived_feeds(self) -> frozenset[str]:
        """Name the feeds that have archives, also those that are configured no more."""
        return frozenset(row.feed for row in self._rows(sql.ARCHIVED_FEEDS))

    def find_archive(self, feed: str, number: int) -> Archive | None:
        """Give one archive of a feed."""
        rows = self._rows(sql.ARCHIVE, feed=feed, number=number)
        return next((Archive(**row._asdict()) for row in rows), None)

    def newest_archive(self, feed: str) -> Archive | None:
        """Give the archive of a feed that was sealed last."""
        return next((Archive(**row._asdict()) for row in self._rows(sql.NEWEST_ARCHIVE, feed=feed)), None)

    def left_at(self, feed: str) -> dt.datetime | None:
        """Give the instant at which readers of the feed last saw an entry leave it."""
        instant: dt.datetime | None = self._value(sql.LEFT_AT, feed=feed)
        return instant

    def tombstones(self, feed: str, *, since: dt.datetime, limit: int) -> tuple[Tombstone, ...]:
        """Give the entries that readers of the feed had and that were withdrawn, newest first."""
        rows = self._rows(sql.TOMBSTONES, feed=feed, since=since, limit=limit)
        return tuple(Tombstone(**row._asdict()) for row in rows)

    def has_tombstones(self, feed: str, *, since: dt.datetime, until: dt.datetime) -> bool:
        """Say whether the feed has a tombstone with an instant from `since` to before `until`."""
        return bool(self._value(sql.BURIED_BETWEEN, feed=feed, since=since, until=until))

    def feeds_of(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Give the feeds in which each entry stands, or will when it is released."""
        feeds: dict[str, set[str]] = {entry: set() for entry in ids}
        for row in self._rows_of(sql.MEMBERSHIPS, list(feeds)):
            if row.state is not State.WITHDRAWN:
                feeds[row.entry].add(row.feed)
        return {entry: frozenset(names) for entry, names in feeds.items()}

    def feed_sizes(self) -> Mapping[str, int]:
        """Give the number of published entries of each feed that has any."""
        return {row[0]: row[1] for row in self._rows(sql.COUNT_MEMBERS)}

    def misplaced(self) -> tuple[tuple[str, str], ...]:
        """Give the memberships (entry, feed) that contradict their entry: none, unless by hand."""
        return tuple((row.entry, row.feed) for row in self._rows(sql.MISPLACED))

    # --- the whole

    def faults(self) -> tuple[str, ...]:
        """Say what is broken in the database itself, after reading all of it; () when nothing is."""
        with self._asking() as connection:
            return sqlite.faults(connection)

    def counts(self) -> Counts:
        """Count everything; takes longer the more there is."""
        entries = {row[0]: row[1] for row in self._rows(sql.COUNT_ENTRIES)}
        bulletins, rejected = self._rows(sql.COUNT_RECORDS)[0]
        return Counts(
            published=entries.get(State.PUBLISHED, 0),
            scheduled=entries.get(State.SCHEDULED, 0),
            withdrawn=entries.get(State.WITHDRAWN, 0),
            bulletins=bulletins,
            rejected=rejected,
        )

    def stale(self) -> tuple[Stale, ...]:
        """Give the documents to be made anew: pages of entries, then feeds, then the rest; oldest first."""
        waiting = (Stale(kind=row[0], name=row[1], mark=row[2]) for row in self._rows(sql.STALE))
        return tuple(sorted(waiting, key=lambda stale: (_ORDER.get(stale.kind, len(_ORDER)), stale.mark)))

    def orders(self) -> tuple[Order, ...]:
        """Give the orders that wait, the oldest first."""
        return tuple(Order(**row._asdict()) for row in self._rows(sql.ORDERS))

    def find_answer(self, number: int) -> Answer | None:
        """Give the answer to an order; None while it waits."""
        return next((Answer(**row._asdict()) for row in self._rows(sql.ANSWER, number=number)), None)

    def is_approved(self, digest: str) -> bool:
        """Say whether the operator approved the bytes with this SHA-256 (hex)."""
        return bool(self._value(sql.APPROVED, digest=digest))

    def find_note(self, key: str) -> str | None:
        """Give the text noted under `key`."""
        text: str | None = self._value(sql.NOTE, key=key)
        return text

    # --- how it is asked

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

    def _rows(self, statement: Executable, **parameters: object) -> list[_Row]:
        with self._asking() as connection:
            return list(connection.execute(statement, parameters))

    def _rows_of(self, statement: Executable, ids: Iterable[str]) -> list[_Row]:
        return [row for batch in batches(ids) for row in self._rows(statement, ids=batch)]

    def _value(self, statement: Executable, **parameters: object) -> Any:  # noqa: ANN401  the statement knows
        with self._asking() as connection:
            return connection.execute(statement, parameters).scalar()


def batches(names: Iterable[str]) -> Iterator[list[str]]:
    """Cut `names` into lists that fit into one statement, each name once."""
    remaining = iter(dict.fromkeys(names))
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _entry(row: _Row) -> Entry:
    return Entry(**row._asdict())


def _version(row: _Row) -> Version:
    known = row._asdict()
    del known["number"]
    return Version(**known)


def _record(row: _Row) -> BulletinRecord:
    return BulletinRecord(**row._asdict())
