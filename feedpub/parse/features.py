"""Everything that can be seen of a bulletin's lines, before any of it is weighed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from feedpub.parse import furniture, habits, marks, rhythm, shape, steps
from feedpub.parse.bits import BITS, any_of
from feedpub.parse.lines import Lines

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uff00-\uffef]")
_NO_ITEM = any_of("stamp", "navigation")


@dataclass(slots=True)
class Sight:
    """What was seen, column by column."""

    masks: list[int]  # observations of each line
    steps: list[int]  # observations of the step to it
    bodies: list[str]  # the lines without the marks they open with
    times: list[dt.time | None]  # the times of day these marks name
    widths: list[float]  # the lengths of the bodies in Latin letters' worth


def look(lines: Lines, *, header: bool) -> Sight:
    """Observe every line; `header` tells whether the first stood on a line with a date."""
    texts = lines.texts
    found = [marks.find(text) for text in texts]
    kinds = [kind for kind, _, _ in found]
    bodies = [body for _, body, _ in found]
    times = [time for _, _, time in found]
    marks.settle(texts, kinds, bodies, times)
    marks.find_prefixes(texts, kinds, bodies)
    factor = _factor(texts)
    widths = [len(body) * factor for body in bodies]
    masks = [shape.look(body, width) for body, width in zip(bodies, widths, strict=True)]
    _furnish(texts, bodies, kinds, masks)
    habits.observe(texts, bodies, kinds, masks)
    masks[0] |= BITS["header"] if header else BITS["first"]
    walked = steps.look(lines, widths, masks)
    rhythm.observe(widths, masks, walked)
    return Sight(masks, walked, bodies, times, widths)


def _factor(texts: list[str]) -> float:
    """Return how much one character says: in scripts without spaces about twice as much."""
    sample = "".join(texts[:8])[:800]
    if sample.isascii():
        return 1.0
    wide = len(_WIDE.findall(sample))
    return 1.0 + 1.3 * wide / len(sample)


def _furnish(texts: list[str], bodies: list[str], kinds: list[int], masks: list[int]) -> None:
    for place, text in enumerate(texts):
        if len(text) >= furniture.LONGEST:
            continue
        seen = furniture.look(text, place)
        if seen & _NO_ITEM:
            kinds[place], bodies[place] = marks.NONE, text
        masks[place] |= seen
        if 5 < place < len(texts) - 1:
            masks[place] &= ~BITS[
                "name"
            ]  # names stand at the top or sign at the end; else two words are a title
    if len(texts) > 4 and furniture.is_signature(texts[-1]):
        masks[-1] |= BITS["name"]
