"""Compressed copies beside what is asked for over and over, for web servers that send them as they are.

Such a server does not ask whether a copy belongs to its file, so a wrong one must never lie there: copies go
before their file is replaced, and are written once the new one stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from feedpub.codings import CODINGS, WORTHWHILE_BYTES, is_worthwhile
from feedpub.model import Resource
from feedpub.publish import files
from feedpub.publish.paths import parts_of

_SUFFIXES = tuple(coding.suffix for coding in CODINGS.values())


def path_of_original(path: str) -> str | None:
    """Return whose copy a file of this name would be; None for what has no such name."""
    suffix = next((suffix for suffix in _SUFFIXES if path.endswith(suffix)), None)
    original = path.removesuffix(suffix) if suffix else ""
    return original if original and _may_have_copies(original.split("/")) else None


def copies_of(path: str) -> tuple[str, ...]:
    """Return the paths of the copies that a file can have."""
    if path.endswith(_SUFFIXES) or not _may_have_copies(path.split("/")):
        return ()
    return tuple(f"{path}{suffix}" for suffix in _SUFFIXES)


def is_copied(resource: Resource) -> bool:
    """Return whether a file gets copies.

    Pages of single entries and archives do not: there are many, and few are ever asked for.
    """
    return _is_polled(resource.path) and is_worthwhile(resource.media_type, len(resource.content))


def are_there(root: Path, path: str) -> bool:
    """Return whether a text has all the copies it should have, by their names alone."""
    if not _is_polled(path) or (files.size(root, parts_of(path)) or 0) < WORTHWHILE_BYTES:
        return True
    return all(files.is_file(root, parts_of(copy)) for copy in copies_of(path))


def lacking(root: files.Root, path: str, content: bytes) -> Iterator[Resource]:
    """Yield the copies of a file with this content that are not there, or are of something else."""
    for coding in CODINGS.values():
        copy = f"{path}{coding.suffix}"
        if not _expands_to(files.read(root, parts_of(copy)), content, copy):
            yield Resource(path=copy, content=coding.compress(content), media_type="")


def are_right(root: Path, resource: Resource) -> bool:
    """Return whether a file has the copies it should have, and they are of it."""
    return not is_copied(resource) or all(
        _expands_to(files.read(root, parts_of(copy)), resource.content, copy)
        for copy in copies_of(resource.path)
    )


def _expands_to(packed: bytes | None, content: bytes, path: str) -> bool:
    coding = next(coding for coding in CODINGS.values() if path.endswith(coding.suffix))
    try:
        return packed is not None and coding.expand(packed) == content
    except ValueError:
        return False


def _is_polled(path: str) -> bool:
    """Tell what is asked for over and over: no sitemap, which is large, and written with each bulletin."""
    return _may_have_copies(path.split("/")) and not path.startswith("sitemap")


def _may_have_copies(parts: Sequence[str]) -> bool:
    """Tell what has copies, or had them in a version of before; archives are fetched once, if ever."""
    return parts[0] == "assets" or len(parts) == 1 or (parts[0] == "feeds" and parts[2:3] != ["archive"])
