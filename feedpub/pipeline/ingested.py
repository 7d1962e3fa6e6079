"""What became of one file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from feedpub.log import get_logger
from feedpub.model import Changes, Entry

log = get_logger("pipeline")


class Result(StrEnum):
    """What became of one file."""

    ACCEPTED = "accepted"
    UNTOUCHED = "untouched"  # same bytes as before
    RENAMED = "renamed"
    REJECTED = "rejected"
    POSTPONED = "postponed"  # vanished or changed while it was read; the next look decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """One file taken in, for the log and for people."""

    path: str
    result: Result
    changes: Changes = field(default_factory=Changes)
    reason: str = ""
    line: int | None = None
    notes: tuple[str, ...] = ()  # why entries are taken for those of another file, or of another title
    former: tuple[Entry, ...] = ()  # the entries that are its now, as they were

    def without_stories(self) -> Ingested:
        """Give what is worth keeping of it: the stories of a whole archive would take all the memory."""
        return replace(self, changes=Changes(), former=())


def report(result: Ingested, *, event: str = "bulletin taken in") -> None:
    """Tell the log what became of a file, in a line, and why entries were kept."""
    changes = result.changes
    counts = {
        "added": len(changes.added),
        "updated": len(changes.updated),
        "withdrawn": len(changes.withdrawn),
    }
    facts = {key: count for key, count in counts.items() if count}
    if result.result is Result.REJECTED:
        log.error("bulletin rejected", bulletin=result.path, line=result.line, reason=result.reason)
    elif result.result is Result.POSTPONED:
        log.warning("bulletin postponed", bulletin=result.path, reason=result.reason)
    elif result.result is Result.RENAMED:
        log.info("bulletin renamed", bulletin=result.path, reason=result.reason)
    elif result.result is Result.ACCEPTED:
        log.info(event, bulletin=result.path, **facts)
    for note in result.notes:
        log.info("entries kept", bulletin=result.path, reason=note)
