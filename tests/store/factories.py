"""The plainest record, entry and store; a test says only what differs."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from feedpub.model import BulletinRecord, Changes, Entry, Outcome, Role, Signature, Stale, State
from feedpub.store import Store

MORNING = dt.datetime(2024, 10, 21, 3, 0, 0, tzinfo=dt.UTC)
NOON = MORNING + dt.timedelta(hours=6)
EVENING = NOON + dt.timedelta(hours=6)
NEWS = frozenset({"news"})


def a_record(path: str = "monday.txt", **changes: Any) -> BulletinRecord:
    """Make the record of a file that was understood."""
    plain: dict[str, Any] = {
        "path": path,
        "signature": Signature(size=2400, mtime_ns=1_729_479_600_000_000_001, inode=7),
        "digest": hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest(),
        "outcome": Outcome.ACCEPTED,
        "arrived": MORNING,
    }
    return BulletinRecord(**plain | changes)


def an_entry(number: int = 0, **changes: Any) -> Entry:
    """Make the entry number `number` of one bulletin, each a second older than the one before."""
    instant = MORNING - dt.timedelta(seconds=number)
    plain: dict[str, Any] = {
        "id": f"tag:example.org,2024-10-21:story-{number}",
        "bulletin": "monday.txt",
        "position": number,
        "role": Role.TEASER if number else Role.LEAD,
        "title": f"Story {number}",
        "paragraphs": ("First paragraph.", "Втори параграф."),
        "permalink": f"2024/10/21/story-{number}/",
        "published": instant,
        "updated": instant,
    }
    return Entry(**plain | changes)


def a_scheduled_entry(number: int = 0, **changes: Any) -> Entry:
    """Make an entry that waits for noon."""
    return an_entry(
        number, **{"state": State.SCHEDULED, "published": NOON, "updated": NOON, "due": NOON} | changes
    )


def take_in(store: Store, *entries: Entry, path: str = "monday.txt", **changes: Any) -> None:
    """Take in a new bulletin, all of its entries in the feed "news" unless said otherwise."""
    plain: dict[str, Any] = {"feeds": {entry.id: NEWS for entry in entries}, "stale": (), "at": MORNING}
    store.take_in(a_record(path), Changes(added=entries), **plain | changes)


def amend(store: Store, changes: Changes, *, path: str = "monday.txt", **more: Any) -> None:
    """Take in the new text of a known bulletin; its entries stay in their feeds unless said otherwise."""
    plain: dict[str, Any] = {"feeds": {}, "stale": (), "at": NOON}
    store.take_in(a_record(path), changes, **plain | more)


def documents(stale: tuple[Stale, ...]) -> list[tuple[str, str]]:
    """Give what is stale without its marks."""
    return [(each.kind, each.name) for each in stale]
