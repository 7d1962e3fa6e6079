"""Several days of one feed, summed up for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from feedpub.audience.tally import Day, FeedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSummary:
    """One feed over some days."""

    feed: str
    requests: int
    unchanged: int
    deltas: int
    views: int
    errors: int
    bytes: int
    pushes: int
    subscribers: int  # estimated: the most on any one day
    announced: int  # of them, by services
    direct: int  # of them, clients that ask for themselves
    formats: dict[str, int] = field(default_factory=dict)
    readers: dict[str, int] = field(default_factory=dict)  # subscribers by reader, the most on any one day
    careless: dict[str, int] = field(default_factory=dict)  # clients that ignore caching, likewise

    @property
    def unchanged_share(self) -> float:
        """What share of the requests was answered with 304, from 0 to 1."""
        return self.unchanged / self.requests if self.requests else 0.0


def summarise(days: Iterable[Day]) -> list[FeedSummary]:
    """Sum up days by feed, in the order of the feeds' names.

    Visits add up over days and subscribers do not: a client that asks every day is one. Which one it is
    nobody knows on the next day, so the fullest day is the estimate.
    """
    by_feed: dict[str, list[FeedDay]] = {}
    for day in days:
        for name, feed in day.feeds.items():
            by_feed.setdefault(name, []).append(feed.closed())
    return [_summed(name, each) for name, each in sorted(by_feed.items())]


def _summed(name: str, days: Sequence[FeedDay]) -> FeedSummary:
    fullest = max(days, key=_subscribers)
    formats = sum((day.formats for day in days), Counter[str]())
    return FeedSummary(
        feed=name,
        requests=sum(day.requests for day in days),
        unchanged=sum(day.unchanged for day in days),
        deltas=sum(day.deltas for day in days),
        views=sum(day.views for day in days),
        errors=sum(day.errors for day in days),
        bytes=sum(day.bytes for day in days),
        pushes=sum(day.pushes for day in days),
        subscribers=_subscribers(fullest),
        announced=sum(fullest.announced.values()),
        direct=fullest.direct,
        formats=dict(sorted(formats.items())),
        readers=_ranked(_readers(day) for day in days),
        careless=_ranked(day.careless for day in days),
    )


def _subscribers(day: FeedDay) -> int:
    return day.direct + sum(day.announced.values())


def _readers(day: FeedDay) -> Counter[str]:
    services: Counter[str] = Counter()
    for key, number in day.announced.items():
        services[key.partition("#")[0]] += number
    return day.readers + services


def _ranked(days: Iterable[Counter[str]]) -> dict[str, int]:
    """Return the most of each on any one day, the most first."""
    most: Counter[str] = Counter()
    for day in days:
        most |= day
    return dict(sorted(most.items(), key=lambda pair: (-pair[1], pair[0])))
