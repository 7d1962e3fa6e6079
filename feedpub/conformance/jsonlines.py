"""On which line of a JSON text a value stands: asked for findings alone, so it may read again."""

from __future__ import annotations

import json
import re

_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def line_of(text: str, *path: str | int) -> int:
    """Return the line (1-based) of the value to which names and places lead, or of what surrounds it."""
    place = _skip(text, 0)
    for step in path:
        found = _find(text, place, step)
        if found is None:
            break
        place = found
    return text.count("\n", 0, place) + 1


def _find(text: str, place: int, step: str | int) -> int | None:
    """Find where a member of the object, or an item of the array, that begins at `place` begins."""
    if text[place] not in "{[":
        return None
    named = text[place] == "{"
    place, index = _skip(text, place + 1), 0
    while text[place] not in "}]":
        key: object = index
        if named:
            key, place = _DECODER.raw_decode(text, place)
            place = _skip(text, _skip(text, place) + 1)
        if key == step:
            return place
        _, place = _DECODER.raw_decode(text, place)
        place = _skip(text, place)
        if text[place] == ",":
            place = _skip(text, place + 1)
        index += 1
    return None


def _skip(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    assert match is not None
    return match.end()
