"""Corrections get the day on which they were first seen, and keep it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from feedpub.model import Correction, Entry
from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.dates import day_of


def dated(texts: Iterable[str], old: Entry | None, circumstances: Circumstances) -> tuple[Correction, ...]:
    """Return the corrections of an entry that was `old` before, or is new, with their dates.

    Those of a new one are as old as its file: a store that was lost may have known them.
    """
    came = circumstances.now if old else min(circumstances.arrived, circumstances.now)
    today = day_of(came, circumstances.timezone)
    dates = {_composed(note.text): note.on for note in old.corrections} if old else {}
    return tuple(Correction(on=dates.get(_composed(text), today), text=text) for text in texts)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
