"""A target for work that must not change anything: dry runs, previews, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from feedpub.model import Effort, Resource
from feedpub.publish import Folder

Met = Callable[[Resource, bool], None]  # hears of each resource and whether it differs from what is there


def _ignore(_resource: Resource, _differs: bool) -> None:
    pass


class Rehearsal:
    """A target that only says what would be written."""

    def __init__(self, folder: Folder, *, met: Met = _ignore) -> None:
        self._folder = folder
        self._met = met

    def publish(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Return the paths whose bytes would change."""
        return tuple(resource.path for resource in resources if self._differs(resource))

    @property
    def effort(self) -> Effort:
        """Nothing: nothing is written."""
        return Effort()

    def complete(self) -> None:
        """Do nothing: a file that lacks its copies counts as one that would be written."""

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the paths that would be removed."""
        wanted = list(paths)
        return tuple(path for path in wanted if path not in self.missing(wanted))

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of `paths` that are not there."""
        return self._folder.missing(paths)

    def _differs(self, resource: Resource) -> bool:
        differs = bool(self._folder.differing((resource,)))
        self._met(resource, differs)
        return differs
