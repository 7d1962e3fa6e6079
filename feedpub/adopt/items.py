"""From what a feed says of its items to entries that we can show."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from feedpub.adopt.sanitised import sanitised
from feedpub.adopt.wording import paragraphs_of
from feedpub.model import ForeignEntry, ForeignFeed

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 section 2.2
_TITLE_CHARACTERS = 80  # of a title taken from the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item as its format has it, unchecked; texts may be blank."""

    id: str
    link: str
    title: str
    title_is_html: bool
    content: str
    content_is_html: bool
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    author: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    base: str = ""  # the address in force where its content stands (xml:base), may be relative
    has_enclosure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """One feed as its format has it."""

    home: str  # the address of the site, may be blank
    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()


def finished(feed: Items, *, url: str | None) -> ForeignFeed:
    """Make entries of the items of `feed`; those that no reader could know again are left out."""
    entries, left_out = [], []
    for number, item in enumerate(feed.items, start=1):
        base = _joined(_joined(url or "", feed.home), item.base)
        link = _openable(_joined(base, item.link)) if item.link else None
        # Readers that find no guid take the link for it.
        id_ = item.id or item.link
        if not id_:
            left_out.append(f"item {number} has neither an id nor a link by which readers could know it")
        elif _NO_XML.search(id_):
            left_out.append(f"item {number} has an id with characters that XML forbids")
        else:
            entries.append(_entry(item, id=id_, link=link, base=base or link or ""))
    return ForeignFeed(
        entries=tuple(entries),
        left_out=tuple(left_out),
        warnings=(*feed.warnings, *_losses(feed.items)),
    )


def _entry(item: Item, *, id: str, link: str | None, base: str) -> ForeignEntry:  # noqa: A002  atom:id
    content = item.content if item.content_is_html else _marked_up(item.content)
    content_html = sanitised(_legal(content), base=base)
    paragraphs = paragraphs_of(content_html)
    title = " ".join(paragraphs_of(item.title)) if item.title_is_html else item.title
    return ForeignEntry(
        id=id,
        title=_line(title) or _opening(paragraphs) or id,
        link=link,
        published=item.published,
        updated=item.updated,
        content_html=content_html,
        paragraphs=paragraphs,
        author=_line(item.author or "") or None,
        language=_line(item.language or "") or None,
        categories=tuple(dict.fromkeys(filter(None, map(_line, item.categories)))),
    )


def _losses(items: Iterable[Item]) -> Iterable[str]:
    enclosures = sum(item.has_enclosure for item in items)
    if enclosures:
        yield f"{enclosures} entries have enclosures, which are not taken over"


def _marked_up(text: str) -> str:
    """Write plain text as HTML."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return "\n".join(f"<p>{html.escape(block, quote=False)}</p>" for block in blocks if block)


def _opening(paragraphs: tuple[str, ...]) -> str:
    first = _line(paragraphs[0]) if paragraphs else ""
    if len(first) <= _TITLE_CHARACTERS:
        return first
    return first[:_TITLE_CHARACTERS].rpartition(" ")[0] + "…"


def _line(text: str) -> str:
    return " ".join(_legal(text).split())


def _legal(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:  # an IPv6 address without its bracket
        return ""


def _openable(address: str) -> str | None:
    """Return an address if a reader can open it: absolute http(s), with a host."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna")
        opens = parts.scheme in {"http", "https"} and (parts.port or 1) and re.fullmatch(rb"[\w.:~-]+", host)
    except ValueError:
        return None
    return _legal(address) if opens else None
