"""The words that every part of the model uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an entry is in its bulletin."""

    LEAD = "lead"
    TEASER = "teaser"


class State(StrEnum):
    """Where an entry is in its life."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"  # its moment has not come; not one byte of it is in any output
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author (RFC 4287 section 3.2)."""

    name: str
    email: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an entry (RFC 4287 section 4.2.7.2, "enclosure")."""

    url: str  # absolute http(s); or "media/…", a path under site.url, of what came with its bulletin
    type: str  # its media type
    length: int  # bytes
    width: int | None = None  # of a picture that came with its bulletin, in pixels
    height: int | None = None
    alt: str = ""  # what can be seen in it, for those who cannot
    thumbnail: str | None = None  # a smaller picture of it; as `url`
