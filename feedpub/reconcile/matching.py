"""Which known entry is which story of an edited bulletin.

The surest evidence is used up first: everything the same, then the same title, then the same text,
then the most alike, best total first. Entries that were withdrawn come back only for what the live
ones leave over; those that the operator keeps out count as live, or an edit would bring their text back
under another id. Where the evidence ties, the nearer place decides, then the older entry.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedpub.model import Entry, ParsedEntry, State
from feedpub.reconcile.similarity import THRESHOLD, Likeness, Story, likeness, story

# At most so many pairs are compared per step, so that rewriting a bulletin of thousands of entries
# takes seconds; 400 against 400 are all compared. Beyond it each story is held against those
# that stand near its place, for what is left after the exact matches mostly kept its order.
_PAIRS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    place: int
    story: Story


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    entry: Entry
    story: Story


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    parsed: _Parsed
    known: _Known
    likeness: Likeness

    def rank(self) -> tuple[object, ...]:
        """Sort the best first; ids are unique, so no two pairs rank the same."""
        entry, place = self.known.entry, self.parsed.place
        distance = abs(entry.position - place)
        return -self.likeness.total, -self.likeness.text, distance, entry.published, entry.id, place


def match(
    entries: Sequence[ParsedEntry], known: Sequence[Entry], *, settled: Mapping[int, Entry] | None = None
) -> dict[int, Entry]:
    """Return the known entry that each of `entries` is, by place; new ones are left out.

    Which one those at the places in `settled` are is decided already; its entries are used up.
    """
    in_order = sorted(known, key=lambda entry: (entry.position, entry.published, entry.id))
    live = [entry for entry in in_order if stands(entry)]
    withdrawn = [entry for entry in in_order if not stands(entry)]
    matched: dict[int, Entry] = dict(settled or {})
    for pool in (live, withdrawn):
        matched |= _identical(entries, pool, matched)
        matched |= _alike(entries, pool, matched)
    return matched


def stands(entry: Entry) -> bool:
    """Tell whether `entry` may still stand in its bulletin, whatever readers see of it."""
    return entry.state is not State.WITHDRAWN or entry.kept_out


def _identical(
    entries: Sequence[ParsedEntry], pool: Sequence[Entry], matched: Mapping[int, Entry]
) -> dict[int, Entry]:
    """Pair what is the same to the letter, in the order of the document."""
    places: dict[tuple[object, ...], deque[int]] = defaultdict(deque)
    for place, parsed in enumerate(entries):
        if place not in matched:
            places[parsed.title, parsed.paragraphs, parsed.link].append(place)
    found: dict[int, Entry] = {}
    for entry in pool:
        waiting = places.get((entry.title, entry.paragraphs, entry.link))
        if waiting:
            found[waiting.popleft()] = entry
    return found


def _alike(
    entries: Sequence[ParsedEntry], pool: Sequence[Entry], matched: Mapping[int, Entry]
) -> dict[int, Entry]:
    """Pair what was edited: by title, else by text, else by likeness."""
    parsed_left, known_left = _left_over(entries, pool, matched)
    found: dict[int, Entry] = {}
    for step in _STEPS:
        found |= _best_first(step(parsed_left, known_left))
        used = {entry.id for entry in found.values()}
        parsed_left = [parsed for parsed in parsed_left if parsed.place not in found]
        known_left = [known for known in known_left if known.entry.id not in used]
    return found


def _left_over(
    entries: Sequence[ParsedEntry], pool: Sequence[Entry], matched: Mapping[int, Entry]
) -> tuple[list[_Parsed], list[_Known]]:
    """Return the stories of both sides that are not `matched`, ready to be compared."""
    used = {entry.id for entry in matched.values()}
    shared = repeated(parsed.paragraphs for parsed in entries) | repeated(e.paragraphs for e in pool)
    parsed_left = [
        _Parsed(place=place, story=story(parsed.title, parsed.paragraphs, shared=parsed.paragraphs in shared))
        for place, parsed in enumerate(entries)
        if place not in matched
    ]
    known_left = [
        _Known(entry=entry, story=story(entry.title, entry.paragraphs, shared=entry.paragraphs in shared))
        for entry in pool
        if entry.id not in used
    ]
    return parsed_left, known_left


def repeated(texts: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return the texts that stand there twice ("Read the full story on our site."): they tell nothing."""
    return {text for text, times in Counter(texts).items() if times > 1}


def _best_first(pairs: Iterable[_Pair]) -> dict[int, Entry]:
    """Use each story once, in the best of the pairs that hold it."""
    found: dict[int, Entry] = {}
    used: set[str] = set()
    for pair in sorted(pairs, key=_Pair.rank):
        entry = pair.known.entry
        if pair.parsed.place not in found and entry.id not in used:
            found[pair.parsed.place] = entry
            used.add(entry.id)
    return found


def _same_title(parsed: Sequence[_Parsed], known: Sequence[_Known]) -> Iterator[_Pair]:
    return _same(parsed, known, key=lambda story: story.title)


def _same_text(parsed: Sequence[_Parsed], known: Sequence[_Known]) -> Iterator[_Pair]:
    return _same(parsed, known, key=lambda story: story.text)


def _most_alike(parsed: Sequence[_Parsed], known: Sequence[_Known]) -> Iterator[_Pair]:
    return _near(parsed, known, at_least=THRESHOLD)


_STEPS = (_same_title, _same_text, _most_alike)


def _same(
    parsed: Sequence[_Parsed], known: Sequence[_Known], *, key: Callable[[Story], str]
) -> Iterator[_Pair]:
    """Pair the stories whose `key` is the same; an empty one is none."""
    parsed_groups: dict[str, list[_Parsed]] = defaultdict(list)
    known_groups: dict[str, list[_Known]] = defaultdict(list)
    for one in parsed:
        parsed_groups[key(one.story)].append(one)
    for other in known:
        known_groups[key(other.story)].append(other)
    for text in parsed_groups.keys() & known_groups.keys():
        if text:
            yield from _near(parsed_groups[text], known_groups[text], at_least=0.0)


def _near(parsed: Sequence[_Parsed], known: Sequence[_Known], *, at_least: float) -> Iterator[_Pair]:
    """Pair all with all or, where that would be too many, each with those near its place."""
    if not (parsed and known):
        return
    width = max(1, _PAIRS // len(parsed))
    for index, one in enumerate(parsed):
        middle = index * len(known) // len(parsed)
        start = max(0, min(middle - width // 2, len(known) - width))
        for other in known[start : start + width]:
            alike = likeness(one.story, other.story)
            if alike.total >= at_least:
                yield _Pair(parsed=one, known=other, likeness=alike)
