"""What every format becomes before it is read: lines, and what their author said about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from feedpub.model import Enclosure, Named, Warning  # noqa: A004  the interface calls it so
from feedpub.parse.lines import Lines


class Claim(StrEnum):
    """What markup says a line is; the parser does not doubt it."""

    LEAD = "lead"  # the lead's headline
    TITLE = "title"  # the title of a teaser
    TEXT = "text"  # neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What front matter, or the head of a page or a letter, says about the whole bulletin."""

    title: str | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    publish_at: dt.datetime | None = None
    language: str | None = None
    author: str | None = None
    categories: tuple[str, ...] = ()
    link: str | None = None
    corrections: tuple[str, ...] = ()  # of the lead
    draft: bool = False
    slug: str | None = None  # this and what follows: of the lead
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    files: tuple[Named, ...] = ()
    source: str | None = None  # where the bulletin was sent from


@dataclass(slots=True, kw_only=True)
class Source:
    """One bulletin as lines; the other columns go by line number."""

    lines: Lines
    warnings: list[Warning]
    matter: Matter = field(default_factory=Matter)
    claims: dict[int, Claim] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)  # of the entry the line belongs to
    categories: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def certain(self) -> bool:
        """Whether its author said of every line what it is."""
        return Claim.TEXT in self.claims.values()
