"""What goes on in another file: a bulletin under a new name, a story moved from one file to another.

A story stays with its file as long as that has it. Only what no file has any more, since the file is gone
or says other things now, can be what stands as new in another one. That needs stronger evidence than an
edit within a file, and still stronger one when the file has been gone for a while; each story and each entry
is used once, the best evidence first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from feedpub.model import Bulletin, Changes, Entry, ParsedEntry
from feedpub.reconcile.matching import repeated, stands
from feedpub.reconcile.similarity import NEARLY_THE_SAME, Likeness, Story, is_back, is_surely, likeness, story

# Up to so many stories are all held against each other; of more, as when a whole archive is moved at once,
# only those with the same title or the same text.
_PAIRS = 200_000

_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/")
DAY = len("2024/10/21/")  # the characters of a permalink that name the day by which an entry was minted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as it is read now, with what it does if no other file has to do with it."""

    path: str
    bulletin: Bulletin
    known: tuple[Entry, ...] = ()  # the entries that it could have, in any state
    changes: Changes = field(default_factory=Changes)
    refused: frozenset[str] = frozenset()  # the ids that its new stories would have, were they not taken

    @property
    def new(self) -> tuple[int, ...]:
        """The places of the stories that are none of its standing entries; one may bring back an old one."""
        return (*(entry.position for entry in self.changes.added), *self.back)

    @property
    def back(self) -> tuple[int, ...]:
        """The places of the stories for which it has an entry that was withdrawn."""
        gone = {entry.id for entry in self.known if not stands(entry)}
        return tuple(entry.position for entry in self.changes.updated if entry.id in gone)

    @property
    def lost(self) -> tuple[Entry, ...]:
        """Its entries that readers shall not find in it: its text has them no more, or it is a draft."""
        kept = {entry.id for entry in (*self.changes.updated, *self.changes.unchanged)}
        return tuple(entry for entry in self.known if stands(entry) and entry.id not in kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """The decision that a new file is one that is gone, under another name and edited."""

    path: str
    former: str
    reason: str  # for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The decision that the story at `place` of a file is an entry that its own file no longer has."""

    path: str
    place: int
    entry: Entry
    reason: str  # for people


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A story of a file."""

    path: str
    place: int
    parsed: ParsedEntry
    date: dt.date | None
    story: Story
    minted: str = ""  # the permalink that it gets if it is a new entry
    refused: frozenset[str] = frozenset()
    back: bool = False  # its file has an entry for it that was withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loose:
    """An entry whose file no longer has it."""

    entry: Entry
    story: Story
    away: bool = False  # since before this pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    told: _Told
    loose: _Loose
    likeness: Likeness

    def rank(self) -> tuple[object, ...]:
        """Sort the best first: what readers have, the more alike, the more similar text, the older entry.

        Of two stories that are the same one, who would get a new entry otherwise comes first.
        """
        entry, told = self.loose.entry, self.told
        evidence = self.loose.away, -self.likeness.total, -self.likeness.text, told.back
        return *evidence, entry.published, entry.id, told.path, told.place


def continuations(
    new: Sequence[Reading], vanished: Mapping[str, Sequence[Entry]]
) -> tuple[Continuation, ...]:
    """Decide which of the `new` files continue which of those that are gone, given with their entries."""
    if not any(vanished.values()):
        return ()
    told = [one for reading in new for one in _told(reading, range(len(reading.bulletin.entries)))]
    standing = {former: _standing(entries) for former, entries in vanished.items()}
    loose = [one for entries in standing.values() for one in _loose(entries)]
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for pair in _each_once(_sure(told, loose), within_files=True):
        shared[pair.told.path, pair.loose.entry.bulletin] += 1
    sizes = {reading.path: len(reading.bulletin.entries) for reading in new}
    ranked = []
    for (path, former), same in shared.items():
        share = 2 * same / (sizes[path] + len(standing[former]))
        if share > NEARLY_THE_SAME:
            ranked.append((-share, min(entry.published for entry in standing[former]), former, path, same))
    return tuple(_one_to_one(sorted(ranked), {former: len(found) for former, found in standing.items()}))


def moves(
    readings: Sequence[Reading], vanished: Iterable[Entry], *, away: Sequence[Entry] = ()
) -> tuple[Move, ...]:
    """Decide which new stories in `readings` are entries that another file no longer has.

    That is another one of `readings`, or one that is gone: `vanished` are the entries of those. `away` are
    entries that no file has had for a while, those of a deleted bulletin that is dropped again.
    """
    loose = _loose([entry for entry in vanished if stands(entry)])
    loose += [one for reading in readings for one in _loose(reading.lost)]
    loose += _loose(away, away=True)
    told = [one for reading in readings for one in _told(reading, reading.new)] if loose else []
    return tuple(_move(pair) for pair in _each_once(_sure(told, loose), within_files=False))


def _move(pair: _Pair) -> Move:
    told, entry = pair.told, pair.loose.entry
    place = f"in {entry.bulletin!r}, which no longer has it" if entry.bulletin else "in a file that is gone"
    reason = f"{told.parsed.title!r} was {entry.title!r} {place}"
    return Move(path=told.path, place=told.place, entry=entry, reason=reason)


def _one_to_one(
    ranked: Iterable[tuple[float, dt.datetime, str, str, int]], sizes: Mapping[str, int]
) -> Iterator[Continuation]:
    """Use each file once."""
    used: set[str] = set()
    for _, _, former, path, same in ranked:
        if path not in used and former not in used:
            used |= {path, former}
            reason = f"continues {former!r}, which is gone: {same} of its {sizes[former]} stories are here"
            yield Continuation(path=path, former=former, reason=reason)


def _standing(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a file had last; a file that was withdrawn whole can be continued too."""
    return [entry for entry in entries if stands(entry)] or list(entries)


def _told(reading: Reading, places: Iterable[int]) -> list[_Told]:
    entries = reading.bulletin.entries
    shared = repeated(entry.paragraphs for entry in entries)
    minted = {entry.position: entry.permalink for entry in reading.changes.added}
    back = frozenset(reading.back)
    return [
        _Told(
            path=reading.path,
            place=place,
            parsed=entries[place],
            date=entries[place].date or reading.bulletin.date,
            story=story(
                entries[place].title,
                entries[place].paragraphs,
                shared=entries[place].paragraphs in shared,
            ),
            minted=minted.get(place, ""),
            refused=reading.refused,
            back=place in back,
        )
        for place in places
    ]


def _loose(entries: Sequence[Entry], *, away: bool = False) -> list[_Loose]:
    # One story can be loose twice, as a copy of it that was dated otherwise: only under two titles its text
    # tells nothing.
    shared = repeated(paragraphs for _, paragraphs in {(entry.title, entry.paragraphs) for entry in entries})
    return [
        _Loose(
            entry=entry,
            story=story(entry.title, entry.paragraphs, shared=entry.paragraphs in shared),
            away=away,
        )
        for entry in entries
    ]


def _sure(told: Sequence[_Told], loose: Sequence[_Loose]) -> list[_Pair]:
    """Return the pairs that are surely the same story, the best first."""
    candidates = _all(told, loose) if len(told) * len(loose) <= _PAIRS else _equal(told, loose)
    pairs = [
        _Pair(told=one, loose=other, likeness=likeness(one.story, other.story))
        for one, other in candidates
        if (_is_back if other.away else _is_surely)(one, other)
    ]
    return sorted(pairs, key=_Pair.rank)


def _is_surely(told: _Told, loose: _Loose) -> bool:
    if told.path == loose.entry.bulletin:
        return False  # within a file it was not taken for it
    another_day = _another_day(told.date, loose.entry)
    same = _says_the_same(told, loose)
    return (same and not another_day) or is_surely(told.story, loose.story, another_day=another_day)


def _is_back(told: _Told, loose: _Loose) -> bool:
    same_day = (
        told.minted[:DAY] == loose.entry.permalink[:DAY]
    )  # nothing is minted for what is none of the new
    given_again = loose.entry.id in told.refused and _says_the_same(told, loose)
    return same_day and (given_again or is_back(told.story, loose.story))


def _says_the_same(told: _Told, loose: _Loose) -> bool:
    parsed, entry = told.parsed, loose.entry
    return (parsed.title, parsed.paragraphs) == (entry.title, entry.paragraphs)


def _all(told: Sequence[_Told], loose: Sequence[_Loose]) -> Iterator[tuple[_Told, _Loose]]:
    return ((one, other) for one in told for other in loose)


def _equal(told: Sequence[_Told], loose: Sequence[_Loose]) -> Iterator[tuple[_Told, _Loose]]:
    places: dict[str, list[_Loose]] = defaultdict(list)
    for other in loose:
        for key in {other.story.title, other.story.text} - {""}:
            places[key].append(other)
    for one in told:
        found = {o.entry.id: o for key in (one.story.title, one.story.text) for o in places.get(key, ())}
        yield from ((one, other) for other in found.values())


def _each_once(pairs: Iterable[_Pair], *, within_files: bool) -> Iterator[_Pair]:
    """Use each story and each entry once; `within_files` once for each pair of files."""
    used: set[tuple[object, ...]] = set()
    for pair in pairs:
        told, entry = pair.told, pair.loose.entry
        files = (told.path, entry.bulletin) if within_files else ()
        sides = {(*files, told.path, told.place), (*files, entry.id)}
        if used.isdisjoint(sides):
            used |= sides
            yield pair


def _another_day(date: dt.date | None, entry: Entry) -> bool:
    """Tell whether a story of `date` is dated otherwise than `entry` was when it was new."""
    return (
        date is not None
        and bool(_DAY.match(entry.permalink))
        and not entry.permalink.startswith(f"{date:%Y/%m/%d}/")
    )
