"""Paths in a target."""

from __future__ import annotations


def parts_of(path: str) -> list[str]:
    """Take apart the path of a resource.

    Raises ValueError for a path that is not relative or could lead out of the target.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") or "\0" in part for part in parts):
        raise ValueError(f"not a path inside the output: {path!r}")
    return parts
