"""Versions of an entry: each says something else to its readers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from feedpub.model import Entry, State
from feedpub.reconcile.claiming import reads_the_same
from feedpub.reconcile.dates import SECOND
from feedpub.reconcile.visible import fingerprint, is_seen, next_update


def shows_the_same(old: Entry, new: Entry) -> bool:
    """Tell whether readers see no difference, now or when the moment comes."""
    same_time = (old.state, old.published, old.due) == (new.state, new.published, new.due)
    return same_time and _says_the_same(old, new)


def still_out(new: Entry, old: Entry, *, now: dt.datetime) -> Entry:
    """Return `new` withdrawn as `old` is."""
    due = None if is_seen(old) else new.due or new.published
    out = replace(new, state=State.WITHDRAWN, updated=old.updated, due=due, reason=old.reason, kept_out=True)
    return _numbered(out, old, issued=next_update(old, now=now))


def next_version(new: Entry, old: Entry, *, now: dt.datetime, ahead: int) -> Entry:
    """Return `new` with the instant of its update, if it is one: what nobody saw yet is new.

    `ahead` is how many entries of its bulletin were updated with it and stand before it. As their first
    versions, later ones get descending seconds, for readers shuffle equal instants.
    """
    if not is_seen(old):
        return new
    instant = next_update(old, now=now)
    issued = max(instant - ahead * SECOND, old.issued or old.published)
    back = instant if old.state is State.WITHDRAWN else old.restored
    return replace(_numbered(new, old, issued=issued), updated=instant, restored=back)


def _numbered(new: Entry, old: Entry, *, issued: dt.datetime) -> Entry:
    if _says_the_same(old, new) or not is_seen(old):
        return replace(new, version=old.version, issued=old.issued, restored=old.restored)
    return replace(new, version=old.version + 1, issued=issued, restored=old.restored)


def _says_the_same(old: Entry, new: Entry) -> bool:
    if old.content_html is not None:
        return reads_the_same(old, new)
    return fingerprint(old) == fingerprint(new)
