"""Bulletins for benchmarks: seeded, so that the same numbers give the same bytes.

A bulletin is a lead of three paragraphs and six teasers, 2.4 KB in all; there are four a day.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

_FIRST = dt.datetime(2010, 1, 1, tzinfo=dt.UTC)
_WHO = [
    "council",
    "harbour",
    "library",
    "ferry",
    "archive",
    "museum",
    "school",
    "clinic",
    "railway",
    "market",
]
_DID = ["repairs", "opens", "closes", "expands", "funds", "measures", "renames", "restores", "tests", "moves"]
_WHAT = [
    "bridge",
    "timetable",
    "garden",
    "workshop",
    "survey",
    "budget",
    "reservoir",
    "theatre",
    "quay",
    "bakery",
]
_WHERE = [
    "Lindholm",
    "Carrow",
    "Vesterby",
    "Qualdon",
    "Ostermoor",
    "Brinlow",
    "Kestwick",
    "Tarnsee",
    "Oldhaven",
    "Marnfeld",
]
_WHY = ("after two years of talks", "before the first frost", "as its board had asked", "to general surprise")


def title(number: int) -> str:
    """Give the title of a bulletin's lead, which no other one has."""
    return f"Story {number} of the Harbour Opens Its Doors"


def bulletin(number: int, *, seed: int = 0) -> str:
    """Write one bulletin; later numbers are of later hours."""
    chance = random.Random(f"{seed}/{number}")
    moment = _FIRST + dt.timedelta(hours=6 * number)

    def sentence() -> str:
        pick = chance.choice
        return f"The {pick(_WHO)} of {pick(_WHERE)} {pick(_DID)} the {pick(_WHAT)} {pick(_WHY)}"

    lead = [f"date {moment:%Y-%m-%d} {title(number)}"]
    lead += [f"{'. '.join(sentence() for _ in range(5))}." for _ in range(3)]
    for place in range(6):
        words = f"{chance.choice(_WHO)} {chance.choice(_DID)} the {chance.choice(_WHAT)}".title()
        lead += [f"{words} {place} of {number}", f"{'. '.join(sentence() for _ in range(2))}."]
    return "\n".join(lead) + "\n"


def write(folder: Path, numbers: range) -> None:
    """Write bulletins into a folder, each whole at every moment."""
    for number in numbers:
        drop(folder, number)


def drop(folder: Path, number: int) -> Path:
    """Rename one bulletin into a folder."""
    hidden = folder / ".being-written"
    hidden.write_text(bulletin(number))
    return hidden.rename(folder / f"{number:07}.txt")
