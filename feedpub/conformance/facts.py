"""What a document says that another one must agree with."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """One entry of a feed."""

    line: int | None
    id: str
    url: str
    published: dt.datetime | None
    updated: dt.datetime | None
    digest: bytes  # of all that the formats must agree on


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """One feed document."""

    path: str
    own: str  # the address it names as its own, "" where it names none
    home: str
    entries: tuple[EntryFacts, ...]
    relations: dict[str, str] = field(default_factory=dict)  # of RFC 5005, and JSON Feed's next_url as "next"
    archive: bool = False
    hubs: tuple[str, ...] = ()
    files: tuple[tuple[str, str, str], ...] = ()  # enclosures: address, length, media type


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One HTML page."""

    path: str
    canonical: str
    feeds: tuple[tuple[int | None, str, str], ...]  # line, type and address of the feeds it announces


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """A document that lists addresses: OPML, sitemap."""

    path: str
    addresses: tuple[tuple[int | None, str], ...]


Facts = FeedFacts | PageFacts | ListFacts


def digest(
    *, title: str, url: str, published: object, updated: object, tags: tuple[str, ...], text: str
) -> bytes:
    """Sum up what the formats must agree on, so that a site of any size fits into memory."""
    said = "\0".join((title, url, str(published), str(updated), *tags, text))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
