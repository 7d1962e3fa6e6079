"""A reader walks through the whole history over HTTP while an editor goes on publishing."""

from __future__ import annotations

import datetime as dt
import json
import threading
import urllib.request
from dataclasses import replace
from itertools import cycle

import feedparser
from newsroom.office import Office
from newsroom.sheets import Sheet, Story

START = dt.datetime(2026, 3, 2, 9, 0, 0, tzinfo=dt.UTC)
MEDIA_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json",
}
AT_FIRST, LATER = 40, 12  # stories: in the first bulletin, and then one a bulletin


class Publisher:
    """A newsroom that publishes one bulletin after the other."""

    def __init__(self, office: Office) -> None:
        self.office = office
        feed = replace(office.settings.feeds[0], formats=tuple(MEDIA_TYPES), max_entries=6)
        office.close()
        office.settings = replace(office.settings, feeds=(feed,))
        office.open()
        self.published = frozenset()  # ids, as of the last publication

    def publish(self, count: int = 1) -> None:
        """Publish a bulletin."""
        first = 1000 + len(self.published)
        stories = tuple(Story(f"zq{number}x") for number in range(first, first + count))
        self.office.write(f"{first}.txt", Sheet(stories, self.office.now.date()).content)
        self.office.now += dt.timedelta(minutes=1)
        self.office.take_in()
        self.office.publish()
        self.published = frozenset(entry.id for entry in self.office.entries())


def walked(url: str, suffix: str) -> list[str]:
    """Walk back from the document at `url`; return the ids that are met."""
    met: list[str] = []
    while url:
        with urllib.request.urlopen(url) as answer:
            assert MEDIA_TYPES[suffix] == answer.headers["content-type"]
            content = answer.read()
        if suffix == "json":
            feed = json.loads(content)
            met += [item["id"] for item in feed["items"]]
            url = feed.get("next_url")
        else:
            parsed = feedparser.parse(content)
            assert not parsed.bozo
            met += [entry.id for entry in parsed.entries]
            url = next((link.href for link in parsed.feed.links if link.rel == "prev-archive"), None)
    return met


def test_walk_meets_everything_once_while_more_is_published(serve, tmp_path):
    """C74: whatever is published meanwhile, who began the walk meets what was there, and nothing twice."""
    address = serve(tmp_path / "output")
    publisher = Publisher(Office(tmp_path, now=START, url=address))
    publisher.publish(AT_FIRST)
    walks: list[tuple[frozenset[str], list[str]]] = []
    done = threading.Event()

    def read() -> None:
        for suffix in cycle(MEDIA_TYPES):
            before = publisher.published
            walks.append((before, walked(f"{address}feeds/news.{suffix}", suffix)))
            if done.is_set():
                break

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(LATER):
            publisher.publish()
    finally:
        done.set()
        reader.join()
        publisher.office.close()

    for before, met in walks:
        assert len(met) == len(set(met))
        assert before <= set(met)
    assert len({before for before, _ in walks}) > 1  # they did meet each other
    for suffix in MEDIA_TYPES:
        assert publisher.published == set(walked(f"{address}feeds/news.{suffix}", suffix))
    assert AT_FIRST + LATER == len(publisher.published)
