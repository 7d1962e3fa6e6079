"""Documents that are written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from feedpub.model import Resource, Stale


@dataclass(slots=True)
class Batch:
    """Documents, in the order in which they take their places, and the work that is done by them."""

    marks: list[Stale] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # paths where nothing shall be any more
    failed: tuple[str, ...] = ()  # paths of documents that cannot be written, and stay as they are

    def add(self, mark: Stale, resources: Iterable[Resource]) -> None:
        """Add a document in all its formats."""
        self.marks.append(mark)
        self.resources += resources
