"""What leaves the live document of a feed, into which archive, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from feedpub import compose
from feedpub.model import Edits, Entry, Feed, Stale, archive_of
from feedpub.pipeline.feeds import Clock
from feedpub.pipeline.issues import as_members
from feedpub.pipeline.settings import Origin, Settings
from feedpub.store import Store

_AT_ONCE = 500  # entries: bounds memory when a feed is new


class History:
    """Keeps the live documents within their limits.

    It decides before documents are composed, and in the store: so all formats agree, a crash leaves
    either nothing or work that is marked, and no document depends on when it is made.
    """

    def __init__(self, settings: Settings, store: Store, *, origin: Origin, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._store = store
        self._origin = origin

    def settle(self, work: Iterable[Stale]) -> None:
        """Decide of the feeds in `work` what stands where; the archives that this changes become stale."""
        touched: dict[str, list[int]] = {}
        for stale in work:
            if stale.kind == "feed":
                touched.setdefault(stale.name, [])
            elif stale.kind == "archive":
                name, number = archive_of(stale)
                touched.setdefault(name, []).append(number)
        for feed in self._settings.every_feed:
            if feed.name in touched:
                self._recall(feed, touched[feed.name])
                self._seal(feed)

    def _recall(self, feed: Feed, touched: Iterable[int]) -> None:
        """Bring back what readers would miss in an archive, which they do not fetch again (RFC 5005 4.1).

        And what no longer fits there. All of these archives are marked stale already.
        """
        unseen = self._store.unseen(feed.name)
        recalled = {id_ for id_, number in unseen.items() if number and feed.edits is not Edits.SILENT}
        for number in touched:
            archived = self._store.archived(feed.name, number)
            left = self._shown(feed, (e for e in archived if e.id not in recalled))
            recalled.update(
                compose.overflowing(
                    feed, self._settings.site, left, feed_id=self._origin.feed_id(feed.name), unseen=unseen
                )
            )
        if recalled:
            self._store.recall(feed.name, recalled)

    def _seal(self, feed: Feed) -> None:
        leaving = compose.leaving(
            feed,
            self._settings.site,
            self._live(feed),
            feed_id=self._origin.feed_id(feed.name),
            unseen=self._store.unseen(feed.name),
            fresh_since=self._clock() - feed.keep if feed.keep else None,
        )
        if leaving:
            newest = self._store.newest_archive(feed.name)
            first = newest.number + 1 if newest else 1
            archives = (compose.new_archive(number, ids) for number, ids in enumerate(leaving, first))
            self._store.seal(feed.name, list(zip(archives, leaving, strict=True)))

    def _live(self, feed: Feed) -> Iterable[Entry]:
        """Give what stands in no archive: as a rule no more than a live document holds."""
        window = self._store.window(feed.name, feed.max_entries + 1)
        if len(window) <= feed.max_entries:
            return self._shown(feed, window)
        # At first it is all there is: never held as a whole.
        unsealed = self._store.unsealed(feed.name)
        parts = iter(lambda: tuple(islice(unsealed, _AT_ONCE)), ())
        return (shown for part in parts for shown in self._shown(feed, part))

    def _shown(self, feed: Feed, members: Iterable[Entry]) -> Sequence[Entry]:
        return as_members(self._store, self._settings, feed, members)
