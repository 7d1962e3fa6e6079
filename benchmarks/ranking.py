"""The best readings of a case and what speaks for each: the table of whole readings is fitted to them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from labelled import Case, is_right
from scipy.optimize import minimize

from feedpub.parse import alternatives, judging
from feedpub.parse.labelling import Reader

NAMES = ("machine", *judging.WHOLE)
HOLD = 10.0  # how strongly the figures are held to none

Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best readings of one case by the machine, the best first."""

    seen: Array  # a row a reading, a column a name; the first is how far it is behind by the machine's points
    right: Array  # which of them an accepted reading allows

    def best(self, whole: dict[str, float]) -> tuple[bool, float]:
        """Return whether the reading chosen by a table is right, and its probability."""
        scores = self.seen @ np.array([whole[name] for name in NAMES])
        odds = np.exp(judging.CAUTION * (scores - scores.max()))
        place = int(scores.argmax())
        return bool(self.right[place]), float(odds[place] / odds.sum())


def ranked(reader: Reader, case: Case) -> Ranked:
    """Observe the best readings of a case."""
    readings = alternatives.readings(reader, case.masks, case.steps, judging.MOST_READINGS)
    lengths = [math.log(max(1.0, width)) for width in case.widths]
    rows = []
    for reading in readings:
        seen = judging.observe(reading.path, lengths, case.masks)
        behind = reading.total - readings[0].total
        rows.append([behind, *(float(seen.get(name, 0)) for name in judging.WHOLE)])
    return Ranked(np.array(rows), np.array([is_right(reading.path, case) for reading in readings]))


def fit_whole(cases: list[Ranked]) -> dict[str, float]:
    """Return the table under which right readings are most probable among those of their case."""
    telling = [case for case in cases if case.right.any()]
    start = np.zeros(len(NAMES))
    start[0] = 1.0  # the machine's points alone

    def loss(theta: Array) -> tuple[float, Array]:
        away = theta - start
        total, slope = 0.5 * HOLD * (away @ away), HOLD * away
        for case in telling:
            scores = case.seen @ theta
            odds = np.exp(scores - scores.max())
            all_of, of_right = odds / odds.sum(), odds * case.right / odds[case.right].sum()
            total -= math.log(odds[case.right].sum() / odds.sum())
            slope = slope - (of_right - all_of) @ case.seen
        return total, slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 2) for name, value in zip(NAMES, found, strict=True)}
