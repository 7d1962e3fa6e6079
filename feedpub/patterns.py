"""Patterns such as ``**/*.txt`` for paths under a folder."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence


@functools.lru_cache(maxsize=8)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # Case is ignored: REPORT.TXT from another system is as much a bulletin as report.txt.
    return re.compile("|".join(_translated(pattern) for pattern in patterns), re.IGNORECASE | re.DOTALL)


def compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    """Compile patterns into one expression for the whole of a relative path.

    ``*`` and ``?`` stay within a name, ``**`` as a whole part stands for any number of folders.
    """
    return _compiled(tuple(patterns))


def _translated(pattern: str) -> str:
    *folders, name = pattern.split("/")
    return "".join(_folder(part) for part in folders) + (".+" if name == "**" else _part(name))


def _folder(part: str) -> str:
    return "(?:[^/]+/)*" if part == "**" else f"{_part(part)}/"


def _part(part: str) -> str:
    return re.escape(part).replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
