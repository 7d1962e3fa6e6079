"""What holding a document against the rules can say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a broken rule matters."""

    ERROR = "error"  # some readers show it wrong or not at all; the release gate keeps it out
    WARNING = "warning"  # readers cope, yet somebody loses something


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that the standards or the readers ask for."""

    code: str  # stable: a code never gets another meaning
    level: Level
    title: str  # what is asked for, in a few words
    source: str  # who asks for it
    cure: str  # what the operator can do


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place at which one rule is broken."""

    rule: Rule
    path: str  # relative to the output folder
    line: int | None  # 1-based; None for the document as a whole
    what: str

    def __str__(self) -> str:
        """Format as ``path:line: error C58: what is wrong; the cure``."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.rule.level} {self.rule.code}: {self.what}; {self.rule.cure}"


class Fault(NamedTuple):
    """A finding before the rule is looked up and the document named."""

    code: str
    line: int | None
    what: str


def quoted(text: str | None, length: int = 60) -> str:
    """Quote a text for a message, cut where it gets long."""
    text = text or ""
    return repr(text if len(text) <= length else f"{text[: length - 1]}…")
