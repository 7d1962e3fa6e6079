"""What is different from what was known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from feedpub.inbox.looking import Look
from feedpub.model import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """A look held against what was known; paths are relative to the input folder."""

    new: Mapping[str, Signature]
    changed: Mapping[str, Signature]  # with the signature that it has now
    vanished: frozenset[str]


def compare(look: Look, known: Mapping[str, Signature]) -> Differences:
    """Hold `look` against the signatures of the files known so far."""
    return Differences(
        new={path: now for path, now in look.files.items() if path not in known},
        changed={
            path: now
            for path, former in known.items()
            if (now := look.files.get(path)) is not None and now != former
        },
        vanished=frozenset(
            path for path in known if path not in look.files and look.unseen.isdisjoint(_with_folders(path))
        ),
    )


def _with_folders(path: str) -> Iterator[str]:
    """Yield the path and each folder that it lies in."""
    while path:
        yield path
        path = path.rpartition("/")[0]
