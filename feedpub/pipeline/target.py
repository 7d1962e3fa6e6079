"""Where publications go, and what they did there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from feedpub.model import Effort, Resource


class Target(Protocol):
    """Where resources go: a folder, later a bucket."""

    def publish(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Write those that differ, in order; return the paths that changed."""

    @property
    def effort(self) -> Effort:
        """What was done here so far; without `statements`."""

    def complete(self) -> None:
        """Do what can wait until everything is published."""

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Remove what is there of `paths`; return it."""

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of `paths` that are not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What one publication wrote."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()  # documents that the release gate refused

    def __add__(self, other: Published) -> Published:
        return Published(
            written=(*self.written, *other.written),
            removed=(*self.removed, *other.removed),
            failed=(*self.failed, *other.failed),
        )
