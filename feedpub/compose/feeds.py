"""Which entries a feed shows, in which order, and how many of them fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from feedpub.compose.addresses import with_parameters, with_uri
from feedpub.compose.editions import as_buried, as_edited, with_pointer
from feedpub.compose.entries import REMEMBERED_LENGTH, feed_entry, newest_first
from feedpub.compose.escaping import escaped
from feedpub.compose.issues import bulletin_id
from feedpub.compose.making import names_made
from feedpub.compose.selecting import takes
from feedpub.model import Archive, Enclosure, Entry, Feed, FeedDocument, FeedEntry, Site, Tombstone

# Bytes of markup that surround the texts, in the format that needs most of them.
_HEAD_MARKUP = 2_200
_HUB_MARKUP = 60
_ENTRY_MARKUP = 800
_CATEGORY_MARKUP = 40
_TOMBSTONE_MARKUP = 80
_FILE_MARKUP = 500

MAX_TOMBSTONES = 100
_TOMBSTONES_SHARE = 10  # they take a tenth of a document at most: it is there for its entries

# Characters that a format may have to write longer, by at most five bytes: "&#x26;" in RSS, "&quot;"
# in an attribute of Atom, "\n" in JSON.
_LONGER = b'&<>"\\\t\n\r'


def feeds_of(entry: Entry, feeds: Sequence[Feed], *, at: dt.datetime | None) -> frozenset[str]:
    """Name the feeds that take this entry at an instant, also those that a template makes for it.

    None for `at`: whatever its age.
    """
    taking = [feed for feed in feeds if takes(feed, entry, at=at)]
    named = frozenset(feed.name for feed in taking if not feed.placeholder)
    return named.union(*(names_made(pattern, entry) for pattern in taking if pattern.placeholder))


def feed_document(
    feed: Feed,
    site: Site,
    entries: Sequence[Entry],
    *,
    feed_id: str,
    changed: dt.datetime,
    tombstones: Sequence[Tombstone] = (),
    older: Archive | None = None,
) -> FeedDocument:
    """Compose the live document of a feed: newest first, within its limits, edits as it has them.

    `entries` are those of its members that stand in none of its archives, whole bulletins where the feed has
    these (see `as_bulletin`), as in all that follows; `older` is the newest of these.
    `changed` is when a member was last taken out, or when the feed began: it moves the feed's own
    `updated` although no entry shows it. `tombstones` are those of former members; none of them may be
    among `entries`.
    """
    site = with_uri(site)
    room = room_of(feed, site, feed_id)
    edited = newest_first(as_edited(entry, feed.edits) for entry in entries)
    shown = (fitting(as_shown(entry, feed, site), room, in_ascii=site.in_ascii) for entry in edited)
    visible = (entry for entry in shown if entry)
    window = tuple(_window(visible, room, feed.most_entries, in_ascii=site.in_ascii))
    buried = (_as_known(as_buried(tombstone, feed.edits), feed) for tombstone in tombstones)
    return FeedDocument(
        site=site,
        feed=feed,
        id=feed_id,
        updated=max([changed, *(entry.updated for entry in window)]),
        entries=window,
        tombstones=tuple(_newest_graves(buried, _room_of_graves(feed))),
        older=older,
    )


def room_of(feed: Feed, site: Site, feed_id: str) -> int:
    """Return how many bytes the entries of one document may take, of a live one or of an archive."""
    return feed.max_bytes - _room_of_graves(feed) - _head_size(feed, site, feed_id)


def as_shown(edited: Entry, feed: Feed, site: Site) -> FeedEntry:
    """Show an entry, edited as `feed` has it, as its subscribers get it."""
    shown = with_pointer(feed_entry(edited, site, full_content=feed.full_content), edited, feed, site)
    if feed.has_bulletins:
        shown = replace(shown, id=bulletin_id(shown.id))
    if not feed.link_parameters:
        return shown
    return replace(shown, url=with_parameters(shown.url, feed.link_parameters))


def fitting(entry: FeedEntry, room: int, *, in_ascii: bool) -> FeedEntry | None:
    """Return an entry as it can be shown in a document with `room` bytes for entries.

    One that alone is larger than a whole document appears as its summary, and not at all if even that is:
    with it the feed would stay as it is for ever.
    """
    if entry_size(entry, in_ascii=in_ascii) <= room:
        return entry
    short = replace(entry, content_html=None)
    return short if entry_size(short, in_ascii=in_ascii) <= room else None


def _window(entries: Iterable[FeedEntry], room: int, most: int, *, in_ascii: bool) -> Iterator[FeedEntry]:
    """Yield entries from the first on while they fit: a guard, since what does not has been sealed."""
    left = room
    for entry in islice(entries, most):
        left -= entry_size(entry, in_ascii=in_ascii)
        if left < 0:
            return
        yield entry


def _room_of_graves(feed: Feed) -> int:
    return feed.max_bytes // _TOMBSTONES_SHARE


def _newest_graves(tombstones: Iterable[Tombstone], room: int) -> Iterator[Tombstone]:
    """Yield tombstones, the newest first, as many as are allowed and fit into `room` bytes."""
    newest = sorted(tombstones, key=lambda grave: (grave.deleted, grave.id), reverse=True)
    left = room
    for grave in newest[:MAX_TOMBSTONES]:
        left -= _grave_size(grave)
        if left < 0:
            return
        yield grave


def _as_known(tombstone: Tombstone, feed: Feed) -> Tombstone:
    return replace(tombstone, id=bulletin_id(tombstone.id)) if feed.has_bulletins else tombstone


def _grave_size(tombstone: Tombstone) -> int:
    return _TOMBSTONE_MARKUP + _size(tombstone.id)


def _head_size(feed: Feed, site: Site, feed_id: str) -> int:
    """Estimate from above what a document without entries takes, in bytes."""
    author = feed.author
    told = (feed.rights or "", feed.icon or "", feed.image or "", *feed.categories)
    texts = (feed.title, feed.title, feed.title, feed.description, feed.language, feed_id, author.name, *told)
    # Up to six links lead to the site, the document, its neighbours and the live one.
    urls = (author.email or "", author.uri or "", *(site.url, feed.name) * 6)
    hubs = sum(_size(hub) + _HUB_MARKUP for hub in site.hubs)
    categories = _CATEGORY_MARKUP * len(feed.categories)
    size = _size_in_ascii if site.in_ascii else _size
    return _HEAD_MARKUP + sum(map(size, texts)) + sum(map(_size, urls)) + hubs + categories


def entry_size(entry: FeedEntry, *, in_ascii: bool = False) -> int:
    """Estimate from above what an entry takes in the format that writes it longest, in bytes."""
    if len(entry.content_html or "") > REMEMBERED_LENGTH:
        return _measured(entry, in_ascii)
    return _remembered(entry, in_ascii)


def _measured(entry: FeedEntry, in_ascii: bool) -> int:
    summary = escaped(entry.summary)  # HTML in RSS and in Atom
    content = summary if entry.content_html is None else entry.content_html
    texts = (entry.id, entry.title, entry.url, summary, content, entry.author or "", entry.language or "")
    size = _size_in_ascii if in_ascii else _size
    categories = sum(size(name) + _CATEGORY_MARKUP for name in entry.categories)
    files = sum(_file_size(file) + size(file.alt) for file in entry.enclosures)
    return _ENTRY_MARKUP + sum(map(size, texts)) + categories + files


_remembered = lru_cache(1024)(_measured)  # each is asked for four times a publication, and in the next one


def _file_size(file: Enclosure) -> int:
    """Estimate what a file takes: it is named as an enclosure and in Media RSS, with its thumbnail."""
    return _FILE_MARKUP + 3 * _size(file.url) + _size(file.thumbnail or "")


def _size(text: str) -> int:
    written = text.encode("utf-8", "surrogatepass")
    return len(written) + 5 * (len(written) - len(written.translate(None, _LONGER)))


def _size_in_ascii(text: str) -> int:
    """Count as `_size` does: eight bytes at most for a sign in XML, twelve in JSON beyond the first plane."""
    longer = _size(text) - len(text.encode("utf-8", "surrogatepass"))
    beyond = len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text)
    return len(text.encode("ascii", "xmlcharrefreplace")) + 4 * beyond + longer
