"""The statements: each a value with named parameters, built once and read like the SQL it becomes.

An UPDATE without values sets the columns that it is executed with. None is particular to one database.
What is asked for each publication walks along an index.
"""

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

from feedpub.model import Outcome, State
from feedpub.store import schema as t
from feedpub.store.schema import Act

_NEWEST_FIRST = (t.entry.c.published.desc(), t.entry.c.position, t.entry.c.id)
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_at = bindparam("at", type_=t.history.c.at.type)

# --- bulletins -------------------------------------------------------------------------------------------

SIGNATURES = select(t.bulletin.c.path, t.bulletin.c.signature)
RECORD = select(t.bulletin).where(t.bulletin.c.path == bindparam("path"))
RECORDS = select(t.bulletin).order_by(t.bulletin.c.path)
RECORDS_OF_OUTCOME = RECORDS.where(t.bulletin.c.outcome == bindparam("outcome"))
RECORDS_WARNED = RECORDS.where(t.bulletin.c.outcome == Outcome.ACCEPTED, t.bulletin.c.warnings != ())
RECORDS_OF_DIGEST = RECORDS.where(t.bulletin.c.digest == bindparam("digest"))
ADD_RECORD = insert(t.bulletin)
DROP_RECORD = delete(t.bulletin).where(t.bulletin.c.path == bindparam("path"))
TOUCH_RECORD = update(t.bulletin).where(t.bulletin.c.path == bindparam("of"))
COUNT_RECORDS = select(
    func.count(), func.coalesce(func.sum(case((t.bulletin.c.outcome == Outcome.REJECTED, 1), else_=0)), 0)
).select_from(t.bulletin)

# --- entries ---------------------------------------------------------------------------------------------

ENTRY = select(t.entry).where(t.entry.c.id == bindparam("id"))
ENTRIES_OF = (
    select(t.entry)
    .where(t.entry.c.bulletin == bindparam("bulletin"))
    .order_by(t.entry.c.position, t.entry.c.id)
)
STATES = select(t.entry.c.id, t.entry.c.state).where(t.entry.c.id.in_(_ids))
TAKEN = union_all(
    select(t.entry.c.id).where(t.entry.c.id.in_(_ids)),
    select(t.entry.c.permalink).where(t.entry.c.permalink.in_(_ids)),
)
DUE = (
    select(t.entry)
    .where(t.entry.c.state == State.SCHEDULED, t.entry.c.due <= _at)
    .order_by(t.entry.c.due, t.entry.c.position, t.entry.c.id)
)
NEXT_RELEASE = select(func.min(t.entry.c.due)).where(t.entry.c.state == State.SCHEDULED)
_when = t.entry.c.published
_out = select(t.entry).where(t.entry.c.state == State.PUBLISHED)
PUBLISHED_BETWEEN = _out.where(
    _when >= bindparam("since", type_=_when.type), _when < bindparam("until", type_=_when.type)
).order_by(_when.desc(), t.entry.c.position, t.entry.c.id)
# One step along the index of the newest.
_instant = select(_when).where(t.entry.c.state == State.PUBLISHED).limit(1)
PUBLISHED_BEFORE = _instant.where(_when < bindparam("until", type_=_when.type)).order_by(_when.desc())
PUBLISHED_FROM = _instant.where(_when >= bindparam("since", type_=_when.type)).order_by(_when)
COUNT_ENTRIES = select(t.entry.c.state, func.count()).group_by(t.entry.c.state)

# What readers have seen, so that its instant stands for ever and its id is never forgotten.
_shown = exists().where(
    t.history.c.entry == t.entry.c.id,
    or_(*(t.history.c.what == act for act in (Act.PUBLISHED, Act.RELEASED, Act.RESTORED))),
)

ADD_ENTRY = insert(t.entry)
UPDATE_ENTRY = update(t.entry).where(t.entry.c.id == bindparam("of"))
RESCHEDULE_ENTRY = UPDATE_ENTRY.where(~_shown)
MOVE_ENTRIES = update(t.entry).where(t.entry.c.bulletin == bindparam("old")).values(bulletin=bindparam("new"))
DETACH_ENTRIES = (
    update(t.entry)
    .where(t.entry.c.bulletin == bindparam("old"), t.entry.c.state != State.WITHDRAWN)
    .values(bulletin="")
)
DROP_NEVER_SHOWN = delete(t.entry).where(t.entry.c.id.in_(_ids), t.entry.c.state == State.SCHEDULED, ~_shown)
# Not before what readers saw last, whatever the clock says: a tombstone with an older instant means nothing.
_end = case((t.entry.c.updated > _at, t.entry.c.updated), else_=_at)
WITHDRAW_ENTRIES = (
    update(t.entry)
    .where(t.entry.c.id.in_(_ids), t.entry.c.state != State.WITHDRAWN)
    .values(state=State.WITHDRAWN, due=None, updated=_end)
)
RELEASE_ENTRIES = (
    update(t.entry)
    .where(t.entry.c.id.in_(_ids), t.entry.c.state == State.SCHEDULED)
    .values(state=State.PUBLISHED, due=None)
)
HISTORY = select(t.history).where(t.history.c.entry.in_(_ids))
REMEMBER = insert(t.history).from_select(
    ["entry", "at", "what", "title", "paragraphs", "corrections", "reason"],
    select(
        t.entry.c.id,
        _at,
        bindparam("what", type_=t.history.c.what.type),
        t.entry.c.title,
        t.entry.c.paragraphs,
        t.entry.c.corrections,
        t.entry.c.reason,
    ).where(t.entry.c.id.in_(_ids)),
)


# --- adopted entries -------------------------------------------------------------------------------------

_MOST_UNCLAIMED = 2_000  # of some titles or some days: more than a newsroom writes
_unclaimed = (
    select(t.entry)
    .join_from(t.unclaimed, t.entry)
    .order_by(t.entry.c.published.desc(), t.entry.c.id)
    .limit(_MOST_UNCLAIMED)
)
UNCLAIMED_BETWEEN = _unclaimed.where(
    t.unclaimed.c.published >= bindparam("since", type_=t.unclaimed.c.published.type),
    t.unclaimed.c.published < bindparam("until", type_=t.unclaimed.c.published.type),
)
UNCLAIMED_TITLED = _unclaimed.where(t.unclaimed.c.title.in_(_ids))
UNCLAIMED_UNDATED = UNCLAIMED_TITLED.where(t.unclaimed.c.published.is_(None))
ADD_UNCLAIMED = insert(t.unclaimed)
CLAIM = delete(t.unclaimed).where(t.unclaimed.c.entry.in_(_ids))

# As the partial index has it, to the letter: with a parameter in it the database would not know it again.
_MOST_LOOSE = 1_000  # of one day: more than a newsroom writes
LOOSE = (
    select(t.entry)
    .where(
        t.LOOSE,
        t.entry.c.permalink >= bindparam("since"),
        t.entry.c.permalink < bindparam("until"),
        ~exists().where(t.unclaimed.c.entry == t.entry.c.id),
    )
    .order_by(t.entry.c.permalink)
    .limit(_MOST_LOOSE)
)

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
).where(t.membership.c.entry.in_(_ids))
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
COUNT_MEMBERS = (
    select(t.membership.c.feed, func.count())
    .where(t.membership.c.state == State.PUBLISHED)
    .group_by(t.membership.c.feed)
)
PLACES = select(t.entry.c.id, *(own.label(copied) for copied, own in _places.items())).where(
    t.entry.c.id.in_(_ids), t.entry.c.state != State.WITHDRAWN
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
            (t.membership.c.state == State.PUBLISHED, _at),
            else_=t.membership.c.left_at,
        ),
        archive=None,
        unseen=None,
    )
)
BURY = (
    update(t.membership)
    .where(_of_member, t.membership.c.left_at.is_not(None))
    .values(buried_at=select(_end).where(t.entry.c.id == t.membership.c.entry).scalar_subquery())
)
RELEASE_MEMBERS = (
    update(t.membership)
    .where(t.membership.c.entry.in_(_ids), t.membership.c.state == State.SCHEDULED)
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
UNSEEN = select(t.membership.c.entry, t.membership.c.archive).where(
    t.membership.c.feed == _feed, t.membership.c.unseen.is_not(None), t.membership.c.state == State.PUBLISHED
)
_of_feed: BindParameter[Any] = bindparam("of_feed")
SEE = (
    update(t.membership)
    .where(
        t.membership.c.feed == _of_feed,
        t.membership.c.unseen.is_not(None),
        t.membership.c.state == State.PUBLISHED,
    )
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


# --- work to do ------------------------------------------------------------------------------------------

STALE = select(t.stale.c.kind, t.stale.c.name, func.max(t.stale.c.mark).label("mark")).group_by(
    t.stale.c.kind, t.stale.c.name
)
ADD_MARK = insert(t.stale)
FINISH = delete(t.stale).where(
    t.stale.c.kind == bindparam("kind"),
    t.stale.c.name == bindparam("name"),
    t.stale.c.mark <= bindparam("mark"),
)

# --- the operator's word ---------------------------------------------------------------------------------

ORDERS = (
    select(t.orders.c.number, t.orders.c.verb, t.orders.c.target, t.orders.c.reason)
    .where(t.orders.c.done.is_(None))
    .order_by(t.orders.c.number)
)
ADD_ORDER = insert(t.orders).returning(t.orders.c.number)
DROP_ANSWERED = delete(t.orders).where(
    t.orders.c.done.is_not(None), t.orders.c.given < bindparam("before", type_=t.orders.c.given.type)
)
ANSWER = select(t.orders.c.done, t.orders.c.answer.label("text")).where(
    t.orders.c.number == bindparam("number"), t.orders.c.done.is_not(None)
)
ANSWER_ORDER = update(t.orders).where(t.orders.c.number == bindparam("of"))
APPROVED = select(exists().where(t.approval.c.digest == bindparam("digest")))
ADD_APPROVAL = insert(t.approval)
DROP_APPROVAL = delete(t.approval).where(t.approval.c.digest == bindparam("digest"))

# --- notes -----------------------------------------------------------------------------------------------

NOTE = select(t.note.c.value).where(t.note.c.key == bindparam("key"))
ADD_NOTE = insert(t.note)
DROP_NOTE = delete(t.note).where(t.note.c.key == bindparam("key"))
