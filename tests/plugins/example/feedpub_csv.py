"""Bulletins as tables: a title and a text on each line, the lead first."""

from __future__ import annotations

import csv

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin, Hints, ParsedEntry, Role


def parse(raw: bytes, hints: Hints) -> Bulletin:
    """Read one bulletin. Raises BulletinError with the line and what would be right."""
    rows = list(csv.reader(raw.decode("utf-8", "replace").splitlines()))
    for line, row in enumerate(rows, start=1):
        if len(row) != 2 or not row[0].strip():
            raise BulletinError(
                hints.name, "not a title and a text", line=line, expected="expected two columns"
            )
    if not rows:
        raise BulletinError(hints.name, "the table is empty", expected="expected a title and a text")
    entries = [
        ParsedEntry(role=Role.TEASER, title=" ".join(title.split()), paragraphs=(text,), line=line)
        for line, (title, text) in enumerate(rows[1:], start=2)
    ]
    lead = ParsedEntry(role=Role.LEAD, title=" ".join(rows[0][0].split()), paragraphs=(rows[0][1],))
    return Bulletin(entries=(lead, *entries))
