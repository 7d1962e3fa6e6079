"""The days in a folder: a small JSON file each, replaced whole.

The file of the day under way also has the day's key and the hashes it gave, so that a restart does not count
anybody twice. When the day is over both are left out.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feedpub.audience.tally import Day, FeedDay, Poller

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.json")
_NUMBERS = ("requests", "unchanged", "deltas", "views", "errors", "bytes", "pushes", "direct")


class Ledger:
    """The folder of days."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, day: Day) -> None:
        """Replace the file of a day; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(day.date)
        beside = path.with_suffix(".tmp")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(_as_json(day), file, ensure_ascii=False, separators=(",", ":"))
        beside.replace(path)

    def find(self, date: dt.date) -> Day | None:
        """Read one day; None where there is none, or none that can be read."""
        try:
            return _as_day(date, json.loads(self._path(date).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def days(self, *, since: dt.date) -> Iterator[Day]:
        """Yield the days from `since` on, the oldest first."""
        names = sorted(path.name for path in self._folder.glob("*.json")) if self._folder.is_dir() else []
        for name in names:
            match = _NAME.fullmatch(name)
            date = dt.date.fromisoformat(match[1]) if match else None
            if date and date >= since and (day := self.find(date)):
                yield day

    def close_before(self, today: dt.date) -> None:
        """Take the clients out of the files of days that are over; raises OSError."""
        for day in self.days(since=today - dt.timedelta(days=31)):
            if day.date < today and day.salt:
                day.close()
                self.write(day)

    def _path(self, date: dt.date) -> Path:
        return self._folder / f"{date.isoformat()}.json"


def _as_json(day: Day) -> dict[str, Any]:
    return {"salt": day.salt.hex(), "feeds": {name: _feed_as_json(feed) for name, feed in day.feeds.items()}}


def _feed_as_json(feed: FeedDay) -> dict[str, Any]:
    return {
        **{name: getattr(feed, name) for name in _NUMBERS},
        "formats": dict(feed.formats),
        "announced": feed.announced,
        "readers": dict(feed.readers),
        "careless": dict(feed.careless),
        "pollers": {
            key: [poller.reader, poller.requests, poller.conditional] for key, poller in feed.pollers.items()
        },
    }


def _as_day(date: dt.date, found: dict[str, Any]) -> Day:
    feeds = {name: _as_feed(feed) for name, feed in found["feeds"].items()}
    return Day(date, bytes.fromhex(found["salt"]), feeds)


def _as_feed(found: dict[str, Any]) -> FeedDay:
    return FeedDay(
        **{name: int(found[name]) for name in _NUMBERS},
        formats=Counter(found["formats"]),
        announced=dict(found["announced"]),
        readers=Counter(found["readers"]),
        careless=Counter(found["careless"]),
        pollers={key: Poller(*values) for key, values in found["pollers"].items()},
    )
