"""How a store begins that takes the place of a lost one: with what is still published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert

from feedpub.model import Archive, Entry, State, Tombstone
from feedpub.store import feed_statements as feed_sql
from feedpub.store import schema as t
from feedpub.store import statements as sql
from feedpub.store.schema import Act
from feedpub.store.writing import each

_ENTRY_FIELDS = t.entry.c.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What stands in one feed, and what was taken out of it."""

    live: Sequence[str] = ()  # ids
    archives: Sequence[tuple[Archive, Sequence[str]]] = ()  # the oldest first
    graves: Sequence[Tombstone] = field(default=())


def begin_with(
    connection: Connection,
    entries: Mapping[str, Entry],
    *,
    titles: Mapping[str, str],
    feeds: Mapping[str, Members],
) -> None:
    """Write `entries`, by id, none of which is known, and let the bulletins to come find them.

    `titles` gives the folded title of each. Ids in `feeds` that are not among the entries are left out.
    """
    each(connection, sql.ADD_ENTRY, [_row(entry, _ENTRY_FIELDS) for entry in entries.values()])
    each(
        connection,
        sql.ADD_UNCLAIMED,
        [{"entry": e.id, "title": titles[e.id], "published": e.published} for e in entries.values()],
    )
    each(connection, insert(t.history), [row for entry in entries.values() for row in _history(entry)])
    for name, members in feeds.items():
        _fill(connection, name, members, entries)


def _fill(connection: Connection, feed: str, members: Members, entries: Mapping[str, Entry]) -> None:
    rows: dict[str, dict[str, Any]] = {}
    for archive, ids in members.archives:
        rows |= {id_: {"archive": archive.number} for id_ in ids}
    rows |= {id_: {} for id_ in members.live}  # what came back from an archive may stand in both for a moment
    rows |= {
        grave.id: {"left_at": grave.deleted, "buried_at": grave.deleted, "version": grave.version}
        for grave in members.graves
    }
    empty = {"archive": None, "left_at": None, "buried_at": None, "unseen": None}
    each(
        connection,
        feed_sql.ADD_MEMBER,
        [{**empty, **_place(entries[id_], feed), **row} for id_, row in rows.items() if id_ in entries],
    )
    archives = [{"feed": feed, "number": a.number, "name": a.name} for a, _ in members.archives]
    each(connection, feed_sql.ADD_ARCHIVE, archives)


def _place(entry: Entry, feed: str) -> dict[str, Any]:
    fields = ("state", "published", "position", "version")
    issued = entry.issued or entry.published
    return {"entry": entry.id, "feed": feed, "issued": issued, **_row(entry, fields)}


def _history(entry: Entry) -> list[dict[str, Any]]:
    """Tell what is known of the past of an entry: when it came, and when it was last another one."""
    shown = {"entry": entry.id, **_row(entry, ("title", "paragraphs", "corrections", "reason"))}
    last = Act.WITHDRAWN if entry.state is State.WITHDRAWN else Act.UPDATED
    rows = [{**shown, "at": entry.published, "what": Act.PUBLISHED, "reason": None}]
    if entry.updated > entry.published or last is Act.WITHDRAWN:
        rows.append({**shown, "at": entry.updated, "what": last})
    return rows


def _row(entry: Entry, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}
