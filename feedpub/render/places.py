"""Where the documents of a feed stand, and how they name each other (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.model import Archive, FeedDocument

HISTORY = "http://purl.org/syndication/history/1.0"
CURRENT, OLDER, NEWER = "current", "prev-archive", "next-archive"


def path_of(name: str, suffix: str, archive: Archive | None = None) -> str:
    """Name the file of a feed's live document or of one of its archives, relative to the output folder."""
    place = f"feeds/{name}/archive/{archive.name}" if archive else f"feeds/{name}"
    return f"{place}.{suffix}"


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
