"""A target for work that must not change anything: dry runs, previews."""

from __future__ import annotations

from collections.abc import Iterable

from feedpub.model import Resource
from feedpub.publish import Folder


class Rehearsal:
    """A target that only says what would be written."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def publish(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Return the paths whose bytes would change."""
        return self._folder.differing(resources)

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the paths that would be removed."""
        wanted = list(paths)
        return tuple(path for path in wanted if path not in self.missing(wanted))

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of `paths` that are not there."""
        return self._folder.missing(paths)
