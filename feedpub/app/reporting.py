"""``feedpub list`` and ``feedpub status``: the store read beside whoever owns it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from feedpub import inbox
from feedpub.app.probing import probe_problems, probe_report
from feedpub.app.push_reporting import next_delivery, push_problems, push_report
from feedpub.app.troubles import daemon_problems
from feedpub.app.wiring import now, settings
from feedpub.config import Config
from feedpub.exceptions import TransientError
from feedpub.model import BulletinRecord, Outcome, State
from feedpub.pipeline import (
    FAILED,
    HELD_REMOVALS,
    LAST_PUBLICATION,
    RECOVERED,
    SKIPPED,
    UNMADE,
    with_made,
)
from feedpub.store import Store, found_aside, open_store


def list_entries(
    config: Config, *, feed: str | None = None, state: State | None = None
) -> list[dict[str, Any]]:
    """Return the entries in the store, newest first, as ``feedpub list --json`` prints them."""
    site = settings(config).site
    with open_store(config.store.url, own=False) as store:
        entries = list(store.entries(feed=feed, state=state))
        feeds = store.feeds_of([entry.id for entry in entries])
    return [
        {
            "id": entry.id,
            "role": str(entry.role),
            "title": entry.title,
            "link": entry.link or entry.address or site.url + entry.permalink,
            "published": entry.published.isoformat(),
            "updated": entry.updated.isoformat(),
            "state": str(entry.state),
            "bulletin": shown(entry.bulletin),
            "feeds": sorted(feeds.get(entry.id, ())),
            "reason": entry.reason,
            "kept_out": entry.kept_out,
        }
        for entry in entries
    ]


def feed_names(config: Config) -> list[str]:
    """Name all feeds, also those that were made from templates."""
    with open_store(config.store.url, own=False) as store:
        return [feed.name for feed in with_made(settings(config), store).every_feed]


def status(config: Config) -> dict[str, Any]:
    """Return the state of the installation as ``feedpub status --json`` prints it.

    ``idle`` with nothing pending means that everything in the input folder has been taken in and all
    that follows from it is published.
    """
    with open_store(config.store.url, own=False) as store:
        pending, problems = _pending(config, store)
        refused = (store.find_note(FAILED) or "").split()
        problems += [
            f"feed {name} was refused by the release gate; its last good version stays" for name in refused
        ]
        problems += [
            f"{name!r} would make more feeds than its at_most; raise that in config.yaml"
            for name in (store.find_note(UNMADE) or "").split()
        ]
        unfinished: list[object] = [stale for stale in store.stale() if stale.name not in refused]
        unfinished += store.orders()
        counts = store.counts()
        push = push_report(config, store, now=now())
        probe = probe_report(config, store)
        sizes = store.feed_sizes()
        return {
            "state": "busy" if pending or unfinished else "idle",
            "pending": pending,
            "published": counts.published,
            "scheduled": counts.scheduled,
            "withdrawn": counts.withdrawn,
            "rejected": _records(store, Outcome.REJECTED, Outcome.DUPLICATE),
            "held": _records(store, Outcome.HELD),
            "warnings": _warnings(store),
            "skipped": json.loads(store.find_note(SKIPPED) or "{}"),
            "problems": list(
                dict.fromkeys(
                    (
                        *problems,
                        *daemon_problems(config, store),
                        *push_problems(push),
                        *probe_problems(probe),
                    )
                )
            ),
            "last_publication": store.find_note(LAST_PUBLICATION),
            "next_jobs": _next_jobs(
                {"release of scheduled entries": store.next_release(), "delivery": next_delivery(store)}
            ),
            "push": push,
            "probe": probe,
            "recovered": store.find_note(RECOVERED),
            "set_aside": [str(file) for file in found_aside(config.store.path)],
            "feeds": [
                {"name": name, "entries": sizes.get(name, 0), "updated": _updated(store, name)}
                for name in (feed.name for feed in with_made(settings(config), store).every_feed)
            ],
        }


def _pending(config: Config, store: Store) -> tuple[int, list[str]]:
    """Count the files that wait, and name what keeps them waiting."""
    held = store.find_note(HELD_REMOVALS)
    problems = [held] if held else []
    try:
        look = inbox.look(config.input.folder, include=config.input.include)
    except TransientError as error:
        return 0, [*problems, str(error)]
    found = inbox.compare(inbox.accompanied(look, store.companions()), store.signatures())
    return len(found.new) + len(found.changed) + (0 if held else len(found.vanished)), problems


def _records(store: Store, *outcomes: Outcome) -> list[dict[str, Any]]:
    return [_record(record) for outcome in outcomes for record in store.records(outcome=outcome)]


def _record(record: BulletinRecord) -> dict[str, Any]:
    return {"bulletin": shown(record.path), "line": record.line, "reason": record.reason}


def _warnings(store: Store) -> list[dict[str, Any]]:
    return [
        {"bulletin": shown(record.path), "line": warning.line, "reason": warning.message}
        for record in store.records_with_warnings()
        for warning in record.warnings
    ]


def _next_jobs(moments: Mapping[str, dt.datetime | None]) -> list[dict[str, str]]:
    jobs = sorted((at, name) for name, at in moments.items() if at)
    return [{"name": name, "at": at.isoformat()} for at, name in jobs]


def _updated(store: Store, feed: str) -> str | None:
    instants = [entry.updated for entry in store.window(feed, 1)]
    instants += [left] if (left := store.left_at(feed)) else []
    return max(instants).isoformat() if instants else None


def shown(path: str) -> str:
    """Write a path so that any program can read it; bytes that are no UTF-8 become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
