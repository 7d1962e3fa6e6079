"""The files of the archives: which there should be, which must be made anew, which must go."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from feedpub import __version__
from feedpub.model import Archive, Feed, Stale, archive_mark
from feedpub.pipeline.look import look
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.target import Target
from feedpub.render import FORMATS, feed_path
from feedpub.store import Store


class Archives:
    """Knows the archives of all feeds as files of the target."""

    def __init__(self, settings: Settings, store: Store, target: Target) -> None:
        self._settings = settings
        self._store = store
        self._target = target

    def are_there(self, feed: Feed, number: int) -> bool:
        """Return whether an archive was published, so that there may be readers of it."""
        archive = self._store.find_archive(feed.name, number)
        return archive is not None and not self._target.missing(_paths(feed, archive))

    def marks(self) -> Iterator[Stale]:
        """Yield the archives that are missing, or all of a feed when all its documents look different now."""
        for feed in self._settings.every_feed:
            now = look(__version__, self._settings.site, feed)
            if self._store.find_note(f"look of the archives of {feed.name}") != now:
                yield from self._marks_of(feed)
                self._store.note(f"look of the archives of {feed.name}", now)
            else:
                owners = {path: a for a in self._store.archives(feed.name) for path in _paths(feed, a)}
                missing = {owners[path].number for path in self._target.missing(owners)}
                yield from (archive_mark(feed.name, number) for number in sorted(missing))

    def all_marks(self) -> Iterator[Stale]:
        """Yield all archives, as work to do."""
        for feed in self._settings.every_feed:
            yield from self._marks_of(feed)

    def drop_unwanted(self, former: Collection[str]) -> None:
        """Remove the archives that the configuration no longer asks for; forget those of feeds it dropped.

        `former` are the paths of the live documents that it asked for before.
        """
        feeds = {feed.name: feed for feed in self._settings.every_feed}
        for name in self._store.archived_feeds():
            kept = feeds[name].formats if name in feeds else ()
            dropped = [form for form in FORMATS if form not in kept and feed_path(name, form) in former]
            if dropped:
                archives = self._store.archives(name)
                self._target.remove(feed_path(name, form, each) for each in archives for form in dropped)
            if name not in feeds:
                self._store.drop_archives(name)

    def _marks_of(self, feed: Feed) -> Iterator[Stale]:
        return (archive_mark(feed.name, archive.number) for archive in self._store.archives(feed.name))


def _paths(feed: Feed, archive: Archive) -> list[str]:
    return [feed_path(feed.name, form, archive) for form in feed.formats]
