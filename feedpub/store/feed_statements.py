"""The statements about what stands in feeds and their archives, in the manner of `statements`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from feedpub.model import State
from feedpub.store import schema as t
from feedpub.store.statements import AT, END, IDS

# --- memberships -----------------------------------------------------------------------------------------

# An entry as its membership has it: what a window is ordered by stands in the index.
_copies = {
    "id": t.membership.c.entry.label("id"),
    "published": t.membership.c.published.label("published"),
    "position": t.membership.c.position.label("position"),
}
_member_columns = [_copies.get(column.name, column) for column in t.entry.c]
_feed: BindParameter[Any] = bindparam("feed")
_since = bindparam("since", type_=t.membership.c.buried_at.type)
_of_member = (t.membership.c.entry == bindparam("of_entry")) & (t.membership.c.feed == bindparam("of_feed"))
_standing = t.membership.c.state != State.WITHDRAWN

_members = (
    select(*_member_columns)
    .join_from(t.membership, t.entry)
    .where(t.membership.c.feed == _feed, t.membership.c.state == State.PUBLISHED)
)
UNSEALED = _members.where(t.membership.c.archive.is_(None))
_live = UNSEALED.limit(bindparam("limit"))
_as_they_stand = (t.membership.c.position, t.membership.c.entry)
WINDOW = _live.order_by(t.membership.c.published.desc(), *_as_they_stand)
WINDOW_OF_VERSIONS = _live.order_by(t.membership.c.issued.desc(), *_as_they_stand)
LEFT_AT = select(func.max(t.membership.c.left_at)).where(t.membership.c.feed == _feed)
TOMBSTONES = (
    select(
        t.membership.c.entry.label("id"),
        t.membership.c.buried_at.label("deleted"),
        t.membership.c.version,
    )
    .where(t.membership.c.feed == _feed, t.membership.c.buried_at >= _since)
    .order_by(t.membership.c.buried_at.desc(), t.membership.c.entry.desc())
    .limit(bindparam("limit"))
)
BURIED_BETWEEN = select(
    exists().where(
        t.membership.c.feed == _feed,
        t.membership.c.buried_at >= _since,
        t.membership.c.buried_at < bindparam("until", type_=t.membership.c.buried_at.type),
    )
)
MEMBERSHIPS = select(
    t.membership.c.entry,
    t.membership.c.feed,
    t.membership.c.archive,
    t.membership.c.state,
    t.membership.c.published,
    t.membership.c.position,
    t.membership.c.version,
    t.membership.c.issued,
).where(t.membership.c.entry.in_(IDS))
MEMBERS = select(t.membership.c.entry).where(t.membership.c.feed == _feed, _standing)
_issued = func.coalesce(t.entry.c.issued, t.entry.c.published)
_places = {
    "state": t.entry.c.state,
    "published": t.entry.c.published,
    "position": t.entry.c.position,
    "version": t.entry.c.version,
    "issued": _issued,
}
MISPLACED = (
    select(t.membership.c.entry, t.membership.c.feed)
    .join_from(t.membership, t.entry)
    .where(
        _standing,
        or_(*(t.membership.c[copied].is_distinct_from(own) for copied, own in _places.items())),
    )
    .order_by(t.membership.c.feed, t.membership.c.entry)
)
FEED_NAMES = select(t.membership.c.feed).distinct()
COUNT_MEMBERS = (
    select(t.membership.c.feed, func.count())
    .where(t.membership.c.state == State.PUBLISHED)
    .group_by(t.membership.c.feed)
)
PLACES = select(t.entry.c.id, *(own.label(copied) for copied, own in _places.items())).where(
    t.entry.c.id.in_(IDS), t.entry.c.state != State.WITHDRAWN
)
ADD_MEMBER = insert(t.membership)
UPDATE_MEMBER = update(t.membership).where(_of_member)
DROP_UNSEEN_MEMBER = delete(t.membership).where(
    _of_member, t.membership.c.state == State.SCHEDULED, t.membership.c.left_at.is_(None)
)
LEAVE = (
    update(t.membership)
    .where(_of_member)
    .values(
        state=State.WITHDRAWN,
        left_at=case(
            (t.membership.c.state == State.PUBLISHED, AT),
            else_=t.membership.c.left_at,
        ),
        archive=None,
        unseen=None,
    )
)
BURY = (
    update(t.membership)
    .where(_of_member, t.membership.c.left_at.is_not(None))
    .values(buried_at=select(END).where(t.entry.c.id == t.membership.c.entry).scalar_subquery())
)
RELEASE_MEMBERS = (
    update(t.membership)
    .where(t.membership.c.entry.in_(IDS), t.membership.c.state == State.SCHEDULED)
    .values(state=State.PUBLISHED)
)

# --- archives --------------------------------------------------------------------------------------------

_of_archive = (t.archive.c.feed == _feed, t.archive.c.number == bindparam("number"))
ARCHIVED = _members.where(t.membership.c.archive == bindparam("number"))
ARCHIVE = select(t.archive.c.number, t.archive.c.name).where(*_of_archive)
_archives = select(t.archive.c.number, t.archive.c.name).where(t.archive.c.feed == _feed)
ARCHIVES = _archives.order_by(t.archive.c.number)
ARCHIVED_FEEDS = select(t.archive.c.feed).distinct()
NEWEST_ARCHIVE = _archives.order_by(t.archive.c.number.desc()).limit(1)
# One term that no index has: by `state` SQLite would walk along all that was ever published in the feed.
_is_published = case((t.membership.c.state == State.PUBLISHED, 1), else_=0) == 1
UNSEEN = select(t.membership.c.entry, t.membership.c.archive).where(
    t.membership.c.feed == _feed, t.membership.c.unseen.is_not(None), _is_published
)
_of_feed: BindParameter[Any] = bindparam("of_feed")
SEE = (
    update(t.membership)
    .where(t.membership.c.feed == _of_feed, t.membership.c.unseen.is_not(None), _is_published)
    .values(unseen=None)
)
ADD_ARCHIVE = insert(t.archive)
DROP_ARCHIVES = delete(t.archive).where(t.archive.c.feed == _feed)
OPEN_ARCHIVES = (
    update(t.membership)
    .where(t.membership.c.feed == _of_feed, t.membership.c.archive.is_not(None))
    .values(archive=None)
)


def newest_first(*, feed: str | None, states: Iterable[State]) -> CompoundSelect[Any]:
    """Select the entries in any of `states`, those of one feed alone if it is given, newest first.

    One walk along an index for each state, merged by the database: a single one would sort all entries.
    """
    walks = [_walk(state) if feed is None else _walk_feed(feed, state) for state in states]
    columns = walks[0].selected_columns
    return union_all(*walks).order_by(columns.published.desc(), columns.position, columns.id)


def _walk(state: State) -> Select[Any]:
    return select(t.entry).where(t.entry.c.state == state)


def _walk_feed(feed: str, state: State) -> Select[Any]:
    # Both states: an entry that is published but no longer selected has left the feed.
    return (
        select(*_member_columns)
        .join_from(t.membership, t.entry)
        .where(t.membership.c.feed == feed, t.membership.c.state == state, t.entry.c.state == state)
    )
