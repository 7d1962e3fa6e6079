"""What the store knows of feeds: what stands in them, in which archives, what has left them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from feedpub.model import Archive, Entry, State, Tombstone
from feedpub.store import feed_statements as sql
from feedpub.store.asking import Asker


class FeedReader(Asker):
    """The questions about feeds."""

    def window(self, feed: str, limit: int, *, by_version: bool = False) -> tuple[Entry, ...]:
        """Give the newest published entries of a feed that are in none of its archives, newest first.

        By when they were published, or `by_version` by when what they say now was.
        """
        statement = sql.WINDOW_OF_VERSIONS if by_version else sql.WINDOW
        return self._entries(statement, feed=feed, limit=limit)

    def unsealed(self, feed: str) -> Iterator[Entry]:
        """Yield all published entries of a feed that are in none of its archives, in any order."""
        yield from self._walk(sql.UNSEALED, feed=feed)

    def unseen(self, feed: str) -> dict[str, int | None]:
        """Give the published entries in which a feed has something new to show, with their archives."""
        return {row.entry: row.archive for row in self._rows(sql.UNSEEN, feed=feed)}

    def archived(self, feed: str, number: int) -> tuple[Entry, ...]:
        """Give the entries of one archive of a feed, in any order."""
        return self._entries(sql.ARCHIVED, feed=feed, number=number)

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

    def feed_names(self) -> frozenset[str]:
        """Name the feeds in which an entry ever stood; takes longer the more there are."""
        return frozenset(row.feed for row in self._rows(sql.FEED_NAMES))

    def feed_sizes(self) -> Mapping[str, int]:
        """Give the number of published entries of each feed that has any."""
        return {row[0]: row[1] for row in self._rows(sql.COUNT_MEMBERS)}

    def misplaced(self) -> tuple[tuple[str, str], ...]:
        """Give the memberships (entry, feed) that contradict their entry: none, unless by hand."""
        return tuple((row.entry, row.feed) for row in self._rows(sql.MISPLACED))
