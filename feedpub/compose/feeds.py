"""Which entries a feed shows, in which order, and how many of them fit."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from feedpub.compose.addresses import with_uri
from feedpub.compose.editions import as_buried, as_edited, with_pointer
from feedpub.compose.entries import feed_entry, newest_first
from feedpub.compose.selecting import takes
from feedpub.model import Entry, Feed, FeedDocument, FeedEntry, Site, Tombstone

# Bytes of markup that surround the texts, in the format that needs most of them.
_HEAD_MARKUP = 1_600
_ENTRY_MARKUP = 800
_CATEGORY_MARKUP = 40
_TOMBSTONE_MARKUP = 80

MAX_TOMBSTONES = 100
_TOMBSTONES_SHARE = 10  # they take a tenth of a document at most: it is there for its entries

# Characters that a format may have to write longer, by at most five bytes: "&#x26;" in RSS, "&quot;"
# in an attribute of Atom, "\n" in JSON.
_LONGER = '&<>"\\\t\n\r'


def feeds_of(entry: Entry, feeds: Sequence[Feed]) -> frozenset[str]:
    """Name the feeds that take this entry."""
    return frozenset(feed.name for feed in feeds if takes(feed, entry))


def feed_document(
    feed: Feed,
    site: Site,
    entries: Sequence[Entry],
    *,
    feed_id: str,
    changed: dt.datetime,
    tombstones: Sequence[Tombstone] = (),
) -> FeedDocument:
    """Compose a feed from its members: newest first, no more than its limits allow, edits as it has them.

    `changed` is when a member was last taken out, or when the feed began: it moves the feed's own
    `updated` although no entry shows it. `tombstones` are those of former members; none of them may be
    among `entries`.
    """
    site = with_uri(site)
    edited = newest_first(as_edited(entry, feed.edits) for entry in entries)
    buried = (as_buried(tombstone, feed.edits) for tombstone in tombstones)
    shown = (_shown(entry, feed, site) for entry in edited)
    graves = tuple(_newest_graves(buried, feed.max_bytes // _TOMBSTONES_SHARE))
    room = feed.max_bytes - _head_size(feed, site, feed_id) - sum(map(_grave_size, graves))
    window = tuple(_window(islice(shown, feed.max_entries), room))
    updated = max([changed, *(entry.updated for entry in window)])
    return FeedDocument(site=site, feed=feed, id=feed_id, updated=updated, entries=window, tombstones=graves)


def _shown(entry: Entry, feed: Feed, site: Site) -> FeedEntry:
    return with_pointer(feed_entry(entry, site, full_content=feed.full_content), entry, feed, site)


def _window(entries: Iterable[FeedEntry], room: int) -> Iterator[FeedEntry]:
    """Yield entries from the first on while they fit into `room` bytes.

    One that alone is larger than a whole document appears as its summary: with it the feed would
    stay empty until other entries had pushed it out.
    """
    left = room
    for entry in entries:
        fitting = entry if _entry_size(entry) <= room else replace(entry, content_html=None)
        left -= _entry_size(fitting)
        if left < 0:
            return
        yield fitting


def _newest_graves(tombstones: Iterable[Tombstone], room: int) -> Iterator[Tombstone]:
    """Yield tombstones, the newest first, as many as are allowed and fit into `room` bytes."""
    newest = sorted(tombstones, key=lambda grave: (grave.deleted, grave.id), reverse=True)
    left = room
    for grave in newest[:MAX_TOMBSTONES]:
        left -= _grave_size(grave)
        if left < 0:
            return
        yield grave


def _grave_size(tombstone: Tombstone) -> int:
    return _TOMBSTONE_MARKUP + _size(tombstone.id)


def _head_size(feed: Feed, site: Site, feed_id: str) -> int:
    """Estimate from above what a document without entries takes, in bytes."""
    author = feed.author
    texts = (feed.title, feed.title, feed.description, feed.language, feed_id, author.name)
    urls = (site.url, site.url, feed.name, author.email or "", author.uri or "")
    return _HEAD_MARKUP + sum(map(_size, texts)) + sum(map(_size, urls))


def _entry_size(entry: FeedEntry) -> int:
    """Estimate from above what an entry takes in the format that writes it longest, in bytes."""
    summary = html.escape(entry.summary, quote=False)  # HTML in RSS and in Atom
    content = summary if entry.content_html is None else entry.content_html
    texts = (entry.id, entry.title, entry.url, summary, content, entry.author or "", entry.language or "")
    categories = sum(_size(name) + _CATEGORY_MARKUP for name in entry.categories)
    return _ENTRY_MARKUP + sum(map(_size, texts)) + categories


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass")) + 5 * sum(map(text.count, _LONGER))
