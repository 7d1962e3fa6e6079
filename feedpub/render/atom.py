"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from feedpub import __version__
from feedpub.iri import from_iri
from feedpub.model import FeedDocument, FeedEntry, Tombstone
from feedpub.render.feed_style import styled
from feedpub.render.fragments import XmlFragments
from feedpub.render.instants import read_rfc3339
from feedpub.render.places import HISTORY, OLDER
from feedpub.render.readback import ReadEntry, ReadFeed

MEDIA_TYPE = "application/atom+xml"

_ATOM = "{http://www.w3.org/2005/Atom}"
_DELETED_ENTRY = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"  # RFC 6721

_FRAGMENTS = XmlFragments(begin=b"  <entry", end=b"</entry>\n", closing=b"</feed>\n")
_TOLD = tuple(f"{_ATOM}{name}" for name in ("id", "title", "published", "updated"))


def write(document: FeedDocument, *, url: str) -> bytes:
    """Write a feed as an Atom Feed Document."""
    from feedpub.render import generator  # noqa: PLC0415  100 ms that most commands never need

    def written(entries: tuple[FeedEntry, ...]) -> bytes:
        feed = generator.filled(document, entries, url=url, media_type=MEDIA_TYPE)
        feed.generator("feedpub", version=__version__)
        feed.feedpub.tombstones = document.tombstones
        content: bytes = feed.atom_str(pretty=True)
        return content

    content = _FRAGMENTS.document(document.entries, generator.about_entries(document), written)
    return styled(content, document.site)


def read(content: bytes) -> ReadFeed:
    """Read what `write` wrote; raises ValueError."""
    from feedpub.render import xmltree  # noqa: PLC0415  lxml is only needed once something was written

    feed = xmltree.root(content, f"{_ATOM}feed")
    return ReadFeed(
        id=xmltree.text(feed, f"{_ATOM}id"),
        updated=read_rfc3339(xmltree.text(feed, f"{_ATOM}updated")),
        entries=tuple(
            ReadEntry(
                id=from_iri(id_),
                title=title,
                published=read_rfc3339(published),
                updated=read_rfc3339(updated),
            )
            for entry in feed.iterchildren(f"{_ATOM}entry")
            for id_, title, published, updated in [xmltree.texts(entry, *_TOLD)]
        ),
        archived=xmltree.has(feed, f"{{{HISTORY}}}archive"),
        older=xmltree.find_link(feed, OLDER),
        tombstones=tuple(
            Tombstone(id=from_iri(grave.get("ref", "")), deleted=read_rfc3339(grave.get("when", "")))
            for grave in feed.iterchildren(_DELETED_ENTRY)
        ),
    )
