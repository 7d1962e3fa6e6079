"""The pages: one for every entry, the home page, the page of all feeds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from feedpub import compose
from feedpub.helping import Helper
from feedpub.log import get_logger
from feedpub.model import Entry, PageDocument, Stale, State
from feedpub.pipeline.batch import Batch
from feedpub.pipeline.categories import Categories
from feedpub.pipeline.issues import as_members
from feedpub.pipeline.look import look
from feedpub.pipeline.months import Months
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.target import Published, Target
from feedpub.pipeline.topics import Announcer
from feedpub.reconcile import is_seen
from feedpub.render import (
    Templates,
    feed_style_resource,
    page_look,
    render_opml,
    render_pages,
    static_resources,
)
from feedpub.store import Store

log = get_logger("pipeline")

# Pages of entries that are written between two stops: bounds memory and the wait for a signal. Each has a
# folder of its own, and so many are held open while they are written.
_AT_ONCE = 80
_MANY = 10  # times as many: to render them takes longer than to start a process

PAGES = "look of the pages"  # the note with a digest of what stands on every page

INDEX_KINDS = frozenset(
    {"home", "feeds", "feed page", "month", "archive list", "topic", "topic list"}
)  # of Stale: pages that list what many bulletins say


class Pages:
    """Brings the pages of the target up to date with the store."""

    def __init__(self, settings: Settings, store: Store, target: Target, announcer: Announcer) -> None:
        self._settings = settings
        self._store = store
        self._target = target
        self._announcer = announcer
        self._months = Months(settings, store, target)
        self._categories = Categories(settings, store, target)

    def settle(self, work: Iterable[Stale]) -> None:
        """Decide what stands on which page, where that rests in the store."""
        self._categories.settle(work)

    def enlist(self) -> None:
        """Bring up to date what the store knows for pages, after a change of the program."""
        self._categories.enlist()

    def publish_static(self) -> None:
        """Write what depends on the configuration alone."""
        opml = render_opml(
            compose.with_uri(self._settings.site), self._settings.every_feed, pages=self._settings.pages
        )
        shared = static_resources(self._settings.templates) if self._settings.pages else ()
        style = (feed_style_resource(self._settings.templates),) if self._settings.site.feed_style else ()
        self._target.publish((*shared, *style, *((opml,) if self._settings.every_feed else ())))

    def batches(self, work: Sequence[Stale], helper: Helper) -> Iterator[Batch]:
        """Make the pages of entries and bulletins anew, to be written; those that shall not be are gone."""
        parts = [work[first : first + _AT_ONCE] for first in range(0, len(work), _AT_ONCE)]
        gone: deque[list[str]] = deque()

        def jobs() -> Iterator[tuple[list[PageDocument], Templates]]:
            for part in parts:
                made = self._composed(part)
                gone.append([page for page in made if isinstance(page, str)])
                yield [page for page in made if isinstance(page, PageDocument)], self._settings.templates

        rendered = helper.each(render_pages, jobs(), worth=len(parts) >= _MANY)
        for part, (pages, failed) in zip(parts, rendered, strict=True):
            yield Batch(marks=list(part), resources=pages, gone=gone.popleft(), failed=_told(failed))

    def _composed(self, work: Sequence[Stale]) -> list[PageDocument | str | None]:
        """Compose pages of entries and bulletins; gives the paths of those that shall not be."""
        known = self._store.find_entries(stale.name for stale in work)
        single = (stale.name for stale in work if stale.kind == "entry")
        whole = self._store.stories_of(stale.name for stale in work if stale.kind == "bulletin")
        return [
            *(self._entry_page(known[name]) for name in single if name in known),
            *(self._bulletin_page(known[name], told) for name, told in whole.items() if name in known),
        ]

    def _entry_page(self, entry: Entry) -> PageDocument | str:
        """Compose the page of an entry; or give its path where there shall be none."""
        if not self._has_page(entry):
            return _page_path(entry)
        made = compose.gone_page if entry.state is State.WITHDRAWN else compose.entry_page
        return made(entry, self._settings.site, self._settings.feeds)

    def _bulletin_page(self, known_by: Entry, stories: Sequence[Entry]) -> PageDocument | str | None:
        """Do the same for a bulletin; there is none once its stories stand in another one."""
        place = compose.bulletin_path(known_by)
        if place is None:
            return None
        if not (self._has_page(known_by) and known_by.leads_issue):
            return f"{place}index.html"
        if known_by.state is State.WITHDRAWN:
            return compose.gone_page(known_by, self._settings.site, self._settings.feeds, place=place)
        return compose.bulletin_page(known_by, stories, self._settings.site, self._settings.feeds)

    def publish_index(self, work: Sequence[Stale]) -> Published:
        """Make the pages anew that list what many bulletins say."""
        wanted = work if self._settings.pages else ()
        documents = [
            *(page for stale in wanted for page in self._lists(stale)),
            *self._months.pages(wanted),
            *self._categories.pages(wanted),
        ]
        pages, failed = render_pages((documents, self._settings.templates))
        sitemaps = self._months.sitemaps(wanted) if wanted else ()
        written = self._target.publish((*sitemaps, *pages))
        left = (*self._months.left(wanted), *self._categories.left(wanted))
        removed = self._target.remove(left)  # after what led there
        self._announcer.finish(work, pages)
        return Published(written=written, removed=removed, failed=_told(failed))

    def _lists(self, stale: Stale) -> Iterator[PageDocument]:
        """Compose the page that a mark names; none of what the configuration no longer knows."""
        site, feeds = self._settings.site, self._settings.feeds
        if stale.kind == "home":
            newest = self._store.newest(compose.HOME_ENTRIES)
            yield compose.home_page(newest, site, feeds, topics=self._store.categories())
        elif stale.kind == "feeds":
            yield compose.feeds_page(site, self._settings.every_feed)
        for feed in self._settings.every_feed:
            if (stale.kind, stale.name) == ("feed page", feed.name):
                window = self._store.window(feed.name, compose.FEED_PAGE_ENTRIES)
                shown = as_members(self._store, self._settings, feed, window)
                yield compose.feed_page(feed, shown, site, feeds)

    def marks(self) -> Iterator[Stale]:
        """Yield the pages that are missing, or all of them when something on every page changed."""
        if not self._settings.pages:
            return
        templates = page_look(self._settings.templates)
        now = look(templates, self._settings.site, self._settings.feeds, *self._settings.patterns)
        changed = self._store.find_note(PAGES) != now
        paths = self._placed()
        for path in paths if changed else self._target.missing(paths):
            yield paths[path]
        yield from self._months.marks(all_of_them=changed)
        yield from self._categories.marks(all_of_them=changed)
        yield from (Stale(kind="home"), Stale(kind="feeds"))
        yield from (Stale(kind="feed page", name=feed.name) for feed in self._settings.every_feed)
        self._store.note(PAGES, now)

    def all_marks(self) -> Iterator[Stale]:
        """Yield the pages of all entries and months, as work to do."""
        if self._settings.pages:
            yield from self._placed().values()
            yield from self._months.marks(all_of_them=True)
            yield from self._categories.marks(all_of_them=True)

    def _placed(self) -> dict[str, Stale]:
        """Give the paths of the pages of all entries, and of their bulletins, each with its mark."""
        paths: dict[str, Stale] = {}
        for page in self._store.placed():
            paths[f"{page.permalink}index.html"] = Stale(kind="entry", name=page.entry)
            if page.leads_issue:
                path = f"{page.permalink}{compose.BULLETIN}index.html"
                paths[path] = Stale(kind="bulletin", name=page.entry)
        return paths

    def _has_page(self, entry: Entry) -> bool:
        """Tell whether something of ours stands for `entry`, if only that it is gone."""
        return self._settings.pages and is_seen(entry) and entry.address is None


def _told(failed: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Tell of the pages that cannot be rendered and stay as they are; return their paths."""
    paths = []
    for path, reason in failed:
        log.error("page cannot be rendered", path=path, reason=reason)
        paths.append(path)
    return tuple(paths)


def _page_path(entry: Entry) -> str:
    return f"{entry.permalink}index.html"
