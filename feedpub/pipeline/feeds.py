"""The documents of one feed: composed from the store, rendered, held against the release gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator

from feedpub import compose
from feedpub.model import Edits, Feed, FeedDocument, Stale
from feedpub.pipeline.issues import as_members
from feedpub.pipeline.settings import Origin, Settings
from feedpub.render import FORMATS, feed_path
from feedpub.store import Store

_TOMBSTONES_SINCE = "tombstones since"  # the note with the first instant whose tombstones are still shown
_TOMBSTONES_STAND = dt.timedelta(days=30)  # longer than any reader is on holiday


Clock = Callable[[], dt.datetime]  # aware, UTC, whole seconds


def date_note(feed: str) -> str:
    """Name the note with the date of a feed."""
    return f"date of {feed}"


def selection_note(feed: str) -> str:
    """Name the note that says what a feed selected when its members were last decided."""
    return f"selection of {feed}"


def selection_of(feed: Feed) -> str:
    """Describe what a feed selects."""
    selection = repr((sorted(feed.roles), feed.select, feed.exclude))
    return f"{selection} {feed.unnamed_language}" if feed.placeholder else selection


class FeedDocuments:
    """Makes the documents of every feed, as the store has it now."""

    def __init__(self, settings: Settings, store: Store, *, origin: Origin, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._origin = origin
        self._clock = clock

    def archive(self, feed: Feed, number: int) -> FeedDocument | None:
        """Compose one archive of a feed like the feed itself; None where there is no such archive."""
        older, archive, newer = (
            self._store.find_archive(feed.name, n) for n in range(number - 1, number + 2)
        )
        if archive is None:
            return None
        return compose.archive_document(
            feed,
            self._settings.site,
            as_members(self._store, self._settings, feed, self._store.archived(feed.name, number)),
            feed_id=self._origin.feed_id(feed.name),
            began=self._origin.created,
            place=(older, archive, newer),
        )

    def files(self) -> list[str]:
        """List the paths of all live documents."""
        return [feed_path(feed.name, name) for feed in self._settings.every_feed for name in feed.formats]

    def marks(self) -> Iterator[Stale]:
        """Yield all feeds, as work to do."""
        return (Stale(kind="feed", name=feed.name) for feed in self._settings.every_feed)

    def enlist(self, former: Collection[str]) -> None:
        """Decide anew which entries stand in the feeds whose selection the configuration changed.

        Also in a feed that it did not name before, for that lacks what came meanwhile. `former` are the
        paths of the live documents that it asked for then.
        """
        for feed in self._settings.selectors:
            was_away = not any(feed_path(feed.name, form) in former for form in FORMATS)
            selection = selection_of(feed)
            if feed.placeholder:
                was_away = False  # its feeds are known by their entries
            if was_away or self._store.find_note(selection_note(feed.name)) != selection:
                self._enlist(feed)
                self._store.note(selection_note(feed.name), selection)

    def _enlist(self, feed: Feed) -> None:
        """Decide anew what stands in a feed, or in all that a template makes."""
        chosen: dict[str, list[str]] = {feed.name: []}
        if feed.placeholder:
            known = self._store.feed_names()
            chosen = {name: [] for name in sorted(known) if compose.value_in(feed, name)}
        now = self._clock()
        for entry in self._store.entries():
            for name in compose.feeds_of(entry, (feed,), at=now):
                chosen.setdefault(name, []).append(entry.id)
        for name, ids in chosen.items():
            self._store.enlist(name, ids, stale=(), at=now)

    def expire_tombstones(self) -> None:
        """Move on the day since which tombstones are shown, and mark stale the feeds that lose one by it.

        That day rests in the store and is changed here alone: documents are composed by it and not by the
        clock, so equal state gives equal bytes. No date job is needed, since the daemon publishes at least
        as often as it scans.
        """
        former = self._tombstones_since()
        since = _midnight(self._clock() - _TOMBSTONES_STAND)
        if since == former:
            return
        with self._store.transaction():
            self._store.note(_TOMBSTONES_SINCE, since.isoformat())
            span = {"since": min(former, since), "until": max(former, since)}  # clocks are set back, too
            self._store.mark(
                Stale(kind="feed", name=name)
                for name in (feed.name for feed in self._settings.every_feed)
                if self._store.has_tombstones(name, **span)
            )

    def live(self, feed: Feed) -> FeedDocument:
        """Compose the live document of a feed."""
        dated = self._dated(feed)
        window = self._store.window(feed.name, feed.most_entries, by_version=feed.edits is Edits.REISSUE)
        document = compose.feed_document(
            feed,
            self._settings.site,
            as_members(self._store, self._settings, feed, window),
            feed_id=self._origin.feed_id(feed.name),
            changed=max(dated, self._store.left_at(feed.name) or self._origin.created),
            tombstones=self._store.tombstones(
                feed.name, since=self._tombstones_since(), limit=compose.MAX_TOMBSTONES
            ),
            older=self._store.newest_archive(feed.name),
        )
        if document.updated != dated:
            self._store.note(date_note(feed.name), document.updated.isoformat())
        return document

    def _dated(self, feed: Feed) -> dt.datetime:
        """Return the date of the feed when it was last composed.

        It must not go back when the entry it came from, an old one that was corrected, leaves the window.
        """
        noted = self._store.find_note(date_note(feed.name))
        return dt.datetime.fromisoformat(noted) if noted else self._origin.created

    def _tombstones_since(self) -> dt.datetime:
        noted = self._store.find_note(_TOMBSTONES_SINCE)
        return dt.datetime.fromisoformat(noted) if noted else self._origin.created


def _midnight(instant: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(instant.astimezone(dt.UTC), dt.time(), tzinfo=dt.UTC)
