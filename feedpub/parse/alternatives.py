"""The best readings of a bulletin, one after the other."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from feedpub.parse.labelling import MEANINGS, Reader

BEAM = 9.0  # points; readings farther behind at some line are not among the best
_ALIKE = 60  # readings that make the same of every line, for each that differs
_MOST_LOOKS = 20_000  # at partial paths; four times what any labelled case needs


@dataclass(frozen=True, slots=True)
class Reading:
    """One way through all lines, and its points."""

    path: list[int]
    total: float


def readings(reader: Reader, masks: Sequence[int], steps: Sequence[int], most: int) -> list[Reading]:
    """Return the best readings of which each makes something different of some line, the best first.

    Nothing where there are paths without number, as through many lines that may each be anything.
    """
    distinct: dict[tuple[str, ...], Reading] = {}
    for reading in islice(_all(reader, masks, steps), most * _ALIKE):
        if reading is None:
            return []
        distinct.setdefault(tuple([MEANINGS[state] for state in reading.path]), reading)
        if len(distinct) == most:
            break
    return list(distinct.values())


def _all(reader: Reader, masks: Sequence[int], steps: Sequence[int]) -> Iterator[Reading | None]:
    """Yield the paths from the best on: back from the ends, always the one whose whole is best.

    The points collected on the way down to a line are what the rest of a path can reach at best, so each
    path comes in its turn (A* with a perfect estimate). None says that it was given up.
    """
    fronts, _ = reader.forward(masks, steps, None, BEAM)
    tick = count()  # settles equals before paths are compared
    last = len(masks) - 1
    ends = [(state, reader.final[state]) for state in fronts[last]]
    heap: list[tuple[float, int, int, float, Any]] = [
        (-fronts[last][state] - price, next(tick), last, price, (state, None)) for state, price in ends
    ]
    heapq.heapify(heap)
    for _ in range(_MOST_LOOKS):
        if not heap:
            return
        negative, _, place, rest, way = heapq.heappop(heap)
        if not place:
            yield Reading(_unrolled(way), -negative)
            continue
        rest += reader.emission(masks[place])[way[0]]
        before = fronts[place - 1]
        for state, price in reader.origins(steps[place])[way[0]]:
            if state in before:
                onward = rest + price
                heapq.heappush(heap, (-before[state] - onward, next(tick), place - 1, onward, (state, way)))
    yield None


def _unrolled(way: Any) -> list[int]:  # noqa: ANN401  a chain of pairs, of any length
    path = []
    while way:
        state, way = way
        path.append(state)
    return path
