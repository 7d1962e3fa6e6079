"""Entries that stand in other feeds than before, though nothing in them changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from feedpub import compose
from feedpub.model import BulletinRecord, Changes, Entry, Stale
from feedpub.pipeline.settings import Settings
from feedpub.store import Store


def relist(store: Store, settings: Settings, record: BulletinRecord, *, at: dt.datetime) -> None:
    """Decide anew in which feeds the entries of a bulletin stand that has another path now."""
    feeds = [feed for feed in settings.selectors if feed.select.sources or feed.exclude.sources]
    if not feeds:
        return
    entries = store.entries_of(record.path)
    if wanted := moved(entries, store, settings, at=at):
        stale = stale_feeds(wanted, store)
        store.take_in(record, Changes(unchanged=entries), feeds=wanted, stale=stale, at=at)


def moved(
    entries: Iterable[Entry], store: Store, settings: Settings, *, at: dt.datetime
) -> dict[str, frozenset[str]]:
    """Give the feeds that take an entry now, by its id, of those that do not stand just there."""
    known = {entry.id: entry for entry in entries}
    wanted = {id_: compose.feeds_of(entry, settings.selectors, at=at) for id_, entry in known.items()}
    former = store.feeds_of(known)
    return {id_: names for id_, names in wanted.items() if names != former[id_]}


def stale_feeds(wanted: dict[str, frozenset[str]], store: Store) -> tuple[Stale, ...]:
    """List the documents of the feeds that gain or lose an entry when they stand where `wanted` says."""
    former = store.feeds_of(wanted)  # asked now, and not once they stand there
    changed = sorted({name for id_, names in wanted.items() for name in names ^ former[id_]})
    return tuple(Stale(kind=kind, name=name) for name in changed for kind in ("feed", "feed page"))
