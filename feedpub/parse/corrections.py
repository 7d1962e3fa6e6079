"""Corrections: lines that say what was wrong in the story they stand in."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from feedpub.model import ParsedEntry, Role
from feedpub.parse.lines import Lines
from feedpub.parse.source import Claim

_LABEL = re.compile(r"([^:：]{2,24}?)\s*[:：]\s*(?=\S)")
_LABEL_ENDS = 32  # characters, within which its colon stands
_COLONS = frozenset(":：")
_WORDS = """
    Correction|Clarification|Berichtigung|Korrektur|Corrección|Rectificación|Rectificatif|Rectification|Correzione
    Rettifica|Correção|Retificação|Correcció|Rectificatie|Correctie|Rättelse|Rettelse|Retting|Leiðrétting|Oikaisu
    Parandus|Labojums|Pataisymas|Sprostowanie|Oprava|Helyesbítés|Corectare|Erată|Erratum|Errata|Korrigjim
    Поправка|Исправление|Уточнение|Виправлення|Уточнення|Спростування|Исправка|Ispravka|Ispravak|Popravek
    Διόρθωση|Επανόρθωση|Düzeltme|تصحيح|תיקון|תיקון טעות|اصلاح|اصلاحیه|सुधार|更正|勘误|勘誤|訂正|정정|정정보도
    แก้ไข|Đính chính|Ralat|Koreksi|Pembetulan
"""


class Note(NamedTuple):
    """One correction."""

    number: int  # of its line
    text: str


def take(part: Lines, claims: Mapping[int, Claim]) -> tuple[Lines, list[Note]]:
    """Take the corrections off the lines; return what is left, and them.

    Neither the first line nor what markup calls a title is one: stories about corrections have such titles.
    """
    found: dict[int, Note] = {}  # by place
    for place, (text, number) in enumerate(zip(part.texts, part.numbers, strict=True)):
        label = _LABEL.match(text) if place and not _COLONS.isdisjoint(text[:_LABEL_ENDS]) else None
        if label and _folded(label[1]) in _FOLDED and claims.get(number, Claim.TEXT) is Claim.TEXT:
            found[place] = Note(number, text[label.end() :])
    return _without(part, found) if found else part, list(found.values())


def attach(entries: Sequence[ParsedEntry], found: Sequence[Note]) -> list[ParsedEntry]:
    """Give each correction to the entry among whose lines it stands."""
    if not found:
        return list(entries)
    starts = [entry.line for entry in entries]
    notes: dict[int, list[str]] = {}  # by place
    for number, text in found:
        notes.setdefault(max(0, bisect_right(starts, number) - 1), []).append(text)
    return [replace(e, corrections=tuple(notes.get(place, ()))) for place, e in enumerate(entries)]


def attach_to_lead(entries: Sequence[ParsedEntry], texts: tuple[str, ...]) -> list[ParsedEntry]:
    """Give the corrections of the front matter to the first lead."""
    if not texts:
        return list(entries)
    lead = next(place for place, entry in enumerate(entries) if entry.role is Role.LEAD)
    return [
        replace(entry, corrections=(*texts, *entry.corrections)) if place == lead else entry
        for place, entry in enumerate(entries)
    ]


def _without(part: Lines, found: Container[int]) -> Lines:
    """Return the lines at other places; the blank ones before a correction part its neighbours."""
    left = Lines([], [], [], [])
    gap = 0
    for place, number in enumerate(part.numbers):
        gap = max(gap, part.gaps[place])
        if place not in found:
            left.texts.append(part.texts[place])
            left.numbers.append(number)
            left.gaps.append(gap)
            left.indents.append(part.indents[place])
            gap = 0
    return left


def _folded(word: str) -> str:
    """Return `word` without case and accents, which capitals often lack."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


_FOLDED = frozenset(_folded(word) for line in _WORDS.split("\n") for word in line.split("|")) - {""}
