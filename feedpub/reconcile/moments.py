"""When entries are published.

Readers sort by time and shuffle equal instants, so the entries of one bulletin get distinct seconds,
descending from the lead through the teasers in the order of the document.

What readers have seen is fixed. An entry that comes later is placed beside its neighbours where they
stand on its own day: the editor put it there, and its new id, not its time, shows readers that it is
new. Where there is no such neighbour it is dated as if its bulletin had arrived now, so that a file
that is written anew each day does not date today's news by the day it was first seen.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from feedpub.model import Bulletin, Role
from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.dates import SECOND, day_of, instant_of, midnight_before, whole_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When an entry is published."""

    published: dt.datetime  # aware, UTC, whole seconds
    due: dt.datetime | None = None  # when it is let out, if that is still to come


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of a bulletin's entries; places are indices in the bulletin as it is now."""

    seen: Mapping[int, dt.datetime] = field(default_factory=dict)  # place → instant, for what readers saw
    unseen: frozenset[int] = frozenset()  # places of entries that are known and never were in any output
    occupied: frozenset[dt.datetime] = frozenset()  # instants of all entries readers ever saw, gone ones too


def moments(bulletin: Bulletin, *, past: Past, circumstances: Circumstances) -> dict[int, Moment]:
    """Return the moment of every entry of `bulletin` that readers have not seen, by its place."""
    timetable = _Timetable(bulletin, past, circumstances)
    for group in _dated_alike(bulletin):
        timetable.fill(group)
    return timetable.moments


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Entries that the text dates alike; both None where it does not date them or `publish_at` does."""

    date: dt.date | None
    own_time: dt.time | None  # the entries', not the bulletin's
    places: tuple[int, ...]  # the lead's first


def _dated_alike(bulletin: Bulletin) -> Iterator[_Group]:
    places: dict[tuple[dt.date | None, dt.time | None], list[int]] = defaultdict(list)
    in_order = sorted(enumerate(bulletin.entries), key=lambda numbered: numbered[1].role is not Role.LEAD)
    for place, entry in in_order:
        date = None if bulletin.publish_at else entry.date or bulletin.date
        # A time of day without any date is no moment: taken for today's it might be still to come.
        places[date, entry.time if date else None].append(place)
    for (date, own_time), alike in places.items():
        yield _Group(date=date, own_time=own_time, places=tuple(alike))


class _Timetable:
    """Gives out seconds, none twice."""

    def __init__(self, bulletin: Bulletin, past: Past, circumstances: Circumstances) -> None:
        self.moments: dict[int, Moment] = {}
        self._bulletin = bulletin
        self._past = past
        self._circumstances = circumstances
        self._zone = circumstances.timezone
        self._now = whole_seconds(circumstances.now)
        self._occupied = set(past.occupied)

    def fill(self, group: _Group) -> None:
        """Give a moment to each entry of `group` that readers have not seen."""
        waiting = [place for place in group.places if place not in self._past.seen]
        if not waiting:
            return
        late = bool(self._past.occupied) and not self._past.unseen.issuperset(waiting)
        base = self._base(group, late=late)
        neighbours = self._neighbours(group, base)
        if neighbours:
            self._insert(group.places, neighbours)
            return
        head = self._head(group, base, count=len(waiting))
        self._line_up(waiting, min(head, self._now) if late and base <= self._now else head)

    def _base(self, group: _Group, *, late: bool) -> dt.datetime:
        """Return the instant that the text and the circumstances give for `group`."""
        publish_at = self._bulletin.publish_at
        if publish_at:
            return _in_zone(publish_at, self._zone)
        # A clock that was set back since the file came must not hold its entries.
        came = self._now if late else min(whole_seconds(self._circumstances.arrived), self._now)
        if group.date is None:
            return came
        time = group.own_time
        if time is None and group.date == self._bulletin.date:
            time = self._bulletin.time
        if time is None and group.date == day_of(came, self._zone):
            return came
        return instant_of(group.date, self._circumstances.publish_time if time is None else time, self._zone)

    def _neighbours(self, group: _Group, base: dt.datetime) -> dict[int, dt.datetime]:
        """Return the fixed instants in `group` beside which new entries can be placed.

        Not where the text gives the entries' own time, and not where `base` is still to come: what
        readers saw before a bulletin got a later date must not pull the rest of it forward.
        """
        if group.own_time is not None or base > self._now:
            return {}
        day = day_of(base, self._zone)
        seen = {place: self._past.seen[place] for place in group.places if place in self._past.seen}
        return {place: instant for place, instant in seen.items() if day_of(instant, self._zone) == day}

    def _head(self, group: _Group, base: dt.datetime, *, count: int) -> dt.datetime:
        """Return `base`, or so much later that the last of `count` entries is still of the same day."""
        if group.date is None and not self._bulletin.publish_at:
            return base  # without a date there is no day to keep to
        return max(base, midnight_before(base, self._zone) + (count - 1) * SECOND)

    def _line_up(self, waiting: Sequence[int], head: dt.datetime) -> None:
        """Give `head` and the seconds below it.

        What belongs to one head is let out with it, or teasers would be out seconds before the embargo ends.
        """
        instant = head
        for place in waiting:
            instant = self._free(instant, -SECOND)
            self._give(place, instant, due=head if head > self._now else None)

    def _insert(self, places: Sequence[int], neighbours: Mapping[int, dt.datetime]) -> None:
        """Give each waiting entry the nearest free second below the one before it."""
        previous: dt.datetime | None = None
        first = next(index for index, place in enumerate(places) if place in neighbours)
        ahead = sum(place not in self._past.seen for place in places[:first])
        for place in places:
            if place in neighbours:
                previous = neighbours[place]
            elif place not in self._past.seen:
                if previous is None:
                    previous = self._above(neighbours[places[first]], room=ahead)
                else:
                    previous = self._beside(previous)
                self._give(place, previous)

    def _above(self, neighbour: dt.datetime, *, room: int) -> dt.datetime:
        """Return a free second `room` above `neighbour`, if that has come."""
        instant = self._free(neighbour + room * SECOND, SECOND)
        return instant if instant <= self._now else self._beside(neighbour)

    def _beside(self, neighbour: dt.datetime) -> dt.datetime:
        """Return the nearest free second below `neighbour`, above it where the day before begins."""
        below = self._free(neighbour, -SECOND)
        above = self._free(neighbour, SECOND)
        within_day = below >= midnight_before(neighbour, self._zone)
        return below if within_day or above > self._now else above

    def _free(self, instant: dt.datetime, step: dt.timedelta) -> dt.datetime:
        while instant in self._occupied:
            instant += step
        return instant

    def _give(self, place: int, instant: dt.datetime, *, due: dt.datetime | None = None) -> None:
        self._occupied.add(instant)
        self.moments[place] = Moment(published=instant, due=due)


def _in_zone(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the instant of `moment`; a naive one is local time in `zone`."""
    return whole_seconds(moment if moment.tzinfo else instant_of(moment.date(), moment.time(), zone))
