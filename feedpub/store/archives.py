"""Which entries of a feed stand in its live document and which in an archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from feedpub.model import Archive, Stale, archive_mark
from feedpub.store import feed_statements as sql
from feedpub.store.writing import each


def seal(connection: Connection, feed: str, sealed: Sequence[tuple[Archive, Sequence[str]]]) -> list[Stale]:
    """Let entries stand in new archives, the oldest first; return the documents that this makes stale."""
    if not sealed:
        return []
    rows = [{"feed": feed, "number": archive.number, "name": archive.name} for archive, _ in sealed]
    connection.execute(sql.ADD_ARCHIVE, rows)
    each(
        connection,
        sql.UPDATE_MEMBER,
        [
            {"of_entry": entry, "of_feed": feed, "archive": archive.number, "unseen": None}
            for archive, ids in sealed
            for entry in ids
        ],
    )
    # Also the one that was the newest: it names the one after it.
    first = max(sealed[0][0].number - 1, 1)
    return [archive_mark(feed, number) for number in range(first, sealed[-1][0].number + 1)]


def recall(connection: Connection, feed: str, ids: Iterable[str]) -> None:
    """Let entries that stand in archives stand in the live document again."""
    rows = [{"of_entry": entry, "of_feed": feed, "archive": None} for entry in ids]
    each(connection, sql.UPDATE_MEMBER, rows)


def drop(connection: Connection, feed: str) -> None:
    """Forget the archives of a feed; what stood in them stands in the live document, until it is sealed."""
    connection.execute(sql.OPEN_ARCHIVES, {"of_feed": feed})
    connection.execute(sql.DROP_ARCHIVES, {"feed": feed})
