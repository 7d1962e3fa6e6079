"""Instants as the formats write them."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache


def rfc3339(instant: dt.datetime) -> str:
    """Write an aware instant as Atom and JSON Feed want it, in UTC to the second."""
    return utc_seconds(instant).isoformat().replace("+00:00", "Z")


def rfc822(instant: dt.datetime) -> str:
    """Write an aware instant as RSS wants it, in UTC and in English under every locale.

    It also stands in for feedgen's own function, which is given instants in any zone.
    """
    return format_datetime(utc_seconds(instant), usegmt=True)


def read_rfc3339(text: str) -> dt.datetime:
    """Read what `rfc3339` writes; raises ValueError."""
    return _aware(dt.datetime.fromisoformat(text))


@lru_cache(1024)  # most dates of a feed stood in it before
def read_rfc822(text: str) -> dt.datetime:
    """Read what `rfc822` writes; raises ValueError."""
    return _aware(parsedate_to_datetime(text))


def utc_seconds(instant: dt.datetime) -> dt.datetime:
    """Give the instant in UTC without its fraction of a second.

    UTC, because offsets of local mean time have seconds, which neither RFC 3339 nor RFC 822 can write.
    """
    return instant.astimezone(dt.UTC).replace(microsecond=0)


def _aware(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant without zone: {instant}")
    return instant
