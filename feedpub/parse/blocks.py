"""Blocks of marked-up text, made into the lines that the rest of the parser reads."""

from __future__ import annotations

import re

from feedpub.model import Warning  # noqa: A004  the interface calls it so
from feedpub.parse.decode import clean
from feedpub.parse.lines import Lines
from feedpub.parse.source import Claim, Matter, Source

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class Blocks:
    """Gathers headings and paragraphs in the order of a document."""

    def __init__(self, warnings: list[Warning]) -> None:
        self._warnings = warnings
        self._lines = Lines([], [], [], [])
        self._levels: dict[int, int] = {}
        self._links: dict[int, str] = {}

    def add(self, text: str, *, level: int = 0, number: int | None = None, link: str | None = None) -> None:
        """Add one block; `level` is that of a heading, 0 for text; without a number it gets the next."""
        last = self._lines.numbers[-1] if self._lines.numbers else 0
        number = max(number or 0, last + 1)
        words = " ".join(clean(text, number, self._warnings).split())
        if not words:
            return
        if link and _ADDRESS.fullmatch(link):
            self._links[number] = link
        self._lines.texts.append(words)
        self._lines.numbers.append(number)
        self._lines.gaps.append(0)
        self._lines.indents.append(0)
        self._levels[number] = level

    def source(self, head: Matter) -> Source:
        """Return what was gathered: the highest heading leads, those of the next level are teasers."""
        return Source(
            lines=self._lines,
            warnings=self._warnings,
            matter=head,
            claims=self._claims(),
            links=self._links,
        )

    def _claims(self) -> dict[int, Claim]:
        levels = sorted({level for level in self._levels.values() if level})
        if not levels:
            return {}
        highest = [number for number, level in self._levels.items() if level == levels[0]]
        teasers = levels[0] if len(highest) > 1 else next(iter(levels[1:]), levels[0])
        claims = {
            number: Claim.TITLE if level == teasers else Claim.TEXT for number, level in self._levels.items()
        }
        claims[highest[0]] = Claim.LEAD
        return claims
