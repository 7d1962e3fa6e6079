"""The release gate: rendered bytes are read back before anybody else can read them.

What every document must keep to is the business of `conformance`; here is held against it what this one was
meant to say, and how much.
"""

from __future__ import annotations

from functools import lru_cache

from feedpub.conformance import Level, examine
from feedpub.exceptions import RenderError
from feedpub.model import FeedDocument, FeedEntry, Resource, Tombstone
from feedpub.render.formats import FORMATS
from feedpub.render.instants import utc_seconds
from feedpub.render.places import OLDER, neighbours
from feedpub.render.readback import ReadEntry, ReadFeed

_MAX_TOMBSTONES = 100  # more than a desk withdraws in a month; whoever reads them all must keep up with them


def check(resource: Resource, document: FeedDocument) -> None:
    """Raise RenderError unless a resource says what its document says, within the feed's limits."""
    reason = _objection(resource, document)
    if reason:
        raise RenderError(resource.path, reason)


def _objection(resource: Resource, document: FeedDocument) -> str | None:
    """Say what is wrong with a rendered feed, or None."""
    feed = document.feed
    if len(resource.content) > feed.max_bytes:
        return f"{len(resource.content)} bytes, more than the limit of {feed.max_bytes}"
    try:
        read = _read(resource)
    except ValueError as error:
        return f"cannot be read back: {error}"
    if len(read.entries) > feed.most_entries:
        return f"{len(read.entries)} entries, more than the limit of {feed.most_entries}"
    return (
        _crowd(read)
        or _broken_rule(resource)
        or _misplacement(read, document, document.site.url + resource.path)
        or _difference(read, document)
    )


def _read(resource: Resource) -> ReadFeed:
    """Read a resource in the format that its name tells."""
    suffix = resource.path.rpartition(".")[2]
    form = next(form for form in FORMATS.values() if form.suffix == suffix)
    return form.read(resource.content)


def _broken_rule(resource: Resource) -> str | None:
    """Say which rule is broken at which some reader would fail; warnings keep nothing out."""
    findings, _ = examine(resource.path, resource.content)
    for found in findings:
        if found.rule.level is Level.ERROR:
            place = "" if found.line is None else f"line {found.line}: "
            return f"{place}{found.what} (rule {found.rule.code}: {found.rule.title})"
    return None


def _crowd(read: ReadFeed) -> str | None:
    """Say whether there are more tombstones than a reader can keep up with."""
    graves = len(read.tombstones or ())
    return (
        f"{graves} tombstones, more than the limit of {_MAX_TOMBSTONES}" if graves > _MAX_TOMBSTONES else None
    )


def _misplacement(read: ReadFeed, document: FeedDocument, url: str) -> str | None:
    """Say what is wrong with a document's place in the history of its feed (RFC 5005)."""
    archived = document.archive is not None
    if read.archived is not None and read.archived != archived:
        return (
            "a live document that says it is an archive"
            if read.archived
            else "an archive that does not say so"
        )
    older = dict(neighbours(document, url)).get(OLDER)
    if read.older != older:
        return f"the document before it is {read.older}, not {older}"
    if older == url:
        return "it names itself as the document before it"
    return None


def _difference(read: ReadFeed, document: FeedDocument) -> str | None:
    """Say where what was read differs from what was meant."""
    if read.id is not None and read.id != document.id:
        return f"the id of the feed is {read.id}, not {document.id}"
    updated = utc_seconds(document.updated)
    if read.updated is not None and read.updated != updated:
        return f"the feed was updated {read.updated}, not {updated}"
    graves = tuple(Tombstone(id=t.id, deleted=utc_seconds(t.deleted)) for t in document.tombstones)
    if read.tombstones is not None and read.tombstones != graves:
        return f"{len(read.tombstones)} tombstones, which are not the {len(graves)} meant"
    if len(read.entries) != len(document.entries):
        return f"{len(read.entries)} entries, not {len(document.entries)}"
    for said, entry in zip(read.entries, document.entries, strict=True):
        if said != _meant(entry):
            return f"an entry says {said}, not {_meant(entry)}"
    return None


@lru_cache(1024)  # the same in every format, and with each publication
def _meant(entry: FeedEntry) -> ReadEntry:
    """Tell what a reader of a faithful rendering reads."""
    return ReadEntry(
        id=entry.id,
        title=entry.title,
        published=utc_seconds(entry.published),
        updated=utc_seconds(entry.updated),
    )
