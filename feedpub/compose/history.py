"""What stands in the live document of a feed and what in its archives (RFC 5005 section 4).

Entries stay in the live document until it is too long. Then the oldest of them leave together, into an
archive that nothing is added to afterwards.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from feedpub.compose.addresses import with_uri
from feedpub.compose.editions import as_edited
from feedpub.compose.entries import age, newest_first
from feedpub.compose.feeds import as_shown, entry_size, fitting, room_of
from feedpub.model import Archive, Entry, Feed, FeedDocument, Site

# How much of a full live document is sealed at once: the rest stays, for it is what most readers look at.
_SEALED_SHARE = 4

# How much of a live document is kept for what is new though its date is old; the rest goes by date alone,
# or an old folder that is dropped at once would drive out the news.
_LATE_SHARE = 2

_DIGEST_LENGTH = 12  # hex digits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """An entry that will leave when its turn comes."""

    id: str
    bytes: int
    published: dt.datetime


def leaving(
    feed: Feed,
    site: Site,
    entries: Iterable[Entry],
    *,
    feed_id: str,
    unseen: Collection[str],
    fresh_since: dt.datetime | None = None,
) -> list[tuple[str, ...]]:
    """Return the ids of those `entries` that no longer fit into the live document, as new archives.

    The oldest archive first; each fits into one document. `unseen` are the ids of those that are new to the
    feed, whatever their date. What was published after `fresh_since` leaves only for lack of room, or when
    there is far more of it than usual.
    """
    site = with_uri(site)
    queue = _queue(feed, site, entries, feed_id=feed_id, unseen=unseen)
    room = room_of(feed, site, feed_id)
    archives: list[tuple[str, ...]] = []
    start, size = 0, sum(entry.bytes for entry in queue)
    while (count := len(queue) - start) > feed.max_entries or size > room:
        crowded = size > room or count > feed.most_entries
        if not crowded and _is_fresh(queue[start], fresh_since):
            break
        # While there is enough for two documents, as after a move, one is filled.
        share = 1 if count >= 2 * feed.max_entries or size >= 2 * room else _SEALED_SHARE
        sealed = _first(queue, start, most=max(feed.max_entries // share, 1), room=room // share)
        if not crowded:
            sealed = [entry for entry in sealed if not _is_fresh(entry, fresh_since)]
        archives.append(tuple(entry.id for entry in sealed))
        start += len(sealed)
        size -= sum(entry.bytes for entry in sealed)
    return archives


def _is_fresh(entry: _Weighed, fresh_since: dt.datetime | None) -> bool:
    return fresh_since is not None and entry.published >= fresh_since


def overflowing(
    feed: Feed, site: Site, entries: Sequence[Entry], *, feed_id: str, unseen: Collection[str]
) -> tuple[str, ...]:
    """Return the ids of those `entries` of an archive that do not fit into it any more.

    They were edited, or the limits of the feed are others now.
    """
    site = with_uri(site)
    queue = _queue(feed, site, entries, feed_id=feed_id, unseen=unseen)
    kept = _first(queue, 0, most=feed.max_entries, room=room_of(feed, site, feed_id))
    return tuple(entry.id for entry in queue[len(kept) :])


def new_archive(number: int, ids: Iterable[str]) -> Archive:
    """Name an archive so that no other one ever has its address, not even after the store was lost."""
    digest = hashlib.sha256("\n".join(ids).encode()).hexdigest()[:_DIGEST_LENGTH]
    return Archive(number=number, name=f"{number:06}-{digest}")


def archive_document(
    feed: Feed,
    site: Site,
    entries: Iterable[Entry],
    *,
    feed_id: str,
    began: dt.datetime,
    place: tuple[Archive | None, Archive, Archive | None],
) -> FeedDocument:
    """Compose an archive from the entries that are left in it; `began` is when the feed did.

    `place` is the archive between the one before it and the one after it.
    """
    older, archive, newer = place
    site = with_uri(site)
    room = room_of(feed, site, feed_id)
    edited = newest_first(as_edited(entry, feed.edits) for entry in entries)
    shown = (fitting(as_shown(entry, feed, site), room, in_ascii=site.in_ascii) for entry in edited)
    visible = tuple(entry for entry in shown if entry)
    return FeedDocument(
        site=replace(site, hubs=()),  # nobody waits for an archive
        feed=feed,
        id=feed_id,
        updated=max((entry.updated for entry in visible), default=began),
        entries=visible,
        archive=archive,
        older=older,
        newer=newer,
    )


def _queue(
    feed: Feed, site: Site, entries: Iterable[Entry], *, feed_id: str, unseen: Collection[str]
) -> list[_Weighed]:
    """List `entries` in the order in which they leave: the oldest first, what just came late last."""
    room = room_of(feed, site, feed_id)
    aged = sorted(
        (age(edited), entry.id, _weight(edited, feed, site, room), edited.published)
        for entry, edited in ((entry, as_edited(entry, feed.edits)) for entry in entries)
    )
    late = [id_ for _, id_, _, _ in aged if id_ in unseen][: max(feed.max_entries // _LATE_SHARE, 1)]
    oldest_first = [_Weighed(id=id_, bytes=size, published=at) for _, id_, size, at in reversed(aged)]
    spared = frozenset(late)
    return sorted(oldest_first, key=lambda entry: entry.id in spared)


def _weight(edited: Entry, feed: Feed, site: Site, room: int) -> int:
    """Return the bytes that an entry takes in a document; 0 for one that fits into none."""
    shown = fitting(as_shown(edited, feed, site), room, in_ascii=site.in_ascii)
    return entry_size(shown, in_ascii=site.in_ascii) if shown else 0


def _first(queue: Sequence[_Weighed], start: int, *, most: int, room: int) -> Sequence[_Weighed]:
    """Return as many entries from `start` on as fit into `room` bytes, one at least and `most` at most."""
    return queue[start : start + max(sum(1 for _ in _while_fitting(queue, start, most, room)), 1)]


def _while_fitting(queue: Sequence[_Weighed], start: int, most: int, room: int) -> Iterator[_Weighed]:
    left = room
    for entry in queue[start : start + most]:
        left -= entry.bytes
        if left < 0:
            return
        yield entry
