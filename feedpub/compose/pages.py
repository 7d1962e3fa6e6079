"""The HTML pages: the latest entries, all feeds, one page for every entry."""

from __future__ import annotations

from collections.abc import Sequence

from feedpub.compose.addresses import with_uri
from feedpub.compose.entries import feed_entry, newest_first
from feedpub.model import Entry, Feed, PageDocument, Site

HOME_ENTRIES = 40  # about a week of bulletins


def home_page(entries: Sequence[Entry], site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the front page from the latest entries, as their summaries."""
    site = with_uri(site)
    latest = newest_first(entries)[:HOME_ENTRIES]
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path="index.html",
        template="home",
        entries=tuple(feed_entry(entry, site, full_content=False) for entry in latest),
    )


def feeds_page(site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page that names all feeds and says how to subscribe."""
    return PageDocument(site=with_uri(site), feeds=tuple(feeds), path="feeds/index.html", template="feeds")


def entry_page(entry: Entry, site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose the page of one entry, with its whole text."""
    site = with_uri(site)
    return PageDocument(
        site=site,
        feeds=tuple(feeds),
        path=f"{entry.permalink}index.html",
        template="entry",
        entries=(feed_entry(entry, site, full_content=True),),
    )


def gone_page(entry: Entry, site: Site, feeds: Sequence[Feed]) -> PageDocument:
    """Compose what stands in the place of a withdrawn entry: when and why, and nothing of the entry."""
    return PageDocument(
        site=with_uri(site),
        feeds=tuple(feeds),
        path=f"{entry.permalink}index.html",
        template="gone",
        withdrawn=entry.updated,
        reason=entry.reason,
    )
