"""What a client likes: Accept and Accept-Encoding (RFC 9110 section 12)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)
_LEAST = 0.0001  # what is neither wanted nor refused


@lru_cache(maxsize=512)
def qualities(header: str) -> Mapping[str, float]:
    """Take a header apart into names in lower case and how much each is liked, 0 for not at all.

    An element whose quality is none is left out, parameters other than the quality are not looked at.
    """
    found: dict[str, float] = {}
    for element in header.split(","):
        name, *parameters = (part.strip() for part in element.lower().split(";"))
        quality = next((part[2:].strip() for part in parameters if part.startswith("q=")), "1")
        if name and _QUALITY.fullmatch(quality):
            found[name] = max(float(quality), found.get(name, 0.0))
    return MappingProxyType(found)


@lru_cache(maxsize=512)
def choose_coding(header: str | None, codings: Sequence[str]) -> str | None:
    """Return the one of `codings`, the best first, that a client likes most; None for the bytes as they are.

    Who refuses everything gets them too (section 12.5.3): an answer is better than none.
    """
    if header is None:
        return None
    liked = qualities(header)
    others = liked.get("*", 0.0)
    identity = liked.get("identity", _LEAST if "*" not in liked else min(others, _LEAST))
    best = max(codings, key=lambda coding: _liking(liked, coding, others), default=None)
    if best is None or _liking(liked, best, others) <= max(identity, 0.0):
        return None
    return best


def _liking(liked: Mapping[str, float], coding: str, others: float) -> float:
    alias = liked.get("x-gzip", others) if coding == "gzip" else others  # section 8.4.1.3
    return liked.get(coding, alias)


def quality_of(header: str, media_type: str) -> float:
    """Return how much a client likes `media_type`; the most specific element counts."""
    liked = qualities(header)
    kind = media_type.partition("/")[0]
    return next((liked[name] for name in (media_type, f"{kind}/*", "*/*") if name in liked), 0.0)
