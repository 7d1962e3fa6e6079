"""RSS 2.0 and the RSS Advisory Board's best practices profile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from feedpub.conformance.clearing import Clearing
from feedpub.conformance.facts import EntryFacts, FeedFacts, digest
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.shared import entry_faults, language_fault, link_fault, relation_faults, repeated
from feedpub.conformance.strictxml import line_of
from feedpub.conformance.values import (
    is_count,
    is_iri,
    is_media_type,
    is_rss_person,
    is_web_uri,
    read_rfc822,
    read_rfc3339,
)
from feedpub.conformance.xmlfeed import (
    ATOM,
    CONTENT,
    CREATOR,
    HISTORY,
    cleared,
    date_faults,
    element_faults,
    hubs_of,
    instant_of,
    late_faults,
    plain_title_faults,
    relations_of,
    text_faults,
    text_of,
)

_MEDIA_TYPE = "application/rss+xml"
_WEEK = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
_PLAIN = re.compile(rb"<(title|category|copyright|author|dc:creator)(?: [^>]*)?>([^<]*)</")
_NAMED = re.compile(rb"&(?:amp|lt|gt);")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif)(?:\?.*)?$", re.IGNORECASE)


def examine(path: str, content: bytes, root: etree._Element) -> tuple[list[Fault], FeedFacts | None]:
    """Hold an RSS document against the rules."""
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return [Fault("C33", line_of(root), "no rss of version 2.0 with one channel")], None
    channel = channels[0]
    items = channel.findall("item")
    told, wrong = cleared(_ITEMS, items)
    facts = _facts(path, channel, told)
    faults = [
        *_channel_faults(channel, facts),
        *_self_faults(channel),
        *_person_faults(channel),
        *_number_faults(channel),
        *_image_faults(channel),
        *relation_faults(
            facts, complete=channel.find(f"{HISTORY}complete") is not None, line=line_of(channel)
        ),
        *date_faults(channel.iter("pubDate", "lastBuildDate"), read_rfc822, "C11"),
        *date_faults(channel.iter(f"{ATOM}updated", f"{ATOM}published"), read_rfc3339, "C12"),
        *_reference_faults(content),
        *entry_faults(facts.entries),
        *repeated(facts.entries, "C36"),
    ]
    return faults + wrong, facts


def _facts(path: str, channel: etree._Element, entries: tuple[EntryFacts, ...]) -> FeedFacts:
    links = channel.findall(f"{ATOM}link")
    relations = relations_of(links)
    return FeedFacts(
        path=path,
        own=relations.pop("self", ""),
        home=text_of(channel, "link"),
        entries=entries,
        relations=relations,
        archive=channel.find(f"{HISTORY}archive") is not None,
        hubs=hubs_of(links),
        files=tuple(
            (e.get("url", ""), e.get("length", ""), e.get("type", "")) for e in channel.iter("enclosure")
        ),
    )


def _entry_facts(item: etree._Element) -> EntryFacts:
    url = text_of(item, "link")
    published = read_rfc822(text_of(item, "pubDate"))
    updated = instant_of(item, f"{ATOM}updated")
    content = item.findtext(CONTENT)
    return EntryFacts(
        line=line_of(item),
        id=text_of(item, "guid"),
        url=url,
        published=published,
        updated=updated,
        digest=digest(
            title=text_of(item, "title"),
            url=url,
            published=published,
            updated=updated,
            tags=tuple(e.text or "" for e in item.findall("category")),
            text=text_of(item, "description") if content is None else content,
        ),
    )


def _channel_faults(channel: etree._Element, facts: FeedFacts) -> Iterator[Fault]:
    line = line_of(channel)
    count = Counter(child.tag for child in channel if isinstance(child.tag, str))
    for name in ("title", "link", "description"):
        if count[name] != 1:
            yield Fault("C34", line, f"{count[name]} elements {name} in a channel")
    yield from plain_title_faults(channel.find("title"))
    yield from link_fault("C24", line, facts.home, "the link of the channel")
    yield from language_fault(line, channel.findtext("language"))
    if not count["language"]:
        yield Fault("C32", line, "a channel without language")
    for name in ("docs", "generator"):
        if not count[name]:
            yield Fault("C43", line, f"a channel without {name}")
    for name in ("textInput", "cloud"):
        if count[name]:
            yield Fault("C52", line, f"a {name}")
    yield from late_faults(channel, "item")
    yield from _age_faults(channel, facts)
    yield from element_faults(channel)


def _person_faults(channel: etree._Element) -> Iterator[Fault]:
    for person in channel.iterchildren("managingEditor", "webMaster"):
        if not is_rss_person(person.text):
            yield Fault("C40", line_of(person), f"{quoted(person.text)} as {person.tag}")


def _age_faults(channel: etree._Element, facts: FeedFacts) -> Iterator[Fault]:
    built = channel.find("lastBuildDate")
    if built is None:
        yield Fault("C42", line_of(channel), "a channel without lastBuildDate")
        return
    instant = read_rfc822(built.text or "")
    newest = max((e.updated for e in facts.entries if e.updated), default=None)
    if instant and newest and newest > instant:
        yield Fault("C68", line_of(built), "an entry is newer than its feed")


def _self_faults(channel: etree._Element) -> Iterator[Fault]:
    own = [link for link in channel.iterchildren(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1:
        yield Fault("C44", line_of(channel), f"{len(own)} links to the feed itself")
    for link in own:
        if link.get("type") != _MEDIA_TYPE:
            yield Fault("C44", line_of(link), f"the type {quoted(link.get('type'))} of the feed itself")
    for link in channel.iterchildren(f"{ATOM}link"):
        yield from link_fault("C24", line_of(link), link.get("href"), f"the link {link.get('rel')}")


def _number_faults(channel: etree._Element) -> Iterator[Fault]:
    for ttl in channel.iterchildren("ttl"):
        if not is_count(ttl.text) or int(ttl.text or 0) < 1:
            yield Fault("C39", line_of(ttl), f"the ttl {quoted(ttl.text)}")
    for name, allowed in (("skipHours", {str(hour) for hour in range(24)}), ("skipDays", _WEEK)):
        for group in channel.iterchildren(name):
            values = [child.text or "" for child in group]
            if len(set(values)) < len(values) or not allowed.issuperset(values):
                yield Fault("C39", line_of(group), f"the values {', '.join(values)} in {name}")


def _image_faults(channel: etree._Element) -> Iterator[Fault]:
    for image in channel.iterchildren("image"):
        line = line_of(image)
        if not is_web_uri(image.findtext("url")) or not _PICTURE.search(text_of(image, "url")):
            yield Fault("C38", line, f"the image {quoted(image.findtext('url'))}")
        for name, most in (("width", 144), ("height", 400)):
            side = image.findtext(name)
            if side is not None and not (is_count(side) and int(side) <= most):
                yield Fault("C38", line, f"the {name} {quoted(side)}, more than {most}")
        for name in ("title", "link"):
            if text_of(image, name) != text_of(channel, name):
                yield Fault("C51", line, f"the {name} of the image is not the channel's")


def _reference_faults(content: bytes) -> Iterator[Fault]:
    """Find what only the bytes show: how the signs of markup are written."""
    for element in _PLAIN.finditer(content):
        if b"&" in element[2] and _NAMED.search(element[2]):
            line = content.count(b"\n", 0, element.start()) + 1
            yield Fault("C49", line, f"a named reference in {element[1].decode()}")


def _item_faults(item: etree._Element) -> Iterator[Fault]:
    line = line_of(item)
    count = Counter(child.tag for child in item)
    if not count["title"] and not count["description"]:
        yield Fault("C35", line, "an item without title and description")
    for name, times in count.items():
        if times > 1 and name not in ("category", "enclosure") and not name.startswith("{"):
            yield Fault("C35", line, f"{times} elements {name} in an item")
    yield from plain_title_faults(item.find("title"))
    yield from link_fault("C24", line, item.findtext("link"), "the link of an item")
    yield from _guid_faults(item)
    yield from _author_faults(item)
    yield from _enclosure_faults(item)
    for source in item.iterchildren("source"):
        if not is_iri(source.get("url")):
            yield Fault("C41", line_of(source), f"the address {quoted(source.get('url'))} of a source")
    for category in item.iterchildren("category"):
        if not (category.text or "").strip():
            yield Fault("C64", line_of(category), "a category without a name")
    names = [child.tag for child in item]
    if CONTENT in names and "description" not in names[: names.index(CONTENT)]:
        yield Fault("C48", line, "a content:encoded without a description before it")
    for text in item.iterchildren("description", CONTENT):
        yield from text_faults(text, text.text or "")
    yield from element_faults(item)


def _guid_faults(item: etree._Element) -> Iterator[Fault]:
    guid = item.find("guid")
    if guid is None:
        yield Fault("C45", line_of(item), "an item without guid")
        return
    permalink = guid.get("isPermaLink")
    if not (guid.text or "").strip():
        yield Fault("C36", line_of(guid), "an entry without id")
    elif permalink not in ("true", "false"):
        yield Fault("C36", line_of(guid), "a guid that does not say whether it is an address")
    elif permalink == "true" and not is_web_uri(guid.text):
        yield Fault("C36", line_of(guid), f"the guid {quoted(guid.text)} is no address")


def _author_faults(item: etree._Element) -> Iterator[Fault]:
    author = item.find("author")
    if author is None:
        return
    if not is_rss_person(author.text):
        yield Fault("C40", line_of(author), f"{quoted(author.text)} as author")
    if item.find(CREATOR) is not None:
        yield Fault("C47", line_of(author), "an author beside a dc:creator")


def _enclosure_faults(item: etree._Element) -> Iterator[Fault]:
    enclosures = item.findall("enclosure")
    for file in enclosures:
        sound = (
            is_web_uri(file.get("url")) and is_count(file.get("length")) and is_media_type(file.get("type"))
        )
        if not sound:
            yield Fault("C37", line_of(file), f"the enclosure {quoted(file.get('url'))}, its length or type")
    if len(enclosures) > 1:
        yield Fault("C46", line_of(enclosures[1]), f"{len(enclosures)} enclosures in an item")


_ITEMS = Clearing(facts=_entry_facts, faults=_item_faults)
