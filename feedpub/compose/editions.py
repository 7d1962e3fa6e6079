"""How a feed shows an entry that was edited: as the same one, silently, or as a new one."""

from __future__ import annotations

import html
from dataclasses import replace

from feedpub.compose.entries import page_address
from feedpub.compose.phrases import phrases
from feedpub.model import Edits, Entry, Feed, FeedEntry, Site, Tombstone


def as_edited(entry: Entry, edits: Edits) -> Entry:
    """Return `entry` with the id and the instants that it has in a feed of this policy.

    An entry that was withdrawn and came back is updated by that under each of them, or readers who heed
    its tombstone would hold it for deleted.
    """
    if edits is Edits.UPDATE:
        return entry
    published = entry.published if edits is Edits.SILENT else entry.issued or entry.published
    updated = max(published, entry.restored or published)
    number = 1 if edits is Edits.SILENT else entry.version
    return replace(entry, id=_numbered(entry.id, number), published=published, updated=updated)


def as_buried(tombstone: Tombstone, edits: Edits) -> Tombstone:
    """Return `tombstone` with the id by which readers of a feed of this policy knew its entry."""
    number = tombstone.version if edits is Edits.REISSUE else 1
    return replace(tombstone, id=_numbered(tombstone.id, number), version=1)


def with_pointer(shown: FeedEntry, entry: Entry, feed: Feed, site: Site) -> FeedEntry:
    """Return `shown` with a link to the page of the story, if `feed` issues `entry` anew.

    A summary, which is plain text, says the same in brackets.
    """
    if feed.edits is not Edits.REISSUE or entry.version == 1:
        return shown
    words = phrases(entry.language or site.language).later_version
    if shown.content_html is None:
        return replace(shown, summary=f"[{words}] {shown.summary}".rstrip())
    link = f'<p><a href="{html.escape(page_address(entry, site))}">{words}</a></p>'
    return replace(shown, content_html=f"{link}\n{shown.content_html}".rstrip())


def _numbered(id_: str, version: int) -> str:
    """Return the id of one version: ";" and digits may end a tag: URI (RFC 4151 section 2.1)."""
    return id_ if version == 1 else f"{id_};{version}"
