"""The HTML pages: the latest entries, the feeds, one page for every entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from feedpub.compose.addresses import with_uri
from feedpub.compose.entries import feed_entry, newest_first
from feedpub.compose.issues import BULLETIN, bulletin_path, lead_of
from feedpub.model import Category, Entry, Feed, PageDocument, Role, Site, Story
from feedpub.slugs import folded, topics_of

HOME_ENTRIES = 40  # about a week of bulletins
FEED_PAGE_ENTRIES = 20


def home_page(
    entries: Sequence[Entry], site: Site, feeds: Sequence[Feed], *, topics: Sequence[Category] = ()
) -> PageDocument:
    """Compose the front page from the latest entries, as their summaries; `topics` are all categories."""
    site = with_uri(site)
    latest = newest_first(entries)[:HOME_ENTRIES]
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path="index.html",
        template="home",
        stories=stories_of(latest, site),
        topics=tuple(topics),
    )


def feeds_page(site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page that names all feeds and says how to subscribe."""
    return PageDocument(site=with_uri(site), feeds=tuple(feeds), path="feeds/index.html", template="feeds")


def feed_page(feed: Feed, entries: Sequence[Entry], site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page of one feed: how to subscribe to it, and what stands in it."""
    site = with_uri(site)
    latest = newest_first(entries)[:FEED_PAGE_ENTRIES]
    return PageDocument(
        site=site,
        feeds=(feed, *(other for other in feeds if other != feed)),
        path=f"feeds/{feed.name}/index.html",
        template="feed",
        stories=tuple(Story(lead=feed_entry(entry, site, full_content=False)) for entry in latest),
    )


def entry_page(entry: Entry, site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page of one entry, with its whole text."""
    site = with_uri(site)
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path=f"{entry.permalink}index.html",
        template="entry",
        entries=(feed_entry(entry, site, full_content=True),),
        topics=tuple(Category(slug=slug, name=name) for slug, name in topics_of(entry.categories).items()),
    )


def bulletin_page(
    known_by: Entry, stories: Sequence[Entry], site: Site, feeds: Sequence[Feed]
) -> PageDocument:
    """Compose the page of a whole bulletin: its lead in full, the rest as summaries."""
    site = with_uri(site)
    lead = lead_of(known_by, stories)
    others = (feed_entry(story, site, full_content=False) for story in stories if story.id != lead.id)
    shown = feed_entry(lead, site, full_content=True)
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path=f"{known_by.permalink}{BULLETIN}index.html",
        template="bulletin",
        entries=(shown,),
        stories=(Story(lead=shown, others=tuple(others)),),
    )


def gone_page(entry: Entry, site: Site, feeds: Sequence[Feed], *, place: str | None = None) -> PageDocument:
    """Compose what stands in the place of a withdrawn entry: when and why, and nothing of the entry.

    Or at another `place`, under site.url, in that of the bulletin that was known by it.
    """
    return PageDocument(
        site=with_uri(site),
        feeds=tuple(feeds),
        path=f"{place or entry.permalink}index.html",
        template="gone",
        withdrawn=entry.updated,
        reason=entry.reason,
    )


def month_page(
    month: dt.date,
    entries: Sequence[Entry],
    site: Site,
    feeds: Sequence[Feed],
    *,
    path: str,
    older: str | None,
    newer: str | None,
) -> PageDocument:
    """Compose a page of what was published in the month that begins with this day."""
    site = with_uri(site)
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path=path,
        template="month",
        stories=stories_of(newest_first(entries), site),
        months=(month,),
        older=older,
        newer=newer,
    )


def archive_page(months: Sequence[dt.date], site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page that leads to every month."""
    return PageDocument(
        site=with_uri(site),
        feeds=tuple(feeds),
        path="archive/index.html",
        template="archive",
        months=tuple(months),
    )


def topic_page(
    slug: str,
    entries: Sequence[Entry],
    site: Site,
    feeds: Sequence[Feed],
    *,
    path: str,
    older: str | None,
    newer: str | None,
) -> PageDocument:
    """Compose a page of what was published in a category, called as the newest of these entries spells it."""
    site = with_uri(site)
    newest = newest_first(entries)
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path=path,
        template="topic",
        stories=tuple(Story(lead=feed_entry(entry, site, full_content=False)) for entry in newest),
        topics=(Category(slug=slug, name=topics_of(newest[0].categories)[slug]),),
        older=older,
        newer=newer,
    )


def topics_page(topics: Sequence[Category], site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page that leads to every category, by the alphabet as far as code can tell it."""
    return PageDocument(
        site=with_uri(site),
        feeds=tuple(feeds),
        path="topics/index.html",
        template="topics",
        topics=tuple(sorted(topics, key=lambda topic: (folded(topic.name), topic.slug))),
    )


def stories_of(entries: Iterable[Entry], site: Site) -> tuple[Story, ...]:
    """Put what one bulletin tells together, its lead first; the bulletins stay in the order they come in."""
    bulletins: dict[str, list[Entry]] = {}
    for entry in entries:
        bulletins.setdefault(entry.bulletin or entry.id, []).append(entry)  # "": it outlived its file
    return tuple(_story(told, site) for told in bulletins.values())


def _story(told: Sequence[Entry], site: Site) -> Story:
    # Sorting is stable: teasers stay as they are, whatever the bulletin's order was.
    first, *others = sorted(told, key=lambda entry: entry.role is not Role.LEAD)
    shown = [feed_entry(entry, site, full_content=False) for entry in (first, *others)]
    known_by = next((entry for entry in told if entry.leads_issue), None)
    path = bulletin_path(known_by) if known_by and others else None
    return Story(lead=shown[0], others=tuple(shown[1:]), path=path)
