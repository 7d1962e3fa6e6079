"""RSS and Atom of all versions: the only door to feedparser."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import feedparser
import feedparser.mixin

from feedpub.adopt.items import Item, Items
from feedpub.iri import from_iri

# feedparser takes ids for addresses and makes those absolute; ours must be byte for byte what the feed says.
# There is no setting to turn that off.
feedparser.mixin._FeedParserMixin.can_be_relative_uri.discard("id")  # noqa: SLF001  see above


def read_xml(content: bytes) -> Items:
    """Read an RSS or Atom feed, as leniently as readers do; raises ValueError."""
    fault = _fault(content)
    # Always a stream: feedparser would open a text that looks like a path or an address. It neither resolves
    # nor sanitises, which is done where JSON passes too.
    parsed = feedparser.parse(io.BytesIO(content), resolve_relative_uris=False, sanitize_html=False)
    if not parsed.get("version"):
        raise ValueError(f"no feed: {fault}" if fault else "no feed")
    own_atom = parsed.version == "atom10" and parsed.feed.get("generator_detail", {}).get("name") == "feedpub"
    language = _plain(parsed.feed, "language")
    return Items(
        home=_plain(parsed.feed, "link"),
        items=tuple(_item(entry, own_atom=own_atom, language=language) for entry in parsed.entries),
        warnings=(f"{fault}; it was read as leniently as readers do",) if fault else (),
    )


def _fault(content: bytes) -> str:
    """Say what keeps `content` from being well-formed XML, "" if nothing does.

    Raises ValueError when it declares entities: nobody needs them in a feed, and a few can grow to
    gigabytes or name files of this machine.
    """

    def refuse(*_declaration: object) -> None:
        raise ValueError("it declares entities, which are refused")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return f"not well-formed XML (line {error.lineno}: {expat.errors.messages[error.code]})"
    return ""


def _item(entry: Mapping[str, Any], *, own_atom: bool, language: str) -> Item:
    title = entry.get("title_detail") or {}
    content = _content(entry)
    id_ = _plain(entry, "id")
    published = _instant(entry, "published_parsed")
    return Item(
        id=from_iri(id_) if own_atom else id_,
        link=_plain(entry, "link"),
        title=title.get("value") or "",
        title_is_html=_is_html(title),
        content=content.get("value") or "",
        content_is_html=_is_html(content),
        published=published,
        updated=_instant(entry, "updated_parsed"),
        author=(entry.get("author_detail") or {}).get("name") or _plain(entry, "author"),
        language=content.get("language") or title.get("language") or language,
        categories=tuple(tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", ())),
        base=content.get("base") or "",
        has_enclosure=bool(entry.get("enclosures")),
    )


def _content(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fullest text of an entry: its content, else its summary."""
    texts = [text for text in entry.get("content", ()) if _is_text(text)] or [entry.get("summary_detail")]
    return max((text for text in texts if text), key=lambda text: len(text.get("value") or ""), default={})


def _is_text(content: Mapping[str, Any]) -> bool:
    return bool(content.get("value")) and str(content.get("type", "")).startswith(
        ("text/", "application/xhtml")
    )


def _is_html(text: Mapping[str, Any]) -> bool:
    return text.get("type") in ("text/html", "application/xhtml+xml")


def _plain(parsed: Mapping[str, Any], name: str) -> str:
    value = parsed.get(name)
    return value if isinstance(value, str) else ""


def _instant(entry: Mapping[str, Any], name: str) -> dt.datetime | None:
    # As a plain dictionary: without `updated` feedparser's own gives `published` for it, and a warning.
    parsed = dict(entry).get(name)
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC) if parsed else None
    except (ValueError, OverflowError):
        return None
