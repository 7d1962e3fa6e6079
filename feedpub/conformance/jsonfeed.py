"""JSON Feed 1.1."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedpub.conformance.clearing import Clearing
from feedpub.conformance.facts import EntryFacts, FeedFacts, digest
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.hypertext import faults as markup_faults
from feedpub.conformance.hypertext import looks_like_markup
from feedpub.conformance.jsonlines import line_of
from feedpub.conformance.shared import (
    entry_faults,
    language_fault,
    link_fault,
    relation_faults,
    repeated,
    title_fault,
)
from feedpub.conformance.values import find_unwise, is_media_type, is_utc_second, is_web_uri, read_rfc3339

_VERSION = "https://jsonfeed.org/version/1.1"
# fmt: off
_TOP = frozenset({
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon",
    "favicon", "author", "authors", "language", "expired", "hubs", "items",
})
_ITEM = frozenset({
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified", "author", "authors", "tags", "language", "attachments",
})
# fmt: on
_PERSON = frozenset({"name", "url", "avatar"})
_OWN = re.compile(r"_[A-Za-z][^.]*")

_Object = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document an object is, so that a finding can name its line."""

    text: str
    path: tuple[str | int, ...] = ()

    def fault(self, code: str, what: str, *further: str | int) -> Fault:
        return Fault(code, line_of(self.text, *self.path, *further), what)


def examine(path: str, content: bytes, value: object) -> tuple[list[Fault], FeedFacts | None]:
    """Hold a JSON Feed against the rules."""
    text = content.decode()
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(value, dict) or value.get("version") != _VERSION or not isinstance(items, list):
        return [Fault("C85", 1, "no JSON Feed 1.1 with a list of items")], None
    objects = [item if isinstance(item, dict) else {} for item in items]
    told, wrong = _cleared(objects, text)
    facts = _facts(path, value, objects, told)
    here = _Place(text)
    faults = [
        *_top_faults(value, here),
        *_hub_faults(value, here),
        *relation_faults(facts, complete=False, line=None),
        *entry_faults(facts.entries),
        *repeated(facts.entries, "C87"),
    ]
    unwise = find_unwise(content)
    if unwise is not None:
        faults.append(Fault("C3", unwise, "a control character or noncharacter"))
    return faults + wrong, facts


def _cleared(items: list[_Object], text: str) -> tuple[tuple[EntryFacts, ...], list[Fault]]:
    """Return what entries say and what is wrong with them."""
    told, wrong = [], []
    for number, item in enumerate(items):
        placed = item, _Place(text, ("items", number))
        facts, faults = _ITEMS.examine(placed, json.dumps(item).encode(), line=None)
        told.append(facts)
        wrong += faults
    return tuple(told), wrong


def _facts(path: str, top: _Object, items: list[_Object], entries: tuple[EntryFacts, ...]) -> FeedFacts:
    following = _text(top, "next_url")
    files = (file for item in items for file in _objects(item, "attachments"))
    return FeedFacts(
        path=path,
        own=_text(top, "feed_url"),
        home=_text(top, "home_page_url"),
        entries=entries,
        relations={"next": following} if following else {},
        hubs=tuple(_text(hub, "url") for hub in _objects(top, "hubs")),
        files=tuple((_text(f, "url"), str(f.get("size_in_bytes", "")), _text(f, "mime_type")) for f in files),
    )


def _entry_facts(item: _Object) -> EntryFacts:
    url = _text(item, "url")
    published = read_rfc3339(_text(item, "date_published"))
    updated = read_rfc3339(_text(item, "date_modified"))
    plain = html.escape(_text(item, "content_text"), quote=False)
    tags = item.get("tags")
    return EntryFacts(
        line=None,
        id=_text(item, "id"),
        url=url,
        published=published,
        updated=updated,
        digest=digest(
            title=_text(item, "title"),
            url=url,
            published=published,
            updated=updated,
            tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
            text=_text(item, "content_html") if "content_html" in item else plain,
        ),
    )


def _top_faults(top: _Object, here: _Place) -> Iterator[Fault]:
    if next(iter(top)) != "version":
        yield here.fault("C85", "the version is not the first member", "version")
    if not _text(top, "title"):
        yield here.fault("C85", "no title", "title")
    yield from title_fault(1, _text(top, "title"))
    for name in ("home_page_url", "feed_url"):
        if not is_web_uri(_text(top, name)):
            yield here.fault("C86", f"{name} is {quoted(_text(top, name))}, no absolute address", name)
    for name in ("icon", "favicon", "next_url"):
        if name in top:
            yield from link_fault("C24", line_of(here.text, name), _text(top, name), name)
    yield from _language_faults(top, here)
    if "language" not in top:
        yield here.fault("C32", "a feed without language")
    yield from _author_faults(top, here)
    yield from _name_faults(top, _TOP, here)


def _hub_faults(top: _Object, here: _Place) -> Iterator[Fault]:
    for hub in _objects(top, "hubs"):
        if not _text(hub, "type") or not is_web_uri(_text(hub, "url")):
            yield here.fault("C92", "a hub without type or address", "hubs")


def _item_faults(item: _Object, here: _Place) -> Iterator[Fault]:
    if not _text(item, "id").strip():
        yield here.fault("C87", "an entry without id", "id")
    if not is_web_uri(_text(item, "url")):
        yield here.fault("C87", f"the address {quoted(_text(item, 'url'))} of an item", "url")
    for name in ("external_url", "image", "banner_image"):
        if name in item and not is_web_uri(_text(item, name)):
            yield here.fault(
                "C24", f"{name} is {quoted(_text(item, name))}, no absolute address in ASCII", name
            )
    yield from _text_faults(item, here)
    for name in ("date_published", "date_modified"):
        if name in item and read_rfc3339(_text(item, name)) is None:
            yield here.fault("C12", f"the date {quoted(_text(item, name))}", name)
        elif name in item and not is_utc_second(_text(item, name)):
            yield here.fault("C14", f"the date {quoted(_text(item, name))}", name)
    yield from _language_faults(item, here)
    yield from _author_faults(item, here)
    yield from _tag_faults(item, here)
    for file in _objects(item, "attachments"):
        size = file.get("size_in_bytes", 0)
        if (
            not is_web_uri(_text(file, "url"))
            or not is_media_type(_text(file, "mime_type"))
            or not _is_count(size)
        ):
            yield here.fault(
                "C91", f"the attachment {quoted(_text(file, 'url'))}, its type or size", "attachments"
            )
    yield from _name_faults(item, _ITEM, here)


def _text_faults(item: _Object, here: _Place) -> Iterator[Fault]:
    title = _text(item, "title")
    if any(title_fault(None, title)):
        yield here.fault("C5", f"the title {quoted(title)}", "title")
    if looks_like_markup(title):
        yield here.fault("C53", f"the title {quoted(title)} looks like markup", "title")
    contents = [item[name] for name in ("content_html", "content_text") if name in item]
    if not contents or not all(isinstance(content, str) for content in contents):
        yield here.fault("C88", "an item without content")
    for code, what in markup_faults(_text(item, "content_html")):
        yield here.fault(code, what, "content_html")


def _language_faults(parent: _Object, here: _Place) -> Iterator[Fault]:
    if "language" in parent and any(language_fault(None, _text(parent, "language"))):
        yield here.fault("C30", f"the language {quoted(_text(parent, 'language'))}", "language")


def _author_faults(parent: _Object, here: _Place) -> Iterator[Fault]:
    authors = parent.get("authors", [])
    sound = isinstance(authors, list) and all(
        isinstance(author, dict) and any(_text(author, name) for name in _PERSON) for author in authors
    )
    if not sound:
        yield here.fault("C90", "authors that are no list of persons", "authors")


def _tag_faults(item: _Object, here: _Place) -> Iterator[Fault]:
    tags = item.get("tags", [])
    sound = isinstance(tags, list) and all(isinstance(tag, str) and tag.strip() for tag in tags)
    if not sound or (isinstance(tags, list) and len(set(map(str, tags))) < len(tags)):
        yield here.fault("C93", "tags that are no list of different texts", "tags")


def _name_faults(parent: _Object, known: frozenset[str], here: _Place) -> Iterator[Fault]:
    for name in parent:
        if name not in known and not _OWN.fullmatch(name):
            yield here.fault("C93", f"the unknown name {quoted(name)}", name)


def _text(parent: _Object, name: str) -> str:
    value = parent.get(name)
    return value if isinstance(value, str) else ""


def _objects(parent: _Object, name: str) -> list[_Object]:
    value = parent.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_ITEMS: Clearing[tuple[_Object, _Place]] = Clearing(
    facts=lambda placed: _entry_facts(placed[0]), faults=lambda placed: _item_faults(*placed)
)
