"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from feedpub.conformance import strictjson
from feedpub.model import Feed, FeedDocument, FeedEntry
from feedpub.render.fragments import Fragments
from feedpub.render.instants import read_rfc3339, rfc3339
from feedpub.render.places import OLDER, neighbours
from feedpub.render.readback import ReadEntry, ReadFeed

MEDIA_TYPE = "application/feed+json"

_FRAGMENTS = Fragments()
_VERSION = "https://jsonfeed.org/version/1.1"


def write(document: FeedDocument, *, url: str) -> bytes:
    """Write a feed as JSON Feed 1.1: in the order of its specification, what is empty left out."""
    feed = document.feed
    author = {"name": feed.author.name, "url": feed.author.uri}
    top = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": document.site.url,
        "feed_url": url,
        "description": feed.description,
        "next_url": dict(neighbours(document, url)).get(OLDER),
        "icon": feed.image,
        "favicon": feed.icon,
        "language": feed.language,
        "authors": [_without_empty(author)],
        "hubs": [{"type": "WebSub", "url": hub} for hub in document.site.hubs],
    }
    head = _text(_without_empty(top) | {"items": []}).removesuffix("[]\n}").encode()
    about = feed.language
    new = {
        entry: f"  {_text(_item(entry, feed))}".replace("\n", "\n  ").encode()
        for entry in _FRAGMENTS.lacking(document.entries, about)
    }
    items = _FRAGMENTS.joined(document.entries, about, new, by=b",\n")
    return b"%b[\n%b\n ]\n}\n" % (head, items) if items else head + b"[]\n}\n"


def read(content: bytes) -> ReadFeed:
    """Read what `write` wrote; raises ValueError."""
    match strictjson.parse(content):
        case {"version": version, "items": [*items], **rest} if version == _VERSION:
            older = strictjson.text(rest, "next_url") if "next_url" in rest else None
            return ReadFeed(id=None, updated=None, entries=tuple(map(_read_item, items)), older=older)
        case _:
            raise ValueError("no list of items of JSON Feed 1.1")


def _read_item(item: object) -> ReadEntry:
    return ReadEntry(
        id=strictjson.text(item, "id"),
        title=strictjson.text(item, "title"),
        published=read_rfc3339(strictjson.text(item, "date_published")),
        updated=read_rfc3339(strictjson.text(item, "date_modified")),
    )


def _text(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)


def _item(entry: FeedEntry, feed: Feed) -> dict[str, object]:
    """Write one entry.

    An item must have a content, so a feed of summaries gives the summary as one.
    """
    must = {"id": entry.id, "url": entry.url, "title": entry.title}
    if entry.content_html is None:
        must["content_text"] = entry.summary
    else:
        must["content_html"] = entry.content_html
    may = {
        "summary": entry.summary,
        "image": entry.image,
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": list(entry.categories),
        "language": entry.language if entry.language != feed.language else None,
        "attachments": [
            {"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}
            for file in entry.enclosures
        ],
    }
    return must | _without_empty(may)


def _without_empty(members: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value}
