"""Stepping into folders beneath a root without ever leaving it.

Each step is taken from the descriptor of the last one and refuses symbolic links. Comparing resolved paths
would leave a gap in which whoever can write below the root swaps a folder for a link. The root itself is
the operator's choice and may be a link.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def open_folder(root: Path, parts: Sequence[str] = ()) -> Iterator[int]:
    """Open the folder `parts` below `root` and give its descriptor.

    `parts` are single names, none of them ``..``. Raises OSError: NotADirectoryError where a part is a
    link, whatever it points at.
    """
    descriptor = os.open(root, _FOLDER)
    try:
        for part in parts:
            outer, descriptor = descriptor, os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(outer)
        yield descriptor
    finally:
        os.close(descriptor)
