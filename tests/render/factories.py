"""The plainest document, and one with everything; a test says only what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from feedpub.model import Feed, FeedDocument, FeedEntry, PageDocument, Person, Role, Site, Story

MORNING = dt.datetime(2024, 10, 21, 3, 0, 0, tzinfo=dt.UTC)
DESK = Person(name="Example Newsroom", email="desk@example.org", uri="https://news.example.org/about/")


def a_site(**changes: Any) -> Site:
    """Make the site of all examples; its zone is three hours ahead of UTC in October."""
    plain: dict[str, Any] = {
        "title": "Example News",
        "url": "https://news.example.org/",
        "language": "en",
        "author": DESK,
        "timezone": "Europe/Sofia",
    }
    return Site(**plain | changes)


def a_feed(**changes: Any) -> Feed:
    """Make a feed in every format."""
    plain: dict[str, Any] = {
        "name": "news",
        "title": "Example News",
        "description": "What happened today",
        "language": "en",
        "author": DESK,
        "formats": ("rss", "atom", "json"),
        "roles": frozenset(Role),
    }
    return Feed(**plain | changes)


def an_entry(number: int = 0, **changes: Any) -> FeedEntry:
    """Make an entry, a second older than the one before."""
    plain: dict[str, Any] = {
        "id": f"tag:news.example.org,2024-10-21:story-{number}",
        "title": f"Story {number}",
        "url": f"https://news.example.org/2024/10/21/story-{number}/",
        "published": MORNING - dt.timedelta(seconds=number),
        "updated": MORNING + dt.timedelta(minutes=number),
        "summary": f"What story {number} tells.",
        "content_html": f"<p>What story {number} tells.</p>\n<p>And more.</p>",
        "language": "en",
    }
    return FeedEntry(**plain | changes)


def a_document(*entries: FeedEntry, feed: Feed | None = None, **changes: Any) -> FeedDocument:
    """Make a document that shows `entries`."""
    plain: dict[str, Any] = {
        "site": a_site(),
        "feed": feed or a_feed(),
        "id": "tag:news.example.org,2024-01-01:feeds/news",
        "updated": MORNING + dt.timedelta(hours=1),
        "entries": entries,
    }
    return FeedDocument(**plain | changes)


def a_page(*entries: FeedEntry, **changes: Any) -> PageDocument:
    """Make a front page that shows `entries`, each a story of its own; other pages show them as they do."""
    plain: dict[str, Any] = {
        "site": a_site(),
        "feeds": (a_feed(),),
        "path": "index.html",
        "template": "home",
        "entries": entries,
        "stories": tuple(Story(lead=entry) for entry in entries),
    }
    return PageDocument(**plain | changes)


def a_rich_document() -> FeedDocument:
    """Make a document with every member set and every awkward text."""
    return a_document(
        an_entry(
            0,
            title='Markets < 5 % & "rising" <b>not bold</b> &amp; 😀',
            summary="5 < 6 & 7 > 2 &amp; so on",
            content_html="<p>5 &lt; 6 &amp; 7 &gt; 2 &amp;amp; so on</p>\n<p>]]&gt; “ё” 漢字 😀</p>",
            author="Ann & Bob Author",
            categories=("politics", "R&D <labs>", "ünï"),
        ),
        an_entry(1, title="Новини от София", language="bg", author="Иван Вазов"),
        an_entry(2, title="\u202eright to left", language="ar", content_html=None),
        an_entry(3, summary="", content_html=""),
        feed=a_feed(title="Example & <News>", description="What happened & why"),
    )
