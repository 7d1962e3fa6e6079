"""What is remembered beside the entries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from feedpub.model.bulletins import Warning  # noqa: A004  as there


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a look at a file tells without reading it; equal signatures mean an unchanged file."""

    size: int  # bytes
    mtime_ns: int
    inode: int
    beside: str = ""  # digest of the same facts of the files that come with a bulletin; "" without any


class Outcome(StrEnum):
    """What became of an input file when it was last read."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"  # nothing of it is published; see reason and line
    HELD = "held"  # less certain than input.hold_below: waits for approval
    DUPLICATE = "duplicate"  # same bytes as another file, which is named in the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinRecord:
    """What the store remembers of one input file."""

    path: str  # relative to the input folder; undecodable bytes as surrogate escapes
    signature: Signature
    digest: str  # SHA-256 of the bytes, hex; "" when they could not be read
    outcome: Outcome
    arrived: dt.datetime  # first seen
    reason: str = ""  # why it was rejected, held or is a duplicate, and what would be right
    line: int | None = None
    confidence: float = 1.0
    warnings: tuple[Warning, ...] = ()
    companions: tuple[str, ...] = ()  # paths of the files that it names, whether they are there or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """One document that must be made anew: work stored in the transaction that caused it."""

    # "feed", "archive" (of one); pages: "entry" (one entry's), "bulletin" (one's), "home", "feeds" (all),
    # "feed page" (one), "month" (from a day on), "archive list" (of all months), "topic" (one of a category),
    # "topic list" (all); "media" (one file that came with a bulletin)
    kind: str
    # The feed's name, "FEED/NUMBER" of an archive, the entry's id, that by which the bulletin is known, the
    # day (ISO 8601), the category's slug, for the newest page alone or "SLUG/NUMBER" of a full one.
    name: str = ""
    mark: int = 0  # the store's running number, so that finishing old work cannot erase a newer mark


def archive_mark(feed: str, number: int) -> Stale:
    """Return the archive document `number` of `feed` as work to do."""
    return Stale(kind="archive", name=f"{feed}/{number}")


def archive_of(stale: Stale) -> tuple[str, int]:
    """Return which archive document of which feed is to be made anew; reads what `archive_mark` wrote."""
    feed, _, number = stale.name.rpartition("/")
    return feed, int(number)


def topic_mark(slug: str, page: int | None) -> Stale:
    """Return as work to do: a full page of a category, or its newest where none is given."""
    return Stale(kind="topic", name=slug if page is None else f"{slug}/{page}")


def topic_of(stale: Stale) -> tuple[str, int | None]:
    """Return which page of which category is to be made anew; reads what `topic_mark` wrote."""
    slug, _, page = stale.name.partition("/")
    return slug, int(page) if page else None
