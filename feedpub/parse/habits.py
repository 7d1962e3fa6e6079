"""What the whole bulletin's habits tell of single lines: capitals, full stops, marks, repetitions."""

from __future__ import annotations

import re
from collections import Counter

from feedpub.parse import marks
from feedpub.parse.bits import BITS, any_of

QUIET = any_of("stamp", "navigation", "pattern", "caption", "byline")  # says nothing of the stories
_OPEN, _STOP, _QUESTION, _COLON = BITS["open"], BITS["stop"], BITS["question"], BITS["colon"]
_BRIEF = any_of("short", "medium", "longish")
_SHORT = any_of("tiny", "short")
_LINK = any_of("navigation", "repeated")
_PROSE = any_of("longer", "longest")
_LONG_TEXT = any_of("long", "longer", "longest")
_DATED = any_of("stamp", "pattern")
_CAPITALS = any_of("title_case", "all_caps", "longest", "longer")
_ADDED = any_of("bulleted", "byline", "caption", "stamp", "navigation")
_MARKS = frozenset({marks.TIME, marks.NUMBER, marks.PLUS, marks.PREFIX, marks.DATED})
_OPENING = frozenset({marks.TIME, marks.NUMBER, marks.PLUS})
_KICKER = re.compile(r"\W+\w+(?: \w+)?: ")
_FIGURES = re.compile(r"\d+")
_CLOCK_LAST = re.compile(r"\d[:.]\d\d\W*$")
_COUNTS = re.compile(
    r"^\W*\d|\(\d+\)$|\d:\d\d\W*$|\b(?:19|20)\d\d\W*$"
)  # a figure first, or a count, time or year last


def observe(texts: list[str], bodies: list[str], kinds: list[int], masks: list[int]) -> None:
    """Add to each line's bits what only the whole document shows."""
    _alone(texts, masks)
    if any(kinds):
        _marked(texts, kinds, masks)
    _repetitions(bodies, masks)
    _rubrics(bodies, masks)
    _patterns(texts, masks)
    _capitals(masks)
    _stops(masks)
    _neighbours(masks)
    _preamble(masks)
    _interview(masks)


def _alone(texts: list[str], masks: list[int]) -> None:
    """Let times and numbers that stand alone open items, unless the last of them ends the text."""
    alone = [place for place, text in enumerate(texts) if len(text) < 14 and marks.alone(text)]
    for place in alone:
        masks[place] |= BITS["stamp"]
    if len(alone) < 2 or alone[-1] == len(texts) - 1:
        return
    lone = set(alone)
    for place in range(alone[0] + 1, len(masks)):
        if place - 1 in lone:
            masks[place] = (masks[place] | BITS["after_mark"]) & ~BITS["label"]
        elif place not in lone:
            masks[place] |= BITS["unmarked"]


def _marked(texts: list[str], kinds: list[int], masks: list[int]) -> None:
    counts = Counter(kinds)
    if counts[marks.BULLET]:
        _bullets(texts, kinds, masks)
    if counts[marks.NUMBER]:
        _numbered_points(kinds, masks)
    usual = {kind for kind in _MARKS if counts[kind] > 1}
    first = next((place for place, kind in enumerate(kinds) if kind in usual & _OPENING), 0)
    for place in range(first):
        if masks[place] & _SHORT and sum(counts[kind] for kind in usual & _OPENING) > 2:
            masks[place] |= BITS["above_marks"]
    begun = False
    for place, kind in enumerate(kinds):
        if kind in usual:
            masks[place] |= BITS["marked"]
            begun = True
        elif begun and not kind:
            masks[place] |= BITS["unmarked"]


def _bullets(texts: list[str], kinds: list[int], masks: list[int]) -> None:
    """Tell points of a list in a story from dialogue and from items."""
    bullets = [place for place, kind in enumerate(kinds) if kind == marks.BULLET]
    kickers = {place for place in bullets if _KICKER.match(texts[place])}
    if len(bullets) > 2 and bullets[0] < 3 and len(bullets) * 5 >= (len(texts) - bullets[0]) * 4:
        kickers = set(bullets)  # little but points: they are the items
    inner = _inner_runs(bullets, len(texts))
    listed = False
    for place, kind in enumerate(kinds):
        if kind != marks.BULLET:
            listed = False
        elif len(kickers) > 2 and place in kickers:
            masks[place] |= BITS["kicker"]
        elif listed or (place and masks[place - 1] & _COLON):
            listed = True
            masks[place] |= BITS["listed"]
        elif texts[place][0] in "-–—" and masks[place] & (_STOP | BITS["lower_start"]):
            masks[place] |= BITS["dialogue"]
        else:
            masks[place] |= BITS["listed" if place in inner else "bulleted"]


def _numbered_points(kinds: list[int], masks: list[int]) -> None:
    """Take numbers under a colon within a story for its points, when more lines follow than they are."""
    count = len(kinds)
    for place in range(2, count):
        if kinds[place] != marks.NUMBER or not masks[place - 1] & _COLON:
            continue
        stop = next((after for after in range(place, count) if kinds[after] != marks.NUMBER), count)
        if 1 < stop - place < count - stop:
            for point in range(place, stop):
                masks[point] |= BITS["listed"]
                kinds[point] = marks.NONE


def _inner_runs(bullets: list[int], count: int) -> set[int]:
    """Return the bullets that stand together and have text after them: a list inside a story."""
    known = set(bullets)
    last = count - 1
    while last in known:
        last -= 1
    return {place for place in bullets if place < last and (place - 1 in known or place + 1 in known)}


def _repetitions(bodies: list[str], masks: list[int]) -> None:
    """Tell the index entry from the story it names, and the headline from its echo."""
    counts = Counter(bodies)
    if len(counts) == len(bodies):
        return
    text = next((place for place, mask in enumerate(masks) if mask & _STOP and not mask & _SHORT), len(masks))
    seen: dict[str, int] = {}
    again = []
    for place, body in enumerate(bodies):
        if counts[body] > 2:
            masks[place] |= BITS["repeated"]
        elif counts[body] == 2:
            first = seen.setdefault(body, place)
            if first == place and place:
                again.append(place)
            elif first == 0 and place:
                masks[place] |= BITS["said_before"]
    index = set(again)
    for place in again:  # an index is a row of such lines, or stands above all text
        if place < text or place - 1 in index or place + 1 in index:
            masks[place] |= BITS["said_again"]


def _rubrics(bodies: list[str], masks: list[int]) -> None:
    """Find sections: they carry the paper's name or a common word: VALLEY NEWS - SPORT, WORLD VALLEY."""
    ends: dict[str, list[int]] = {}
    for place, mask in enumerate(masks):
        if mask & _SHORT and mask & (_OPEN | _COLON):
            tokens = bodies[place].split()
            if len(tokens) > 1:
                ends.setdefault(f"… {tokens[-1]}", []).append(place)
                ends.setdefault(f"{tokens[0]} {tokens[1]} …", []).append(place)
    for places in ends.values():
        if len(places) > 1:
            for place in places:
                masks[place] |= BITS["rubric"]


def _patterns(texts: list[str], masks: list[int]) -> None:
    """Find counters and dates: lines equal but for their figures are such: `18 Oct 2019, 26 comments`."""
    forms: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        if len(text) < 48 and _at_an_end(text) and _COUNTS.search(text):
            form = "clock" if _CLOCK_LAST.search(text) and text.count(" ") < 5 else _FIGURES.sub("0", text)
            if form != "0":
                forms.setdefault(form, []).append(place)
    for places in forms.values():
        if len(places) > 1:
            for place in places:
                masks[place] |= BITS["pattern"]


def _at_an_end(text: str) -> bool:
    """Tell whether a figure stands at either end, perhaps within a bracket."""
    return any(map(str.isdigit, text[:2] + text[-2:]))


def _capitals(masks: list[int]) -> None:
    """Let capitals tell where headlines carry them; elsewhere they are chance."""
    titled = BITS["title_case"]
    count = sum(1 for mask in masks if mask & titled)
    if not count:
        return
    could = sum(1 for mask in masks if mask & _BRIEF and mask & (_OPEN | _QUESTION))
    if count < 2 or count < 0.4 * could:
        masks[:] = [mask & ~titled for mask in masks]
    else:
        amid = BITS["sentence_amid"]
        masks[:] = [mask if mask & _CAPITALS else mask | amid for mask in masks]


def _stops(masks: list[int]) -> None:
    """Judge full stops by the habit of the last lines and of the script.

    Where the last lines lack a stop, lines with one are hardly summaries; where no line has one, lacking
    it says
    nothing.
    """
    tail = [mask for mask in masks[-8:] if not mask & (QUIET | BITS["repeated"])][-2:]
    if len(tail) == 2 and not (tail[0] | tail[1]) & _STOP:
        above = BITS["stop_above"]
        masks[:] = [mask | above if mask & _STOP else mask for mask in masks]
    if any(mask & _PROSE for mask in masks) and not any(mask & _STOP for mask in masks):
        masks[:] = [mask & ~_OPEN for mask in masks]


def _neighbours(masks: list[int]) -> None:
    """Tell what a line is by what stands below it."""
    unfinished = _OPEN | BITS["comma"]
    small, section, colon = BITS["lower_start"], BITS["section_word"], _COLON
    heading = 0
    link = 0  # "read more", said once in the middle, may stand for a heading
    for place, mask in enumerate(masks[1:]):
        if mask & _DATED:
            masks[place] |= BITS["stamped"]
        if mask & small and not mask & _ADDED and masks[place] & unfinished:
            masks[place] |= BITS["broken"]
        if not heading and place and (mask & section or (mask & colon and mask & _SHORT)):
            heading = place + 1
        if mask & _LINK == BITS["navigation"] and 2 < place < len(masks) - 3:
            link = place + 1
    heading = heading or link
    above = BITS["above_heading"]
    for place in range(1, heading):
        masks[place] |= above


def _preamble(masks: list[int]) -> None:
    """Mark short lines between the headline and the first long paragraph as bylines, places, kickers."""
    text = next((place for place, mask in enumerate(masks[:8]) if mask & _LONG_TEXT), 0)
    for place in range(1, text):
        if masks[place] & _SHORT and not masks[place] & _STOP:
            masks[place] |= BITS["preamble"]
    if masks[0] & _SHORT and masks[0] & BITS["stamped"]:
        masks[0] |= BITS["dated_first"]


def _interview(masks: list[int]) -> None:
    """Find interviews: three questions with an answer each are a talk, not a row of headlines."""
    asked = [place for place, mask in enumerate(masks[:-1]) if mask & _QUESTION and masks[place + 1] & _STOP]
    if len(asked) < 3:
        return
    known = set(asked)
    for place in asked:
        if (
            {place - 4, place - 2} <= known
            or {place - 2, place + 2} <= known
            or {place + 2, place + 4} <= known
        ):
            masks[place] |= BITS["asked"]
