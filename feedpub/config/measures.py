"""Reads what is counted or measured: numbers, sizes, durations, times of day, time zones.

Every reader takes the text as written and raises ValueError when the text is none of its kind.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Callable
from typing import TypeVar

from feedpub.config.findings import WrongError, find_nearest, shown

N = TypeVar("N", int, float, dt.timedelta)

_SIZE = re.compile(r"([0-9]{1,12})(KiB|MiB|GiB)?")
_BYTES = {None: 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")


def within(read: Callable[[str], N], low: N, high: N) -> Callable[[str], N]:
    """Return a reader that takes what `read` takes, from `low` to `high` inclusive."""

    def read_within(text: str) -> N:
        value = read(text)
        if not low <= value <= high:
            raise ValueError("out of range")
        return value

    return read_within


def boolean(text: str) -> bool:
    """Read ``true`` or ``false``; ``yes``, ``on`` and their like are text since YAML 1.2."""
    if text in ("true", "false"):
        return text == "true"
    raise ValueError("not a boolean")


def whole_number(text: str) -> int:
    """Read a number without sign, point and exponent."""
    if not re.fullmatch("[0-9]{1,12}", text):
        raise ValueError("not a whole number")
    return int(text)


def decimal_number(text: str) -> float:
    """Read a number such as ``0``, ``1`` or ``0.75``."""
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", text):
        raise ValueError("not a decimal number")
    return float(text)


def size(text: str) -> int:
    """Read a number of bytes such as ``5242880`` or ``5MiB``."""
    match = _SIZE.fullmatch(text)
    if not match:
        raise ValueError("not a size")
    return int(match[1]) * _BYTES[match[2]]


def duration(text: str) -> dt.timedelta:
    """Read a span of time such as ``500ms``, ``60s``, ``5m``, ``24h`` or ``30d``."""
    match = _DURATION.fullmatch(text)
    if not match:
        raise ValueError("not a duration")
    return dt.timedelta(seconds=float(match[1]) * _SECONDS[match[2]])


def or_off(read: Callable[[str], dt.timedelta]) -> Callable[[str], dt.timedelta]:
    """Return a reader that takes what `read` takes, and ``off`` for no time at all."""
    return lambda text: dt.timedelta() if text == "off" else read(text)


def time_of_day(text: str) -> dt.time:
    """Read a time such as ``06:00`` or ``12:30:45``."""
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError("not a time of day")
    return dt.time(int(match[1]), int(match[2]), int(match[3] or 0))


def timezone(text: str) -> zoneinfo.ZoneInfo:
    """Read the name of a zone of the IANA time zone database."""
    try:
        return zoneinfo.ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:  # OSError: the name of a folder, such as "Europe"
        near = find_nearest(text, zoneinfo.available_timezones())
        allowed = f"did you mean {near!r}?" if near else "write its IANA name, such as Europe/Sofia"
        raise WrongError(f"{shown(text)} is not a time zone", allowed) from error
