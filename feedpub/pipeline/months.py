"""The archive by months: lists of what was published, and the sitemaps of it.

A publication touches its own month, and there only the pages from its day on. So its cost does not grow
with the archive. What is full keeps its pages: they are numbered from the oldest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from feedpub import compose
from feedpub.model import PageDocument, Resource, Stale
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.target import Target
from feedpub.render import render_sitemap, render_sitemap_index
from feedpub.store import Store

PAGE_ENTRIES = (
    100  # of a full page; the newest page has up to half as many again, so that it is never nearly empty
)

_PAGES = "sitemap-pages.xml"  # the pages that belong to no month


class Month(NamedTuple):
    """A month of the site's calendar."""

    year: int
    month: int

    @property
    def first(self) -> dt.date:
        """Return its first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def path(self) -> str:
        """Return where its newest page stands."""
        return f"{self.year:04}/{self.month:02}/"

    def next(self) -> Month:
        """Return the month after it."""
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)


def month_mark(day: dt.date) -> Stale:
    """Return as work to do: the pages of a month from this day on."""
    return Stale(kind="month", name=day.isoformat())


class Months:
    """Composes the pages of months, and what leads to them."""

    def __init__(self, settings: Settings, store: Store, target: Target) -> None:
        self._settings = settings
        self._store = store
        self._target = target

    def marks(self, *, all_of_them: bool) -> Iterator[Stale]:
        """Yield the months that have no pages yet, or all, and what leads to them."""
        paths = {f"{month.path}index.html": month for month in self._all()}
        for path in paths if all_of_them else self._target.missing(paths):
            yield month_mark(paths[path].first)
        yield Stale(kind="archive list")

    def pages(self, work: Iterable[Stale]) -> Iterator[PageDocument]:
        """Compose what the marks in `work` name, the newest page of each month last.

        That page is the sign that the neighbours know of the month: a crash before it repeats them.
        """
        touched: dict[Month, dt.date] = {}
        lists = False
        for stale in work:
            if stale.kind == "month":
                day, month = dt.date.fromisoformat(stale.name), _month_of(stale)
                touched[month] = min(day, touched.get(month, day))
            lists |= stale.kind == "archive list"
        turned = [month for month in touched if self._is_there(month) != self._has_entries(month)]
        for month in turned:
            for neighbour in (self._before(month), self._after(month)):
                if neighbour and neighbour not in turned:
                    touched[neighbour] = neighbour.first
        if lists or turned:
            yield compose.archive_page(
                [m.first for m in self._all()], self._settings.site, self._settings.feeds
            )
        for month in sorted(touched, key=lambda month: month in turned):
            yield from self._pages_of(month, touched[month])

    def sitemaps(self, work: Iterable[Stale]) -> Iterator[Resource]:
        """Render the sitemaps of the months in `work`, after the list of all where that may change."""
        url = compose.with_uri(self._settings.site).url
        touched = {
            _sitemap(month): month for month in sorted({_month_of(s) for s in work if s.kind == "month"})
        }
        listed = [path for path, month in touched.items() if self._has_entries(month)]
        news = len(listed) < len(touched) or self._target.missing(listed)
        if news or any(stale.kind in ("archive list", "topic list", "feeds") for stale in work):
            pages = ["", "archive/", "feeds/", *(f"feeds/{feed.name}/" for feed in self._settings.every_feed)]
            pages += ["topics/", *(category.path for category in self._store.categories())]
            yield render_sitemap(_PAGES, ((url + path, None) for path in pages))
            yield render_sitemap_index(
                "sitemap.xml", (url + p for p in (_PAGES, *map(_sitemap, self._all())))
            )
        for path in listed:
            yield render_sitemap(path, self._places(touched[path], url))

    def left(self, work: Iterable[Stale]) -> Iterator[str]:
        """Yield the files that stand for what the months in `work` no longer have."""
        for month in sorted({_month_of(stale) for stale in work if stale.kind == "month"}):
            count = self._count(month)
            if not count:
                yield from (f"{month.path}index.html", _sitemap(month))
            number = _full_pages(count) + 1
            while not self._target.missing([path := _page(month, number)]):
                yield path
                number += 1

    def _pages_of(self, month: Month, day: dt.date) -> Iterator[PageDocument]:
        count = self._count(month)
        if not count:
            return
        full = _full_pages(count)
        first = min(self._store.count_between(self._start(month), self._begin(day)), count - 1)
        start = max(1, first // PAGE_ENTRIES)  # the page before it names the one after it, which may be new
        # Of a month none but what these pages show is read, for it may hold thousands of entries.
        entries = self._store.published_between(
            self._start(month), self._start(month.next()), skip=(start - 1) * PAGE_ENTRIES
        )
        before, after = self._before(month), self._after(month)
        for number in range(start, full + 2):
            last = number > full  # it has all that is left
            begin = (number - start) * PAGE_ENTRIES
            yield compose.month_page(
                month.first,
                entries[begin : None if last else begin + PAGE_ENTRIES],
                self._settings.site,
                self._settings.feeds,
                path=f"{_folder(month, number, full)}index.html",
                older=_folder(month, number - 1, full) if number > 1 else before and before.path,
                newer=after and after.path if last else _folder(month, number + 1, full),
            )

    def _places(self, month: Month, url: str) -> Iterator[tuple[str, dt.datetime | None]]:
        """Yield the pages of a month: its newest list, those of entries and of bulletins."""
        yield url + month.path, None
        for page in self._store.pages_between(self._start(month), self._start(month.next())):
            if page.is_its_own:
                yield url + page.permalink, page.updated
            if page.leads_issue:
                yield f"{url}{page.permalink}{compose.BULLETIN}", None

    def _count(self, month: Month) -> int:
        return self._store.count_between(self._start(month), self._start(month.next()))

    def _is_there(self, month: Month) -> bool:
        return not self._target.missing([f"{month.path}index.html"])

    def _has_entries(self, month: Month) -> bool:
        first = self._store.first_published(self._start(month))
        return first is not None and first < self._start(month.next())

    def _before(self, month: Month) -> Month | None:
        return self._month(self._store.last_published(self._start(month)))

    def _after(self, month: Month) -> Month | None:
        return self._month(self._store.first_published(self._start(month.next())))

    def _all(self) -> Iterator[Month]:
        """Yield the months in which something was published, the newest first."""
        month = self._month(self._store.last_published(dt.datetime.max.replace(tzinfo=dt.UTC)))
        while month:
            yield month
            month = self._before(month)

    def _month(self, instant: dt.datetime | None) -> Month | None:
        day = instant and self._day(instant)
        return Month(day.year, day.month) if day else None

    def _day(self, instant: dt.datetime) -> dt.date:
        return instant.astimezone(self._settings.timezone).date()

    def _start(self, month: Month) -> dt.datetime:
        return self._begin(month.first)

    def _begin(self, day: dt.date) -> dt.datetime:
        """Return the instant at which a day of the site's calendar begins."""
        return dt.datetime.combine(day, dt.time(), tzinfo=self._settings.timezone).astimezone(dt.UTC)


def _month_of(stale: Stale) -> Month:
    day = dt.date.fromisoformat(stale.name)
    return Month(day.year, day.month)


def _full_pages(count: int) -> int:
    """Tell how many pages of a month with so many entries are full."""
    return max(0, count - PAGE_ENTRIES // 2) // PAGE_ENTRIES


def _folder(month: Month, number: int, full: int) -> str:
    return f"{month.path}page-{number}/" if number <= full else month.path


def _page(month: Month, number: int) -> str:
    return f"{month.path}page-{number}/index.html"


def _sitemap(month: Month) -> str:
    return f"sitemap-{month.year:04}-{month.month:02}.xml"
