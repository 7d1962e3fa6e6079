"""Which lines speak of the same things: the dearest observation, made only when the others leave doubt."""

from __future__ import annotations

import re
from itertools import pairwise

from feedpub.parse.bits import BITS, STEPS, any_of
from feedpub.parse.lexicon import FUNCTION_WORDS

_LONG = any_of("longer", "longest")
_WORDS = re.compile(r"[^\W\d_]{4,}")
_WIDE = re.compile(r"[\u2e80-\u9fff\u0e00-\u0e7f]")
_PAIRS = re.compile(r"[\u4e00-\u9fff\u30a1-\u30ff]{2}")


def observe(bodies: list[str], masks: list[int], steps: list[int]) -> tuple[list[int], list[int]]:
    """Return the bits of lines and steps with what common words add to them."""
    topics = [_topic(body) for body in bodies]
    common = [0, *(len(topic & before) for before, topic in pairwise(topics)), 0]  # with the line before
    lead = _of_lead(topics, masks)
    seen, walked = [], []
    for place, topic in enumerate(topics):
        above, below = common[place], common[place + 1]
        taken_up = BITS["taken_up"] if below else 0
        seen.append(masks[place] | taken_up | (_about(topic, lead) if place > 1 else 0))
        shared = STEPS["shared"] if above else 0
        walked.append(steps[place] | shared | (STEPS["taken"] if place and below > above else 0))
    return seen, walked


def _about(topic: frozenset[str], lead: frozenset[str]) -> int:
    """Tell whether a line goes on about the lead story; one word in common may be chance."""
    common = len(topic & lead)
    return BITS["of_lead"] if common > 1 else 0 if common else BITS["not_of_lead"]


def _topic(body: str) -> frozenset[str]:
    """Return the stems of a line's words; of scripts without spaces, pairs of signs."""
    folded = body.casefold()
    if _WIDE.search(body):
        return frozenset(folded[i : i + 2] for i in range(len(folded) - 1) if _PAIRS.match(folded, i))
    return frozenset(word[:5] for word in _WORDS.findall(folded) if word not in FUNCTION_WORDS)


def _of_lead(topics: list[frozenset[str]], masks: list[int]) -> frozenset[str]:
    """Return what the headline and the paragraphs right under it speak of."""
    lead: frozenset[str] = frozenset()
    for place in range(min(len(topics), 4)):
        if place > 1 and not masks[place] & _LONG:
            break
        lead |= topics[place]
    return lead
