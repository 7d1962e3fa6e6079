"""What RSS and Atom have in common: XML, elements of Atom and of Media RSS."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from lxml import etree

from feedpub.conformance.clearing import Clearing
from feedpub.conformance.facts import EntryFacts
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.hypertext import faults as markup_faults
from feedpub.conformance.hypertext import looks_like_markup
from feedpub.conformance.shared import language_fault, title_fault
from feedpub.conformance.strictxml import is_declared, line_of
from feedpub.conformance.values import (
    find_unwise,
    is_count,
    is_media_type,
    is_utc_second,
    is_web_uri,
    read_rfc3339,
)

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_XHTML_SCRIPT = "{http://www.w3.org/1999/xhtml}script"

_XSLT = re.compile(rb"<\?xml-stylesheet[^>]*xsl")

PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://search.yahoo.com/mrss/": "media",
}
_MEDIUMS = ("image", "audio", "video", "document", "executable")


def document_faults(content: bytes, root: etree._Element) -> Iterator[Fault]:
    """Check what holds for every document in XML."""
    if not is_declared(content):
        yield Fault("C1", 1, "no XML declaration that names UTF-8 at the first byte")
    unwise = find_unwise(content)
    if unwise is not None:
        yield Fault("C3", unwise, "a control character or noncharacter")
    yield from _script_faults(content, root)
    for uri, prefix in PREFIXES.items():
        if prefix in root.nsmap and root.nsmap[prefix] != uri:
            code = "C156" if prefix == "media" else "C10"
            yield Fault(code, line_of(root), f"the prefix {prefix} stands for {quoted(root.nsmap[prefix])}")
    if root.get(f"{XML}base") is not None:
        yield Fault("C28", line_of(root), "an xml:base")
    yield from language_fault(line_of(root), root.get(f"{XML}lang"))


def cleared(
    clearing: Clearing[etree._Element], entries: list[etree._Element]
) -> tuple[tuple[EntryFacts, ...], list[Fault]]:
    """Return what entries say and what is wrong with them."""
    told, wrong = [], []
    # What the root declares, for an entry must not declare more.
    declared = repr(entries[0].getroottree().getroot().nsmap).encode() if entries else b""
    for entry in entries:
        written = declared + etree.tostring(entry, encoding="utf-8", with_tail=False)
        facts, faults = clearing.examine(entry, written, line=line_of(entry))
        told.append(facts)
        wrong += faults
    return tuple(told), wrong


def element_faults(parent: etree._Element) -> Iterator[Fault]:
    """Check what an entry or the head of a feed may hold in both formats: prefixes, language, media."""
    declared = parent.getroottree().getroot().nsmap
    if parent.nsmap != declared:
        yield Fault("C10", line_of(parent), "a prefix that is not declared on the root")
    yield from language_fault(line_of(parent), parent.get(f"{XML}lang"))
    if "media" in declared:
        yield from _media_faults(parent)


def text_faults(element: etree._Element, html: str) -> Iterator[Fault]:
    """Check a text that readers take for HTML."""
    for code, what in markup_faults(html):
        yield Fault(code, line_of(element), what)


def plain_title_faults(element: etree._Element | None) -> Iterator[Fault]:
    """Check a title, which is plain text."""
    if element is None:
        return
    title = element.text or ""
    yield from title_fault(line_of(element), title)
    if looks_like_markup(title):
        yield Fault("C53", line_of(element), f"the title {quoted(title)} looks like markup")


def late_faults(parent: etree._Element, name: str) -> Iterator[Fault]:
    """Find what belongs to the head of a feed and stands after an entry, which is called `name`."""
    first = parent.find(name)
    for late in first.itersiblings() if first is not None else ():
        if late.tag != name:
            yield Fault("C50", line_of(late), "the head goes on after an entry")


def date_faults(
    elements: Iterator[etree._Element], read: Callable[[str], object], code: str
) -> Iterator[Fault]:
    """Check dates by the grammar that `read` knows."""
    for element in elements:
        text = element.text or ""
        if read(text) is None:
            yield Fault(code, line_of(element), f"the date {quoted(text)}")
        elif code == "C12" and not is_utc_second(text):
            yield Fault("C14", line_of(element), f"the date {quoted(text)}")


def text_of(parent: etree._Element, name: str) -> str:
    """Read the text of the first child of this name, "" where there is none."""
    return parent.findtext(name) or ""


def instant_of(parent: etree._Element, name: str) -> dt.datetime | None:
    """Read the RFC 3339 date of the first child of this name."""
    return read_rfc3339(text_of(parent, name))


def relations_of(links: list[etree._Element]) -> dict[str, str]:
    """Map relations to addresses."""
    return {link.get("rel", "alternate"): link.get("href", "") for link in links}


def hubs_of(links: list[etree._Element]) -> tuple[str, ...]:
    """List the hubs that the links of a feed name."""
    return tuple(link.get("href", "") for link in links if link.get("rel") == "hub")


def _script_faults(content: bytes, root: etree._Element) -> Iterator[Fault]:
    instruction = _XSLT.search(content)
    if instruction:
        yield Fault("C161", content.count(b"\n", 0, instruction.start()) + 1, "an XSLT stylesheet")
    for script in root.iter("script", _XHTML_SCRIPT):
        yield Fault("C161", line_of(script), "a script element")


def _media_faults(parent: etree._Element) -> Iterator[Fault]:
    for item in parent.iter(f"{MEDIA}content", f"{MEDIA}thumbnail"):
        kind = etree.QName(item).localname
        if not is_web_uri(item.get("url")):
            yield Fault("C156", line_of(item), f"the address {quoted(item.get('url'))} of a media:{kind}")
        if kind == "content" and item.get("type") and not is_media_type(item.get("type")):
            yield Fault("C156", line_of(item), f"the media type {quoted(item.get('type'))}")
        if kind == "content" and item.get("medium", "image") not in _MEDIUMS:
            yield Fault("C156", line_of(item), f"the medium {quoted(item.get('medium'))}")
        for side in ("width", "height", "fileSize"):
            if item.get(side) is not None and not is_count(item.get(side)):
                yield Fault("C156", line_of(item), f"the {side} {quoted(item.get(side))}")
    for group in parent.iter(f"{MEDIA}group"):
        if len(group.findall(f"{MEDIA}content")) < 2:
            yield Fault("C156", line_of(group), "a media:group without alternatives")
