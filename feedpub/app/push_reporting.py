"""What ``feedpub status`` tells of push."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from feedpub.app.wiring import settings
from feedpub.config import Config, own_hub
from feedpub.model import Task, Told
from feedpub.pipeline.push import FETCHES_SEEN
from feedpub.store import Store, push_store

_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FETCHED_WITHIN = dt.timedelta(minutes=1)


def push_report(config: Config, store: Store, *, now: dt.datetime) -> dict[str, Any]:
    """Return each hub with its last success and what waits for it, and the subscribers of the own hub."""
    with push_store(store) as pushes:
        waiting, told = pushes.waiting(), pushes.told()
        seen = store.find_note(FETCHES_SEEN) is not None
        hubs = [
            _hub(hub, [each for each in told if each.hub == hub], waiting[Task.PING, hub], seen=seen, now=now)
            for hub in settings(config).pinged
        ]
        return {
            "hubs": hubs,
            "own_hub": own_hub(config),
            "subscriptions": pushes.count_active(now),
            "waiting": sum(count for (task, _), count in waiting.items() if task is not Task.PING),
        }


def next_delivery(store: Store) -> dt.datetime | None:
    """Return when the first of what waits to be sent is due."""
    with push_store(store) as pushes:
        return pushes.next_delivery(_LONG_AGO)


def push_problems(report: dict[str, Any]) -> Iterator[str]:
    """Say what an operator should look into."""
    for hub in report["hubs"]:
        if hub["trouble"]:
            yield f"hub {hub['hub']}: {hub['trouble']}"
        for topic in hub["unfetched"]:
            yield f"hub {hub['hub']} was told of {topic} and has not fetched it within a minute"


def _hub(hub: str, told: list[Told], waiting: int, *, seen: bool, now: dt.datetime) -> dict[str, Any]:
    last = max((each.told for each in told if each.told), default=None)
    return {
        "hub": hub,
        "last_success": last.isoformat() if last else None,
        "waiting": waiting,
        "trouble": next((each.trouble for each in told if each.trouble), ""),
        "unfetched": [each.topic for each in told if seen and _is_unfetched(each, now=now)],
    }


def _is_unfetched(told: Told, *, now: dt.datetime) -> bool:
    """Tell whether a hub had its time to come for what it was told of, and did not come."""
    if told.told is None or told.told + _FETCHED_WITHIN > now:
        return False
    return told.fetched is None or told.fetched < told.told
