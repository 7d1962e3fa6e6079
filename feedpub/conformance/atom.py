"""Atom (RFC 4287), with the tombstones of RFC 6721."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from feedpub.conformance.clearing import Clearing
from feedpub.conformance.facts import EntryFacts, FeedFacts, digest
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.shared import entry_faults, relation_faults, repeated
from feedpub.conformance.strictxml import line_of
from feedpub.conformance.values import (
    is_count,
    is_email,
    is_iri,
    is_media_type,
    is_web_uri,
    read_rfc3339,
)
from feedpub.conformance.xmlfeed import (
    ATOM,
    HISTORY,
    TOMBSTONE,
    XML,
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
from feedpub.iri import from_iri

_PERSON = frozenset({"name", "uri", "email"})
_META = frozenset({"author", "category", "contributor", "id", "link", "rights", "title", "updated"})
_FEED = _META | {"generator", "icon", "logo", "subtitle", "entry"}
_CHILDREN = {
    "feed": _FEED,
    "entry": _META | {"content", "published", "source", "summary"},
    "source": _FEED - {"entry"},
    "author": _PERSON,
    "contributor": _PERSON,
}
_TEXT = frozenset({"type"})
_ATTRIBUTES = {
    "link": frozenset({"href", "rel", "type", "hreflang", "title", "length"}),
    "category": frozenset({"term", "scheme", "label"}),
    "generator": frozenset({"uri", "version"}),
    "content": frozenset({"type", "src"}),
    "title": _TEXT,
    "subtitle": _TEXT,
    "summary": _TEXT,
    "rights": _TEXT,
}
_NONE: frozenset[str] = frozenset()
_ONCE = ("id", "title", "updated")


def examine(path: str, root: etree._Element) -> tuple[list[Fault], FeedFacts | None]:
    """Hold an Atom Feed Document against the rules."""
    if root.tag != f"{ATOM}feed":
        return [Fault("C55", line_of(root), "no atom:feed")], None
    entries = root.findall(f"{ATOM}entry")
    told, wrong = cleared(_ENTRIES, entries)
    facts = _facts(path, root, entries, told)
    faults = [
        *_grammar_faults(root, *(child for child in root if child.tag != f"{ATOM}entry")),
        *_feed_faults(root, entries, facts),
        *relation_faults(facts, complete=root.find(f"{HISTORY}complete") is not None, line=line_of(root)),
        *date_faults(root.iter(f"{ATOM}updated", f"{ATOM}published"), read_rfc3339, "C12"),
        *_tombstone_faults(root, facts),
        *entry_faults(facts.entries),
        *repeated(facts.entries, "C67"),
    ]
    return faults + wrong, facts


def _facts(
    path: str, root: etree._Element, entries: list[etree._Element], told: tuple[EntryFacts, ...]
) -> FeedFacts:
    links = root.findall(f"{ATOM}link")
    relations = relations_of(links)
    files = (
        link
        for entry in entries
        for link in entry.iterchildren(f"{ATOM}link")
        if link.get("rel") == "enclosure"
    )
    return FeedFacts(
        path=path,
        own=relations.pop("self", ""),
        home=relations.pop("alternate", ""),
        entries=told,
        relations=relations,
        archive=root.find(f"{HISTORY}archive") is not None,
        hubs=hubs_of(links),
        files=tuple((f.get("href", ""), f.get("length", ""), f.get("type", "")) for f in files),
    )


def _entry_facts(entry: etree._Element) -> EntryFacts:
    url = relations_of(entry.findall(f"{ATOM}link")).get("alternate", "")
    published, updated = instant_of(entry, f"{ATOM}published"), instant_of(entry, f"{ATOM}updated")
    content = entry.findtext(f"{ATOM}content")
    return EntryFacts(
        line=line_of(entry),
        id=from_iri(text_of(entry, f"{ATOM}id")),
        url=url,
        published=published,
        updated=updated,
        digest=digest(
            title=text_of(entry, f"{ATOM}title"),
            url=url,
            published=published,
            updated=updated,
            tags=tuple(e.get("term", "") for e in entry.findall(f"{ATOM}category")),
            text=text_of(entry, f"{ATOM}summary") if content is None else content,
        ),
    )


def _grammar_faults(root: etree._Element, *parts: etree._Element) -> Iterator[Fault]:
    """Find what stands in Atom's namespace, or without one, and is not Atom's: in `root` and its `parts`."""
    for element in (root, *(e for part in parts for e in part.iter(f"{ATOM}*"))):
        parent = element.getparent()
        name = element.tag.removeprefix(ATOM)
        if parent is not None and parent.tag.startswith(ATOM):
            within = parent.tag.removeprefix(ATOM)
            if name not in _CHILDREN.get(within, _NONE):
                yield Fault("C65", line_of(element), f"an element {name} in {within}")
        for attribute in map(str, element.keys()):
            if not attribute.startswith("{") and attribute not in _ATTRIBUTES.get(name, _NONE):
                yield Fault("C65", line_of(element), f"an attribute {attribute} of {name}")


def _feed_faults(root: etree._Element, entries: list[etree._Element], facts: FeedFacts) -> Iterator[Fault]:
    line = line_of(root)
    yield from _once(root, "the feed")
    if not is_iri(text_of(root, f"{ATOM}id")):
        yield Fault("C19", line, f"the id of the feed is {quoted(text_of(root, f'{ATOM}id'))}")
    if root.get(f"{XML}lang") is None:
        yield Fault("C31", line, "a feed without xml:lang")
    if root.find(f"{ATOM}author") is None and any(e.find(f"{ATOM}author") is None for e in entries or [root]):
        yield Fault("C56", line, "a feed and an entry without author")
    if not facts.own:
        yield Fault("C59", line, "a feed without a link to itself")
    newest = max((entry.updated for entry in facts.entries if entry.updated), default=None)
    updated = instant_of(root, f"{ATOM}updated")
    if newest and updated and newest > updated:
        yield Fault("C68", line, "an entry is newer than its feed")
    yield from late_faults(root, f"{ATOM}entry")
    yield from _common_faults(root)


def _common_faults(parent: etree._Element) -> Iterator[Fault]:
    """Check what a feed and an entry have in common."""
    yield from plain_title_faults(parent.find(f"{ATOM}title"))
    for person in parent.iterchildren(f"{ATOM}author", f"{ATOM}contributor"):
        yield from _person_faults(person)
    for category in parent.iterchildren(f"{ATOM}category"):
        scheme = category.get("scheme")
        if not category.get("term", "").strip() or (scheme is not None and not is_iri(scheme)):
            yield Fault("C64", line_of(category), "a category without term, or whose scheme is no IRI")
    yield from _link_faults(parent)
    yield from element_faults(parent)


def _once(parent: etree._Element, what: str) -> Iterator[Fault]:
    for name in _ONCE:
        found = parent.findall(f"{ATOM}{name}")
        if len(found) != 1:
            yield Fault("C55", line_of(parent), f"{len(found)} elements {name} in {what}")
        elif not (found[0].text or "").strip() and not len(found[0]):
            blank = "an entry without id" if name == "id" else f"an empty {name} in {what}"
            yield Fault("C55", line_of(found[0]), blank)


def _person_faults(person: etree._Element) -> Iterator[Fault]:
    uri, email = person.findtext(f"{ATOM}uri"), person.findtext(f"{ATOM}email")
    if not text_of(person, f"{ATOM}name").strip():
        yield Fault("C57", line_of(person), "a person without a name")
    if uri is not None and not is_iri(uri):
        yield Fault("C57", line_of(person), f"the address {quoted(uri)} of a person")
    if email is not None and not is_email(email):
        yield Fault("C57", line_of(person), f"the e-mail address {quoted(email)}")


def _link_faults(parent: etree._Element) -> Iterator[Fault]:
    seen: Counter[tuple[str | None, str | None]] = Counter()
    for link in parent.iterchildren(f"{ATOM}link"):
        if not is_iri(link.get("href")) or not is_web_uri(link.get("href")):
            yield Fault("C25", line_of(link), f"the link {quoted(link.get('href'))}")
        relation = link.get("rel", "alternate")
        if relation == "alternate":
            kind = (link.get("type"), link.get("hreflang"))
            seen[kind] += 1
            if seen[kind] == 2:
                yield Fault("C58", line_of(link), f"two alternate links of type {kind[0]}")
        if relation == "enclosure" and not (is_count(link.get("length")) and is_media_type(link.get("type"))):
            yield Fault(
                "C60", line_of(link), f"the enclosure {quoted(link.get('href'))} without type or length"
            )


def _entry_faults(entry: etree._Element) -> Iterator[Fault]:
    line = line_of(entry)
    yield from _grammar_faults(entry, *entry)
    yield from _once(entry, "an entry")
    id_ = text_of(entry, f"{ATOM}id")
    if id_.strip() and not is_iri(id_):
        yield Fault("C19", line, f"the id of an entry is {quoted(id_)}")
    yield from _content_faults(entry)
    for source in entry.iterchildren(f"{ATOM}source"):
        if any(source.find(f"{ATOM}{name}") is None for name in _ONCE):
            yield Fault("C70", line_of(source), "a source without id, title or updated")
    yield from _common_faults(entry)


def _content_faults(entry: etree._Element) -> Iterator[Fault]:
    line = line_of(entry)
    contents = entry.findall(f"{ATOM}content")
    relations = {link.get("rel", "alternate") for link in entry.iterchildren(f"{ATOM}link")}
    if len(contents) > 1 or (not contents and "alternate" not in relations):
        yield Fault(
            "C61", line, f"{len(contents)} contents and no alternate link" if not contents else "two contents"
        )
    for content in contents:
        if content.get("src") is not None and entry.find(f"{ATOM}summary") is None:
            yield Fault("C63", line_of(content), "a content from elsewhere without a summary")
    for text in entry.iterchildren(f"{ATOM}content", f"{ATOM}summary"):
        kind = text.get("type", "text")
        if kind == "html":
            yield from text_faults(text, text.text or "")
        elif kind not in ("text", "xhtml") and not (text.tag == f"{ATOM}content" and is_media_type(kind)):
            yield Fault("C62", line_of(text), f"a text of type {quoted(kind)}")


def _tombstone_faults(root: etree._Element, facts: FeedFacts) -> Iterator[Fault]:
    updated = {entry.id: entry.updated for entry in facts.entries}
    buried: set[str] = set()
    for grave in root.iterchildren(TOMBSTONE):
        line = line_of(grave)
        id_, when = from_iri(grave.get("ref", "")), read_rfc3339(grave.get("when", ""))
        if not is_iri(grave.get("ref")) or when is None or len(grave):
            yield Fault("C81", line, f"the tombstone of {quoted(grave.get('ref'))}")
        if id_ in buried:
            yield Fault("C82", line, f"two tombstones for one entry, {id_}")
        if id_ in updated:
            yield Fault("C82", line, f"{id_} stands beside its own tombstone")
        buried.add(id_)


_ENTRIES = Clearing(facts=_entry_facts, faults=_entry_faults)
