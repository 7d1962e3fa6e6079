"""Entries of another program's feed become ours, with the identity their readers know.

An adopted entry belongs to no bulletin until one comes that tells its story (see `claims`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from feedpub.model import Changes, Entry, ForeignEntry, Role, State
from feedpub.reconcile.dates import EARLIEST_YEAR, LATEST_YEAR, SECOND, day_of, whole_seconds
from feedpub.reconcile.identity import Taken
from feedpub.reconcile.similarity import fold
from feedpub.reconcile.visible import digest
from feedpub.slugs import slug

_OWN_PAGE = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]+/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """Who adopts, and when."""

    site_url: str  # absolute, as feeds write it, ends with "/"
    timezone: ZoneInfo
    now: dt.datetime
    taken: Taken  # which of some ids and permalinks belong to an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What adopting does to the store; `unchanged` are those that it knew."""

    changes: Changes = field(default_factory=Changes)
    undated: frozenset[str] = frozenset()  # ids of entries whose feed gives no date
    left_out: tuple[str, ...] = ()  # why some are not adopted


def adopt(foreign: Iterable[ForeignEntry], known: Iterable[Entry], premises: Premises) -> Adoption:
    """Decide what becomes of `foreign` entries where the `known` ones, all there are, stand.

    An entry whose id is known stays as it is, but for one that no bulletin has claimed: of that the newer
    text counts. One whose story a bulletin has published already under another id is left out, for it
    would stand in the feeds twice.
    """
    newest = _newest(foreign)
    by_id, by_title = _relevant(known, newest)
    added, updated, unchanged, left_out = [], [], [], []
    for position, entry in enumerate(newest.values()):
        old = by_id.get(entry.id)
        ours = _adopted(entry, position, premises)
        double = next((e for e in by_title[fold(entry.title)] if _same_day(e, ours, premises.timezone)), None)
        if old and _is_unclaimed(old) and ours.updated > old.updated:
            updated.append(_renewed(old, ours))
        elif old:
            unchanged.append(old)
        elif double:
            left_out.append(f"{entry.title!r} ({entry.id}) is published already, as {double.id}")
        else:
            added.append(ours)
    changes = Changes(added=_placed(added, premises), updated=tuple(updated), unchanged=tuple(unchanged))
    undated = frozenset(entry.id for entry in newest.values() if _published(entry) is None)
    return Adoption(changes=changes, undated=undated, left_out=tuple(left_out))


def title_key(title: str) -> str:
    """Return what two titles have in common that read the same."""
    return fold(title)


def _newest(foreign: Iterable[ForeignEntry]) -> dict[str, ForeignEntry]:
    """Return each entry once, as the document that has it newest: archives repeat what feeds show."""
    newest: dict[str, ForeignEntry] = {}
    for entry in foreign:
        other = newest.setdefault(entry.id, entry)
        if entry.updated and other.updated and entry.updated > other.updated:
            newest[entry.id] = entry
    return newest


def _relevant(
    known: Iterable[Entry], foreign: Mapping[str, ForeignEntry]
) -> tuple[dict[str, Entry], dict[str, list[Entry]]]:
    """Return the `known` entries that have an id of `foreign` ones, and the bulletins' that have a title."""
    titles = {fold(entry.title) for entry in foreign.values()}
    by_id: dict[str, Entry] = {}
    by_title: dict[str, list[Entry]] = defaultdict(list)
    for entry in known:
        if entry.id in foreign:
            by_id[entry.id] = entry
        elif entry.bulletin and entry.state is not State.WITHDRAWN and fold(entry.title) in titles:
            by_title[fold(entry.title)].append(entry)
    return by_id, by_title


def _adopted(entry: ForeignEntry, position: int, premises: Premises) -> Entry:
    """Return `entry` as ours, its page still to be placed."""
    # Without any date the order of the document is kept, newest first.
    published = _published(entry) or whole_seconds(premises.now) - position * SECOND
    return Entry(
        id=entry.id,
        bulletin="",
        position=position,
        role=Role.LEAD,
        title=entry.title,
        paragraphs=entry.paragraphs,
        permalink="",
        published=published,
        updated=_plausible(entry.updated) or published,
        language=entry.language,
        author=entry.author,
        categories=entry.categories,
        content_html=entry.content_html,
        address=entry.link,
    )


def _placed(entries: Sequence[Entry], premises: Premises) -> tuple[Entry, ...]:
    """Give each entry its permalink: that of its own page, if it was one of ours, else a minted one.

    An entry that keeps its address has no page of ours; its permalink only says which one it would be.
    """
    own = {entry.id: (entry.address or "").removeprefix(premises.site_url) for entry in entries}
    used = set(premises.taken(own.values()))
    placed = []
    for entry in entries:
        permalink = own[entry.id]
        if _OWN_PAGE.fullmatch(permalink) and permalink not in used:
            used.add(permalink)
            placed.append(replace(entry, permalink=permalink, address=None))
        else:
            placed.append(replace(entry, permalink=minted_permalink(entry, premises.timezone)))
    return tuple(placed)


def minted_permalink(entry: Entry, zone: ZoneInfo) -> str:
    """Return the path of the page that an adopted entry would have, if it were ours."""
    # Half of the id's hash: with less, one of a few hundred thousand old entries would hit another's.
    return f"{day_of(entry.published, zone):%Y/%m/%d}/{slug(entry.title)}-{digest(entry.id)[:16]}/"


def _renewed(old: Entry, ours: Entry) -> Entry:
    return replace(
        ours,
        permalink=old.permalink,
        published=old.published,
        address=old.address,
        version=old.version + 1,
        issued=ours.updated,
        restored=old.restored,
    )


def _is_unclaimed(entry: Entry) -> bool:
    return not entry.bulletin and entry.content_html is not None and entry.state is State.PUBLISHED


def _same_day(one: Entry, other: Entry, zone: ZoneInfo) -> bool:
    return day_of(one.published, zone) == day_of(other.published, zone)


def _published(entry: ForeignEntry) -> dt.datetime | None:
    return _plausible(entry.published) or _plausible(entry.updated)


def _plausible(instant: dt.datetime | None) -> dt.datetime | None:
    return instant if instant and EARLIEST_YEAR <= instant.year <= LATEST_YEAR else None
