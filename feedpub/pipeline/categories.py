"""The pages of categories, and the list of them.

A publication touches the newest pages of its own categories and those full ones that hold what it changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedpub import compose
from feedpub.model import Feed, PageDocument, Stale, State, topic_mark, topic_of
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.target import Target
from feedpub.store import Store

PAGE_ENTRIES = 100  # of a full page; the newest page has up to half as many again

_KNOWN = "categories"  # the note that says by which rules the store's categories were made
_RULES = "1"  # another number when `slugs.topic_slug` gives other names


class Categories:
    """Composes the pages of categories, and what leads to them."""

    def __init__(self, settings: Settings, store: Store, target: Target) -> None:
        self._settings = settings
        self._store = store
        self._target = target

    def enlist(self) -> None:
        """Put what is published into its categories, if a store of before does not know them yet."""
        if self._store.find_note(_KNOWN) == _RULES:
            return
        with self._store.transaction():
            self._store.categorize([e.id for e in self._store.entries(state=State.PUBLISHED)])
            self._store.note(_KNOWN, _RULES)

    def marks(self, *, all_of_them: bool) -> Iterator[Stale]:
        """Yield the pages that are missing, or all, and the list of categories."""
        paths = {_path(slug, page): topic_mark(slug, page) for slug, page in self._store.category_pages()}
        for path in paths if all_of_them else sorted(self._target.missing(paths)):
            yield paths[path]
        yield Stale(kind="topic list")

    def settle(self, work: Iterable[Stale]) -> None:
        """Decide before anything is composed which entries stand on which pages; marks what that changes."""
        pages = [topic_of(stale) for stale in work if stale.kind == "topic"]
        for slug in sorted({slug for slug, _ in pages}):
            self._store.paginate(slug, full=PAGE_ENTRIES)
        for slug, page in pages:
            if page and not self._store.categorized(slug, page):  # it goes, and its neighbours know of it
                near = (self._store.page_before(slug, page), self._store.page_after(slug, page))
                self._store.mark([topic_mark(slug, number) for number in {*near, None}])

    def pages(self, work: Iterable[Stale]) -> Iterator[PageDocument]:
        """Compose what the marks in `work` name, the list of all categories first."""
        work = tuple(work)
        site, feeds = self._settings.site, self._settings.feeds
        if any(stale.kind == "topic list" for stale in work):
            yield compose.topics_page(self._store.categories(), site, feeds)
        for slug, page in sorted(map(topic_of, _topics(work)), key=_oldest_first):
            entries = self._store.categorized(slug, page)
            if entries:
                older = self._store.page_before(slug, page)
                newer = self._store.page_after(slug, page) if page else None
                yield compose.topic_page(
                    slug,
                    entries,
                    site,
                    feeds if page else (*self._own_feeds(slug), *feeds),
                    path=_path(slug, page),
                    older=_folder(slug, older) if older else None,
                    newer=_folder(slug, newer) if page else None,
                )

    def _own_feeds(self, slug: str) -> Iterator[Feed]:
        """Yield the feeds that were made for a category: its newest page announces them first."""
        by_category = [each for each in self._settings.patterns if each.placeholder == "category"]
        for feed in self._settings.made:
            if any(compose.value_in(pattern, feed.name) == slug for pattern in by_category):
                yield feed

    def left(self, work: Iterable[Stale]) -> Iterator[str]:
        """Yield the files that stand for pages in `work` on which there is nothing any more."""
        for slug, page in map(topic_of, _topics(work)):
            if not self._store.categorized(slug, page):
                yield _path(slug, page)


def _topics(work: Iterable[Stale]) -> Iterator[Stale]:
    return (stale for stale in work if stale.kind == "topic")


def _oldest_first(place: tuple[str, int | None]) -> tuple[str, bool, int]:
    slug, page = place
    return slug, page is None, page or 0


def _folder(slug: str, page: int | None) -> str:
    return f"topics/{slug}/page-{page}/" if page else f"topics/{slug}/"


def _path(slug: str, page: int | None) -> str:
    return f"{_folder(slug, page)}index.html"
