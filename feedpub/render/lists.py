"""Lists of addresses for programs: OPML 2.0 of all feeds, sitemaps of all pages."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from feedpub.model import Feed, Site
from feedpub.render.formats import FORMATS
from feedpub.render.instants import rfc3339

if TYPE_CHECKING:
    from lxml import etree

OPML = "feeds.opml"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_opml(site: Site, feeds: Sequence[Feed], *, pages: bool) -> bytes:
    """Write all feeds as subscriptions, each in its preferred format; `pages` tells whether they have pages.

    Without the dates that OPML allows: they would be those of the last run and not of the feeds.
    """
    from lxml import etree  # noqa: PLC0415  takes 15 ms that most commands never need

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = site.title
    if site.author.name:
        etree.SubElement(head, "ownerName").text = site.author.name
    body = etree.SubElement(root, "body")
    for feed in feeds:
        told = {
            "type": "rss",  # also of Atom: it stands for "a feed" (OPML 2.0, subscription lists)
            "text": feed.title,
            "title": feed.title,
            "description": feed.description,
            "language": feed.language,
            "xmlUrl": site.url + FORMATS[feed.formats[0]].path(feed.name),
            "htmlUrl": f"{site.url}feeds/{feed.name}/" if pages else site.url,
        }
        etree.SubElement(body, "outline", {name: value for name, value in told.items() if value})
    return _written(root)


def write_sitemap(pages: Iterable[tuple[str, dt.datetime | None]]) -> bytes:
    """Write a sitemap of pages, each with its address and the instant at which it last changed."""
    # By joining texts, in the form that lxml gives: a month has thousands of pages, and is written with each
    # bulletin.
    lines = ["<?xml version='1.0' encoding='utf-8'?>", f'<urlset xmlns="{_SITEMAP}">']
    for address, changed in pages:
        when = f"\n    <lastmod>{rfc3339(changed)}</lastmod>" if changed else ""
        lines.append(f"  <url>\n    <loc>{html.escape(address, quote=False)}</loc>{when}\n  </url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def write_sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """Write the list of the sitemaps at these addresses."""
    from lxml import etree  # noqa: PLC0415  as above

    root = etree.fromstring(f'<sitemapindex xmlns="{_SITEMAP}"/>')
    for address in sitemaps:
        place = etree.SubElement(root, f"{{{_SITEMAP}}}sitemap")
        etree.SubElement(place, f"{{{_SITEMAP}}}loc").text = address
    return _written(root)


def _written(root: etree._Element) -> bytes:
    from lxml import etree  # noqa: PLC0415  as above

    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
