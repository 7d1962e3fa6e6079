"""The table of feed formats: a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from feedpub.model import Archive, FeedDocument
from feedpub.render import atom, jsonfeed, rss
from feedpub.render.places import path_of
from feedpub.render.plain_ascii import json_in_ascii, xml_in_ascii
from feedpub.render.readback import ReadFeed


class Write(Protocol):
    """How a format is written; `url` is the address at which the document will stand."""

    def __call__(self, document: FeedDocument, *, url: str) -> bytes:
        """Give the document's bytes; raises ValueError for text that the format cannot carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way of writing a feed."""

    title: str  # as people call it
    suffix: str  # of the file's name, without its dot
    link_type: str  # media type as a link's `type` has it, without parameters
    media_type: str  # media type as the Content-Type header has it, with charset where there is one
    write: Write
    in_ascii: Callable[[bytes], bytes]  # what was written, in ASCII alone
    read: Callable[[bytes], ReadFeed]  # reads strictly what `write` wrote; raises ValueError

    def path(self, name: str, archive: Archive | None = None) -> str:
        """Name the file of the feed `name`, or of an archive of it, relative to the output folder."""
        return path_of(name, self.suffix, archive)


# The charset is given although XML has a declaration: without it Chromium shows mojibake.
FORMATS = {
    "rss": Format(
        title="RSS",
        suffix="rss",
        link_type=rss.MEDIA_TYPE,
        media_type=f"{rss.MEDIA_TYPE}; charset=utf-8",
        write=rss.write,
        in_ascii=xml_in_ascii,
        read=rss.read,
    ),
    "atom": Format(
        title="Atom",
        suffix="atom",
        link_type=atom.MEDIA_TYPE,
        media_type=f"{atom.MEDIA_TYPE}; charset=utf-8",
        write=atom.write,
        in_ascii=xml_in_ascii,
        read=atom.read,
    ),
    "json": Format(
        title="JSON Feed",
        suffix="json",
        link_type=jsonfeed.MEDIA_TYPE,
        media_type=jsonfeed.MEDIA_TYPE,  # JSON is UTF-8 and knows no charset (RFC 8259 section 11)
        write=jsonfeed.write,
        in_ascii=json_in_ascii,
        read=jsonfeed.read,
    ),
}
