"""Feeds that select by the folder of a file, after a file moved."""

from __future__ import annotations

import datetime as dt

from feedpub import compose
from feedpub.model import BulletinRecord, Changes, Stale
from feedpub.pipeline.settings import Settings
from feedpub.store import Store


def relist(store: Store, settings: Settings, record: BulletinRecord, *, at: dt.datetime) -> None:
    """Decide anew in which feeds the entries of a bulletin stand that has another path now."""
    feeds = [feed for feed in settings.selectors if feed.select.sources or feed.exclude.sources]
    if not feeds:
        return
    entries = store.entries_of(record.path)
    former = store.feeds_of(entry.id for entry in entries)
    wanted = {entry.id: compose.feeds_of(entry, settings.selectors) for entry in entries}
    changed = sorted({name for id_, names in wanted.items() for name in names ^ former[id_]})
    if changed:
        stale = [Stale(kind="feed", name=name) for name in changed]
        store.take_in(record, Changes(unchanged=entries), feeds=wanted, stale=stale, at=at)
