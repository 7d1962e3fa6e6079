"""What a publication costs, counted: the same whatever the archive holds."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What was done since some beginning, or between two moments after it."""

    statements: int = 0  # asked of the store
    documents: int = 0  # rendered: feeds, archives, pages, lists
    files: int = 0  # written, compressed copies among them
    bytes: int = 0  # in these files
    opened: int = 0  # files opened in the output folder, to be compared, written or flushed

    def __sub__(self, other: Effort) -> Effort:
        """Return what was done since `other`."""
        statements, documents, files, bytes_, opened = (
            now - then for now, then in zip(astuple(self), astuple(other), strict=True)
        )
        return Effort(statements=statements, documents=documents, files=files, bytes=bytes_, opened=opened)
