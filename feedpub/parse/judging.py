"""What counts for a reading as a whole, and which of the best readings hangs together best.

The machine weighs a line by what it sees of it and of the line before. A careful editor also steps back: do
the titles look alike, has every item its date, is one title as long as a text? Where the machine leaves a
doubt, its best readings are judged by that too. `benchmarks/fit_parser.py` fitted the figures of `WHOLE` to
readings of labelled cases by tables that had not seen them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from feedpub.parse.alternatives import Reading
from feedpub.parse.bits import any_of
from feedpub.parse.labelling import MEANINGS, NAMES, Labelling

# How much of the machine's own points counts beside the table.
MACHINE = 0.9

# name: (in words, points for each time it is so)
WHOLE: dict[str, tuple[str, float]] = {
    "stamps_mixed": ("some items have a date or link of their own, others have none", -0.72),
    "bare_mixed": ("some items have a text, others have none", -0.14),
    "bare_in_turn": ("items with and without a text take turns", 0.4),
    "bare_like_text": ("a title without a text is as long as the texts of the others", -0.5),
    "two_bare": ("two titles without texts are all that stands below the lead", -0.14),
    "title_like_text": ("a title is as long as the texts", -0.45),
    "titles_differ": ("the titles differ in length", -0.38),
    "stops_mixed": ("some texts end with a full stop, others do not", -0.51),
    "stops_differ": ("the texts of the lead end with full stops and those of the items do not", -0.26),
    "untitled": ("an item has no title", 0.34),
    "untitled_mixed": ("some items have a title, others have none", -0.34),
    "subhead": ("the lead has a subhead", 0.3),
    "one_subhead": ("the lead has a single subhead", -0.34),
    "long_lead": ("the lead has more than five paragraphs", -0.09),
    "left_out": ("a line is left out that looks like text", -0.32),
}

CAUTION = 0.9  # how far the points are believed where they become a probability: it keeps 0.9 at 98 of 100
MOST_READINGS = 20  # that are judged; the right one was farther down in two of a hundred cases in doubt
SURE = 5.0  # points, the margin of a line that all judged readings take for the same
_PARAGRAPHS = 5  # of a lead that is not long
_FARTHEST = 1.2  # from the usual length, as a logarithm; what is farther is as odd
_SHUT = any_of("stop", "cut")
# What a line that is left out may be.
_OF_THE_PAGE = any_of(
    "stamp", "pattern", "navigation", "repeated", "caption", "byline", "credit", "label", "menu",
    "said_before", "said_again", "name", "section_word", "rubric", "one_word", "preamble", "all_caps",
)  # fmt: skip
_LEAD = frozenset({"opening", "paragraph", "last"})


@dataclass(slots=True)
class _Item:
    """One teaser of a reading: places of its lines."""

    title: int | None
    texts: list[int] = field(default_factory=list)
    stamped: bool = False


@dataclass(slots=True)
class _Whole:
    """A reading, taken apart."""

    items: list[_Item]
    lead: list[int]
    subheads: int
    left_out: list[int]


def choose(readings: Sequence[Reading], widths: Sequence[float], masks: Sequence[int]) -> Labelling:
    """Return the reading that is best as a whole, with what speaks against it at each line."""
    lengths = [math.log(max(1.0, width)) for width in widths]
    judged = [(points(reading, lengths, masks), reading.path) for reading in readings]
    best, path = max(judged, key=lambda pair: pair[0])
    margins, rivals = [], []
    for place, state in enumerate(path):
        meaning = MEANINGS[state]
        others = [(score, way[place]) for score, way in judged if MEANINGS[way[place]] != meaning]
        score, rival = max(others, default=(best - SURE, state))
        margins.append(min(SURE, best - score))
        rivals.append(rival)
    odds = sum(math.exp(CAUTION * (score - best)) for score, _ in judged)
    return Labelling(path, best, margins, rivals, probability=1.0 / odds)


def points(reading: Reading, lengths: Sequence[float], masks: Sequence[int]) -> float:
    """Sum what speaks for a reading."""
    seen = observe(reading.path, lengths, masks)
    return MACHINE * reading.total + sum(WHOLE[name][1] * times for name, times in seen.items())


def observe(path: Sequence[int], lengths: Sequence[float], masks: Sequence[int]) -> dict[str, float]:
    """Tell how often each observation of the table is so; `lengths` are logarithms."""
    whole = _taken_apart(path, masks)
    return dict([*_of_items(whole, lengths), *_of_texts(whole, masks), *_of_lead(whole)])


def _taken_apart(path: Sequence[int], masks: Sequence[int]) -> _Whole:
    whole = _Whole([], [], 0, [])
    for place, state in enumerate(path):
        name = NAMES[state]
        if name in _LEAD:
            whole.lead.append(place)
        elif name == "subhead":
            whole.subheads += 1
        elif MEANINGS[state] == "nothing" and not masks[place] & _OF_THE_PAGE:
            whole.left_out.append(place)
        _to_items(whole.items, name, place)
    return whole


def _to_items(items: list[_Item], name: str, place: int) -> None:
    if name.startswith("early"):
        return
    if name == "multi_item":
        items.append(_Item(None, [place]))
    elif name.endswith("_title"):
        items.append(_Item(place))
    elif items and name.endswith("_text"):
        items[-1].texts.append(place)
    elif items and name.endswith(("_mid", "_trailer")):
        items[-1].stamped = True


def _of_items(whole: _Whole, lengths: Sequence[float]) -> Iterator[tuple[str, float]]:
    items = whole.items
    titled = [item for item in items if item.title is not None]
    bare = [not item.texts for item in titled]
    yield "untitled", len(items) - len(titled)
    yield "untitled_mixed", _mixed([item.title is None for item in items])
    yield "stamps_mixed", _mixed([item.stamped for item in items])
    titles = [lengths[item.title] for item in titled if item.title is not None]
    if len(titles) > 1:
        usual = median(titles)
        yield "titles_differ", sum(min(_FARTHEST, abs(length - usual)) for length in titles)
    yield "two_bare", len(items) == 2 and bare == [True, True]
    if not all(bare):
        yield "bare_mixed", sum(bare)
        if any(bare):
            yield "bare_in_turn", sum(one != other for one, other in pairwise(bare))
        yield from _of_lengths(titled, lengths)


def _of_lengths(titled: Sequence[_Item], lengths: Sequence[float]) -> Iterator[tuple[str, float]]:
    texts = [lengths[place] for item in titled for place in item.texts]
    titles = [lengths[item.title] for item in titled if item.title is not None]
    yield "title_like_text", _nearer(titles, median(texts), median(titles)) if len(titles) > 1 else 0
    paired = [lengths[item.title] for item in titled if item.title is not None and item.texts]
    first = [lengths[item.texts[0]] for item in titled if item.texts]
    alone = [lengths[item.title] for item in titled if item.title is not None and not item.texts]
    yield "bare_like_text", _nearer(alone, median(first), median(paired))


def _of_texts(whole: _Whole, masks: Sequence[int]) -> Iterator[tuple[str, float]]:
    shut = [
        bool(masks[place] & _SHUT) for item in whole.items if item.title is not None for place in item.texts
    ]
    yield "stops_mixed", _mixed(shut)
    if shut and whole.lead:
        of_lead = sum(bool(masks[place] & _SHUT) for place in whole.lead) / len(whole.lead)
        yield "stops_differ", abs(of_lead - sum(shut) / len(shut))


def _of_lead(whole: _Whole) -> Iterator[tuple[str, float]]:
    yield "subhead", whole.subheads
    yield "one_subhead", whole.subheads == 1
    yield "long_lead", max(0, len(whole.lead) - _PARAGRAPHS)
    yield "left_out", len(whole.left_out)


def _mixed(signs: Sequence[bool]) -> int:
    """Count the exceptions: how many have the rarer of two signs."""
    return min(sum(signs), len(signs) - sum(signs))


def _nearer(lengths: Sequence[float], one: float, other: float) -> int:
    return sum(abs(length - one) < abs(length - other) for length in lengths)
