"""RSS 2.0, in the shape of the RSS Advisory Board's best practices profile."""

from __future__ import annotations

from feedpub import __version__
from feedpub.model import FeedDocument, FeedEntry
from feedpub.render.feed_style import styled
from feedpub.render.fragments import XmlFragments
from feedpub.render.instants import read_rfc822, read_rfc3339
from feedpub.render.places import HISTORY, OLDER
from feedpub.render.readback import ReadEntry, ReadFeed

MEDIA_TYPE = "application/rss+xml"  # not registered, yet what every reader knows

_FRAGMENTS = XmlFragments(begin=b"    <item", end=b"</item>\n", closing=b"  </channel>\n</rss>\n")
_TOLD = ("guid", "title", "pubDate", "{http://www.w3.org/2005/Atom}updated")


def write(document: FeedDocument, *, url: str) -> bytes:
    """Write a feed as RSS 2.0."""
    from feedpub.render import generator  # noqa: PLC0415  100 ms that most commands never need

    def written(entries: tuple[FeedEntry, ...]) -> bytes:
        feed = generator.filled(document, entries, url=url, media_type=MEDIA_TYPE)
        feed.generator(f"feedpub {__version__}")  # RSS has no attribute for the version
        feed.docs("https://www.rssboard.org/rss-specification")
        content: bytes = feed.rss_str(pretty=True)
        return content

    content = _FRAGMENTS.document(document.entries, generator.about_entries(document), written)
    return styled(content, document.site)


def read(content: bytes) -> ReadFeed:
    """Read what `write` wrote; raises ValueError."""
    from feedpub.render import xmltree  # noqa: PLC0415  lxml is only needed once something was written

    channel = xmltree.child(xmltree.root(content, "rss"), "channel")
    return ReadFeed(
        id=None,
        updated=read_rfc822(xmltree.text(channel, "lastBuildDate")),
        archived=xmltree.has(channel, f"{{{HISTORY}}}archive"),
        older=xmltree.find_link(channel, OLDER),
        entries=tuple(
            ReadEntry(
                id=id_,
                title=title,
                published=read_rfc822(published),
                updated=read_rfc3339(updated),
            )
            for item in channel.iterchildren("item")
            for id_, title, published, updated in [xmltree.texts(item, *_TOLD)]
        ),
    )
