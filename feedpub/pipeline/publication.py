"""The job "publish what is stale": compose, render, check, write, and only then call it done."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from feedpub import compose
from feedpub.exceptions import RenderError
from feedpub.log import get_logger
from feedpub.model import Edits, Entry, Feed, FeedDocument, PageDocument, Resource, Stale, State
from feedpub.pipeline.settings import Origin, Settings
from feedpub.reconcile import is_seen
from feedpub.render import check, feed_path, page_look, render, render_page, static_resources
from feedpub.store import Store

log = get_logger("pipeline")

PRODUCED = "feed files"  # the note that lists the feed files of the last configuration
PAGES = "look of the pages"  # the note with a digest of what stands on every page
LAST_PUBLICATION = "last publication"  # the note with the instant at which the output changed last
FAILED = "failed documents"  # the note that lists what the release gate refused

_TOMBSTONES_SINCE = "tombstones since"  # the note with the first instant whose tombstones are still shown
_TOMBSTONES_STAND = dt.timedelta(days=30)  # longer than any reader is on holiday

_PAGES_AT_ONCE = 200  # entry pages written between two stops: bounds memory and the wait for a signal


class Target(Protocol):
    """Where resources go: a folder, later a bucket."""

    def publish(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Write those that differ, in order; return the paths that changed."""

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Remove what is there of `paths`; return it."""

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of `paths` that are not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What one publication wrote."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()  # documents that the release gate refused


Clock = Callable[[], dt.datetime]  # aware, UTC, whole seconds


class Publication:
    """Brings the target up to date with the store."""

    def __init__(
        self, settings: Settings, store: Store, target: Target, *, origin: Origin, clock: Clock
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._origin = origin
        self._store = store
        self._target = target
        self._feeds = {feed.name: feed for feed in settings.feeds}

    def publish(self, *, stopping: Callable[[], bool] = lambda: False) -> Published:
        """Make every stale document anew; what fails stays stale and its last good version live."""
        self._expire_tombstones()
        done = Published()
        work = self._store.stale()
        pages = [stale for stale in work if stale.kind == "entry"]
        for first in range(0, len(pages), _PAGES_AT_ONCE):
            if stopping():
                return done
            done = _sum(done, self._publish_entries(pages[first : first + _PAGES_AT_ONCE]))
        done = _sum(done, self._publish_feeds([stale for stale in work if stale.kind == "feed"]))
        done = _sum(done, self._publish_index([s for s in work if s.kind in ("home", "feeds")]))
        if done.written or done.removed:
            self._store.note(LAST_PUBLICATION, self._clock().isoformat())
        return done

    def refresh(self) -> None:
        """Mark stale whatever the target lacks or a changed configuration asks for."""
        self._enlist()
        self._drop_unwanted()
        if self._settings.pages:
            self._target.publish(static_resources())
        self._store.mark((*self._feed_marks(), *self._page_marks()))

    def remake(self) -> None:
        """Mark stale every document there is, as if nothing were known of the target."""
        marks = [*self._feed_marks(), *self._page_marks()]
        if self._settings.pages:
            self._target.publish(static_resources())
        marks += [Stale(kind="entry", name=e.id) for e in self._store.entries() if self._has_page(e)]
        self._store.mark(marks)

    def heal(self) -> None:
        """Mark stale the feeds whose files somebody removed."""
        gone = self._target.missing(self._feed_files())
        if gone:
            self.refresh()

    def _publish_entries(self, work: Sequence[Stale]) -> Published:
        entries = [self._store.find_entry(stale.name) for stale in work]
        live = [e for e in entries if e and e.state is State.PUBLISHED and self._has_page(e)]
        withdrawn = [e for e in entries if e and e.state is State.WITHDRAWN and self._has_page(e)]
        gone = [_page_path(e) for e in entries if e and not self._has_page(e)]
        site, feeds = self._settings.site, self._settings.feeds
        pages, failed = _rendered(
            [
                *(compose.entry_page(e, site, feeds) for e in live),
                *(compose.gone_page(e, site, feeds) for e in withdrawn),
            ]
        )
        written = self._target.publish(pages)
        removed = self._target.remove(gone)
        self._store.finish(work)
        return Published(written=written, removed=removed, failed=failed)

    def _publish_feeds(self, work: Sequence[Stale]) -> Published:
        resources: list[Resource] = []
        finished: list[Stale] = []
        failed: list[str] = []
        for stale in work:
            feed = self._feeds.get(stale.name)
            try:
                resources += self._documents(feed) if feed else ()
            except RenderError as error:
                # The last good version stays live.
                log.error("feed refused by the release gate", feed=stale.name, reason=str(error))  # noqa: TRY400  no defect
                failed.append(stale.name)
            else:
                finished.append(stale)
        written = self._target.publish(resources)
        self._store.finish(finished)
        self._store.note(FAILED, "\n".join(failed))
        return Published(written=written, failed=tuple(failed))

    def _publish_index(self, work: Sequence[Stale]) -> Published:
        kinds = [stale.kind for stale in work] if self._settings.pages else []
        site, feeds = self._settings.site, self._settings.feeds
        documents = []
        if "home" in kinds:
            newest = islice(self._store.entries(state=State.PUBLISHED), compose.HOME_ENTRIES)
            documents.append(compose.home_page(list(newest), site, feeds))
        if "feeds" in kinds:
            documents.append(compose.feeds_page(site, feeds))
        pages, failed = _rendered(documents)
        written = self._target.publish(pages)
        self._store.finish(work)
        return Published(written=written, failed=failed)

    def _documents(self, feed: Feed) -> list[Resource]:
        document = self._compose(feed)
        resources = [render(document, name) for name in feed.formats]
        for resource in resources:
            check(resource, document)
        return resources

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

    def _expire_tombstones(self) -> None:
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
                for name in self._feeds
                if self._store.has_tombstones(name, **span)
            )

    def _tombstones_since(self) -> dt.datetime:
        noted = self._store.find_note(_TOMBSTONES_SINCE)
        return dt.datetime.fromisoformat(noted) if noted else self._origin.created

    def _enlist(self) -> None:
        """Decide anew which entries stand in the feeds whose selection the configuration changed."""
        for feed in self._settings.feeds:
            selection = ",".join(sorted(feed.roles))
            if self._store.find_note(f"selection of {feed.name}") != selection:
                chosen = [e.id for e in self._store.entries() if feed.name in compose.feeds_of(e, (feed,))]
                self._store.enlist(feed.name, chosen, stale=(), at=self._clock())
                self._store.note(f"selection of {feed.name}", selection)

    def _drop_unwanted(self) -> None:
        """Remove the feed files that the configuration no longer names."""
        former = (self._store.find_note(PRODUCED) or "").split()
        now = self._feed_files()
        self._target.remove(path for path in former if path not in now)
        self._store.note(PRODUCED, "\n".join(now))

    def _feed_files(self) -> list[str]:
        return [feed_path(feed.name, name) for feed in self._settings.feeds for name in feed.formats]

    def _feed_marks(self) -> list[Stale]:
        return [Stale(kind="feed", name=feed.name) for feed in self._settings.feeds]

    def _page_marks(self) -> Iterator[Stale]:
        """Yield the pages that are missing, or all of them when something on every page changed."""
        if not self._settings.pages:
            return
        look = hashlib.sha256(
            repr((page_look(), self._settings.site, self._settings.feeds)).encode()
        ).hexdigest()
        changed = self._store.find_note(PAGES) != look
        paths = {_page_path(e): e.id for e in self._store.entries() if self._has_page(e)}
        for path in paths if changed else self._target.missing(paths):
            yield Stale(kind="entry", name=paths[path])
        yield from (Stale(kind="home"), Stale(kind="feeds"))
        self._store.note(PAGES, look)

    def _has_page(self, entry: Entry) -> bool:
        """Tell whether something of ours stands for `entry`, if only that it is gone."""
        return self._settings.pages and is_seen(entry) and entry.address is None


def _midnight(instant: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(instant.astimezone(dt.UTC), dt.time(), tzinfo=dt.UTC)


def _rendered(documents: Iterable[PageDocument]) -> tuple[list[Resource], tuple[str, ...]]:
    """Render pages; return them and the paths of those that cannot be, which stay as they are."""
    pages, failed = [], []
    for document in documents:
        try:
            pages.append(render_page(document))
        except RenderError as error:
            log.error("page cannot be rendered", path=document.path, reason=str(error))  # noqa: TRY400  no defect
            failed.append(document.path)
    return pages, tuple(failed)


def _page_path(entry: Entry) -> str:
    return f"{entry.permalink}index.html"


def _sum(one: Published, other: Published) -> Published:
    return Published(
        written=(*one.written, *other.written),
        removed=(*one.removed, *other.removed),
        failed=(*one.failed, *other.failed),
    )
