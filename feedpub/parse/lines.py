"""Text to lines: what stands where, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass

from feedpub.model import Warning  # noqa: A004  the interface calls it so
from feedpub.parse.decode import clean

_INVISIBLE = "\u200b\u2060\ufeff\u00ad \t\xa0\u3000"


@dataclass(slots=True)
class Lines:
    """The lines of a bulletin that hold text, column by column (one list each: this is the hot path)."""

    texts: list[str]  # stripped
    numbers: list[int]  # 1-based, in the file
    gaps: list[int]  # blank lines before it
    indents: list[int]  # spaces before it

    def part(self, start: int, stop: int) -> Lines:
        """Return some of the lines."""
        cut = slice(start, stop)
        return Lines(self.texts[cut], self.numbers[cut], self.gaps[cut], self.indents[cut])


def split(text: str, warnings: list[Warning]) -> Lines:
    """Split at CR, LF and CRLF alone; keep what is not blank, cleaned of what XML forbids."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = Lines([], [], [], [])
    last = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.isspace():
            continue
        kept = line if line.isprintable() else _printable(line, number, warnings)
        stripped = kept.strip()
        if not stripped:
            continue
        lines.texts.append(stripped)
        lines.numbers.append(number)
        lines.gaps.append(number - last - 1)
        lines.indents.append(0 if kept[0] == stripped[0] else len(kept) - len(kept.lstrip()))
        last = number
    return lines


def _printable(line: str, number: int, warnings: list[Warning]) -> str:
    line = clean(line, number, warnings)
    if "\t" in line:
        line = line.expandtabs(4)
    return line if line.strip(_INVISIBLE) else ""
