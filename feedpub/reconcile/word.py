"""The operator's word over single entries: out, and back in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from feedpub.model import Entry, State
from feedpub.reconcile.dates import whole_seconds
from feedpub.reconcile.visible import is_seen, next_update


def keep_out(entry: Entry, *, reason: str | None, now: dt.datetime) -> Entry:
    """Return `entry` withdrawn until it is put back; `updated` tells when it was withdrawn first.

    One that waits for its moment keeps that, the sign that nobody has seen it. Without a `reason` the
    one that was given before stands.
    """
    gone = entry.state is State.WITHDRAWN
    return replace(
        entry,
        state=State.WITHDRAWN,
        updated=entry.updated if gone else max(whole_seconds(now), entry.updated),
        reason=reason or entry.reason,
        kept_out=True,
    )


def put_back(entry: Entry, *, now: dt.datetime) -> Entry:
    """Return `entry`, which is withdrawn, as readers shall see it again, or see it first when it is due."""
    back = replace(entry, reason=None, kept_out=False)
    if is_seen(entry):
        instant = next_update(entry, now=now)
        # A text that came while the entry was out is seen from now on.
        issued = instant if entry.issued and entry.issued > entry.updated else entry.issued
        return replace(back, state=State.PUBLISHED, updated=instant, restored=instant, issued=issued)
    if entry.due and entry.due > now:
        return replace(back, state=State.SCHEDULED, updated=entry.published)
    return replace(back, state=State.PUBLISHED, due=None, updated=entry.published)
