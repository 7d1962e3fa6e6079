"""How sure the parser is, from how far the second-best reading falls behind."""

from __future__ import annotations

import math

from feedpub.model import Warning  # noqa: A004  the interface calls it so
from feedpub.parse.labelling import MEANINGS, Labelling
from feedpub.parse.lines import Lines

# Of labelled cases that the tables had not been fitted to, one third was right at a margin of nothing, two
# thirds at one and a quarter, and 99 of 100 from three and three quarters on.
_SLOPE, _OFFSET = 1.1, -0.6
DOUBTFUL = 0.6


def of(labelling: Labelling) -> float:
    """Return the probability that every entry is exactly right."""
    if labelling.probability is not None:
        return labelling.probability
    return of_margin(min(labelling.margins))


def of_margin(margin: float) -> float:
    """Turn a margin in points into a probability."""
    return 1.0 / (1.0 + math.exp(-(_SLOPE * margin + _OFFSET)))


def doubt(labelling: Labelling, part: Lines) -> Warning | None:
    """Name the line that is least certain, when it leaves the whole in doubt."""
    if of(labelling) >= DOUBTFUL:
        return None
    margin = min(labelling.margins)
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
