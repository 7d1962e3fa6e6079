"""Walks through the history of a feed, as a reader does that wants all of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

SITE = "http://news.example.org/"
_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One document on the way."""

    path: str
    ids: tuple[str, ...]
    size: int
    older: str | None


def walk(read: Callable[[str], bytes], path: str, *, site: str = SITE) -> list[Page]:
    """Read the live document at `path` and every one before it; fail where the way leads in a circle."""
    pages: list[Page] = []
    while path:
        page = _page(path, read(path), site)
        assert page.path not in {each.path for each in pages}
        pages.append(page)
        path = page.older
    return pages


def collected(pages: list[Page]) -> list[str]:
    """Return the ids that were met, as often as they were."""
    return [id_ for page in pages for id_ in page.ids]


def _page(path: str, content: bytes, site: str) -> Page:
    ids, older = _said(path.rpartition(".")[2], content)
    assert older is None or older.startswith(site)
    return Page(path=path, ids=tuple(ids), size=len(content), older=older and older.removeprefix(site))


def _said(suffix: str, content: bytes) -> tuple[list[str], str | None]:
    if suffix == "json":
        feed = json.loads(content)
        return [item["id"] for item in feed["items"]], feed.get("next_url")
    root = etree.fromstring(content)
    ids = root.iterfind(f"{_ATOM}entry/{_ATOM}id") if suffix == "atom" else root.iterfind("channel/item/guid")
    links = [link.get("href") for link in root.iter(f"{_ATOM}link") if link.get("rel") == "prev-archive"]
    assert len(links) <= 1
    return [id_.text for id_ in ids], links[0] if links else None
