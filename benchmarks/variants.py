"""Bulletins changed so that their labels stay true: they teach what a role does not depend on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from labelled import Bounds, Case, Example, seen, truth
from softmax import flat, tables

from feedpub.parse.bits import BITS
from feedpub.parse.labelling import NAMES, Reader
from feedpub.parse.lines import Lines

WEIGHT = 0.15  # of a variant beside its original
MOST = 50  # lines; longer bulletins are not spaced out

Varied = tuple[Lines, Bounds, float]


def with_variants(cases: list[Case], start: dict[str, Any], dice: random.Random) -> list[Example]:
    """Return what is learnt from the cases and from their variants."""
    reader = Reader(**tables(flat(start)))
    examples = []
    for case in cases:
        found = truth(reader, case)
        if not found:
            continue
        path, bounds = found
        examples.append(Example(case.masks, case.steps, bounds, 1.0))
        for lines, allowed, weight in _variants(case, [NAMES[state] for state in path], bounds, dice):
            masks, steps, _ = seen(lines, header=case.header)
            if len(masks) == len(allowed):
                examples.append(Example(masks, steps, allowed, weight))
    return examples


def _variants(case: Case, names: list[str], bounds: Bounds, dice: random.Random) -> Iterator[Varied]:
    lines = case.lines
    texts = [place for place, name in enumerate(names) if name == "pair_text"]
    titles = [place for place, name in enumerate(names) if name.endswith("_title")]
    yield from _spaced(lines, bounds)
    if len(texts) > 1 and (stopped := _stopped_otherwise(lines.texts, texts)):
        yield _with(lines, stopped), bounds, WEIGHT
    if len(texts) > 2:
        gone = dice.choice(texts[:-1])
        rest = [place for place in range(len(names)) if place != gone]
        yield _only(lines, rest), [bounds[place] for place in rest], WEIGHT / 2
    body = [place for place, name in enumerate(names) if name in {"paragraph", "last"}]
    if len(body) > 1 and titles and body[-1] < titles[0] and dice.random() < 0.5:
        yield _with(lines, _without_stops(lines.texts, body[-1:])), bounds, WEIGHT / 2
    capitals = any(case.masks[place] & BITS["title_case"] for place in titles)
    if len(titles) > 2 and capitals and dice.random() < 0.5:
        yield _with(lines, _in_small_letters(lines.texts, titles, dice)), bounds, WEIGHT / 2


def _spaced(lines: Lines, bounds: Bounds) -> Iterator[Varied]:
    count = len(lines.texts)
    if any(lines.gaps[1:]):
        yield Lines(list(lines.texts), lines.numbers, [0] * count, lines.indents), bounds, WEIGHT
    elif count < MOST:
        gaps = [0] + [1] * (count - 1)
        yield Lines(list(lines.texts), lines.numbers, gaps, lines.indents), bounds, WEIGHT * 0.4


def _stopped_otherwise(texts: list[str], places: list[int]) -> list[str] | None:
    """Take the final stops off all summaries, or add them where none has any; None where it is mixed."""
    ends = [texts[place][-1] for place in places]
    if ends.count(".") * 2 > len(ends):
        return _without_stops(texts, places)
    if not all(map(str.isalnum, ends)) or texts[0][0] >= "\u0590":
        return None
    return [text + "." if place in places else text for place, text in enumerate(texts)]


def _without_stops(texts: list[str], places: list[int]) -> list[str]:
    return [
        text[:-1] if place in places and text[-1] == "." and text[-2:] != ".." else text
        for place, text in enumerate(texts)
    ]


def _in_small_letters(texts: list[str], places: list[int], dice: random.Random) -> list[str]:
    """Write headlines as sentences; a quarter of the words keep their capital, as names do."""

    def lowered(text: str) -> str:
        first, *rest = text.split()
        return " ".join([first, *(word if dice.random() < 0.25 else word.lower() for word in rest)])

    return [lowered(text) if place in places else text for place, text in enumerate(texts)]


def _with(lines: Lines, texts: list[str]) -> Lines:
    return Lines(texts, lines.numbers, lines.gaps, lines.indents)


def _only(lines: Lines, places: list[int]) -> Lines:
    return Lines(
        [lines.texts[place] for place in places],
        list(range(1, len(places) + 1)),
        [lines.gaps[place] for place in places],
        [lines.indents[place] for place in places],
    )
