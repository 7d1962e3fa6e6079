"""What the parser understands of an input file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from feedpub.model.common import Enclosure, Role
from feedpub.model.media import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known about a bulletin before its bytes are read."""

    name: str  # path relative to the input folder; its suffix chooses the format, its stem may hold a date
    language: str | None = None  # BCP 47, the site's; decides the order of day and month
    encodings: tuple[str, ...] = ("windows-1252",)  # tried in order when the bytes are not UTF-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:  # noqa: A001  the interface calls it so; nothing here uses the built-in
    """Something an editor should look at; the bulletin is published all the same."""

    line: int | None  # 1-based; None when it concerns the whole file
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One story as it stands in a bulletin, before it has an identity."""

    role: Role
    title: str  # one line, never blank: derived from the first paragraph where the bulletin has none
    paragraphs: tuple[str, ...] = ()
    time: dt.time | None = None  # its own time of day, where the bulletin gives one
    date: dt.date | None = None  # its own date, where it differs from the bulletin's
    link: str | None = None  # an address the author gave, absolute http(s)
    categories: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()  # what was wrong in it, in its author's words
    slug: str | None = None  # [a-z0-9-]+, what its id and address shall say instead of the title
    image: str | None = None  # absolute http(s)
    enclosures: tuple[Enclosure, ...] = ()
    files: tuple[Named, ...] = ()  # that lie beside the bulletin
    line: int = 1  # 1-based line on which it starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """One input file, understood: a lead story and its teasers, in the order of the document."""

    date: dt.date | None = None
    time: dt.time | None = None
    language: str | None = None  # BCP 47
    entries: tuple[ParsedEntry, ...]
    confidence: float = 1.0  # 0.0 to 1.0: how sure the parser is of the division into entries
    warnings: tuple[Warning, ...] = ()
    author: str | None = None
    categories: tuple[str, ...] = ()
    publish_at: dt.datetime | None = None  # aware, or naive in the site's zone
    draft: bool = False
    source: str | None = None  # the list a letter was sent by, from its List-Id (RFC 2919)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """What the parser took one line for."""

    line: int  # 1-based
    text: str
    kind: str  # one word: "headline", "paragraph", "title", "summary", "section", "furniture", …
    role: str  # the same for people
    runner_up: str  # what else it may be, for people; equal to `role` when nothing else came near
    reasons: tuple[str, ...]  # what tells for the role against the runner-up, the weightiest first
    confidence: float  # 0.0 to 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A bulletin and how its lines were read."""

    bulletin: Bulletin
    lines: tuple[LineReading, ...]
