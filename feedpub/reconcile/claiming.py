"""Which adopted entries are stories of a bulletin that came later.

A story that is told on the same day under the same title is the adopted one, whatever became of its
text: feeds often hold summaries alone. Otherwise the text must agree, for every day has its "Weather".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from feedpub.model import Bulletin, Entry, State
from feedpub.reconcile.dates import day_of
from feedpub.reconcile.identity import slug_in, slug_of
from feedpub.reconcile.matching import match, repeated
from feedpub.reconcile.similarity import Likeness, is_surely, likeness, story

_PAIRS = 200_000  # at most so many are compared: beyond it, the entries at the end of the list are not

_LABEL_CHARACTERS = 60  # of "Correction, 2024-10-22:" in any language

# What programs that typeset make of plain text, beyond what Unicode holds compatible ("…" and "...").
_TYPESET = str.maketrans(
    {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―", "-")}
)


def claims(
    bulletin: Bulletin,
    known: Sequence[Entry],
    unclaimed: Sequence[Entry],
    *,
    timezone: ZoneInfo,
    minted: Mapping[int, str] = MappingProxyType({}),
) -> dict[int, Entry]:
    """Return the `unclaimed` entries that stories of `bulletin` are, by place.

    What the bulletin's `known` entries are already is left out. Each is used once, the best evidence first:
    `minted` are the ids, by place, that its stories would get if they were new. An entry of a lost store with
    that id is the story, told as it was then; of a withdrawn one nothing but its id is left.
    """
    if bulletin.draft or not unclaimed:
        return {}
    matched = match(bulletin.entries, known)
    places = [place for place in range(len(bulletin.entries)) if place not in matched]
    own = {entry.id for entry in known}
    waiting = [entry for entry in unclaimed if entry.id not in own][: _PAIRS // max(1, len(places))]
    found: dict[int, Entry] = {}
    used: set[str] = set()
    for pair in sorted(_pairs(bulletin, places, waiting, timezone, minted), key=_Pair.rank):
        if pair.place not in found and pair.entry.id not in used:
            found[pair.place] = pair.entry
            used.add(pair.entry.id)
    return found


def reads_the_same(old: Entry, new: Entry) -> bool:
    """Tell whether an adopted entry and what a bulletin makes of it say the same to a reader.

    How the one was typeset, divided or labelled does not matter.
    """
    return (
        _wording(old.title) == _wording(new.title)
        and _text_reads_the_same(old, new)
        and new.link in (None, old.link, old.address)
        and (old.address is None or (new.image, new.enclosures) == (old.image, old.enclosures))
    )


def _text_reads_the_same(old: Entry, new: Entry) -> bool:
    said, told = _wording(*old.paragraphs), _wording(*new.paragraphs)
    if old.address is None and len(old.paragraphs) == 1 and _begins(said, _wording(*new.paragraphs[:1])):
        return True  # of a feed of ours that has summaries alone
    if old.corrections == new.corrections:
        return said == told
    # A feed of our own, adopted after the store was lost, has corrections as labelled paragraphs at the end.
    notes = (f".{{,{_LABEL_CHARACTERS}}}{re.escape(_wording(note.text))}" for note in new.corrections)
    return not old.corrections and bool(re.fullmatch(re.escape(told) + "".join(notes), said))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    place: int
    entry: Entry
    same_id: bool
    same_title: bool
    same_day: bool
    likeness: Likeness

    def rank(self) -> tuple[object, ...]:
        """Sort the best first; ids are unique, so no two pairs rank the same."""
        alike, entry = self.likeness, self.entry
        evidence = (not self.same_id, not self.same_title, not self.same_day, -alike.total, -alike.text)
        return *evidence, entry.published, entry.id, self.place


def _pairs(
    bulletin: Bulletin,
    places: Iterable[int],
    waiting: Iterable[Entry],
    zone: ZoneInfo,
    minted: Mapping[int, str],
) -> Iterator[_Pair]:
    """Pair the stories at `places` with the `waiting` entries that they are or may be."""
    shared = repeated(entry.paragraphs for entry in bulletin.entries)
    others = [(entry, story(entry.title, entry.paragraphs, shared=False)) for entry in waiting]
    for place in places:
        parsed = bulletin.entries[place]
        told = story(parsed.title, parsed.paragraphs, shared=parsed.paragraphs in shared)
        date = parsed.date or bulletin.date
        for entry, other in others:
            same_id = minted.get(place) == entry.id
            gone = entry.state is State.WITHDRAWN
            same_title = slug_of(parsed) == slug_in(entry.permalink) if gone else told.title == other.title
            same_day = day_of(entry.published, zone) == date
            another_day = date is not None and not same_day
            alike = not gone and is_surely(told, other, another_day=another_day)
            if same_id or (same_title and same_day) or alike:
                yield _Pair(
                    place=place,
                    entry=entry,
                    same_id=same_id,
                    same_title=same_title,
                    same_day=same_day,
                    likeness=likeness(told, other),
                )


def _begins(summary: str, paragraph: str) -> bool:
    """Tell whether a summary of ours was made of this first paragraph."""
    cut = summary.removesuffix("...")  # in which the ellipsis ends up
    return summary == paragraph or (cut != summary and paragraph.startswith(cut))


def _wording(*texts: str) -> str:
    compatible = unicodedata.normalize("NFKC", " ".join(texts)).translate(_TYPESET)
    return " ".join(re.sub("-+", "-", compatible).split())
