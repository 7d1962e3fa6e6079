"""Entries in which nothing was found wrong need no second look while their bytes are the same.

A feed is examined with each publication, and nearly all of its entries stood in it before. Remembered are a
digest of an entry's bytes and what it says, never what is wrong: that names lines, which move. Rules about
a document as a whole are held against it each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from feedpub.conformance.facts import EntryFacts
from feedpub.conformance.findings import Fault

_MOST = 4_000  # entries of one format: some 2 MB

_T = TypeVar("_T")


class Clearing(Generic[_T]):
    """Examines the entries of one format."""

    def __init__(
        self,
        *,
        facts: Callable[[_T], EntryFacts],
        faults: Callable[[_T], Iterable[Fault]],
    ) -> None:
        self._facts = facts
        self._faults = faults
        self._clear: dict[bytes, EntryFacts] = {}  # the one that was met last at the end

    def examine(self, entry: _T, written: bytes, *, line: int | None) -> tuple[EntryFacts, list[Fault]]:
        """Return what an entry says and what is wrong with it.

        `written` are the bytes that decide: two entries with the same ones break the same rules.
        """
        digest = hashlib.blake2b(written, digest_size=16).digest()
        known = self._clear.pop(digest, None)
        if known is not None:
            self._clear[digest] = known
            return (known if known.line == line else replace(known, line=line)), []
        facts, faults = self._facts(entry), list(self._faults(entry))
        if not faults:
            self._clear[digest] = facts
            if len(self._clear) > _MOST:
                self._clear.pop(next(iter(self._clear)), None)
        return facts, faults
