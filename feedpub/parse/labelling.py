"""The best labelling of all lines at once: Viterbi over the state machine, with the margin of every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from feedpub.parse import machine
from feedpub.parse.features import BITS, STEPS
from feedpub.parse.weights import LINE, ROLES, STEP

NAMES = tuple(machine.STATES)
INDEX = {name: place for place, name in enumerate(NAMES)}
NEVER = -1e9

Rows = Mapping[str, tuple[str, tuple[float, ...]]]
Steps = Mapping[str, tuple[str, Mapping[str, float]]]


class Reader:
    """The machine and the tables, ready to read."""

    def __init__(
        self,
        *,
        line: Rows = LINE,
        step: Steps = STEP,
        arcs: Mapping[str, Mapping[str, float]] = machine.ARCS,
        start: Mapping[str, float] = machine.START,
        final: Mapping[str, float] | None = None,
    ) -> None:
        self._roles = tuple(ROLES.index(role) for role, _ in machine.STATES.values())
        self._final = [(final or {}).get(name, price) for name, (_, price) in machine.STATES.items()]
        self._start = [start.get(name, NEVER) for name in NAMES]
        self._line = [(BITS[name], row) for name, (_, row) in line.items()]
        self._step = [(STEPS[name], row) for name, (_, row) in step.items()]
        self._arcs = [
            [
                (INDEX[source], to[target], machine.kind(source, target))
                for source, to in arcs.items()
                if target in to
            ]
            for target in NAMES
        ]
        self.emission = lru_cache(maxsize=8192)(self._emission)
        self.transition = lru_cache(maxsize=1024)(self._transition)

    def _emission(self, mask: int) -> tuple[float, ...]:
        """Sum what a line's observations add to each state."""
        rows = [row for bit, row in self._line if mask & bit]
        totals = [sum(column) for column in zip(*rows, strict=True)]
        return tuple(totals[role] for role in self._roles)

    def _transition(self, step: int) -> tuple[tuple[tuple[int, float], ...], ...]:
        """Return, for each state, where one may come from and at what price, given what the step looks like."""
        rows = [row for bit, row in self._step if step & bit]
        extra = {kind: sum(row.get(kind, 0.0) for row in rows) for kind in machine.KINDS}
        return tuple(
            tuple((source, price + extra[kind]) for source, price, kind in arcs) for arcs in self._arcs
        )

    def label(
        self, masks: Sequence[int], steps: Sequence[int], allowed: Sequence[frozenset[int]] | None = None
    ) -> tuple[list[int], float]:
        """Return the best state of every line and the total; `allowed` bounds the states of each line."""
        score = [price + added for price, added in zip(self._start, self.emission(masks[0]), strict=True)]
        if allowed:
            score = [value if state in allowed[0] else NEVER for state, value in enumerate(score)]
        back: list[list[int]] = []
        for place in range(1, len(masks)):
            score, origins = _advance(score, self.emission(masks[place]), self.transition(steps[place]))
            if allowed:
                score = [value if state in allowed[place] else NEVER for state, value in enumerate(score)]
            back.append(origins)
        totals = [value + final for value, final in zip(score, self._final, strict=True)]
        best = max(range(len(totals)), key=totals.__getitem__)
        path = [best]
        for origins in reversed(back):
            path.append(origins[path[-1]])
        path.reverse()
        return path, totals[best]


def _advance(
    score: list[float], added: tuple[float, ...], arcs: tuple[tuple[tuple[int, float], ...], ...]
) -> tuple[list[float], list[int]]:
    new, origins = [], []
    for target, sources in enumerate(arcs):
        top, origin = NEVER, 0
        for source, price in sources:
            value = score[source] + price
            if value > top:
                top, origin = value, source
        new.append(top + added[target])
        origins.append(origin)
    return new, origins


READER = Reader()
label = READER.label
