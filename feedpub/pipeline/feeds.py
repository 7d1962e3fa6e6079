"""The documents of one feed: composed from the store, rendered, held against the release gate."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator

from feedpub import compose
from feedpub.model import Edits, Feed, FeedDocument, Resource, Stale
from feedpub.pipeline.settings import Origin, Settings
from feedpub.render import check, feed_path, render
from feedpub.store import Store

_TOMBSTONES_SINCE = "tombstones since"  # the note with the first instant whose tombstones are still shown
_TOMBSTONES_STAND = dt.timedelta(days=30)  # longer than any reader is on holiday


Clock = Callable[[], dt.datetime]  # aware, UTC, whole seconds


class FeedDocuments:
    """Makes the documents of every feed, as the store has it now."""

    def __init__(self, settings: Settings, store: Store, *, origin: Origin, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._origin = origin
        self._clock = clock

    def resources(self, feed: Feed) -> list[Resource]:
        """Render a feed in all its formats; raises RenderError when one of them must not be published."""
        document = self._compose(feed)
        resources = [render(document, name) for name in feed.formats]
        for resource in resources:
            check(resource, document)
        return resources

    def files(self) -> list[str]:
        """List the paths of all feeds in all their formats."""
        return [feed_path(feed.name, name) for feed in self._settings.feeds for name in feed.formats]

    def marks(self) -> Iterator[Stale]:
        """Yield all feeds, as work to do."""
        return (Stale(kind="feed", name=feed.name) for feed in self._settings.feeds)

    def enlist(self) -> None:
        """Decide anew which entries stand in the feeds whose selection the configuration changed."""
        for feed in self._settings.feeds:
            selection = repr((sorted(feed.roles), feed.select, feed.exclude))
            if self._store.find_note(f"selection of {feed.name}") != selection:
                chosen = [e.id for e in self._store.entries() if feed.name in compose.feeds_of(e, (feed,))]
                self._store.enlist(feed.name, chosen, stale=(), at=self._clock())
                self._store.note(f"selection of {feed.name}", selection)

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
                for name in (feed.name for feed in self._settings.feeds)
                if self._store.has_tombstones(name, **span)
            )

    def _compose(self, feed: Feed) -> FeedDocument:
        # A name-based UUID (RFC 9562 section 5.5), not a tag: URI: a feed has no date of its own that a
        # rebuilt store would find again.
        urn = uuid.uuid5(uuid.NAMESPACE_DNS, f"{feed.name}.feeds.{self._origin.authority}").urn
        document = compose.feed_document(
            feed,
            self._settings.site,
            self._store.window(feed.name, feed.max_entries, by_version=feed.edits is Edits.REISSUE),
            feed_id=urn,
            changed=max(self._dated(feed), self._store.left_at(feed.name) or self._origin.created),
            tombstones=self._store.tombstones(
                feed.name, since=self._tombstones_since(), limit=compose.MAX_TOMBSTONES
            ),
        )
        if document.updated != self._dated(feed):
            self._store.note(f"date of {feed.name}", document.updated.isoformat())
        return document

    def _dated(self, feed: Feed) -> dt.datetime:
        """Return the date of the feed when it was last composed.

        It must not go back when the entry it came from, an old one that was corrected, leaves the window.
        """
        noted = self._store.find_note(f"date of {feed.name}")
        return dt.datetime.fromisoformat(noted) if noted else self._origin.created

    def _tombstones_since(self) -> dt.datetime:
        noted = self._store.find_note(_TOMBSTONES_SINCE)
        return dt.datetime.fromisoformat(noted) if noted else self._origin.created


def _midnight(instant: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(instant.astimezone(dt.UTC), dt.time(), tzinfo=dt.UTC)
