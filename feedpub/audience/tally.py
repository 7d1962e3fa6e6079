"""Counting visits by day and feed.

Direct subscribers are told apart by a keyed hash of address and User-Agent. Its key is made anew for each day
(UTC) and thrown away with it, so nobody can be followed from one day to the next, and no address is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from feedpub.audience.agents import announced_subscribers, reader_name
from feedpub.audience.visits import Visit

MOST_POLLERS = 20_000  # told apart for one feed and day; bounds the memory
MOST_AGENTS = 500  # names of readers and services kept for one feed and day
_DAY_SECONDS = 86_400
_EPOCH = dt.date(1970, 1, 1)
_PERSISTENT = 4  # requests in a day, from which on a client without conditions ignores caching

_OK, _PARTIAL, _DELTA, _UNCHANGED = 200, 206, 226, 304
_COUNTED = frozenset({_OK, _PARTIAL, _DELTA, _UNCHANGED})


@dataclass(slots=True)
class Poller:
    """One client on one day."""

    reader: str
    requests: int = 0
    conditional: int = 0  # of them named a version it had; -1 where nobody knows


@dataclass(slots=True)
class FeedDay:
    """What was asked of one feed on one day."""

    requests: int = 0  # that were answered with the feed, with what is new in it, or with 304
    unchanged: int = 0  # 304
    deltas: int = 0  # 226
    views: int = 0  # pages shown to browsers at the feed's address
    errors: int = 0  # other answers
    bytes: int = 0
    pushes: int = 0  # deliveries to subscribers of the own hub
    formats: Counter[str] = field(default_factory=Counter)
    announced: dict[str, int] = field(default_factory=dict)  # by services, the most in the day
    pollers: dict[str, Poller] = field(default_factory=dict)  # of the day under way, by hash
    direct: int = 0  # of a day that is over: how many there were
    readers: Counter[str] = field(default_factory=Counter)  # likewise, by reader
    careless: Counter[str] = field(default_factory=Counter)  # likewise: those that ignore caching

    def close(self) -> None:
        """Keep how many clients there were, and forget which."""
        self.direct += len(self.pollers)
        self.readers += Counter(poller.reader for poller in self.pollers.values())
        self.careless += Counter(
            poller.reader
            for poller in self.pollers.values()
            if poller.requests >= _PERSISTENT and poller.conditional == 0
        )
        self.pollers = {}

    def closed(self) -> FeedDay:
        """Return a copy as it would be at the end of the day."""
        copy = FeedDay(**{name: getattr(self, name) for name in self.__slots__})
        copy.readers, copy.careless = self.readers.copy(), self.careless.copy()
        copy.close()
        return copy


@dataclass(slots=True)
class Day:
    """What was asked on one day (UTC)."""

    date: dt.date
    salt: bytes = b""  # b"" when the day is over
    feeds: dict[str, FeedDay] = field(default_factory=dict)

    def close(self) -> None:
        """Forget the clients of the day, and what they were told apart by."""
        self.salt = b""
        for feed in self.feeds.values():
            feed.close()


class Tally:
    """The days of which something was counted since it began or since the last `take`."""

    def __init__(self, make_salt: Callable[[], bytes]) -> None:
        self._make_salt = make_salt
        self.days: dict[dt.date, Day] = {}

    def resume(self, day: Day) -> None:
        """Go on with a day that was begun before."""
        self.days[day.date] = day

    def count(self, visit: Visit) -> None:
        """Count one visit."""
        day = self._day(visit.at)
        feed = day.feeds.get(visit.feed)
        if feed is None:
            feed = day.feeds[visit.feed] = FeedDay()
        if visit.view:
            feed.views += 1
        elif visit.status not in _COUNTED:
            feed.errors += 1
        else:
            _count(feed, visit)
            _count_reader(feed, visit, day.salt)

    def push(self, feed: str, *, at: float) -> None:
        """Count one delivery to a subscriber of the own hub."""
        self._day(at).feeds.setdefault(feed, FeedDay()).pushes += 1

    def _day(self, at: float) -> Day:
        date = _date(int(at // _DAY_SECONDS))
        day = self.days.get(date)
        if day is None:
            day = self.days[date] = Day(date)
        if not day.salt:
            day.salt = self._make_salt()
        return day


@lru_cache(maxsize=4)
def _date(days: int) -> dt.date:
    """Return the date that is so many days after 1970-01-01, in UTC."""
    return _EPOCH + dt.timedelta(days=days)


def _count(feed: FeedDay, visit: Visit) -> None:
    feed.requests += 1
    feed.bytes += visit.bytes
    feed.unchanged += visit.status == _UNCHANGED
    feed.deltas += visit.status == _DELTA
    feed.formats[visit.format] += 1


def _count_reader(feed: FeedDay, visit: Visit, salt: bytes) -> None:
    announced = announced_subscribers(visit.agent)
    if announced:
        service, number = announced
        if service in feed.announced or len(feed.announced) < MOST_AGENTS:
            feed.announced[service] = max(number, feed.announced.get(service, 0))
    elif visit.client:
        _count_poller(feed, visit, salt)


def _count_poller(feed: FeedDay, visit: Visit, salt: bytes) -> None:
    who = f"{visit.client}\n{visit.agent}".encode("utf-8", "surrogateescape")
    key = hashlib.blake2b(who, key=salt, digest_size=8).hexdigest()
    poller = feed.pollers.get(key)
    if poller is None:
        if len(feed.pollers) >= MOST_POLLERS:
            return
        poller = feed.pollers[key] = Poller(reader_name(visit.agent))
    poller.requests += 1
    if visit.conditional is None:
        poller.conditional = -1
    elif poller.conditional >= 0:
        poller.conditional += visit.conditional
