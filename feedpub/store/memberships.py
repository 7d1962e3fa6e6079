"""Which entry stands in which feed: decided when an entry is stored, so that publishing only looks it up.

An entry that stands in an archive of a feed makes that document stale when it changes or leaves, in the same
transaction. Whether it goes back to the live document is decided when the feed is composed: here it is only
noted that there is something its readers have not seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from feedpub.model import Entry, State, archive_mark
from feedpub.store import feed_statements as sql
from feedpub.store.asking import batches
from feedpub.store.statements import ADD_MARK

_Pair = tuple[str, str]  # an entry's id, a feed's name


class _Place(NamedTuple):
    """What a membership copies of its entry."""

    state: State
    published: dt.datetime
    position: int
    version: int
    issued: dt.datetime


class _Member(NamedTuple):
    """A membership as it is."""

    place: _Place
    archive: int | None

    @property
    def stands(self) -> bool:
        return self.place.state is not State.WITHDRAWN


def join(
    connection: Connection, entries: Iterable[Entry], *, feeds: Mapping[str, frozenset[str]], at: dt.datetime
) -> None:
    """Let entries that were just added stand in the feeds that `feeds` names for their ids."""
    places = {entry.id: _place(entry) for entry in entries}
    wanted = {(entry, feed): place for entry, place in places.items() for feed in feeds.get(entry, ())}
    _add(connection, wanted, unseen=at)


def settle(
    connection: Connection,
    ids: Iterable[str],
    *,
    feeds: Mapping[str, frozenset[str]],
    changed: Collection[str],
    at: dt.datetime,
) -> None:
    """Let known entries stand in the feeds that `feeds` names for their ids; those it omits stay put.

    `changed` are the ids of those in which readers see something new.
    """
    places = _places(connection, ids)
    known = _known(connection, places)
    standing = _standing(known)
    omitted = {(entry, feed) for entry, feed in standing if entry not in feeds}
    wanted = omitted | {(entry, feed) for entry in places for feed in feeds.get(entry, ())}
    _add(connection, {pair: places[pair[0]] for pair in wanted - known.keys()}, unseen=at)
    back = {pair: places[pair[0]] for pair in wanted & known.keys()}
    new = {pair for pair in back if pair[0] in changed or not known[pair].stands}
    _change(connection, {pair: place for pair, place in back.items() if pair in new}, unseen=at)
    _change(connection, {pair: place for pair, place in back.items() if pair not in new})
    _touch(connection, {p: known[p] for p in back if p in new or known[p].place != back[p]})
    _leave(connection, {pair: known[pair] for pair in standing - wanted}, at=at)


def renew(connection: Connection, entry: str, *, feeds: Collection[str], unseen: dt.datetime | None) -> None:
    """Note that some feeds of an entry show it otherwise; if that is news to readers, `unseen` since when."""
    if not feeds:
        return
    members = {pair: member for pair, member in _known(connection, [entry]).items() if pair[1] in feeds}
    standing = {pair: members[pair] for pair in _standing(members)}
    if unseen:
        _change(connection, {pair: member.place for pair, member in standing.items()}, unseen=unseen)
    _touch(connection, standing)


def enlist(connection: Connection, feed: str, ids: Iterable[str], *, at: dt.datetime) -> None:
    """Let exactly the entries `ids` stand in `feed`, except the withdrawn among them.

    What comes in so is not new: it is shown where its date puts it.
    """
    wanted = set(ids)
    members = {row.entry for row in connection.execute(sql.MEMBERS, {"feed": feed})}
    leaving = _known(connection, members - wanted)
    _leave(connection, {pair: leaving[pair] for pair in leaving if pair[1] == feed}, at=at)
    places = _places(connection, wanted - members)
    known = _known(connection, places)
    added = {(entry, feed): place for entry, place in places.items()}
    _add(connection, {pair: place for pair, place in added.items() if pair not in known})
    _change(connection, {pair: place for pair, place in added.items() if pair in known})


def bury(connection: Connection, ids: Iterable[str], *, at: dt.datetime) -> None:
    """Take entries that are being withdrawn out of every feed, with a tombstone where readers had them.

    Also where a feed had stopped selecting them: its readers have them still.
    """
    known = _known(connection, ids)
    _leave(connection, {pair: known[pair] for pair in _standing(known)}, at=at)
    if known:
        graves = [{"of_entry": entry, "of_feed": feed, "at": at} for entry, feed in known]
        connection.execute(sql.BURY, graves)


def _place(entry: Entry) -> _Place:
    issued = entry.issued or entry.published
    return _Place(entry.state, entry.published, entry.position, entry.version, issued)


def _known(connection: Connection, ids: Iterable[str]) -> dict[_Pair, _Member]:
    return {
        (row.entry, row.feed): _Member(_place_of(row), row.archive)
        for batch in batches(ids)
        for row in connection.execute(sql.MEMBERSHIPS, {"ids": batch})
    }


def _standing(known: Mapping[_Pair, _Member]) -> set[_Pair]:
    return {pair for pair, member in known.items() if member.stands}


def _places(connection: Connection, ids: Iterable[str]) -> dict[str, _Place]:
    # From the store, not from what a change claims: an entry that was shown keeps its instant.
    return {
        row.id: _place_of(row)
        for batch in batches(ids)
        for row in connection.execute(sql.PLACES, {"ids": batch})
    }


def _place_of(row: Any) -> _Place:  # noqa: ANN401  a row of an entry or of a membership
    return _Place(row.state, row.published, row.position, row.version, row.issued)


def _add(
    connection: Connection, wanted: Mapping[_Pair, _Place], *, unseen: dt.datetime | None = None
) -> None:
    rows = [{"entry": e, "feed": f, "unseen": unseen, **p._asdict()} for (e, f), p in wanted.items()]
    if rows:
        connection.execute(sql.ADD_MEMBER, rows)


def _change(connection: Connection, wanted: Mapping[_Pair, _Place], **more: object) -> None:
    rows = [
        {"of_entry": entry, "of_feed": feed, "buried_at": None, **more, **place._asdict()}
        for (entry, feed), place in wanted.items()
    ]
    if rows:
        connection.execute(sql.UPDATE_MEMBER, rows)


def _leave(connection: Connection, members: Mapping[_Pair, _Member], *, at: dt.datetime) -> None:
    rows = [{"of_entry": entry, "of_feed": feed, "at": at} for entry, feed in members]
    if rows:
        connection.execute(sql.DROP_UNSEEN_MEMBER, rows)
        connection.execute(sql.LEAVE, rows)
    _touch(connection, members)


def _touch(connection: Connection, members: Mapping[_Pair, _Member]) -> None:
    """Mark stale the archives in which `members` stand."""
    marks = {archive_mark(feed, member.archive) for (_, feed), member in members.items() if member.archive}
    if marks:
        rows = [{"kind": mark.kind, "name": mark.name} for mark in sorted(marks, key=lambda mark: mark.name)]
        connection.execute(ADD_MARK, rows)
