"""What another program published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEntry:
    """One entry of a feed that is to be adopted, fit to be shown by us."""

    id: str  # atom:id, guid or id of JSON Feed, as its readers know it
    title: str  # one line, never blank
    link: str | None = None  # absolute http(s)
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    content_html: str = ""  # nothing live in it, addresses absolute
    paragraphs: tuple[str, ...] = ()  # what `content_html` says
    author: str | None = None
    language: str | None = None  # BCP 47
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFeed:
    """A feed that is to be adopted."""

    entries: tuple[ForeignEntry, ...]  # in the order of the document
    left_out: tuple[str, ...] = ()  # why items of it are not among the entries
    warnings: tuple[str, ...] = ()
