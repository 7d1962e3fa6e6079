"""What can be subscribed to, and how its changes are announced."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from feedpub import compose
from feedpub.model import Resource, Stale, Topic
from feedpub.pipeline.settings import Settings
from feedpub.render import FORMATS, feed_path
from feedpub.store import Store

_PAGE = "text/html; charset=utf-8"


def topics_of(settings: Settings) -> tuple[Topic, ...]:
    """Return what can be subscribed to: every feed in each format, and the front page.

    The other pages hardly change after they were published, so nobody waits for them.
    """
    site = settings.site.url
    front = [Topic(url=site, path="index.html", media_type=_PAGE)] if settings.pages else []
    paths = [(feed_path(feed.name, name), name) for feed in settings.every_feed for name in feed.formats]
    feeds = (Topic(url=site + path, path=path, media_type=FORMATS[name].media_type) for path, name in paths)
    return (*feeds, *front)


class Topics(Mapping[str, Topic]):
    """What can be subscribed to, by address or by path: also feeds that a template makes while this is used.

    Those are known by the form of their names, and listed once they are made: who looks one up has its file.
    """

    def __init__(self, settings: Settings, *, by: Literal["url", "path"]) -> None:
        listed = topics_of(settings)
        self._site = settings.site.url
        self._by_path = by == "path"
        self._patterns = settings.patterns
        self._listed = {topic.path if self._by_path else topic.url: topic for topic in listed}

    def __getitem__(self, key: str) -> Topic:
        """Return one topic; raises KeyError."""
        if topic := self._listed.get(key):
            return topic
        path = key if self._by_path else key.removeprefix(self._site)
        name = path.removeprefix("feeds/").rpartition(".")[0]
        for pattern in self._patterns:
            for form in pattern.formats:
                if compose.value_in(pattern, name) and feed_path(name, form) == path:
                    return Topic(url=self._site + path, path=path, media_type=FORMATS[form].media_type)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Yield those that are known to be there."""
        return iter(self._listed)

    def __len__(self) -> int:
        """Count them."""
        return len(self._listed)


class Announcer:
    """Finishes publications, and has the topics among them announced; `announced` hears when one changed."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        clock: Callable[[], dt.datetime],
        announced: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._announced = announced
        self._pinged = settings.pinged
        self._topics = {topic.path: topic.url for topic in topics_of(settings)} if settings.site.hubs else {}

    def finish(self, work: Iterable[Stale], resources: Iterable[Resource]) -> None:
        """Store that `work` is done and that `resources`, which are in their places, must be announced.

        One transaction: a crash before it has the publication done again, which writes nothing then, and
        announces all the same.
        """
        digests = {
            self._topics[each.path]: hashlib.sha256(each.content).hexdigest()
            for each in resources
            if each.path in self._topics
        }
        with self._store.transaction():
            self._store.finish(work)
            news = self._store.announce(digests, hubs=self._pinged, at=self._clock())
        if news:
            self._announced()
