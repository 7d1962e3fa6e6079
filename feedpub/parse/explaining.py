"""Why a bulletin was divided as it was: every line's role, its runner-up, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator

from feedpub.model import Explanation, Hints, LineReading
from feedpub.parse import confidence, machine, reading
from feedpub.parse.bits import BITS, STEPS
from feedpub.parse.labelling import NAMES
from feedpub.parse.source import Source
from feedpub.parse.weights import LINE, ROLES, STEP

MOST_REASONS = 4

_PLAIN = {
    "headline": "headline of the lead",
    "opening": "first paragraph of a lead without a headline",
    "deck": "line under the headline",
    "paragraph": "paragraph of the lead",
    "last": "last paragraph of the lead",
    "subhead": "subhead in the lead",
    "inset": "title of a teaser amid the lead",
    "title": "title of a teaser",
    "summary": "text of a teaser",
    "item": "item without a title",
    "section": "section heading",
    "furniture": "not part of any story",
}
_CORRECTION = "correction of the story it stands in"


def explain(source: Source, hints: Hints) -> Explanation:
    """Read a source and keep the reasons. Raises BulletinError as parsing does."""
    readings = reading.read(source, hints)
    found = [line for each in readings for line in sorted((*_lines(each), *_corrections(each)), key=_number)]
    return Explanation(bulletin=reading.gathered(readings, source, hints), lines=tuple(found))


def _lines(read: reading.Reading) -> list[LineReading]:
    labels, sight = read.labelling, read.sight
    found = []
    for place, text in enumerate(read.part.texts):
        state, rival = NAMES[labels.path[place]], NAMES[labels.rivals[place]]
        before = NAMES[labels.path[place - 1]] if place else ""
        found.append(
            LineReading(
                line=read.part.numbers[place],
                text=text,
                kind=machine.STATES[state],
                role=_PLAIN[machine.STATES[state]],
                runner_up=_PLAIN[machine.STATES[rival]],
                reasons=_reasons(sight.masks[place], sight.steps[place], before, state, rival),
                confidence=confidence.of_margin(labels.margins[place]),
            )
        )
    return found


def _corrections(read: reading.Reading) -> Iterator[LineReading]:
    for number, text in read.corrections:
        yield LineReading(
            line=number,
            text=text,
            kind="correction",
            role=_CORRECTION,
            runner_up=_CORRECTION,
            reasons=("it begins with a word for corrections and a colon",),
            confidence=1.0,
        )


def _number(line: LineReading) -> int:
    return line.line


def _reasons(mask: int, step: int, before: str, state: str, rival: str) -> tuple[str, ...]:
    """Return what tells for a state: against its rival, or by itself where it has none of another role."""
    role, other = ROLES.index(machine.STATES[state]), ROLES.index(machine.STATES[rival])
    weighed = []
    for name, (words, row) in LINE.items():
        if mask & BITS[name] and words:
            weighed.append((row[role] - (row[other] if other != role else 0.0), words))
    if before:
        kind, other_kind = machine.kind(before, state), machine.kind(before, rival)
        for name, (words, row_of_kinds) in STEP.items():
            if step & STEPS[name]:
                weight = row_of_kinds.get(kind, 0.0)
                weighed.append(
                    (weight - (row_of_kinds.get(other_kind, 0.0) if kind != other_kind else 0.0), words)
                )
    telling = sorted((pair for pair in weighed if pair[0] > 0), key=lambda pair: -pair[0])
    return tuple(words for _, words in telling[:MOST_REASONS])
