"""What the store knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feedpub.model import (
    Answer,
    BulletinRecord,
    Correction,
    Entry,
    Order,
    Outcome,
    Signature,
    Stale,
    State,
)
from feedpub.store import sqlite
from feedpub.store import statements as sql
from feedpub.store.asking import Found
from feedpub.store.category_reading import CategoryReader
from feedpub.store.feed_reading import FeedReader
from feedpub.store.feed_statements import newest_first
from feedpub.store.media import MediaReader
from feedpub.store.schema import Act

# Pages of entries before the feeds that link to them, lists of everything last.
_ORDER = {"entry": 0, "bulletin": 0, "feed": 1, "archive": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the store holds."""

    published: int
    scheduled: int
    withdrawn: int
    bulletins: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where the page of an entry is."""

    permalink: str
    entry: str  # its id
    leads_issue: bool | None  # whether a bulletin has its page below it


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """The page of an entry, as a list of pages names it."""

    permalink: str
    updated: dt.datetime
    is_its_own: bool  # its address; else its author gave another one for the story
    leads_issue: bool | None  # whether a bulletin has its page below it


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


class Reader(FeedReader, CategoryReader, MediaReader):
    """The questions; each is answered from what was committed last, or from the transaction in hand."""

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
        return next(iter(self._entries(sql.ENTRY, id=id)), None)

    def find_entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Give those of these entries that there are, in any state, by id."""
        return {entry.id: entry for entry in self._entries_of(sql.ENTRIES, ids)}

    def entries_of(self, path: str) -> tuple[Entry, ...]:
        """Give the entries of one bulletin in all states, by position."""
        return self._entries(sql.ENTRIES_OF, bulletin=path)

    def stories_of(self, issues: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Give the published stories of bulletins, by the ids that these are known by, in their order."""
        told: dict[str, list[Entry]] = {issue: [] for issue in issues}
        for entry in self._entries_of(sql.STORIES_OF, list(told)):
            if entry.issue:
                told[entry.issue].append(entry)
        return {issue: tuple(entries) for issue, entries in told.items()}

    def entries(self, *, feed: str | None = None, state: State | None = None) -> Iterator[Entry]:
        """Yield entries newest first, any number of them, as committed when the first one is asked for.

        Those of a feed include the withdrawn that stood in it, and not those it no longer selects.
        """
        states = [state] if state else list(State)
        yield from self._walk(newest_first(feed=feed, states=states))

    def placed(self) -> list[Placed]:
        """Give the entries that have, or had, a page of ours; takes longer the more there are."""
        return [Placed(**row._asdict()) for row in self._rows(sql.PLACED)]

    def newest(self, most: int) -> tuple[Entry, ...]:
        """Give the published entries that are the newest, newest first."""
        return self._entries(sql.NEWEST, most=most)

    def published_between(
        self, since: dt.datetime, until: dt.datetime, *, skip: int = 0, most: int = -1
    ) -> tuple[Entry, ...]:
        """Give the published entries from `since` on and before `until`, oldest first.

        Without the first `skip` of them, and no more than `most`; all where that is negative.
        """
        return self._entries(sql.PUBLISHED_BETWEEN, since=since, until=until, skip=skip, most=most)

    def count_between(self, since: dt.datetime, until: dt.datetime) -> int:
        """Count the published entries from `since` on and before `until`."""
        count: int = self._value(sql.COUNT_BETWEEN, since=since, until=until)
        return count

    def pages_between(self, since: dt.datetime, until: dt.datetime) -> list[EntryPage]:
        """Give the pages of the published entries between, newest first; some have none of ours."""
        rows = self._rows(sql.PAGES_BETWEEN, since=since, until=until)
        return [EntryPage(**row._asdict()) for row in rows]

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
        return self._entries(sql.LOOSE, since=day, until=f"{day}\U0010ffff")

    def due(self, now: dt.datetime) -> tuple[Entry, ...]:
        """Give the scheduled entries whose moment has come, the earliest first."""
        return self._entries(sql.DUE, at=now)

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
        titled = self._entries_of(sql.UNCLAIMED_UNDATED if between else sql.UNCLAIMED_TITLED, titles)
        since, until = between or (None, None)
        dated = self._entries(sql.UNCLAIMED_BETWEEN, since=since, until=until) if between else ()
        return (*dated, *titled)

    def has_unclaimed(self) -> bool:
        """Say whether adopted entries wait for the bulletins that tell their stories."""
        return bool(self._value(sql.ANY_UNCLAIMED))

    # --- the whole

    def is_new(self) -> bool:
        """Say whether nothing was ever stored here: no bulletin, no entry."""
        return not self._rows(sql.ANY_RECORD) and not self._rows(sql.ANY_ENTRY)

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


def _version(row: Found) -> Version:
    known = row._asdict()
    del known["number"]
    return Version(**known)


def _record(row: Found) -> BulletinRecord:
    return BulletinRecord(**row._asdict())
