"""Feeds that select by age: entries leave them, or come, by nothing but the clock."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping

from feedpub.model import Feed
from feedpub.pipeline.feeds import Clock
from feedpub.pipeline.relisting import moved, stale_feeds
from feedpub.pipeline.settings import Settings
from feedpub.store import Store

_HEEDED = "ages heeded"  # the note with each age, in seconds, and the instant for which it was decided last
_AT_ONCE = 500  # entries: bounds memory when the clock was far away


class Ages:
    """Moves entries between feeds as they grow older.

    Where an entry stands rests in the store, and is changed here alone when nothing else happens: documents
    are composed by it and not by the clock, so equal state gives equal bytes. As with tombstones no date job
    is needed, since the daemon publishes at least as often as it scans.
    """

    def __init__(self, settings: Settings, store: Store, *, clock: Clock) -> None:
        self._ages = _ages_of(settings.selectors)
        self._settings = settings
        self._store = store
        self._clock = clock

    def begin(self) -> None:
        """Heed the ages of a new configuration from now on; before what they select is decided."""
        former, now = heeded(self._store), self._clock()
        if former.keys() != self._ages:
            _note(self._store, {age: former.get(age, now) for age in self._ages})

    def heed(self) -> None:
        """Move the entries that came to one of the ages since that was done last."""
        if not self._ages:
            return
        former, now = heeded(self._store), self._clock()
        crossed = False
        for age in sorted(self._ages):
            then = former.get(age, now)
            # Clocks are set back, too.
            crossed |= self._move(min(then, now) - age, max(then, now) - age, at=now)
        if crossed:
            _note(self._store, dict.fromkeys(self._ages, now))

    def _move(self, since: dt.datetime, until: dt.datetime, *, at: dt.datetime) -> bool:
        """Decide anew of what was published between; return whether there is any of it."""
        first = 0
        while entries := self._store.published_between(since, until, skip=first, most=_AT_ONCE):
            first += _AT_ONCE
            if wanted := moved(entries, self._store, self._settings, at=at):
                self._store.relist(wanted, stale=stale_feeds(wanted, self._store), at=at)
        return first > 0


def begin_at(store: Store, feeds: Iterable[Feed], instant: dt.datetime) -> None:
    """Let a new store, which begins with entries of a lost one, heed all ages since `instant`."""
    _note(store, dict.fromkeys(_ages_of(feeds), instant))


def heeded(store: Store) -> dict[dt.timedelta, dt.datetime]:
    """Give the ages that are heeded, each with the instant for which it was decided last what is so old."""
    noted: dict[str, str] = json.loads(store.find_note(_HEEDED) or "{}")
    return {dt.timedelta(seconds=float(age)): dt.datetime.fromisoformat(at) for age, at in noted.items()}


def _note(store: Store, instants: Mapping[dt.timedelta, dt.datetime]) -> None:
    """Remember the instants for which it was decided what is how old."""
    noted = {str(age.total_seconds()): at.isoformat() for age, at in sorted(instants.items())}
    store.note(_HEEDED, json.dumps(noted))


def _ages_of(feeds: Iterable[Feed]) -> frozenset[dt.timedelta]:
    ages = (
        (criteria.newer_than, criteria.older_than)
        for feed in feeds
        for criteria in (feed.select, feed.exclude)
    )
    return frozenset(age for both in ages for age in both if age is not None)
