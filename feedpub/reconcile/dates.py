"""Dates and local times as instants."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin

EARLIEST_YEAR = 1990  # feeds are younger; a file time or a typing error before that is no date of news
LATEST_YEAR = 2200  # far below 9999, where adding a zone's offset overflows

SECOND = dt.timedelta(seconds=1)


def refuse_implausible_dates(bulletin: Bulletin, *, name: str) -> None:
    """Raise BulletinError if `bulletin`, which lies at `name`, holds a date that cannot be meant."""
    publish_at = bulletin.publish_at.date() if bulletin.publish_at else None
    for date, line in (
        (bulletin.date, None),
        (publish_at, None),
        *((entry.date, entry.line) for entry in bulletin.entries),
    ):
        if date and not EARLIEST_YEAR <= date.year <= LATEST_YEAR:
            raise BulletinError(
                name,
                f"the date {date} is out of range",
                line=line,
                expected=f"dates from {EARLIEST_YEAR}-01-01 to {LATEST_YEAR}-12-31 are taken",
            )


def whole_seconds(instant: dt.datetime) -> dt.datetime:
    """Return `instant` in UTC, cut to the second."""
    return instant.astimezone(dt.UTC).replace(microsecond=0)


def instant_of(date: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the instant at which clocks in `zone` show `date` and `time`.

    A time that a change of clocks skips is moved out of the gap by its length; one that occurs twice
    is the first (both as PEP 495 has it for fold=0).
    """
    return whole_seconds(dt.datetime.combine(date, time.replace(fold=0), tzinfo=zone))


def day_of(instant: dt.datetime, zone: ZoneInfo) -> dt.date:
    """Return the local date of `instant` in `zone`."""
    return instant.astimezone(zone).date()


def midnight_before(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the instant at which the local day of `instant` began in `zone`."""
    return instant_of(day_of(instant, zone), dt.time.min, zone)
