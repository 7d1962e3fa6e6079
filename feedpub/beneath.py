"""Stepping into folders beneath a root without ever leaving it.

Each step is taken from the descriptor of the last one and refuses symbolic links. Comparing resolved paths
would leave a gap in which whoever can write below the root swaps a folder for a link. The root itself is
the operator's choice and may be a link.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_MOST = 100  # folders held open at once; a process may have a thousand descriptors, and serves readers
_SHARE = 8  # and no more than this part of those it may have


class HeldFolders:
    """The folders beneath a root, each opened when it is needed and held until `close`.

    For many files that lie together: most of what it takes to write one is to step down to its folder.
    Threads may share it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._held: dict[tuple[str, ...], int] = {}
        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        self._most = _MOST if allowed == resource.RLIM_INFINITY else min(_MOST, allowed // _SHARE)
        self._lock = Lock()

    def find(self, parts: Sequence[str]) -> int | None:
        """Give the descriptor of a folder; None when too many are held. Raises as `open_folder` does."""
        with self._lock:
            wanted = tuple(parts)
            if wanted not in self._held and len(self._held) + len(wanted) >= self._most:
                return None
            return self._step(wanted)

    def _step(self, parts: tuple[str, ...]) -> int:
        if parts not in self._held:
            inner = parts[-1:]
            self._held[parts] = (
                os.open(inner[0], _FOLDER | os.O_NOFOLLOW, dir_fd=self._step(parts[:-1]))
                if inner
                else os.open(self.root, _FOLDER)
            )
        return self._held[parts]

    def close(self) -> None:
        """Hold nothing any more."""
        while self._held:
            os.close(self._held.popitem()[1])


@contextmanager
def open_folder(root: Path | HeldFolders, parts: Sequence[str] = ()) -> Iterator[int]:
    """Open the folder `parts` below `root`, unless it is held, and give its descriptor.

    `parts` are single names, none of them ``..``. Raises OSError: NotADirectoryError where a part is a
    link, whatever it points at.
    """
    if isinstance(root, HeldFolders):
        if (held := root.find(parts)) is not None:
            yield held
            return
        root = root.root
    descriptor = os.open(root, _FOLDER)
    try:
        for part in parts:
            outer, descriptor = descriptor, os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(outer)
        yield descriptor
    finally:
        os.close(descriptor)
