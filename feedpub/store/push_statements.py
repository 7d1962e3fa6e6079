"""The statements for what is sent to hubs and subscribers; written like those in `statements`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from feedpub.model import Task
from feedpub.store import push_schema as t


def _of(column: Column[Any]) -> BindParameter[Any]:
    """Name a parameter like its column, with "of_" before: the plain name is for what an UPDATE sets."""
    return bindparam(f"of_{column.name}", type_=column.type)


_at = bindparam("at", type_=t.delivery.c.since.type)
_task, _topic, _target = _of(t.delivery.c.task), _of(t.delivery.c.topic), _of(t.delivery.c.target)

# --- topics ----------------------------------------------------------------------------------------------

DIGEST = select(t.topic.c.digest).where(t.topic.c.url == _of(t.topic.c.url))
DROP_TOPIC = delete(t.topic).where(t.topic.c.url == _of(t.topic.c.url))
ADD_TOPIC = insert(t.topic)

# --- deliveries ------------------------------------------------------------------------------------------

_NEW = ["mark", "task", "target", "topic", "host", "since", "due", "attempts"]
_one: ColumnElement[Any] = literal_column("1")
_none: ColumnElement[Any] = literal_column("0")
_waiting = exists().where(
    t.delivery.c.task == _task, t.delivery.c.topic == _topic, t.delivery.c.target == _target
)

# A change of what waits already: the same delivery, with all its time before it again. It is not due earlier:
# a target in trouble is in trouble whatever is sent.
RENEW = (
    update(t.delivery)
    .where(t.delivery.c.task == _task, t.delivery.c.topic == _topic)
    .values(mark=t.delivery.c.mark + 1, since=_at)
)
RENEW_ONE = RENEW.where(t.delivery.c.target == _target)
QUEUE = insert(t.delivery).from_select(
    _NEW,
    select(_one, _task, _target, _topic, _of(t.delivery.c.host), _at, _of(t.delivery.c.due), _none).where(
        ~_waiting
    ),
)
QUEUE_CONTENT = insert(t.delivery).from_select(
    _NEW,
    select(
        _one,
        literal_column(f"'{Task.CONTENT}'"),
        t.subscription.c.callback,
        t.subscription.c.topic,
        t.subscription.c.host,
        _at,
        _at,
        _none,
    ).where(
        t.subscription.c.topic == _topic,
        t.subscription.c.expires > _at,
        ~exists().where(
            t.delivery.c.task == Task.CONTENT,
            t.delivery.c.topic == t.subscription.c.topic,
            t.delivery.c.target == t.subscription.c.callback,
        ),
    ),
)
_due_columns = [t.delivery.c[name] for name in ("number", "mark", "task", "target", "topic", "host")]
DUE = (
    select(*_due_columns, t.delivery.c.since, t.delivery.c.attempts)
    .where(
        t.delivery.c.due <= _at,
        t.delivery.c.host.not_in(bindparam("busy", expanding=True)),
        t.delivery.c.task.in_(bindparam("tasks", expanding=True, type_=t.delivery.c.task.type)),
    )
    .order_by(t.delivery.c.due, t.delivery.c.number)
    .limit(bindparam("limit"))
)
DUE_FIRST_TIME = DUE.where(t.delivery.c.attempts == 0)
NEXT_DUE = select(func.min(t.delivery.c.due)).where(t.delivery.c.due > _at)
DELIVERED = delete(t.delivery).where(
    t.delivery.c.number == _of(t.delivery.c.number), t.delivery.c.mark == _of(t.delivery.c.mark)
)
DELIVER_AGAIN = (
    update(t.delivery)
    .where(t.delivery.c.number == _of(t.delivery.c.number))
    .values(due=_of(t.delivery.c.due), attempts=t.delivery.c.attempts + 1)
)
HASTEN = (
    update(t.delivery)
    .where(t.delivery.c.due > bindparam("latest", type_=t.delivery.c.due.type))
    .values(due=_at)
)
CANCEL = delete(t.delivery).where(
    t.delivery.c.task == _task, t.delivery.c.topic == _topic, t.delivery.c.target == _target
)
COUNT_WAITING = select(t.delivery.c.task, t.delivery.c.target, func.count().label("count")).group_by(
    t.delivery.c.task, t.delivery.c.target
)

# --- hubs of others --------------------------------------------------------------------------------------

_of_hub = and_(t.announcement.c.hub == _of(t.announcement.c.hub), t.announcement.c.topic == _topic)
_told_columns = [t.announcement.c[name] for name in ("hub", "topic", "told", "fetched", "known", "trouble")]
TOLD = select(*_told_columns).order_by(t.announcement.c.hub, t.announcement.c.topic)
ADDRESSES = select(t.announcement.c.hub, t.announcement.c.addresses)
ADD_HUB = insert(t.announcement).from_select(
    ["hub", "topic", "addresses", "known", "trouble"],
    select(_of(t.announcement.c.hub), _topic, literal_column("'[]'"), _none, literal_column("''")).where(
        ~exists().where(_of_hub)
    ),
)
SET_HUB = update(t.announcement).where(_of_hub)
DROP_HUBS = delete(t.announcement).where(
    or_(
        t.announcement.c.hub.not_in(bindparam("hubs", expanding=True)),
        t.announcement.c.topic.not_in(bindparam("topics", expanding=True)),
    )
)
DROP_PINGS = delete(t.delivery).where(
    t.delivery.c.task == Task.PING,
    or_(
        t.delivery.c.target.not_in(bindparam("hubs", expanding=True)),
        t.delivery.c.topic.not_in(bindparam("topics", expanding=True)),
    ),
)

# --- subscribers of our own hub --------------------------------------------------------------------------

_of_subscriber = and_(
    t.subscription.c.topic == _topic, t.subscription.c.callback == _of(t.subscription.c.callback)
)
SUBSCRIPTION = select(t.subscription).where(_of_subscriber)
COUNT_SUBSCRIPTIONS = select(func.count()).select_from(t.subscription)
COUNT_OF_HOST = COUNT_SUBSCRIPTIONS.where(t.subscription.c.host == _of(t.subscription.c.host))
COUNT_UNCONFIRMED = COUNT_SUBSCRIPTIONS.where(t.subscription.c.expires.is_(None))
COUNT_ACTIVE = COUNT_SUBSCRIPTIONS.where(t.subscription.c.expires > _at)
ADD_SUBSCRIPTION = insert(t.subscription)
SET_SUBSCRIPTION = update(t.subscription).where(_of_subscriber)
DROP_SUBSCRIPTION = delete(t.subscription).where(_of_subscriber)
DROP_EXPIRED = delete(t.subscription).where(
    t.subscription.c.wanted.is_(None),
    or_(
        t.subscription.c.expires <= _at,
        and_(t.subscription.c.expires.is_(None), t.subscription.c.refused <= _of(t.subscription.c.refused)),
    ),
)
