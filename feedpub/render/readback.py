"""What a rendered feed says, read back from its bytes and from nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from feedpub.model import Tombstone


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What a reader takes an entry to be."""

    id: str
    title: str
    published: dt.datetime
    updated: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """What a reader takes a feed to be; None where the format has no word for it."""

    id: str | None
    updated: dt.datetime | None
    entries: tuple[ReadEntry, ...]
    tombstones: tuple[Tombstone, ...] | None = None
    archived: bool | None = None  # whether it says that it is an archive
    older: str | None = None  # address of the document before it
