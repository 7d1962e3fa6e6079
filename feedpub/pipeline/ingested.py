"""What became of one file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from feedpub.model import Changes, Entry


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
