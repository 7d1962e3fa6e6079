"""What feedgen cannot say or says wrong, put right in the trees it builds.

feedgen calls these classes while it writes: the one for the head before the entries are there, the
one for entries with each finished item. Its Atom trees carry no namespace but the attribute that
names it, so their elements are found by their bare names.
"""

from __future__ import annotations

import re

from lxml import etree

from feedpub.iri import as_iri
from feedpub.model import Feed, FeedEntry, Tombstone
from feedpub.render.instants import rfc3339
from feedpub.render.places import HISTORY

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
_MEDIUMS = {"image": "image", "audio": "audio", "video": "video"}
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKUP = re.compile("([&<>])")


class HeadExtension:
    """The head of a document; `tombstones` are set for the format that can write them."""

    hubs: tuple[str, ...] = ()
    neighbours: tuple[tuple[str, str], ...] = ()  # relation and address of other documents of the feed
    archived: bool = False
    illustrated: bool = False  # whether an entry comes with files
    tombstones: tuple[Tombstone, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Name the prefixes that feedgen shall declare on the root beside its own."""
        spaces = {"dc": DUBLIN_CORE}
        spaces |= {"at": TOMBSTONES} if self.tombstones else {}
        spaces |= {"media": MEDIA} if self.illustrated else {}
        return spaces | ({"fh": HISTORY} if self.archived else {})

    def extend_rss(self, root: etree._Element) -> None:
        """Write the channel's plain texts as the profile wants them, and the links that feedgen drops."""
        channel = root[0]
        _write_plain(channel, "title", "description", "copyright", "category")
        own = channel.find(f"{{{ATOM}}}link")
        assert own is not None  # the self link
        for hub in self.hubs:
            own.addprevious(etree.Element(f"{{{ATOM}}}link", href=hub, rel="hub"))
        for relation, address in reversed(self.neighbours):
            attributes = {"href": address, "rel": relation, "type": own.get("type", "")}
            own.addnext(etree.Element(f"{{{ATOM}}}link", attributes))
        self._mark_archive(channel)

    def extend_atom(self, root: etree._Element) -> None:
        """Add what feedgen does not know; take back the prefixes that only RSS uses."""
        self._mark_archive(root)
        for tombstone in self.tombstones:
            # Without children (RFC 6721 allows some): feedparser takes links and names in it for the feed's.
            grave = etree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry")
            grave.set("ref", as_iri(tombstone.id))
            grave.set("when", rfc3339(tombstone.deleted))
        etree.cleanup_namespaces(root, keep_ns_prefixes=["media"] if self.illustrated else None)

    def _mark_archive(self, parent: etree._Element) -> None:
        """Say that a document is an archive (RFC 5005 section 4)."""
        if self.archived:
            etree.SubElement(parent, f"{{{HISTORY}}}archive")


class EntryExtension:
    """One entry; `entry` and `feed` are set when it is added."""

    entry: FeedEntry
    feed: Feed

    def extend_rss(self, item: etree._Element) -> None:
        """Name the author and the last change, for which RSS itself has no words.

        The <author> of RSS is an e-mail address; one without is dropped by feedgen, so dc:creator.
        """
        _append(item, f"{{{DUBLIN_CORE}}}creator", self.entry.author or self.feed.author.name)
        _append(item, f"{{{ATOM}}}updated", rfc3339(self.entry.updated))
        _write_plain(item, "title", "category", f"{{{DUBLIN_CORE}}}creator")
        # The profile asks for no more than one: readers disagree on which of several counts.
        for file in self.entry.enclosures[:1]:
            etree.SubElement(item, "enclosure", url=file.url, length=str(file.length), type=file.type)
        _show_media(item, self.entry)
        self._mark_language(item)

    def extend_atom(self, entry: etree._Element) -> None:
        """Give the link its relation back: feedgen writes only the `href` of an entry's links.

        Enclosures, which would lose their type and length that way, are added here.
        The id must be an IRI here, which that of an adopted entry may not be.
        """
        for link in entry.iterchildren("link"):
            link.set("rel", "alternate")
        for file in self.entry.enclosures:
            etree.SubElement(
                entry, "link", rel="enclosure", href=file.url, length=str(file.length), type=file.type
            )
        _show_media(entry, self.entry)
        for id_ in entry.iterchildren("id"):
            id_.text = as_iri(self.entry.id)
        self._mark_language(entry)

    def _mark_language(self, element: etree._Element) -> None:
        if self.entry.language and self.entry.language != self.feed.language:
            element.set(_LANGUAGE, self.entry.language)


def _show_media(parent: etree._Element, entry: FeedEntry) -> None:
    """Describe the files of an entry (Media RSS 1.5.1), each by itself: a group would mean one in many forms.

    A picture of which nothing but the address is known is a thumbnail.
    """
    for file in entry.enclosures:
        told = {
            "url": file.url,
            "fileSize": str(file.length),
            "type": file.type,
            "medium": _MEDIUMS.get(file.type.partition("/")[0], "document"),
            "width": str(file.width or ""),
            "height": str(file.height or ""),
        }
        known = {name: value for name, value in told.items() if value}
        content = etree.SubElement(parent, f"{{{MEDIA}}}content", known)
        if file.alt:
            etree.SubElement(content, f"{{{MEDIA}}}description", type="plain").text = file.alt
        if file.thumbnail:
            etree.SubElement(content, f"{{{MEDIA}}}thumbnail", url=file.thumbnail)
    if entry.image and not entry.picture:
        etree.SubElement(parent, f"{{{MEDIA}}}thumbnail", url=entry.image)


def _append(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _write_plain(parent: etree._Element, *names: str) -> None:
    """Write the markup signs of plain-text elements as hexadecimal character references.

    Equal XML, but the RSS profile asks for it (section "Character data"): readers that unescape a
    title twice find no named entity to unescape.
    """
    for element in parent.iterchildren(*names):
        first, *rest = _MARKUP.split(element.text or "")
        element.text = first
        for sign, after in zip(rest[::2], rest[1::2], strict=True):
            reference = etree.Entity(f"#x{ord(sign):X}")
            reference.tail = after
            element.append(reference)
