"""Parts of a file (RFC 9110 section 14), which players ask for to jump to a moment."""

from __future__ import annotations

import re

# One range alone: several would need a multipart answer that no reader of feeds asks for, and invite
# requests that cost more than they bring. What is none is as if it were not there (section 14.2).
_RANGE = re.compile(r"bytes=[ \t]*(\d{0,19})[ \t]*-[ \t]*(\d{0,19})[ \t]*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):  # noqa: N818  as the standard calls it
    """The range lies behind the end of the file."""


def read_range(header: str, size: int) -> range | None:
    """Return which bytes of a file of `size` are asked for; None for all of them.

    Raises Unsatisfiable when there are none.
    """
    match = _RANGE.fullmatch(header)
    if not match or match[1] == match[2] == "":
        return None
    if match[1] == "":
        first, last = max(size - int(match[2]), 0), size - 1
    else:
        first = int(match[1])
        last = min(int(match[2]), size - 1) if match[2] else size - 1
        if match[2] and int(match[2]) < first:
            return None
    if first > last:
        raise Unsatisfiable
    return range(first, last + 1)
