"""How probable labels are under the tables, and which way each figure must move to make them more so.

All bulletins walk forward and backward through the machine at once; they are sorted by length, so that at
each line the first so many are still walking. Sums are kept near one by dividing at every line.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from labelled import Example

from feedpub.parse import machine
from feedpub.parse.bits import BITS, STEPS
from feedpub.parse.labelling import INDEX, NAMES
from feedpub.parse.weights import LINE, ROLES, STEP

KINDS = machine.KINDS
ROLE = np.array([ROLES.index(role) for role in machine.STATES.values()])
ARCS = [(INDEX[source], INDEX[to]) for source, arcs in machine.ARCS.items() for to in arcs]
SOURCE, TARGET = np.array(ARCS).T
KIND = np.array([KINDS.index(machine.kind(NAMES[source], NAMES[to])) for source, to in ARCS])
INTO = np.eye(len(NAMES))[TARGET]  # which arcs lead to each state
FROM = np.eye(len(NAMES))[SOURCE]
BY_ROLE = np.eye(len(ROLES))[ROLE]
BY_KIND = np.eye(len(KINDS))[KIND]
MAY_START = np.array([name in machine.START for name in NAMES])
TINY = 1e-300

_SIZES = (len(LINE) * len(ROLES), len(STEP) * len(KINDS), len(ARCS), len(NAMES), len(NAMES))
_CUTS = np.cumsum(_SIZES)[:-1]

Array = np.ndarray


def flat(held: dict[str, Any]) -> Array:
    """Lay tables out in one row; observations they lack begin with the figures that stand."""
    line = [held["line"].get(name, row) for name, (_, row) in LINE.items()]
    step = [[held["step"].get(name, row).get(kind, 0.0) for kind in KINDS] for name, (_, row) in STEP.items()]
    arcs = [held["arcs"][NAMES[source]][NAMES[to]] for source, to in ARCS]
    ends = [[held[name].get(state, 0.0) for state in NAMES] for name in ("start", "final")]
    return np.concatenate([np.ravel(part) for part in (line, step, arcs, *ends)]).astype(float)


def tables(theta: Array) -> dict[str, Any]:
    """Return the tables of one row, to one decimal, as a reader takes them."""
    line, step, arcs, start, final = np.split(np.round(theta, 1), _CUTS)
    prices: dict[str, dict[str, float]] = {}
    for (source, to), price in zip(ARCS, arcs.tolist(), strict=True):
        prices.setdefault(NAMES[source], {})[NAMES[to]] = price
    rows = zip(LINE.items(), line.reshape(len(LINE), -1).tolist(), strict=True)
    steps = zip(STEP.items(), step.reshape(len(STEP), -1).tolist(), strict=True)
    return {
        "line": {name: (why, tuple(row)) for (name, (why, _)), row in rows},
        "step": {name: (why, dict(zip(KINDS, row, strict=True))) for (name, (why, _)), row in steps},
        "arcs": prices,
        "start": {name: float(start[INDEX[name]]) for name in machine.START},
        "final": dict(zip(NAMES, final.tolist(), strict=True)),
    }


class Corpus:
    """All examples as arrays: a line is the number of its set of observations."""

    def __init__(self, examples: list[Example]) -> None:
        examples = sorted(examples, key=lambda example: -len(example.masks))
        lengths = np.array([len(example.masks) for example in examples])
        self.walking = [int((lengths > place).sum()) for place in range(lengths[0])]
        self.weight = np.array([example.weight for example in examples])
        self.mask = np.zeros((len(examples), lengths[0]), int)
        self.step = np.zeros_like(self.mask)
        self.right = np.zeros((*self.mask.shape, len(NAMES)), bool)
        masks: dict[int, int] = {}
        steps: dict[int, int] = {}
        for row, each in enumerate(examples):
            for place, allowed in enumerate(each.bounds):
                self.mask[row, place] = masks.setdefault(each.masks[place], len(masks))
                self.step[row, place] = steps.setdefault(each.steps[place], len(steps))
                self.right[row, place, list(allowed)] = True
        self.lines = np.array([[bool(mask & BITS[name]) for name in LINE] for mask in masks], float)
        self.steps = np.array([[bool(step & STEPS[name]) for name in STEP] for step in steps], float)

    def loss(self, theta: Array, cost: float) -> tuple[float, Array]:
        """Return how improbable the labels are when every wrong state gets `cost`, and the slope."""
        one, up = self._sum(theta, np.where(self.right, 1.0, np.exp(cost)))
        other, down = self._sum(theta, self.right.astype(float))
        return one - other, up - down

    def _sum(self, theta: Array, favour: Array) -> tuple[float, Array]:
        """Return the logarithm of the sum over all paths, each state favoured so much, and its slope."""
        line, step, arcs, start, final = np.split(theta, _CUTS)
        scores = np.clip((self.lines @ line.reshape(len(LINE), -1))[:, ROLE], -60, 60)
        ways = np.exp(np.clip(arcs + (self.steps @ step.reshape(len(STEP), -1))[:, KIND], -40, 40))
        most = scores.max(1)
        states = np.exp(scores - most[:, None])
        opening, ending = np.where(MAY_START, np.exp(start), 0.0), np.exp(final)

        def added(place: int, count: int) -> Array:
            return states[self.mask[:count, place]] * favour[:count, place]

        front = opening * added(0, len(self.weight))
        sums = [front.sum(1)]
        fronts = [front / sums[0][:, None]]
        log = np.log(sums[0]) + most[self.mask[:, 0]]
        for place, count in enumerate(self.walking[1:], 1):
            moved = (fronts[-1][:count, SOURCE] * ways[self.step[:count, place]]) @ INTO
            front = moved * added(place, count)
            sums.append(np.maximum(front.sum(1), TINY))
            fronts.append(front / sums[-1][:, None])
            log[:count] += np.log(sums[-1]) + most[self.mask[:count, place]]
        last = np.zeros_like(fronts[0])
        for front in fronts:
            last[: len(front)] = front
        ends = np.maximum((last * ending).sum(1), TINY)
        log += np.log(ends)
        onward = np.tile(ending, (len(last), 1)) / ends[:, None]
        of_final = self.weight @ (last * onward)
        of_states, of_ways = np.zeros_like(states), np.zeros_like(ways)
        for place in range(len(fronts) - 1, -1, -1):
            count = self.walking[place]
            weight = self.weight[:count, None]
            share = fronts[place] * onward[:count] * weight
            np.add.at(of_states, self.mask[:count, place], share)
            if not place:
                break
            ahead = added(place, count) * onward[:count] / sums[place][:, None]
            rest = ways[self.step[:count, place]] * ahead[:, TARGET]
            np.add.at(of_ways, self.step[:count, place], fronts[place - 1][:count, SOURCE] * rest * weight)
            onward[:count] = rest @ FROM
        slope = [
            (self.lines.T @ of_states @ BY_ROLE).ravel(),
            (self.steps.T @ of_ways @ BY_KIND).ravel(),
            of_ways.sum(0),
            np.where(MAY_START, share.sum(0), 0.0),
            of_final,
        ]
        return float(self.weight @ log), np.concatenate(slope)
