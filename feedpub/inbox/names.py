"""Which names in the input folder can be bulletins."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

# What editors, synchronisers, browsers and transfer programs call a file that is not yet what it will be.
_TEMPORARY = re.compile(
    r"""
      \. .*                 # hidden; also .x.AbC123 of rsync, .#x of Emacs, .goutputstream-X of GNOME
    | ~\$ .*                # the lock files of office programs
    | .* ~                  # backups
    | \# .* \#              # Emacs' automatic saves
    | .* \. (?: part | partial | filepart | tmp | temp | crdownload | download | sw[opx] )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def is_temporary(name: str) -> bool:
    """Return whether a file or folder of this name is hidden or only there for a while."""
    return _TEMPORARY.fullmatch(name) is not None


@functools.lru_cache(maxsize=8)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # Case is ignored: REPORT.TXT from another system is as much a bulletin as report.txt.
    return re.compile("|".join(_translated(pattern) for pattern in patterns), re.IGNORECASE | re.DOTALL)


def compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    """Compile include patterns into one expression for the whole of a relative path.

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
