"""What the step from one line to the next looks like: blank lines, indentation, length, endings."""

from __future__ import annotations

import re

from feedpub.parse.bits import BITS, STEPS, any_of
from feedpub.parse.habits import QUIET
from feedpub.parse.lines import Lines

_ENDS_ITEM = any_of("navigation", "repeated")
_DATED = any_of("stamp", "pattern")
_DATELINE = re.compile(
    r"[^\W\d_a-zà-ÿа-я][^a-zà-ÿа-яё(—–:]{2,30}(?:,\s[^—–:()]{2,24})?\s*(?:\([^)]{2,24}\))?\s*(?:[—–]|\s-)\s?\S"
    r"|[^\W\d_]\S{2,20}(?: \S+){0,2} \([A-ZА-Я][^)]{1,20}\) ?[—–-]|（[^）]{2,12}）"
    r"|【[^】]{2,14}(?:讯|電|电|発)】"
)


def look(lines: Lines, widths: list[float], masks: list[int]) -> list[int]:
    """Observe the step to each line from the one before."""
    count = len(widths)
    gaps = sum(1 for gap in lines.gaps[1:] if gap)
    varied = 0 < gaps < count - 1 and count > 3  # blank lines tell only where they vary
    indented = any(lines.indents[1:])
    steps = [0] * count
    alike = STEPS["like_second"]
    width = above = widths[0]  # of the last lines that say something
    for place in range(1, count):
        step = _ratio(widths[place], width) | _after(masks[place - 1])
        if not any(map(str.isalnum, lines.texts[place - 1][:12])):
            step |= STEPS["after_rule"]
        if not masks[place] & QUIET:
            if 0.8 * above < widths[place] < 1.25 * above:
                step |= alike
            above, width = width, widths[place]
        if masks[place] & BITS["marked"]:
            step |= STEPS["numbered"]
        if lines.numbers[place] == lines.numbers[place - 1]:
            step |= STEPS["parted"]
        if widths[place] > 72 and _DATELINE.match(lines.texts[place]):
            step |= STEPS["dateline"]
        if varied:
            step |= STEPS["gap"] if lines.gaps[place] else STEPS["no_gap"]
        if indented and place > 1 and (change := lines.indents[place] - lines.indents[place - 1]):
            step |= STEPS["deeper"] if change > 0 else STEPS["outdent"]
        steps[place] = step
    return steps


def _ratio(width: float, before: float) -> int:
    if width > before * 1.25:
        return STEPS["rise_far"] if width > before * 2 else STEPS["rise"]
    return STEPS["fall"] if width < before * 0.8 else STEPS["level"]


def _after(before: int) -> int:
    if before & _ENDS_ITEM == _ENDS_ITEM or before & _DATED:
        return STEPS["after_more"]
    if before & BITS["stop"]:
        return STEPS["after_stop"]
    if before & BITS["cut"]:
        return STEPS["after_cut"]
    return STEPS["after_colon"] if before & BITS["colon"] else 0
