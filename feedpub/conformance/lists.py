"""Documents that list addresses: OPML 2.0 and sitemaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from feedpub.conformance.facts import ListFacts
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.strictxml import line_of
from feedpub.conformance.values import is_w3c_date, is_web_uri, read_rfc822

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_MOST_ADDRESSES = 50_000  # of one sitemap


def examine_opml(path: str, root: etree._Element) -> tuple[list[Fault], ListFacts]:
    """Hold an OPML document against the rules."""
    outlines = list(root.iter("outline"))
    feeds = [outline for outline in outlines if outline.get("type") or outline.get("xmlUrl")]
    dates = root.iter("dateCreated", "dateModified")
    faults = [
        *_opml_faults(root, outlines),
        *_subscription_faults(feeds),
        *(
            Fault("C98", line_of(d), f"the date {quoted(d.text)}")
            for d in dates
            if not read_rfc822(d.text or "")
        ),
    ]
    addresses = tuple((line_of(feed), feed.get("xmlUrl", "")) for feed in feeds)
    return faults, ListFacts(path=path, addresses=addresses)


def examine_sitemap(path: str, root: etree._Element) -> tuple[list[Fault], ListFacts | None]:
    """Hold a sitemap, or an index of sitemaps, against the rules."""
    if root.tag not in (f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"):
        return [Fault("S1", line_of(root), f"the root element is {quoted(str(root.tag))}, no sitemap")], None
    places = [(line_of(loc), (loc.text or "").strip()) for loc in root.iter(f"{_SITEMAP}loc")]
    return list(_sitemap_faults(root, places)), ListFacts(path=path, addresses=tuple(places))


def _opml_faults(root: etree._Element, outlines: list[etree._Element]) -> Iterator[Fault]:
    count = Counter(child.tag for child in root)
    if root.tag != "opml" or root.get("version") != "2.0" or count["head"] != 1 or count["body"] != 1:
        yield Fault("C96", line_of(root), "no opml of version 2.0 with one head and one body")
    for outline in outlines:
        if not outline.get("text", "").strip():
            yield Fault("C96", line_of(outline), "an outline without text")


def _subscription_faults(feeds: list[etree._Element]) -> Iterator[Fault]:
    for feed in feeds:
        if feed.get("type") != "rss":
            yield Fault("C97", line_of(feed), f"a feed of type {quoted(feed.get('type'))}, not rss")
        for name in ("xmlUrl", "htmlUrl"):
            if (name == "xmlUrl" or feed.get(name) is not None) and not is_web_uri(feed.get(name)):
                yield Fault("C97", line_of(feed), f"{name} is {quoted(feed.get(name))}, no absolute address")


def _sitemap_faults(root: etree._Element, places: list[tuple[int | None, str]]) -> Iterator[Fault]:
    if len(places) > _MOST_ADDRESSES:
        yield Fault("S1", None, f"{len(places)} addresses, more than {_MOST_ADDRESSES}")
    seen: set[str] = set()
    for line, address in places:
        if not is_web_uri(address) or address in seen:
            yield Fault("S1", line, f"the address {quoted(address)}, not absolute or given twice")
        seen.add(address)
    for date in root.iter(f"{_SITEMAP}lastmod"):
        if not is_w3c_date((date.text or "").strip()):
            yield Fault("S2", line_of(date), f"the date {quoted(date.text)}")
