"""What verifying finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where something was found."""

    STORE = "store"
    INPUT = "input"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One disagreement, fit for people."""

    part: Part
    where: str  # a path in the folder, an entry's id; "" for the part as a whole
    what: str
    cure: str
    seen: str = ""  # what makes it the same disagreement when it is met again
    passing: bool = False  # what a process that owns the store brings in order by itself
    doubt: bool = False  # no document should be made from such a store


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth knowing that is no disagreement."""

    part: Part
    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at everything found."""

    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    state: object = None  # equal in two looks unless the owner of the store worked between them
    entries: int = 0
    bulletins: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How store, input and output agree."""

    problems: tuple[Finding, ...]
    notes: tuple[Note, ...]
    entries: int  # how much was held against each other
    bulletins: int
    documents: int
    repaired: tuple[str, ...] = ()  # paths in the output folder that were written anew or tidied away

    @property
    def well(self) -> bool:
        """Tell whether all agree."""
        return not self.problems
