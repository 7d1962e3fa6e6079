"""Bytes to bulletins: one module per input format behind one `parse`."""

from __future__ import annotations

from collections.abc import Callable

from feedpub.model import Bulletin, Hints
from feedpub.parse import text

PARSERS: dict[str, Callable[[bytes, Hints], Bulletin]] = {".txt": text.parse}


def parse(raw: bytes, hints: Hints) -> Bulletin:
    """Read one bulletin in the format its name's suffix says, plain text by default.

    Raises BulletinError with the line and what would be right.
    """
    suffix = "." + hints.name.rpartition(".")[2].lower()
    return PARSERS.get(suffix, text.parse)(raw, hints)
