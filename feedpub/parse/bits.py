"""One bit per observation, so that what is seen of a line is a number and equal lines are weighed once."""

from __future__ import annotations

from feedpub.parse.weights import LINE, STEP

BITS = {name: 1 << place for place, name in enumerate(LINE)}
STEPS = {name: 1 << place for place, name in enumerate(STEP)}


def any_of(*names: str) -> int:
    """Return the bits of several observations of a line."""
    return sum(BITS[name] for name in names)
