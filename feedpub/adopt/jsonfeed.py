"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read leniently."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from feedpub.adopt.items import Item, Items

_VERSIONS = "https://jsonfeed.org/version/1"


def is_json(content: bytes) -> bool:
    """Tell whether `content` looks like JSON."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def read_json(content: bytes) -> Items:
    """Read a JSON feed; raises ValueError."""
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not (isinstance(feed, dict) and _text(feed, "version").startswith(_VERSIONS)):
        raise ValueError("JSON, but no JSON Feed")
    items = feed.get("items")
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return Items(
        home=_text(feed, "home_page_url"),
        items=tuple(_item(item, language=_text(feed, "language")) for item in found),
    )


def _item(item: dict[str, Any], *, language: str) -> Item:
    content_html = _text(item, "content_html")
    tags = item.get("tags")
    return Item(
        id=_id(item.get("id")),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        title_is_html=False,
        content=content_html or _text(item, "content_text") or _text(item, "summary"),
        content_is_html=bool(content_html),
        published=_instant(_text(item, "date_published")),
        updated=_instant(_text(item, "date_modified")),
        author=_author(item),
        language=_text(item, "language") or language,
        categories=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        has_enclosure=bool(item.get("attachments")),
    )


def _id(value: object) -> str:
    """Return an id as text; the standard allows numbers and has readers take them for text."""
    return str(value) if isinstance(value, str | int | float) else ""


def _author(item: dict[str, Any]) -> str | None:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _text(first, "name") if isinstance(first, dict) else None


def _text(parent: dict[str, Any], name: str) -> str:
    value = parent.get(name)
    return value if isinstance(value, str) else ""


def _instant(text: str) -> dt.datetime | None:
    try:
        instant = dt.datetime.fromisoformat(text)
        return instant.replace(tzinfo=instant.tzinfo or dt.UTC).astimezone(dt.UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
