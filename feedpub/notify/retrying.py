"""When a request that failed is tried again."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

from feedpub.notify.outcomes import Fate, Outcome

_FIRST_WAIT = dt.timedelta(seconds=5)
_LONGEST_WAIT = dt.timedelta(hours=1)
_PATIENCE = dt.timedelta(days=1)
_DOUBLINGS = 20  # beyond any wait; keeps the power small


def next_attempt(
    outcome: Outcome,
    *,
    attempts: int,
    since: dt.datetime,
    now: dt.datetime,
    luck: float,
    patience: dt.timedelta = _PATIENCE,
) -> dt.datetime | None:
    """Return when a request that just failed is tried again; None when it is given up.

    `attempts` are the failures before this one, `since` when the first was due, `luck` from 0 to 1 spreads
    the attempts of many that failed at once: from half to one and a half of a wait that doubles. What the
    other side asks for by Retry-After is not undercut.
    """
    if outcome.fate is not Fate.AGAIN:
        return None
    wait = min(_FIRST_WAIT * 2 ** min(attempts, _DOUBLINGS), _LONGEST_WAIT) * (0.5 + luck)
    try:
        again = now + max(wait, _asked(outcome.retry_after, now=now))
    except OverflowError:  # asked to come back after the end of the calendar
        return None
    return again if again <= since + patience else None


def _asked(retry_after: str, *, now: dt.datetime) -> dt.timedelta:
    """Read a Retry-After header (RFC 9110 section 10.2.3): seconds, or a date."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return dt.timedelta(seconds=int(text[:12]))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return dt.timedelta()
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)) - now
