"""Somebody's own templates, tried on a page of each kind before any reader sees one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from feedpub.model import Category, Feed, FeedEntry, PageDocument, Person, Role, Site, Story
from feedpub.render import pages

_DAY = dt.datetime(2024, 10, 21, 6, tzinfo=dt.UTC)
_AUTHOR = Person(name="Example Newsroom")
_SITE = Site(title="Example News", url="https://news.example.org/", language="en", author=_AUTHOR)
_FEED = Feed(
    name="news",
    title="Example News",
    description="What happened",
    language="en",
    author=_AUTHOR,
    formats=("rss",),
    roles=frozenset(Role),
)
_ENTRY = FeedEntry(
    id="tag:news.example.org,2024-10-21:story",
    title="Story",
    url="https://news.example.org/2024/10/21/story/",
    published=_DAY,
    updated=_DAY + dt.timedelta(hours=1),
    summary="What happened.",
    content_html="<p>What happened.</p>",
    author="Ann Author",
    categories=("News",),
)


def faults(templates: pages.Templates) -> Iterator[tuple[str, int | None, str]]:
    """Yield name, line and reason of each mistake; without mistakes of writing, those that show on a page."""
    written = list(_mistakes(templates))
    yield from written
    if written:
        return
    for kind in ("home", "entry", "bulletin", "gone", "feeds", "feed", "month", "archive", "topic", "topics"):
        try:
            pages.write(_page(kind), templates)
        except ValueError as error:
            yield f"{kind}.html", None, f"a page cannot be made: {error}"


def _mistakes(templates: pages.Templates) -> Iterator[tuple[str, int | None, str]]:
    for name, text in templates:
        if name not in pages.names():
            yield name, None, f"no template has this name; they are {', '.join(pages.names())}"
        elif name.endswith(".html") and (mistake := pages.mistake(name, text)):
            yield name, *mistake


def _page(kind: str) -> PageDocument:
    return PageDocument(
        site=_SITE,
        feeds=(_FEED,),
        path="2024/10/21/story/index.html",
        template=kind,
        entries=(_ENTRY,),
        stories=(Story(lead=_ENTRY, others=(_ENTRY,)),),
        withdrawn=_DAY,
        reason="It was wrong.",
        months=(_DAY.date().replace(day=1),),
        topics=(Category(slug="news", name="News"),),
        older="2024/09/",
        newer="2024/11/",
    )
