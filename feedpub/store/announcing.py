"""How a change is announced: in the transaction that finishes the publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from sqlalchemy import Connection

from feedpub.model import Task
from feedpub.store import push_statements as sql


def announce(
    connection: Connection, digests: Mapping[str, str], *, hubs: Iterable[str], at: dt.datetime
) -> bool:
    """Queue what must be sent of those topics whose digest is new; return whether there are any."""
    hubs = tuple(hubs)
    changed = [url for url, digest in digests.items() if _is_new(connection, url, digest)]
    for topic in changed:
        for hub in hubs:
            queue(connection, Task.PING, hub, topic, at=at, due=at)
        connection.execute(sql.RENEW, {"of_task": Task.CONTENT, "of_topic": topic, "at": at})
        connection.execute(sql.QUEUE_CONTENT, {"of_topic": topic, "at": at})
    return bool(changed)


def queue(
    connection: Connection, task: Task, target: str, topic: str, *, at: dt.datetime, due: dt.datetime
) -> None:
    """Let something be sent at `due`; what waits already is the same delivery, and not due earlier."""
    of = {"of_task": task, "of_topic": topic, "of_target": target, "at": at}
    connection.execute(sql.RENEW_ONE, of)
    connection.execute(sql.QUEUE, {**of, "of_host": urlsplit(target).hostname or "", "of_due": due})


def _is_new(connection: Connection, url: str, digest: str) -> bool:
    if connection.execute(sql.DIGEST, {"of_url": url}).scalar() == digest:
        return False
    connection.execute(sql.DROP_TOPIC, {"of_url": url})
    connection.execute(sql.ADD_TOPIC, {"url": url, "digest": digest})
    return True
