"""Strict reading of JSON: what a lenient parser would let pass is a ValueError."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 section 2.2


# How a character that XML forbids gets into JSON: as an escape, or as one of those that UTF-8 can write.
# All others are refused by UTF-8 or by JSON.
_SIGNS_OF_FORBIDDEN = ("\\u", "\\b", "\\f", "\ufffe", "\uffff")


@lru_cache(maxsize=1)  # the release gate reads a document twice: for what it says, and by the rules
def parse(content: bytes) -> object:
    """Parse UTF-8 without repeated names, without NaN and with XML's characters alone.

    JSON itself could carry other characters, but no program that puts it beside XML could store them.
    The value is for reading alone.
    """
    written = content.decode("utf-8")
    value: object = json.loads(written, object_pairs_hook=_unique, parse_constant=_refuse)
    for text in _texts(value) if any(sign in written for sign in _SIGNS_OF_FORBIDDEN) else ():
        found = _FORBIDDEN.search(text)
        if found:
            raise ValueError(f"the forbidden character U+{ord(found[0]):04X}")
    return value


def text(parent: object, name: str) -> str:
    """Read the text that an object must have under this name."""
    match parent.get(name) if isinstance(parent, dict) else None:
        case str(value):
            return value
        case _:
            raise ValueError(f"an item without {name}")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("the same name twice in one object")
    return members


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        children: Iterable[object] = value.values() if isinstance(value, dict) else value
        for child in children:
            yield from _texts(child)
