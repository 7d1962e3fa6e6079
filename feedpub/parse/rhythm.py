"""How the last lines go on as a block: in turn short and long, all brief, all without full stops."""

from __future__ import annotations

from feedpub.parse.bits import BITS, STEPS, any_of
from feedpub.parse.habits import QUIET

BRIEF = 80  # Latin letters' worth; few titles are longer, in a block with summaries most summaries are
_FEWEST = 4  # lines, from which on a block has a rhythm
_SILENT = QUIET | any_of("repeated", "section_word")
_SHUT = any_of("stop", "cut")
_ENDLESS = any_of("open", "question", "colon")


def observe(widths: list[float], masks: list[int], steps: list[int]) -> None:
    """Add what the block at the end tells of its lines and of those above it."""
    told = [place for place, mask in enumerate(masks) if not mask & _SILENT]
    _above_stops(told, masks)
    _brief(told, widths, masks, steps)
    _in_turn(told, widths, steps)


def _above_stops(told: list[int], masks: list[int]) -> None:
    """Where the last lines lack a full stop, what stands above the last one that has it is the lead's."""
    last = len(told) - 1
    while last > 0 and not masks[told[last]] & _SHUT:
        last -= 1
    if len(told) - 1 - last < _FEWEST or last < 1:
        return
    bit = BITS["above_stops"]
    for place in told[1:last]:
        if masks[place] & _ENDLESS:
            masks[place] |= bit
    masks[told[last + 1]] |= BITS["first_open"]
    for place in told[last + 2 :]:
        masks[place] |= BITS["below_stops"]


def _brief(told: list[int], widths: list[float], masks: list[int], steps: list[int]) -> None:
    """Where no line of the end is long or ends in a full stop, titles may stand without summaries."""
    first = len(told)
    while first > 1 and widths[told[first - 1]] < BRIEF and not masks[told[first - 1]] & _SHUT:
        first -= 1
    if len(told) - first >= 3:
        for place in told[first + 1 :]:
            steps[place] |= STEPS["all_brief"]


def _in_turn(told: list[int], widths: list[float], steps: list[int]) -> None:
    """Find the lines at the end that are in turn shorter and longer."""
    first = len(told) - 1
    rising = None
    while first > 0:
        here, before = widths[told[first]], widths[told[first - 1]]
        rises = here > before
        if rises is rising or here == before:
            break
        rising = rises
        first -= 1
    if len(told) - first >= _FEWEST + 1:
        for turn in range(first + 1, len(told)):
            up = widths[told[turn]] > widths[told[turn - 1]]
            steps[told[turn]] |= STEPS["up_in_turn" if up else "down_in_turn"]
