"""What can be subscribed to, and how its changes are announced."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

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
    paths = [(feed_path(feed.name, name), name) for feed in settings.feeds for name in feed.formats]
    feeds = (Topic(url=site + path, path=path, media_type=FORMATS[name].media_type) for path, name in paths)
    return (*feeds, *front)


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
