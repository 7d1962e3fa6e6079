"""Entries of a lost store, from what is still published: ids, instants, versions, what was withdrawn.

Documents of ours say of an entry what their feed's `edits` makes of it (see `compose.editions`); here that is
undone. What comes out stands for the entry until the bulletin that tells its story is taken in again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from feedpub.model import Edits, Entry, ForeignEntry, Role, State
from feedpub.reconcile.adoption import minted_permalink
from feedpub.reconcile.dates import instant_of

_OWN_ID = re.compile(r"tag:([^,]+),([0-9]{4})-([0-9]{2})-([0-9]{2}):([a-z0-9-]+-[0-9a-f]{8})(?:;([0-9]+))?")
_BULLETIN = "/bulletin"  # after the id of the story by which one is known
_OWN_PAGE = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})/([a-z0-9-]+-[0-9a-f]{8})/")
_POINTER = re.compile(r"<p><a [^>]*>[^<]*</a></p>\s*")  # from a version issued anew to the page of the story
_BRACKETS = re.compile(r"\[[^]]*\] ?")  # the same in a summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An entry as one document of ours shows it."""

    entry: ForeignEntry
    edits: Edits  # of the feed
    full: bool  # whether the feed has whole texts
    whole: bool = False  # whether it has whole bulletins


@dataclass(frozen=True, slots=True, kw_only=True)
class Grave:
    """What is still known of an entry that was withdrawn."""

    id: str
    withdrawn: dt.datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when the site is."""

    timezone: ZoneInfo
    publish_time: dt.time
    language: str


def authority_in(ids: Iterable[str]) -> str | None:
    """Return who minted most of these `ids`, as far as they are of our making."""
    counts: dict[str, int] = defaultdict(int)
    for name in ids:
        if found := _OWN_ID.fullmatch(name):
            counts[found[1]] += 1
    return max(sorted(counts), key=counts.__getitem__, default=None)


def base_id(id: str) -> str:  # noqa: A002  atom:id
    """Return the id of an entry for that of any version of it, or of the bulletin that is known by it."""
    story = id.removesuffix(_BULLETIN)
    return story.partition(";")[0] if _OWN_ID.fullmatch(story) else id


def id_at(permalink: str, authority: str) -> str | None:
    """Return the id of the entry whose page stands at `permalink`; None where no page of ours can."""
    found = _OWN_PAGE.fullmatch(permalink)
    return f"tag:{authority},{found[1]}-{found[2]}-{found[3]}:{found[4]}" if found else None


def recovered(sightings: Sequence[Sighting], place: Place) -> dict[str, Entry]:
    """Return the entries that are shown in `sightings`, each once, by id."""
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        seen[base_id(sighting.entry.id)].append(sighting)
    return {name: _entry(name, seen[name], position, place) for position, name in enumerate(seen)}


def buried(graves: Iterable[Grave], place: Place) -> dict[str, Entry]:
    """Return what was withdrawn, without its text, which nobody has any more.

    Kept out, or the bulletin that still has it would bring it back; `forgiven` undoes that for the others.
    Ids that are not of our making are left out: nothing says where their page was.
    """
    found: dict[str, Entry] = {}
    for grave in graves:
        own = _OWN_ID.fullmatch(grave.id)
        date = _date(own[2], own[3], own[4]) if own else None
        if not own or date is None:
            continue
        name = base_id(grave.id)
        published = instant_of(date, place.publish_time, place.timezone)
        former = found.get(name)
        known = (grave.withdrawn, former.updated if former else None)
        withdrawn = max(filter(None, known), default=published)
        found[name] = Entry(
            id=name,
            bulletin="",
            position=0,
            role=Role.LEAD,
            title=own[5].rpartition("-")[0].replace("-", " "),
            paragraphs=(),
            permalink=_permalink(own),
            published=min(published, withdrawn),
            updated=withdrawn,
            state=State.WITHDRAWN,
            reason=grave.reason or (former.reason if former else None),
            kept_out=True,
            version=int(own[6] or 1),
        )
    return found


def _entry(name: str, seen: Sequence[Sighting], position: int, place: Place) -> Entry:
    bulletins = [sighting for sighting in seen if sighting.whole]
    # What a bulletin says of its lead is less than what its own entries say.
    seen = [sighting for sighting in seen if not sighting.whole] or [*map(_lead_alone, bulletins)]
    shown = max(seen, key=_value)
    entry = shown.entry
    own = _OWN_ID.fullmatch(name)
    permalink = _permalink(own) if own else ""
    is_own_page = bool(own) and (entry.link or "").partition("?")[0].endswith(permalink)
    moments = _moments(seen, own, place)
    made = Entry(
        id=name,
        bulletin="",
        position=position,
        role=Role.LEAD,
        title=entry.title,
        paragraphs=_paragraphs(shown),
        permalink=permalink,
        language=None if entry.language == place.language else entry.language,
        author=entry.author,
        categories=entry.categories,
        content_html=_POINTER.sub("", entry.content_html, count=1) if _points(shown) else entry.content_html,
        link=entry.link if own and not is_own_page else None,
        address=None if own else entry.link,
        published=moments.published,
        updated=moments.updated,
        version=moments.version,
        issued=moments.issued,
        restored=moments.restored,
        issue=name if bulletins else None,
        renewed=max(filter(None, (sighting.entry.updated for sighting in bulletins)), default=None),
    )
    return made if own else replace(made, permalink=minted_permalink(made, place.timezone))


def _lead_alone(sighting: Sighting) -> Sighting:
    """Return what a bulletin says without its teasers, and with the dates of the bulletin as its own."""
    entry = sighting.entry
    text = entry.content_html.partition("<ul>")[0].rstrip()  # our own stories are paragraphs alone
    paragraphs = entry.paragraphs[: text.count("<p")] if sighting.full else entry.paragraphs
    lead = replace(entry, content_html=text, paragraphs=paragraphs, updated=entry.published, link=None)
    return replace(sighting, entry=lead)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moments:
    """The instants and the version of an entry."""

    published: dt.datetime
    updated: dt.datetime
    version: int
    issued: dt.datetime | None
    restored: dt.datetime | None


def _moments(seen: Sequence[Sighting], own: re.Match[str] | None, place: Place) -> _Moments:
    """Return the instants and the version that the feeds, each by its own way of showing edits, tell."""
    number = max(_version(each.entry.id) for each in seen)
    issued = [e.entry.published for e in seen if e.edits is Edits.REISSUE and _version(e.entry.id) == number]
    first = [
        each.entry.published
        for each in seen
        if each.edits is not Edits.REISSUE or _version(each.entry.id) == 1
    ]
    since = max(filter(None, issued), default=None)
    published = min(filter(None, first), default=None) or _first_day(own, since, place)
    updates = [each.entry.updated for each in seen if each.edits is Edits.UPDATE]
    updated = max(filter(None, (*updates, since)), default=published)
    edited = number > 1 or updated > published
    return _Moments(
        published=published,
        updated=max(updated, published),
        version=number if number > 1 else 2 if edited else 1,
        issued=(since if number > 1 else updated) if edited else None,
        restored=max(filter(None, map(_restored, seen)), default=None),
    )


def _restored(sighting: Sighting) -> dt.datetime | None:
    """Return when an entry last came back: what moves the date where an edit does not."""
    entry = sighting.entry
    if sighting.edits is Edits.UPDATE or not (entry.updated and entry.published):
        return None
    return entry.updated if entry.updated > entry.published else None


def _first_day(own: re.Match[str] | None, since: dt.datetime | None, place: Place) -> dt.datetime:
    """Return an instant of the day on which an entry was minted, when all that is known was issued later."""
    date = _date(own[2], own[3], own[4]) if own else None
    morning = instant_of(date or dt.date(1990, 1, 1), place.publish_time, place.timezone)
    return min(morning, since) if since else morning


def _value(sighting: Sighting) -> tuple[object, ...]:
    """Rank by how much a sighting tells of the text: newest version, whole text, without a pointer."""
    entry = sighting.entry
    updated = entry.updated or entry.published
    when = updated.timestamp() if updated else 0.0
    return sighting.full, _version(entry.id), not _points(sighting), when


def _paragraphs(shown: Sighting) -> tuple[str, ...]:
    told = shown.entry.paragraphs
    if not _points(shown) or not told:
        return told
    return told[1:] if shown.full else (_BRACKETS.sub("", told[0], count=1), *told[1:])


def _points(sighting: Sighting) -> bool:
    return sighting.edits is Edits.REISSUE and _version(sighting.entry.id) > 1


def _version(id_: str) -> int:
    found = _OWN_ID.fullmatch(id_)
    return int(found[6] or 1) if found else 1


def _permalink(own: re.Match[str]) -> str:
    return f"{own[2]}/{own[3]}/{own[4]}/{own[5]}/"


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
