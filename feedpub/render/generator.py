"""The only door to feedgen: a document goes in, a filled generator comes out, its traps closed.

feedgen 1.0.0 is used for what it does well, the trees and the escaping. What it gets wrong is
avoided here by the order and the form in which it is told things, or mended by the extensions.
"""

from __future__ import annotations

import html
from collections.abc import Hashable, Iterable

import feedgen.entry
import feedgen.feed

from feedpub.model import FeedDocument, FeedEntry
from feedpub.render.extensions import EntryExtension, HeadExtension
from feedpub.render.instants import rfc822, utc_seconds
from feedpub.render.places import neighbours

# feedgen's own function switches the locale of the whole process to C and back for every date, under
# the feet of all other threads, and prints years before 1000 with less than four digits. There is no
# setting to turn it off; as its two modules look the function up by name, ours takes its place.
feedgen.feed.formatRFC2822 = rfc822
feedgen.entry.formatRFC2822 = rfc822


def filled(
    document: FeedDocument, entries: Iterable[FeedEntry], *, url: str, media_type: str
) -> feedgen.feed.FeedGenerator:
    """Fill a generator with a document that will stand at `url`, and with some of its entries.

    One generator serves one format, for the self link differs.
    """
    feed = document.feed
    generator = feedgen.feed.FeedGenerator()
    generator.register_extension("feedpub", HeadExtension, EntryExtension)
    generator.id(document.id)
    generator.title(feed.title)
    generator.description(feed.description or feed.title)  # RSS demands one
    generator.language(feed.language)
    generator.author(name=feed.author.name, email=feed.author.email, uri=feed.author.uri)
    _describe(generator, document)
    generator.updated(utc_seconds(document.updated))  # unset it is now, and the bytes change with every run
    generator.feedpub.hubs = document.site.hubs
    for hub in document.site.hubs:
        generator.link(href=hub, rel="hub")
    generator.link(href=url, rel="self", type=media_type)
    generator.feedpub.archived = document.archive is not None
    generator.feedpub.illustrated = is_illustrated(document)
    generator.feedpub.neighbours = tuple(neighbours(document, url))
    for relation, address in generator.feedpub.neighbours:
        generator.link(href=address, rel=relation, type=media_type)
    # Last, for the last link of whatever kind becomes the <link> of RSS.
    generator.link(href=document.site.url, rel="alternate", type="text/html")
    for entry in entries:
        _add(generator, entry, document)
    return generator


def about_entries(document: FeedDocument) -> Hashable:
    """Return what decides beside an entry how it is written, as a root declares it or the feed has it."""
    return is_illustrated(document), document.feed.author.name, document.feed.language


def is_illustrated(document: FeedDocument) -> bool:
    """Tell whether an entry comes with files, so that the root declares Media RSS."""
    return any(entry.enclosures or entry.image for entry in document.entries)


def _describe(generator: feedgen.feed.FeedGenerator, document: FeedDocument) -> None:
    """Write what the configuration says of the feed as a whole."""
    feed = document.feed
    generator.category([{"term": name} for name in feed.categories])
    generator.rights(feed.rights)
    generator.icon(feed.icon)
    if feed.image:  # feedgen takes it for Atom's logo as well; RSS wants title and link of its channel
        generator.image(url=feed.image, title=feed.title, link=document.site.url)
    generator.ttl(feed.ttl_minutes)


def _add(generator: feedgen.feed.FeedGenerator, entry: FeedEntry, document: FeedDocument) -> None:
    """Append one entry; without `order` feedgen would turn the list round."""
    item = generator.add_entry(order="append")
    item.feedpub.entry = entry
    item.feedpub.feed = document.feed
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate")
    item.published(utc_seconds(entry.published))
    item.updated(utc_seconds(entry.updated))  # unset it is now
    item.guid(entry.id, permalink=False)
    if entry.author:
        item.author(name=entry.author)
    # Always as HTML and with its type: untyped text is plain in Atom and HTML in RSS, and "CDATA",
    # which feedgen offers, is no type that Atom knows.
    if entry.summary:
        summary = html.escape(entry.summary, quote=False).replace('"', "&quot;")  # as in the content
        item.summary(summary, type="html")
    if entry.content_html:
        item.content(entry.content_html, type="html")
    item.category([{"term": name} for name in entry.categories])
