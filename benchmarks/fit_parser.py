"""Fit the parser's tables to the labelled cases: a softmax over labellings, held close to hand-set figures.

    python benchmarks/fit_parser.py            # cross-validate: the figure by which changes are judged
    python benchmarks/fit_parser.py --write    # fit to all cases and write the tables

Needs numpy and scipy, which the parser itself does not. What is written replaces the figures in
feedpub/parse/weights.py, machine.py and judging.py; a person reads the difference. `hand_set.json` has the
figures set by hand before any fitting: only because the fit starts there, and not from the fitted tables
that have seen all cases, is the cross-validation honest. The labels leave the habit of the teaser block
open, so the probability of the truth is summed over all paths they allow. `variants.py` adds bulletins
changed in ways that keep their labels true; they weigh less than the originals.

The table by which whole readings are judged (feedpub/parse/judging.py) is fitted afterwards, to the best
readings of each case by tables that were fitted to the other cases.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
from labelled import Case, Example, load, truth
from ranking import Ranked, fit_whole, ranked
from scipy.optimize import minimize
from softmax import Corpus, flat, tables
from variants import with_variants
from writing import write

from feedpub.parse.labelling import Reader

HAND_SET = json.loads((Path(__file__).parent / "hand_set.json").read_text("utf-8"))
HOLD = 3.0  # how strongly the figures are held to those set by hand
COST = 0.5  # points by which the truth shall lead at every line
STEPS, FOLDS, SEEDS = 22, 5, (1, 2)
BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)  # of confidence


def fit(examples: list[Example]) -> np.ndarray:
    """Return the flat tables under which the labels are most probable."""
    corpus, start = Corpus(examples), flat(HAND_SET)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = corpus.loss(theta, COST)
        away = theta - start
        return value + 0.5 * HOLD * (away @ away), slope + HOLD * away

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x


def rank_all(cases: list[Case]) -> list[Ranked]:
    """Return the best readings of each case by tables that were fitted to the cases of the other folds."""
    found = []
    for fold in range(FOLDS):
        rest = [case for place, case in enumerate(cases) if place % FOLDS != fold]
        reader = Reader(**tables(fit(with_variants(rest, HAND_SET, random.Random(fold)))))
        found += [(place, ranked(reader, cases[place])) for place in range(fold, len(cases), FOLDS)]
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def cross_validate(cases: list[Case]) -> None:
    """Print how many cases are right when all tables are fitted to the others, by family and confidence."""
    found = rank_all(cases)
    right: Counter[str] = Counter()
    alone = 0
    sure: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        whole = fit_whole([each for place, each in enumerate(found) if place % FOLDS != fold])
        for case, each in list(zip(cases, found, strict=True))[fold::FOLDS]:
            exact, probability = each.best(whole)
            right[case.family] += exact
            alone += each.right[0]
            sure.append((probability, exact))
    print(
        f"{right.total()} of {len(cases)} right when fitted to the other folds ({alone} by the machine alone)"
    )
    for family, count in Counter(case.family for case in cases).items():
        print(f"  {family}: {right[family]} of {count}")
    for low, high in pairwise(BOUNDS):
        those = [exact for probability, exact in sure if low <= probability < high]
        print(f"  confidence {low} to {min(high, 1)}: {sum(those)} of {len(those)} right")


def main() -> None:
    """Cross-validate, or fit to everything and write."""
    start = Reader(**tables(flat(HAND_SET)))
    cases = [case for case in load() if truth(start, case)]
    random.Random(3).shuffle(cases)
    if "--write" not in sys.argv:
        cross_validate(cases)
        return
    fits = [fit(with_variants(cases, HAND_SET, random.Random(seed))) for seed in SEEDS]
    found = {**tables(np.mean(fits, axis=0)), "whole": fit_whole(rank_all(cases))}
    write(found)


if __name__ == "__main__":
    main()
