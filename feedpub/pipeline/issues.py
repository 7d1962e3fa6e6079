"""Whole bulletins: which of them read differently after a change, and how feeds show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from feedpub import compose
from feedpub.model import Entry, Feed, Stale, State
from feedpub.pipeline.settings import Settings
from feedpub.reconcile import retold
from feedpub.store import Store


def renew(store: Store, settings: Settings, entries: Iterable[Entry], *, at: dt.datetime) -> None:
    """Take note of what the bulletins of `entries`, which changed, tell now; marks what shows them.

    `entries` are as they were and as they are: a story may have gone from one bulletin to another.
    """
    stories = store.stories_of({entry.issue: None for entry in entries if entry.issue})
    known = store.find_entries(stories)
    for issue, told in stories.items():
        known_by = known.get(issue)
        if known_by is None or known_by.state is State.SCHEDULED:
            continue  # nobody has seen it
        now = retold(known_by, told, now=at)
        if now != known_by:
            feeds = [feed for feed in settings.selectors if feed.has_bulletins]
            names = compose.feeds_of(now, feeds, at=at)
            stale = _marks(now, names, pages=settings.pages)
            # What was read back from the feeds of a lost store stands there as it is.
            read_back = known_by.told is None and known_by.renewed is not None
            store.renew(now, feeds=names, stale=stale, unseen=None if read_back else at)


def _marks(known_by: Entry, feeds: Iterable[str], *, pages: bool) -> Iterator[Stale]:
    if pages:
        yield Stale(kind="bulletin", name=known_by.id)
        yield from (Stale(kind="feed page", name=name) for name in sorted(feeds))
    yield from (Stale(kind="feed", name=name) for name in sorted(feeds))


def as_members(store: Store, settings: Settings, feed: Feed, members: Iterable[Entry]) -> Sequence[Entry]:
    """Return members of a feed as it shows them: as they are, or as the bulletins that are known by them."""
    members = tuple(members)
    if not feed.has_bulletins:
        return members
    told = store.stories_of(entry.id for entry in members)
    site = compose.with_uri(settings.site)
    return [compose.as_bulletin(entry, told[entry.id] or (entry,), feed, site) for entry in members]
