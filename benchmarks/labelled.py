"""The labelled cases of tests/bulletins, as what each accepted reading allows each line to be."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedpub.model import Hints
from feedpub.parse import features, furniture, reading, text, topics
from feedpub.parse.bits import BITS
from feedpub.parse.labelling import MEANINGS, Reader
from feedpub.parse.lines import Lines

CASES = Path(__file__).parent.parent / "tests" / "bulletins" / "cases"

Bounds = list[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled bulletin, ready to learn from."""

    family: str
    lines: Lines
    header: bool
    bounds: list[Bounds]  # the states that each accepted reading leaves to each line
    masks: list[int]
    steps: list[int]
    widths: list[float]


@dataclass(frozen=True, slots=True)
class Example:
    """What is learnt from: observations, the states allowed to each line, and what it weighs."""

    masks: list[int]
    steps: list[int]
    bounds: Bounds
    weight: float


def plain(value: str) -> str:
    """Normalise a text so that it can be compared."""
    return " ".join(unicodedata.normalize("NFC", value).replace("\u00ad", "").split())


def states(*meanings: str) -> frozenset[int]:
    """Return the states that make one of these of a line."""
    return frozenset(state for state, meaning in enumerate(MEANINGS) if meaning in meanings)


def _openings(entry: dict[str, Any]) -> tuple[list[str], list[str], frozenset[int]]:
    """Return the forms of the line an entry begins with, its other texts, and the states that begin it."""
    lead, texts = entry["role"] == "lead", entry["paragraphs"]
    if entry.get("untitled"):
        forms = [*texts[:1], *entry.get("paragraph_alt", ())]
        return forms, texts[1:], states("opening" if lead else "multi_item")
    return [entry["title"], *entry.get("title_alt", ())], texts, states("headline" if lead else "title")


def labels(case: dict[str, Any], entries: list[dict[str, Any]], lines: Lines, bodies: list[str]) -> Bounds:
    """Return what one accepted reading allows each line to be."""
    may: dict[str, frozenset[int]] = {}
    for entry in entries:
        forms, texts, opens = _openings(entry)
        text_states = states("lead text" if entry["role"] == "lead" else "text")
        for form, allowed in [*((each, opens) for each in forms), *((each, text_states) for each in texts)]:
            may[plain(form)] = may.get(plain(form), frozenset()) | allowed
    optional = {plain(line) for line in case.get("optional_lines", ())}
    counts = Counter(plain(body) for body in bodies)
    found = []
    for line, body in zip(lines.texts, bodies, strict=True):
        known = {plain(line), plain(body), plain(furniture.see_also(body))}
        allowed = frozenset().union(*(may.get(form, frozenset()) for form in known))
        if not allowed or known & optional or counts[plain(body)] > 1:
            allowed |= states("nothing")
        if known & optional:
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
    hints = Hints(name="bulletin.txt")
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        readings = reading.read(text.source(path.with_suffix(".txt").read_bytes(), hints), hints)
        if len(readings) > 1:
            continue
        lines, header = readings[0].part, bool(readings[0].sight.masks[0] & BITS["header"])
        masks, steps, bodies = seen(lines, header=header)
        accepted = [case, *(other for other in case.get("alternatives", ()) if "entries" in other)]
        bounds = [labels(case, other["entries"], lines, bodies) for other in accepted]
        yield Case(case["family"], lines, header, bounds, masks, steps, readings[0].sight.widths)


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
