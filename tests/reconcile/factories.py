"""The plainest bulletin, and a desk that remembers what was published; a test says only what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from feedpub.model import Bulletin, Changes, Entry, ParsedEntry, Role, State
from feedpub.reconcile import Circumstances, reconcile, withdraw

SOFIA = ZoneInfo("Europe/Sofia")  # three hours ahead of UTC until 27 October 2024
MONDAY = dt.date(2024, 10, 21)


def at(text: str) -> dt.datetime:
    """Read an instant like "2024-10-21 06:00", local in Sofia."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA).astimezone(dt.UTC)


ARRIVED = at("2024-10-21 10:00")


def a_story(title: str, *paragraphs: str, **changes: Any) -> ParsedEntry:
    """Make a teaser."""
    plain: dict[str, Any] = {"role": Role.TEASER, "title": title, "paragraphs": paragraphs}
    return ParsedEntry(**plain | changes)


def a_bulletin(*stories: ParsedEntry | str, **changes: Any) -> Bulletin:
    """Make Monday's bulletin; the first story is its lead unless another one is."""
    entries = [a_story(story) if isinstance(story, str) else story for story in stories]
    if entries and all(entry.role is Role.TEASER for entry in entries):
        entries[0] = replace(entries[0], role=Role.LEAD)
    plain: dict[str, Any] = {"date": MONDAY, "entries": tuple(entries)}
    return Bulletin(**plain | changes)


def circumstances(**changes: Any) -> Circumstances:
    """Make the first reading of a file that came on Monday morning."""
    plain: dict[str, Any] = {
        "path": "monday.txt",
        "arrived": ARRIVED,
        "now": changes.get("arrived", ARRIVED),
        "timezone": SOFIA,
        "publish_time": dt.time(6),
        "authority": "news.example.org",
    }
    return Circumstances(**plain | changes)


def nothing_taken(ids: Iterable[str]) -> frozenset[str]:
    """Answer for an empty store."""
    return frozenset()


class Desk:
    """Reads one file again and again, and remembers its entries as a store does."""

    def __init__(self, **changes: Any) -> None:
        self.entries: dict[str, Entry] = {}
        self._circumstances = circumstances(**changes)

    @property
    def known(self) -> tuple[Entry, ...]:
        return tuple(self.entries.values())

    @property
    def live(self) -> list[Entry]:
        """The entries that are not withdrawn, in the order of the document."""
        standing = (entry for entry in self.known if entry.state is not State.WITHDRAWN)
        return sorted(standing, key=lambda entry: entry.position)

    @property
    def instants(self) -> list[dt.datetime]:
        """When the live entries are published, in the order of the document."""
        return [entry.published for entry in self.live]

    def read(self, bulletin: Bulletin, *, now: dt.datetime | None = None, **changes: Any) -> Changes:
        """Reconcile `bulletin` with what is known, and remember the outcome."""
        if now:
            changes["now"] = now
        self._circumstances = replace(self._circumstances, **changes)
        return self._remember(reconcile(bulletin, self.known, self._circumstances, taken=nothing_taken))

    def delete(self, *, now: dt.datetime) -> Changes:
        """Withdraw everything."""
        return self._remember(withdraw(self.known, now=now))

    def id_of(self, title: str) -> str:
        """Return the id of the live entry with that title."""
        return next(entry.id for entry in self.live if entry.title == title)

    def _remember(self, changes: Changes) -> Changes:
        before = self.entries
        present = (*changes.added, *changes.updated, *changes.unchanged)
        self.entries = before | {entry.id: entry for entry in (*present, *changes.withdrawn)}
        for entry in changes.withdrawn:
            if before[entry.id].state is State.SCHEDULED:  # nobody saw it: it is forgotten
                del self.entries[entry.id]
        return changes
