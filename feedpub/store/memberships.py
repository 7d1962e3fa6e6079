"""Which entry stands in which feed: decided when an entry is stored, so that publishing only looks it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from feedpub.model import Entry, State
from feedpub.store import statements as sql
from feedpub.store.reading import batches

_Pair = tuple[str, str]  # an entry's id, a feed's name


class _Place(NamedTuple):
    """What a membership copies of its entry."""

    state: State
    published: dt.datetime
    position: int
    version: int
    issued: dt.datetime


def join(connection: Connection, entries: Iterable[Entry], *, feeds: Mapping[str, frozenset[str]]) -> None:
    """Let entries that were just added stand in the feeds that `feeds` names for their ids."""
    places = {entry.id: _place(entry) for entry in entries}
    wanted = {(entry, feed): place for entry, place in places.items() for feed in feeds.get(entry, ())}
    _write(connection, wanted, known=())


def settle(
    connection: Connection, ids: Iterable[str], *, feeds: Mapping[str, frozenset[str]], at: dt.datetime
) -> None:
    """Let known entries stand in the feeds that `feeds` names for their ids; those it omits stay put."""
    places = _places(connection, ids)
    known = _known(connection, places)
    standing = _standing(known)
    omitted = {(entry, feed) for entry, feed in standing if entry not in feeds}
    wanted = omitted | {(entry, feed) for entry in places for feed in feeds.get(entry, ())}
    _write(connection, {pair: places[pair[0]] for pair in wanted}, known=known)
    _leave(connection, standing - wanted, at=at)


def enlist(connection: Connection, feed: str, ids: Iterable[str], *, at: dt.datetime) -> None:
    """Let exactly the entries `ids` stand in `feed`, except the withdrawn among them."""
    wanted = set(ids)
    members = {row.entry for row in connection.execute(sql.MEMBERS, {"feed": feed})}
    _leave(connection, {(entry, feed) for entry in members - wanted}, at=at)
    places = _places(connection, wanted - members)
    added = {(entry, feed): place for entry, place in places.items()}
    _write(connection, added, known=_known(connection, places))


def bury(connection: Connection, ids: Iterable[str], *, at: dt.datetime) -> None:
    """Take entries that are being withdrawn out of every feed, with a tombstone where readers had them.

    Also where a feed had stopped selecting them: its readers have them still.
    """
    known = _known(connection, ids)
    _leave(connection, _standing(known), at=at)
    if known:
        graves = [{"of_entry": entry, "of_feed": feed, "at": at} for entry, feed in known]
        connection.execute(sql.BURY, graves)


def _place(entry: Entry) -> _Place:
    issued = entry.issued or entry.published
    return _Place(entry.state, entry.published, entry.position, entry.version, issued)


def _known(connection: Connection, ids: Iterable[str]) -> dict[_Pair, State]:
    return {
        (row.entry, row.feed): row.state
        for batch in batches(ids)
        for row in connection.execute(sql.MEMBERSHIPS, {"ids": batch})
    }


def _standing(known: Mapping[_Pair, State]) -> set[_Pair]:
    return {pair for pair, state in known.items() if state is not State.WITHDRAWN}


def _places(connection: Connection, ids: Iterable[str]) -> dict[str, _Place]:
    # From the store, not from what a change claims: an entry that was shown keeps its instant.
    return {
        row.id: _Place(row.state, row.published, row.position, row.version, row.issued)
        for batch in batches(ids)
        for row in connection.execute(sql.PLACES, {"ids": batch})
    }


def _write(connection: Connection, wanted: Mapping[_Pair, _Place], *, known: Container[_Pair]) -> None:
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for (entry, feed), place in wanted.items():
        if (entry, feed) in known:
            changed.append({"of_entry": entry, "of_feed": feed, "buried_at": None, **place._asdict()})
        else:
            added.append({"entry": entry, "feed": feed, **place._asdict()})
    if added:
        connection.execute(sql.ADD_MEMBER, added)
    if changed:
        connection.execute(sql.UPDATE_MEMBER, changed)


def _leave(connection: Connection, pairs: Iterable[_Pair], *, at: dt.datetime) -> None:
    members = [{"of_entry": entry, "of_feed": feed, "at": at} for entry, feed in pairs]
    if members:
        connection.execute(sql.DROP_UNSEEN_MEMBER, members)
        connection.execute(sql.LEAVE, members)
