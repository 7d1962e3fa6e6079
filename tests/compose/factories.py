"""The plainest site, feed and entry; a test says only what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from feedpub.model import Entry, Feed, Person, Role, Site

MORNING = dt.datetime(2024, 10, 21, 3, 0, 0, tzinfo=dt.UTC)


def a_site(**changes: Any) -> Site:
    """Make the site of all examples; its zone is three hours ahead of UTC in October."""
    plain: dict[str, Any] = {
        "title": "Example News",
        "url": "https://news.example.org/",
        "language": "en",
        "author": Person(name="Example Newsroom", email="desk@example.org"),
        "timezone": "Europe/Sofia",
    }
    return Site(**plain | changes)


def a_feed(**changes: Any) -> Feed:
    """Make a feed that takes everything, in every format."""
    plain: dict[str, Any] = {
        "name": "news",
        "title": "Example News",
        "description": "What happened today",
        "language": "en",
        "author": Person(name="Example Newsroom", email="desk@example.org"),
        "formats": ("rss", "atom", "json"),
        "roles": frozenset(Role),
    }
    return Feed(**plain | changes)


def an_entry(number: int = 0, **changes: Any) -> Entry:
    """Make the entry number `number` of one bulletin, each a second older than the one before."""
    plain: dict[str, Any] = {
        "id": f"tag:news.example.org,2024-10-21:story-{number}",
        "bulletin": "monday.txt",
        "position": number,
        "role": Role.TEASER if number else Role.LEAD,
        "title": f"Story {number}",
        "paragraphs": (f"What story {number} tells.",),
        "permalink": f"2024/10/21/story-{number}/",
        "published": MORNING - dt.timedelta(seconds=number),
        "updated": MORNING - dt.timedelta(seconds=number),
    }
    return Entry(**plain | changes)
