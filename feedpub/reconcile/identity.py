"""The identity of an entry: minted once, from what it says, the same by every store.

It does not depend on the order in which bulletins arrive, so a store that is lost and built anew from
the same files mints the same ids; only where two files would get the same id does the first one taken
in keep it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from feedpub.model import Bulletin, ParsedEntry, Role
from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.dates import EARLIEST_YEAR, day_of
from feedpub.reconcile.visible import digest
from feedpub.slugs import slug

Taken = Callable[[Iterable[str]], frozenset[str]]  # which of these ids belong to an entry already


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an entry keeps for ever."""

    id: str  # tag:AUTHORITY,DATE:SLUG (RFC 4151 section 2.1)
    permalink: str  # YYYY/MM/DD/SLUG/
    address: str | None = None  # of an adopted entry


def mint(
    bulletin: Bulletin, newcomers: Sequence[int], circumstances: Circumstances, *, taken: Taken
) -> dict[int, Identity]:
    """Return an identity for each entry of `bulletin` whose place stands in `newcomers`.

    Where an id is taken, by another entry or by an earlier newcomer, the next attempt puts more of
    the bulletin into its hash. `taken` is asked once per attempt.
    """
    minted: dict[int, Identity] = {}
    used: set[str] = set()
    for attempt in itertools.count():
        waiting = [place for place in newcomers if place not in minted]
        if not waiting:
            break
        distinctions = _distinctions(bulletin, attempt=attempt)
        candidates = {
            place: _identity(bulletin, place, circumstances, distinctions[place]) for place in waiting
        }
        refused = taken([candidate.id for candidate in candidates.values()])
        for place, candidate in candidates.items():
            if candidate.id not in refused and candidate.id not in used:
                minted[place] = candidate
                used.add(candidate.id)
    return minted


def mint_first(bulletin: Bulletin, places: Sequence[int], circumstances: Circumstances) -> dict[int, str]:
    """Return the ids that the entries at `places` get where none of them is taken, by place."""
    return {place: _identity(bulletin, place, circumstances, ()).id for place in places}


def slug_of(parsed: ParsedEntry) -> str:
    """Return what the id and the address of a new entry say of it."""
    return parsed.slug or slug(parsed.title)


def slug_in(permalink: str) -> str:
    """Return what a permalink says of its entry."""
    return permalink.strip("/").rpartition("/")[2].rpartition("-")[0]


def _identity(
    bulletin: Bulletin, place: int, circumstances: Circumstances, distinction: tuple[str | int, ...]
) -> Identity:
    entry = bulletin.entries[place]
    date = entry.date or bulletin.date or _date_of_file(circumstances)
    # The lead's title tells the morning's bulletin from the evening's, where a teaser stands in both;
    # the rest of the bulletin stays out so that editing it does not change what a rebuilt store mints.
    content = digest(date.isoformat(), entry.title, entry.paragraphs, _lead_title(bulletin), *distinction)
    name = f"{slug_of(entry)}-{content[:8]}"
    return Identity(
        id=f"tag:{circumstances.authority},{date.isoformat()}:{name}",
        permalink=f"{date:%Y/%m/%d}/{name}/",
    )


def _distinctions(bulletin: Bulletin, *, attempt: int) -> list[tuple[str | int, ...]]:
    """Return for each entry what its hash takes in beside its own content at this attempt."""
    if attempt == 0:
        return [()] * len(bulletin.entries)
    whole = digest(*(text for entry in bulletin.entries for text in (entry.title, entry.paragraphs)))
    if attempt == 1:
        return [(whole,)] * len(bulletin.entries)
    return [(whole, ordinal, attempt) for ordinal in _ordinals(bulletin)]


def _ordinals(bulletin: Bulletin) -> list[int]:
    """Return for each entry how many before it say the same."""
    seen: Counter[tuple[object, ...]] = Counter()
    ordinals = []
    for entry in bulletin.entries:
        said = (entry.date, entry.title, entry.paragraphs)
        ordinals.append(seen[said])
        seen[said] += 1
    return ordinals


def _date_of_file(circumstances: Circumstances) -> dt.date:
    """Return the local date of the file's time or, where that is no plausible one, of its arrival."""
    file_time = circumstances.modified
    if file_time is None or file_time.year < EARLIEST_YEAR or file_time > circumstances.now:
        file_time = circumstances.arrived
    return day_of(file_time, circumstances.timezone)


def _lead_title(bulletin: Bulletin) -> str:
    return next((entry.title for entry in bulletin.entries if entry.role is Role.LEAD), "")
