"""Where the documents of a feed stand, and how they name each other (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedpub.model import Archive, FeedDocument

HISTORY = "http://purl.org/syndication/history/1.0"
_PLACE = re.compile(r"feeds/([a-z0-9-]+)(?:/archive/(([0-9]{6,})-[0-9a-f]+))?\.([a-z]+)")

CURRENT, OLDER, NEWER = "current", "prev-archive", "next-archive"


def path_of(name: str, suffix: str, archive: Archive | None = None) -> str:
    """Name the file of a feed's live document or of one of its archives, relative to the output folder."""
    place = f"feeds/{name}/archive/{archive.name}" if archive else f"feeds/{name}"
    return f"{place}.{suffix}"


def feed_at(path: str) -> tuple[str, Archive | None, str] | None:
    """Return the feed, the archive and the suffix for which `path_of` gives `path`; None for another file."""
    found = _PLACE.fullmatch(path)
    if not found:
        return None
    name, archive, number, suffix = found.groups()
    return name, Archive(number=int(number), name=archive) if archive else None, suffix


def neighbours(document: FeedDocument, url: str) -> Iterator[tuple[str, str]]:
    """Yield relation and address of the other documents that one names, which stands at `url` itself.

    They are written in its own format. Only an archive names the live document, or one after it.
    """
    suffix = url.rpartition(".")[2]
    if document.archive:
        yield CURRENT, _address(document, suffix, None)
    if document.older:
        yield OLDER, _address(document, suffix, document.older)
    if document.newer:
        yield NEWER, _address(document, suffix, document.newer)


def _address(document: FeedDocument, suffix: str, archive: Archive | None) -> str:
    return document.site.url + path_of(document.feed.name, suffix, archive)
