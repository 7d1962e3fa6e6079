"""Adopted entries: into the store, and from there to the bulletins that tell their stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedpub import compose, reconcile
from feedpub.model import Bulletin, Changes, Entry, ForeignFeed
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.staleness import stale_by
from feedpub.reconcile import Circumstances, Premises
from feedpub.store import Store

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What came of adopting feeds, for people."""

    changes: Changes  # `unchanged` are entries that were known
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def adopt(feeds: Sequence[ForeignFeed], settings: Settings, store: Store, *, now: dt.datetime) -> Adopted:
    """Take over the entries of `feeds`, all in one transaction."""
    foreign = [entry for feed in feeds for entry in feed.entries]
    premises = Premises(
        site_url=compose.with_uri(settings.site).url, timezone=settings.timezone, now=now, taken=store.taken
    )
    adoption = reconcile.adopt(foreign, store.entries(), premises)
    added, updated = adoption.changes.added, adoption.changes.updated
    visible = Changes(added=added, updated=updated)
    store.adopt(
        visible,
        titles={entry.id: reconcile.title_key(entry.title) for entry in (*added, *updated)},
        undated=adoption.undated,
        feeds={e.id: compose.feeds_of(e, settings.selectors, at=now) for e in (*added, *updated)},
        stale=stale_by(visible, settings),
        at=now,
    )
    return Adopted(
        changes=adoption.changes,
        left_out=(*(reason for feed in feeds for reason in feed.left_out), *adoption.left_out),
        warnings=tuple(warning for feed in feeds for warning in feed.warnings),
    )


def claimed(
    bulletin: Bulletin,
    known: Sequence[Entry],
    circumstances: Circumstances,
    store: Store,
    *,
    others: Mapping[str, str],
) -> Mapping[int, Entry]:
    """Return the adopted entries that stories of `bulletin` are, by place.

    `others` gives the paths of files that have claimed entries already, by the entries' ids. What is asked
    of the store is a few days or a few titles, however many entries wait there.
    """
    titles = [reconcile.title_key(entry.title) for entry in bulletin.entries]
    candidates = store.unclaimed(titles, between=_around(bulletin, circumstances))
    free = tuple(e for e in candidates if others.get(e.id, circumstances.path) == circumstances.path)
    minted = reconcile.mint_first(bulletin, range(len(bulletin.entries)), circumstances) if free else {}
    return reconcile.claims(bulletin, known, free, timezone=circumstances.timezone, minted=minted)


def _around(bulletin: Bulletin, circumstances: Circumstances) -> tuple[dt.datetime, dt.datetime] | None:
    """Return when the day before the first date of `bulletin` begins and the one after its last ends."""
    dates = [date for entry in bulletin.entries if (date := entry.date or bulletin.date)]
    if not dates or min(dates).year == dt.MINYEAR or max(dates).year == dt.MAXYEAR:
        return None  # reconcile refuses the dates at which the calendar ends
    first, last = (
        dt.datetime.combine(date, dt.time(), circumstances.timezone) for date in (min(dates), max(dates))
    )
    return first.astimezone(dt.UTC) - _DAY, last.astimezone(dt.UTC) + 2 * _DAY
