"""How sure the parser is, from how far the second-best reading falls behind."""

from __future__ import annotations

import math

from feedpub.model import Warning  # noqa: A004  the interface calls it so
from feedpub.parse.labelling import MEANINGS, Labelling
from feedpub.parse.lines import Lines

# Fitted to the labelled cases in tests/bulletins: of the readings with a margin of four points or more
# all were
# right, of those under one half.
_SLOPE, _OFFSET = 0.65, -0.13
DOUBTFUL = 0.6


def of(labelling: Labelling) -> float:
    """Return the probability that every entry is exactly right, from the least certain line."""
    return of_margin(min(labelling.margins))


def of_margin(margin: float) -> float:
    """Turn a margin in points into a probability."""
    return 1.0 / (1.0 + math.exp(-(_SLOPE * margin + _OFFSET)))


def doubt(labelling: Labelling, part: Lines) -> Warning | None:
    """Name the line that is least certain, when it leaves the whole in doubt."""
    margin = min(labelling.margins)
    if of_margin(margin) >= DOUBTFUL:
        return None
    place = labelling.margins.index(margin)
    read, rival = MEANINGS[labelling.path[place]], MEANINGS[labelling.rivals[place]]
    message = f"not sure what this line is: read as {_PLAIN[read]}, it may be {_PLAIN[rival]}"
    return Warning(line=part.numbers[place], message=message)


_PLAIN = {
    "headline": "the lead's headline",
    "opening": "the beginning of a lead without a headline",
    "multi_item": "an item without a title",
    "lead text": "text of the lead",
    "nothing": "no part of any entry",
    "title": "the title of a teaser",
    "text": "text of a teaser",
}
