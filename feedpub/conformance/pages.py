"""HTML pages: what readers and search engines look for in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from feedpub.conformance.facts import PageFacts
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.shared import language_fault
from feedpub.conformance.strictxml import line_of
from feedpub.conformance.values import is_w3c_date, is_web_uri

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_DATA = ("application/ld+json", "application/json")  # scripts that are none
_OPENING, _POP = frozenset("\u202a\u202b\u202d\u202e"), "\u202c"
_ISOLATING, _POP_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"


def examine(path: str, content: bytes) -> tuple[list[Fault], PageFacts]:
    """Hold a page against the rules."""
    root = etree.fromstring(content or b"<html></html>", etree.HTMLParser(encoding="utf-8"))
    links = [link for link in root.iter("link") if link.get("href") is not None]
    canonical = next((link.get("href", "") for link in links if link.get("rel") == "canonical"), "")
    announced = [link for link in links if link.get("rel") == "alternate" and link.get("type") in _FEED_TYPES]
    feeds = tuple((line_of(link), link.get("type", ""), link.get("href", "")) for link in announced)
    faults = [
        *_head_faults(content, root, canonical),
        *_discovery_faults(announced),
        *_script_faults(root),
        *_text_faults(root),
    ]
    return faults, PageFacts(path=path, canonical=canonical, feeds=feeds)


def _head_faults(content: bytes, root: etree._Element, canonical: str) -> Iterator[Fault]:
    if not content.lower().startswith(b"<!doctype html>"):
        yield Fault("C144", 1, "no doctype at the first byte")
    html = root if root.tag == "html" else None
    if html is None or not html.get("lang"):
        yield Fault("C32", line_of(root), "a page without lang")
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from language_fault(line_of(element), element.get("lang") or None)
    if not (root.findtext("head/title") or "").strip():
        yield Fault("C144", line_of(root), "a page without title")
    if canonical and not is_web_uri(canonical):
        yield Fault("C144", None, f"the canonical address {quoted(canonical)}")


def _discovery_faults(announced: list[etree._Element]) -> Iterator[Fault]:
    for link in announced:
        parent = link.getparent()
        if parent is None or parent.tag != "head":
            yield Fault("C143", line_of(link), "a feed is announced outside the head")
        if not link.get("title", "").strip():
            yield Fault("C143", line_of(link), f"the feed {quoted(link.get('href'))} without title")
        if not is_web_uri(link.get("href")) and not link.get("href", "").startswith("/"):
            yield Fault("C143", line_of(link), f"the address {quoted(link.get('href'))} of a feed")


def _script_faults(root: etree._Element) -> Iterator[Fault]:
    for script in root.iter("script"):
        if script.get("type") not in _DATA:
            yield Fault("C161", line_of(script), "a script")
    for element in root.iter():
        for name in map(str, element.keys()) if isinstance(element.tag, str) else ():
            value = element.get(name, "")
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield Fault("C161", line_of(element), f"script in the attribute {name}")


def _text_faults(root: etree._Element) -> Iterator[Fault]:
    for time in root.iter("time"):
        if time.get("datetime") is not None and not _is_time(time.get("datetime", "")):
            yield Fault("C144", line_of(time), f"the time {quoted(time.get('datetime'))}")
    for element in root.iter("title", "h1", "h2", "h3", "p", "li", "a"):
        text = "".join(map(str, element.itertext()))
        if not text.isascii() and not _is_balanced(text):
            yield Fault("C6", line_of(element), f"an open directional control in {quoted(text)}")


def _is_time(text: str) -> bool:
    """Tell whether `text` is a day, an instant or a month, as HTML's time has them."""
    if is_w3c_date(text):
        return True
    try:
        dt.datetime.strptime(text, "%Y-%m")  # noqa: DTZ007  a month has no zone
    except ValueError:
        return False
    return True


def _is_balanced(text: str) -> bool:
    """Tell whether every directional control ends."""
    depth = {_POP: 0, _POP_ISOLATE: 0}
    for sign in text:
        if sign in _OPENING:
            depth[_POP] += 1
        elif sign in _ISOLATING:
            depth[_POP_ISOLATE] += 1
        elif sign in depth:
            depth[sign] = max(0, depth[sign] - 1)
    return not any(depth.values())
