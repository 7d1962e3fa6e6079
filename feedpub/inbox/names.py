"""Which names in the input folder can be bulletins."""

from __future__ import annotations

import re

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
