"""Which documents a change makes stale."""

from __future__ import annotations

from collections.abc import Iterable

from feedpub import compose
from feedpub.model import Changes, Entry, Role, Stale, State
from feedpub.pipeline.media_files import media_marks
from feedpub.pipeline.months import month_mark
from feedpub.pipeline.settings import Settings


def stale_by(changes: Changes, settings: Settings, *, former: Iterable[Entry] = ()) -> tuple[Stale, ...]:
    """List the documents that `changes` make stale, pages first; `former` are the entries as they were."""
    before = {entry.id: entry for entry in former}
    visible = [e for e in (*changes.added, *changes.updated) if e.state is State.PUBLISHED]
    gone = changes.withdrawn
    moved = [e for e in changes.unchanged if e.state is State.PUBLISHED and _moved(e, before.get(e.id))]
    if not (visible or gone or moved):
        return ()
    # Also the feeds in which an entry stood before its role changed.
    listed = [before.get(e.id, e) for e in (*visible, *moved, *gone)]
    # Whatever its age: it may have become too old for a feed a moment ago, and leave it by this very change.
    told = (*visible, *moved, *listed)
    feeds = {name for e in told for name in compose.feeds_of(e, settings.selectors, at=None)}
    if gone:  # each feed in which it ever stood says so, whatever its role was then
        feeds |= {feed.name for feed in settings.feeds}
    pages: Iterable[Stale] = ()
    if settings.pages:
        own = (e for e in (*visible, *gone) if e.address is None)
        pages = (
            *(Stale(kind="entry", name=e.id) for e in own),
            Stale(kind="home"),
            *_months((*visible, *gone, *moved), settings),
            *(Stale(kind="feed page", name=name) for name in sorted(feeds)),
        )
    files = (mark for e in visible for mark in media_marks(e, before.get(e.id)))
    left = (mark for e in gone for mark in media_marks(None, e))
    return (*files, *pages, *(Stale(kind="feed", name=name) for name in sorted(feeds)), *left)


def _months(entries: Iterable[Entry], settings: Settings) -> Iterable[Stale]:
    days = {entry.published.astimezone(settings.timezone).date() for entry in entries}
    return (month_mark(day) for day in sorted(days))


def _moved(entry: Entry, former: Entry | None) -> bool:
    """Tell whether an entry has another place.

    That settles the order of those of the same second, and on pages the bulletin with which it stands.
    """
    return former is not None and _place(entry) != _place(former)


def _place(entry: Entry) -> tuple[str, Role, int, str | None]:
    return entry.bulletin, entry.role, entry.position, entry.issue
