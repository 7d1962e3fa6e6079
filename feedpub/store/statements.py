"""The statements: each a value with named parameters, built once and read like the SQL it becomes.

An UPDATE without values sets the columns that it is executed with. None is particular to one database.
What is asked for each publication walks along an index.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
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
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
AT = bindparam("at", type_=t.history.c.at.type)

# --- bulletins -------------------------------------------------------------------------------------------

SIGNATURES = select(t.bulletin.c.path, t.bulletin.c.signature)
RECORD = select(t.bulletin).where(t.bulletin.c.path == bindparam("path"))
ANY_RECORD = select(t.bulletin.c.path).limit(1)
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

ANY_ENTRY = select(t.entry.c.id).limit(1)
ENTRY = select(t.entry).where(t.entry.c.id == bindparam("id"))
ENTRIES = select(t.entry).where(t.entry.c.id.in_(IDS))
# What readers have seen, as `reconcile.is_seen` has it, on a page of ours.
_leads_issue = (t.entry.c.issue == t.entry.c.id).label("leads_issue")
PLACED = select(t.entry.c.permalink, t.entry.c.id.label("entry"), _leads_issue).where(
    t.entry.c.address.is_(None), t.entry.c.state != State.SCHEDULED, t.entry.c.due.is_(None)
)
NEWEST = (
    select(t.entry)
    .where(t.entry.c.state == State.PUBLISHED)
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("most"))
)
ENTRIES_OF = (
    select(t.entry)
    .where(t.entry.c.bulletin == bindparam("bulletin"))
    .order_by(t.entry.c.position, t.entry.c.id)
)
STORIES_OF = (
    select(t.entry)
    .where(t.entry.c.issue.in_(IDS), t.entry.c.state == State.PUBLISHED)
    .order_by(t.entry.c.position, t.entry.c.id)
)
STATES = select(t.entry.c.id, t.entry.c.state, t.entry.c.content_html.is_not(None).label("is_html")).where(
    t.entry.c.id.in_(IDS)
)
TAKEN = union_all(
    select(t.entry.c.id).where(t.entry.c.id.in_(IDS)),
    select(t.entry.c.permalink).where(t.entry.c.permalink.in_(IDS)),
)
DUE = (
    select(t.entry)
    .where(t.entry.c.state == State.SCHEDULED, t.entry.c.due <= AT)
    .order_by(t.entry.c.due, t.entry.c.position, t.entry.c.id)
)
NEXT_RELEASE = select(func.min(t.entry.c.due)).where(t.entry.c.state == State.SCHEDULED)
_when = t.entry.c.published
_BETWEEN = (
    t.entry.c.state == State.PUBLISHED,
    _when >= bindparam("since", type_=_when.type),
    _when < bindparam("until", type_=_when.type),
)
PUBLISHED_BETWEEN = (
    select(t.entry)
    .where(*_BETWEEN)
    .order_by(_when, t.entry.c.position.desc(), t.entry.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
COUNT_BETWEEN = select(func.count()).where(*_BETWEEN)
PAGES_BETWEEN = (
    select(
        t.entry.c.permalink,
        t.entry.c.updated,
        (func.coalesce(t.entry.c.link, "") == "").label("is_its_own"),
        _leads_issue,
    )
    .where(*_BETWEEN, t.entry.c.address.is_(None))
    .order_by(*_NEWEST_FIRST)
)
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
DROP_NEVER_SHOWN = delete(t.entry).where(t.entry.c.id.in_(IDS), t.entry.c.state == State.SCHEDULED, ~_shown)
# Not before what readers saw last, whatever the clock says: a tombstone with an older instant means nothing.
END = case((t.entry.c.updated > AT, t.entry.c.updated), else_=AT)
WITHDRAW_ENTRIES = (
    update(t.entry)
    .where(t.entry.c.id.in_(IDS), t.entry.c.state != State.WITHDRAWN)
    .values(state=State.WITHDRAWN, due=None, updated=END)
)
RELEASE_ENTRIES = (
    update(t.entry)
    .where(t.entry.c.id.in_(IDS), t.entry.c.state == State.SCHEDULED)
    .values(state=State.PUBLISHED, due=None)
)
HISTORY = select(t.history).where(t.history.c.entry.in_(IDS))
REMEMBER = insert(t.history).from_select(
    ["entry", "at", "what", "title", "paragraphs", "corrections", "reason"],
    select(
        t.entry.c.id,
        AT,
        bindparam("what", type_=t.history.c.what.type),
        t.entry.c.title,
        t.entry.c.paragraphs,
        t.entry.c.corrections,
        t.entry.c.reason,
    ).where(t.entry.c.id.in_(IDS)),
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
UNCLAIMED_TITLED = _unclaimed.where(t.unclaimed.c.title.in_(IDS))
UNCLAIMED_UNDATED = UNCLAIMED_TITLED.where(t.unclaimed.c.published.is_(None))
ANY_UNCLAIMED = select(exists(t.unclaimed.c.entry))
ADD_UNCLAIMED = insert(t.unclaimed)
CLAIM = delete(t.unclaimed).where(t.unclaimed.c.entry.in_(IDS))

# Unclaimed and kept out: of a lost store, and nobody knows who withdrew it.
FORGIVE = (
    update(t.entry)
    .where(t.entry.c.kept_out, t.entry.c.id.in_(select(t.unclaimed.c.entry)))
    .values(kept_out=False)
)

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
