"""How one change is written: functions over a connection that is in a transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Executable

from feedpub.model import Answer, BulletinRecord, Changes, Entry, Order, Stale, State
from feedpub.store import feed_statements as feed_sql
from feedpub.store import media, memberships
from feedpub.store import schema as t
from feedpub.store import statements as sql
from feedpub.store.asking import batches
from feedpub.store.schema import Act

_RECORD_FIELDS = t.bulletin.c.keys()
_ENTRY_FIELDS = t.entry.c.keys()
_MUTABLE_FIELDS = [name for name in _ENTRY_FIELDS if name not in {"id", "permalink", "published", "address"}]
_FORGET_ANSWERS_AFTER = dt.timedelta(days=1)

_PLACE_FIELDS = ["bulletin", "position", "role", "issue"]  # readers never see these change

# What a new version is called, by the state before and after; any other pair is an update and nothing more.
_ACTS = {
    (State.SCHEDULED, State.PUBLISHED): Act.RELEASED,
    (State.WITHDRAWN, State.PUBLISHED): Act.RESTORED,
    (State.WITHDRAWN, State.SCHEDULED): Act.SCHEDULED,
}


def replace_record(connection: Connection, record: BulletinRecord) -> None:
    """Remember what is known of an input file, instead of what was."""
    connection.execute(sql.DROP_RECORD, {"path": record.path})
    connection.execute(sql.ADD_RECORD, _values(record, _RECORD_FIELDS))


def apply(
    connection: Connection, changes: Changes, *, feeds: Mapping[str, frozenset[str]], at: dt.datetime
) -> None:
    """Write what one bulletin's new text does to its entries, their feeds and their history."""
    _add(connection, changes.added, at=at)
    _update(connection, changes, at=at)
    memberships.join(connection, changes.added, feeds=feeds, at=at)
    known = [entry.id for entry in (*changes.updated, *changes.unchanged)]
    _claim(connection, (e.id for e in (*changes.updated, *changes.unchanged) if e.bulletin))
    changed = {entry.id for entry in changes.updated}
    memberships.settle(connection, known, feeds=feeds, changed=changed, at=at)
    _withdraw(connection, [entry.id for entry in changes.withdrawn], at=at)


def adopt(
    connection: Connection, changes: Changes, *, titles: Mapping[str, str], undated: Container[str]
) -> None:
    """Let the bulletins to come find adopted entries, by their folded titles and their instants."""
    adopted = (*changes.added, *changes.updated)
    _claim(connection, (entry.id for entry in adopted))
    rows = [
        {
            "entry": entry.id,
            "title": titles[entry.id],
            "published": None if entry.id in undated else entry.published,
        }
        for entry in adopted
    ]
    each(connection, sql.ADD_UNCLAIMED, rows)


def keep_out(connection: Connection, entry: Entry, *, at: dt.datetime) -> None:
    """Write an entry that the operator withdrew.

    Unlike others it keeps its row though nobody has seen it: without it, its bulletin would bring it back.
    """
    [former] = connection.execute(sql.ENTRY, {"id": entry.id})
    each(connection, sql.UPDATE_ENTRY, [{"of": entry.id, **_values(entry, _MUTABLE_FIELDS)}])
    stood = former.state is not State.WITHDRAWN
    if stood:
        memberships.bury(connection, [entry.id], at=at)
    if stood or former.reason != entry.reason:  # the page that stands in its place says why
        _remember(connection, {entry.id: Act.WITHDRAWN}, at=at)


def release(connection: Connection, ids: Iterable[str], *, at: dt.datetime) -> None:
    """Publish those of the entries that are scheduled."""
    for batch in batches(ids):
        scheduled = [row.id for row in _states(connection, batch) if row.state is State.SCHEDULED]
        connection.execute(sql.RELEASE_ENTRIES, {"ids": scheduled})
        connection.execute(feed_sql.RELEASE_MEMBERS, {"ids": scheduled})
        _remember(connection, dict.fromkeys(scheduled, Act.RELEASED), at=at)


def leave_order(connection: Connection, order: Order, *, at: dt.datetime) -> int:
    """Write an order and give its number; forget those that were answered long ago."""
    connection.execute(sql.DROP_ANSWERED, {"before": at - _FORGET_ANSWERS_AFTER})
    values = {"verb": order.verb, "target": order.target, "reason": order.reason, "given": at}
    number: int = connection.execute(sql.ADD_ORDER, values).scalar_one()
    return number


def answer_order(connection: Connection, number: int, answer: Answer) -> None:
    """Write what became of an order, so that it waits no longer."""
    connection.execute(sql.ANSWER_ORDER, {"of": number, "done": answer.done, "answer": answer.text})


def mark(connection: Connection, stale: Iterable[Stale]) -> None:
    """Note documents to be made anew, each with a fresh mark."""
    # Beside older marks, not instead of them: they cost little, and `finish` takes all of them together.
    documents = dict.fromkeys((document.kind, document.name) for document in stale)
    each(connection, sql.ADD_MARK, [{"kind": kind, "name": name} for kind, name in documents])


def each(connection: Connection, statement: Executable, rows: list[dict[str, Any]]) -> None:
    """Execute `statement` for each of `rows`; SQLAlchemy would take none for one without parameters."""
    if rows:
        connection.execute(statement, rows)


def _add(connection: Connection, entries: tuple[Entry, ...], *, at: dt.datetime) -> None:
    each(connection, sql.ADD_ENTRY, [_values(entry, _ENTRY_FIELDS) for entry in entries])
    media.settle(connection, entries, known=False)
    acts = {entry.id: Act.SCHEDULED if entry.state is State.SCHEDULED else Act.PUBLISHED for entry in entries}
    _remember(connection, acts, at=at)


def _update(connection: Connection, changes: Changes, *, at: dt.datetime) -> None:
    known = (*changes.updated, *changes.unchanged)
    if not known:
        return
    states = _states(connection, [entry.id for entry in known])
    before = {row.id: row.state for row in states}
    html = {row.id for row in states if row.is_html}
    each(
        connection,
        sql.RESCHEDULE_ENTRY,
        [{"of": e.id, "published": e.published, "due": e.due} for e in known],
    )
    # The same text in another state, as one that comes back, is an update too.
    altered = [*changes.updated, *(e for e in changes.unchanged if e.state is not before[e.id])]
    each(connection, sql.UPDATE_ENTRY, [{"of": e.id, **_values(e, _MUTABLE_FIELDS)} for e in altered])
    each(connection, sql.UPDATE_ENTRY, [{"of": e.id, **_values(e, _PLACE_FIELDS)} for e in changes.unchanged])
    # Their text may be new, but readers see none of it; or it is what readers have as HTML, in its own words.
    hidden = [e for e in changes.unchanged if e.kept_out or (e.id in html and e.content_html is None)]
    media.settle(connection, [*changes.updated, *hidden], known=True)
    each(connection, sql.UPDATE_ENTRY, [{"of": e.id, **_values(e, _MUTABLE_FIELDS)} for e in hidden])
    _remember(connection, {e.id: _ACTS.get((before[e.id], e.state), Act.UPDATED) for e in altered}, at=at)


def _claim(connection: Connection, ids: Iterable[str]) -> None:
    for batch in batches(ids):
        connection.execute(sql.CLAIM, {"ids": batch})


def _withdraw(connection: Connection, ids: list[str], *, at: dt.datetime) -> None:
    for batch in batches(ids):
        standing = [row.id for row in _states(connection, batch) if row.state is not State.WITHDRAWN]
        _remember(connection, dict.fromkeys(standing, Act.WITHDRAWN), at=at)
        memberships.bury(connection, standing, at=at)
        # Nobody knows of an entry that was never shown: a trace of it would tell of it.
        connection.execute(sql.DROP_NEVER_SHOWN, {"ids": standing})
        connection.execute(sql.WITHDRAW_ENTRIES, {"ids": standing, "at": at})


def _remember(connection: Connection, acts: Mapping[str, Act], *, at: dt.datetime) -> None:
    ids = defaultdict(list)
    for entry, act in acts.items():
        ids[act].append(entry)
    for act, group in ids.items():
        for batch in batches(group):
            connection.execute(sql.REMEMBER, {"ids": batch, "what": act, "at": at})


def _states(connection: Connection, ids: list[str]) -> list[Any]:
    return [row for batch in batches(ids) for row in connection.execute(sql.STATES, {"ids": batch})]


def _values(value: object, fields: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in fields}
