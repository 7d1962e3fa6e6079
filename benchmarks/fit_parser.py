"""Fit the parser's tables to the labelled cases: an averaged perceptron, held close to what stands.

    python benchmarks/fit_parser.py            # cross-validate: is fitting worth it on cases not seen?
    python benchmarks/fit_parser.py --write    # fit to all cases and print the figures

What is printed replaces the figures in feedpub/parse/weights.py and feedpub/parse/machine.py; a person
reads it before. The truth is the best path that the labels allow (the habit of the teaser block is not
labelled), its rival the best path when every wrong state is given a start; weights move from the rival's
observations to the truth's. Besides the cases themselves, leads are joined with the teasers of other
cases in the same script.
"""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedpub.model import Hints
from feedpub.parse import features, furniture, machine, reading, text, topics
from feedpub.parse.bits import BITS, STEPS
from feedpub.parse.labelling import INDEX, MEANINGS, NAMES, Reader
from feedpub.parse.lines import Lines
from feedpub.parse.weights import LINE, ROLES, STEP

CASES = Path(__file__).parent.parent / "tests" / "bulletins" / "cases"
RATE, MARGIN, EPOCHS, HOLD, FOLDS = 0.02, 1.5, 8, 0.02, 4

Tables = dict[str, dict[Any, Any]]
Bounds = list[frozenset[int]]
LEADS = frozenset(
    INDEX[name]
    for name in NAMES
    if not name.endswith("_title") or name == "inset"
    if name[:4] not in {"pair", "flip", "bare", "mult"}
)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled bulletin, ready to learn from."""

    lines: Lines
    header: bool
    bounds: list[Bounds]  # the states that each accepted reading leaves to each line
    script: str
    masks: list[int]
    steps: list[int]


def plain(value: str) -> str:
    """Normalise a text so that it can be compared."""
    return " ".join(unicodedata.normalize("NFC", value).replace("\u00ad", "").split())


def states(*meanings: str) -> frozenset[int]:
    """Return the states that make one of these of a line."""
    return frozenset(state for state, meaning in enumerate(MEANINGS) if meaning in meanings)


def labels(case: dict[str, Any], entries: list[dict[str, Any]], lines: Lines, bodies: list[str]) -> Bounds:
    """Return what one accepted reading allows each line to be."""
    may: dict[str, frozenset[int]] = {}
    for entry in entries:
        lead = entry["role"] == "lead"
        texts = entry["paragraphs"]
        if entry.get("untitled"):
            opens = states("opening" if lead else "multi_item")
            firsts, texts = [*texts[:1], *entry.get("paragraph_alt", ())], texts[1:]
        else:
            opens = states("headline" if lead else "title")
            firsts = [entry["title"], *entry.get("title_alt", ())]
        for first in firsts:
            may[plain(first)] = may.get(plain(first), frozenset()) | opens
        for each in texts:
            may[plain(each)] = may.get(plain(each), frozenset()) | states("lead text" if lead else "text")
    optional = {plain(line) for line in case.get("optional_lines", ())}
    counts = Counter(plain(body) for body in bodies)
    found = []
    for line, body in zip(lines.texts, bodies, strict=True):
        forms = {plain(line), plain(body), plain(furniture.see_also(body))}
        allowed = frozenset().union(*(may.get(form, frozenset()) for form in forms))
        if not allowed or forms & optional or counts[plain(body)] > 1:
            allowed |= states("nothing")
        if forms & optional:
            allowed |= states("lead text", "text")
        found.append(allowed)
    return found


def seen(lines: Lines, *, header: bool) -> tuple[list[int], list[int], list[str]]:
    """Observe lines as the parser does where it doubts."""
    copy = Lines(list(lines.texts), list(lines.numbers), list(lines.gaps), list(lines.indents))
    sight = features.look(copy, header=header)
    masks, steps = topics.observe(sight.bodies, sight.masks, sight.steps)
    return masks, steps, sight.bodies


def load() -> Iterator[Case]:
    """Read the labelled cases of one bulletin each."""
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        hints = Hints(name="bulletin.txt")
        readings = reading.read(text.source(path.with_suffix(".txt").read_bytes(), hints), hints)
        if len(readings) > 1:
            continue
        lines, header = readings[0].part, bool(readings[0].sight.masks[0] & BITS["header"])
        masks, steps, bodies = seen(lines, header=header)
        variants = [
            case["entries"],
            *(other["entries"] for other in case.get("alternatives", ()) if "entries" in other),
        ]
        bounds = [labels(case, entries, lines, bodies) for entries in variants]
        letters = Counter(
            unicodedata.name(char, "?").split()[0] for char in "".join(lines.texts[:6]) if char.isalpha()
        )
        yield Case(lines, header, bounds, max(letters, key=letters.__getitem__), masks, steps)


def truth(reader: Reader, case: Case) -> tuple[list[int], Bounds] | None:
    """Return the best path that some accepted reading allows."""
    paths = [
        (reader.label(case.masks, case.steps, allowed=bounds, beam=1e9), bounds) for bounds in case.bounds
    ]
    (path, total), bounds = max(paths, key=lambda pair: pair[0][1])
    return (path, bounds) if total > -1e6 else None


def is_right(path: list[int], case: Case) -> bool:
    """Tell whether a path is what some accepted reading allows."""
    return any(all(state in may for state, may in zip(path, bounds, strict=True)) for bounds in case.bounds)


def observations(case: Case, path: list[int]) -> Counter[tuple[str, ...]]:
    """Count what a path uses of the tables."""
    used: Counter[tuple[str, ...]] = Counter({("start", NAMES[path[0]]): 1, ("final", NAMES[path[-1]]): 1})
    for place, state in enumerate(path):
        role = machine.STATES[NAMES[state]]
        used.update(("line", name, role) for name, bit in BITS.items() if case.masks[place] & bit)
        if place:
            before, here = NAMES[path[place - 1]], NAMES[state]
            used["arcs", before, here] += 1
            kind = machine.kind(before, here)
            used.update(("step", name, kind) for name, bit in STEPS.items() if case.steps[place] & bit)
    return used


def current() -> dict[tuple[str, ...], float]:
    """Return the tables as they stand, flat."""
    flat = {
        ("line", name, role): value
        for name, (_, row) in LINE.items()
        for role, value in zip(ROLES, row, strict=True)
    }
    flat |= {("step", name, kind): value for name, (_, row) in STEP.items() for kind, value in row.items()}
    flat |= {
        ("arcs", source, to): price for source, arcs in machine.ARCS.items() for to, price in arcs.items()
    }
    flat |= {("start", name): price for name, price in machine.START.items()}
    return flat | {("final", name): price for name, price in machine.FINAL.items()}


def reader_of(flat: dict[tuple[str, ...], float]) -> Reader:
    """Make a reader of flat tables."""
    arcs = {
        source: {to: flat["arcs", source, to] for to in to_prices}
        for source, to_prices in machine.ARCS.items()
    }
    return Reader(
        line={
            name: (why, tuple(flat["line", name, role] for role in ROLES)) for name, (why, _) in LINE.items()
        },
        step={
            name: (why, {kind: flat.get(("step", name, kind), 0.0) for kind in machine.KINDS})
            for name, (why, _) in STEP.items()
        },
        arcs=arcs,
        start={name: flat["start", name] for name in machine.START},
        final={name: flat.get(("final", name), 0.0) for name in NAMES},
    )


def rival(reader: Reader, case: Case, bounds: Bounds) -> list[int]:
    """Return the best path when every wrong state is given a start of MARGIN."""
    emission, place = reader.emission, iter(bounds)

    def favouring(mask: int) -> tuple[float, ...]:
        right = next(place)
        return tuple(
            value + (0.0 if state in right else MARGIN) for state, value in enumerate(emission(mask))
        )

    reader.emission = favouring  # type: ignore[assignment]  # called once per line, in order
    path, _ = reader.label(case.masks, case.steps, beam=30.0)
    reader.emission = emission
    return path


def fit(cases: list[Case], dice: random.Random) -> dict[tuple[str, ...], float]:
    """Return tables fitted to cases, averaged over the epochs."""
    start = current()
    flat, total = dict(start), Counter[tuple[str, ...]]()
    for _ in range(EPOCHS):
        dice.shuffle(cases)
        for case in cases:
            reader = reader_of(flat)
            found = truth(reader, case)
            if not found:
                continue
            path, bounds = found
            other = rival(reader, case, bounds)
            if is_right(other, case):
                continue
            change = observations(case, path)
            change.subtract(observations(case, other))
            for key, count in change.items():
                flat[key] = flat.get(key, 0.0) + RATE * max(-2, min(2, count))
        flat = {key: value + (start.get(key, 0.0) - value) * HOLD for key, value in flat.items()}
        total.update(flat)
    return {key: value / EPOCHS for key, value in total.items()}


def with_variants(cases: list[Case], dice: random.Random) -> list[Case]:
    """Add cases without blank lines, and leads joined with other bulletins' teasers."""
    more = list(cases)
    reader = reader_of(current())
    for case in cases:
        other = dice.choice([each for each in cases if each.script == case.script])
        ours, theirs = truth(reader, case), truth(reader, other)
        if not ours or not theirs or case is other:
            continue
        cut = max((place for place, state in enumerate(ours[0]) if state in LEADS), default=-1) + 1
        begin = max((place for place, state in enumerate(theirs[0]) if state in LEADS), default=-1) + 1
        if 1 < cut < len(ours[0]) and begin + 1 < len(theirs[0]):
            joined = Lines(
                case.lines.texts[:cut] + other.lines.texts[begin:],
                list(range(1, cut + len(other.lines.texts) - begin + 1)),
                [0] * (cut + len(other.lines.texts) - begin),
                case.lines.indents[:cut] + other.lines.indents[begin:],
            )
            masks, steps, _ = seen(joined, header=case.header)
            more.append(
                Case(joined, case.header, [ours[1][:cut] + theirs[1][begin:]], case.script, masks, steps)
            )
    return more


def main() -> None:
    """Cross-validate, or fit to everything and print."""
    cases, dice = list(load()), random.Random(5)
    before = sum(is_right(reader_of(current()).label(case.masks, case.steps)[0], case) for case in cases)
    print(f"{len(cases)} cases, {before} right with the tables as they stand")
    if "--write" in sys.argv:
        for key, value in sorted(fit(with_variants(cases, dice), dice).items()):
            print(*key, round(value, 1))
        return
    dice.shuffle(cases)
    right = 0
    for fold in range(FOLDS):
        rest = [case for place, case in enumerate(cases) if place % FOLDS != fold]
        reader = reader_of(fit(with_variants(rest, dice), dice))
        right += sum(is_right(reader.label(case.masks, case.steps)[0], case) for case in cases[fold::FOLDS])
    print(f"{right} right when fitted to the other folds")


if __name__ == "__main__":
    main()
