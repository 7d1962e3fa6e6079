"""What is published, and what a change does to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from feedpub.model.common import Enclosure, Role, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One dated note on what was wrong in an entry."""

    on: dt.date  # in the site's zone
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published (scheduled, withdrawn) story, with the identity it keeps for ever."""

    id: str  # atom:id (RFC 4287 section 4.2.6): a tag: URI (RFC 4151), minted once
    bulletin: str  # path of the file it came from, relative to the input folder
    position: int  # 0-based place in the bulletin
    role: Role
    title: str
    paragraphs: tuple[str, ...]
    permalink: str  # path of its page under site.url, "2024/10/21/slug-1a2b3c4d/"; minted once
    published: dt.datetime  # set once (RFC 4287 section 4.2.9)
    updated: dt.datetime  # moves when what readers see changes (RFC 4287 section 4.2.15)
    state: State = State.PUBLISHED
    # While scheduled: when it is let out, at once with those of its bulletin. An entry that was withdrawn
    # while it was scheduled keeps it: so it is known that nobody has ever seen it.
    due: dt.datetime | None = None
    language: str | None = None  # where it differs from the site's
    author: str | None = None  # where the bulletin names one
    categories: tuple[str, ...] = ()
    link: str | None = None  # the author's own address for the story; readers get it instead of the permalink
    reason: str | None = None  # while withdrawn: why, in the operator's words, for everybody to read
    kept_out: bool = False  # withdrawn by the operator: nothing but their word brings it back
    corrections: tuple[Correction, ...] = ()  # in the order in which they were made
    content_html: str | None = None  # ready-made HTML of an adopted entry, shown instead of the paragraphs
    address: str | None = None  # where an adopted entry's own page is for ever, absolute; it has none of ours
    version: int = 1  # moves when what readers see changes, not when the entry is merely put back
    issued: dt.datetime | None = None  # since when that version is; None of the first: since `published`
    restored: dt.datetime | None = None  # when it last came back to readers who had seen it withdrawn
    image: str | None = None  # absolute http(s), or the `url` of one of its enclosures
    enclosures: tuple[Enclosure, ...] = ()
    # The id of the entry by which the bulletin it stands in is known: the story that led it first. None of
    # what came from elsewhere and was told by no bulletin yet.
    issue: str | None = None
    told: str | None = None  # of such an entry: a digest of what its bulletin tells
    renewed: dt.datetime | None = None  # of such an entry: when that changed last

    @property
    def leads_issue(self) -> bool:
        """Whether a bulletin is known by it."""
        return self.issue == self.id

    @property
    def media(self) -> frozenset[str]:
        """The paths of its files that came with its bulletin, with their thumbnails: "media/…"."""
        paths = (path for file in self.enclosures for path in (file.url, file.thumbnail) if path)
        return frozenset(path for path in paths if "://" not in path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one bulletin's new text does to what was published before: reconcile's decision.

    The four groups are disjoint. `unchanged` entries may have a new position, role or bulletin, which
    readers never see; those that are kept out also a new text, which readers do not see either.
    """

    added: tuple[Entry, ...] = ()
    updated: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
