"""Where a story could have been another known entry too: the decision, explained for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedpub.model import Bulletin, Changes, Entry
from feedpub.reconcile.matching import repeated, stands
from feedpub.reconcile.similarity import THRESHOLD, Story, likeness, story

_PAIRS = 200_000  # in a bulletin with more, nobody would read the doubts


def doubts(bulletin: Bulletin, former: Sequence[Entry], changes: Changes) -> tuple[str, ...]:
    """Say of which stories of `bulletin` it was not clear which of the `former` entries they are.

    `changes` is what was decided on them. What is the same to the letter is beyond doubt.
    """
    ids = {entry.position: entry.id for entry in (*changes.updated, *changes.unchanged, *changes.added)}
    before = {entry.id: entry for entry in former}
    places = [place for place, name in ids.items() if not _is_same(bulletin, place, before.get(name))]
    edited = {ids[place] for place in places}
    kept = set(ids.values())
    rivals = [entry for entry in former if stands(entry) and (entry.id in edited or entry.id not in kept)]
    if not rivals or len(places) * len(rivals) > _PAIRS:
        return ()
    shared = repeated(entry.paragraphs for entry in bulletin.entries)
    stories = {entry.id: story(entry.title, entry.paragraphs, shared=False) for entry in rivals}
    found: list[str] = []
    for place in sorted(places):
        parsed = bulletin.entries[place]
        told = story(parsed.title, parsed.paragraphs, shared=parsed.paragraphs in shared)
        others = [other for other in rivals if other.id != ids[place]]
        alike = list(_alike(told, others, stories))
        found += _explained(parsed.title, before.get(ids[place]), alike)
    return tuple(found)


def _is_same(bulletin: Bulletin, place: int, entry: Entry | None) -> bool:
    parsed = bulletin.entries[place]
    return entry is not None and (parsed.title, parsed.paragraphs) == (entry.title, entry.paragraphs)


def _alike(told: Story, others: Sequence[Entry], stories: dict[str, Story]) -> Iterator[Entry]:
    for other in others:
        same_title = told.title == stories[other.id].title
        if same_title or likeness(told, stories[other.id]).total >= THRESHOLD:
            yield other


def _explained(title: str, chosen: Entry | None, alike: Sequence[Entry]) -> Iterator[str]:
    if not alike:
        return
    others = " and ".join(f"{entry.title!r}" for entry in alike)
    if chosen:
        yield f"{title!r} continues {chosen.title!r}, though it is like {others} too: the closer one counts"
    else:
        yield f"{title!r} is new, though it is like {others}, which another story is more like"
