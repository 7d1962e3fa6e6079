"""What the pipeline must know of the configuration: plain values, read once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from feedpub.model import Feed, Site
from feedpub.parse import Parser
from feedpub.render import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation, as the pipeline sees it."""

    site: Site
    feeds: tuple[Feed, ...]  # those that the configuration names
    timezone: ZoneInfo
    publish_time: dt.time  # for bulletins with a date and no time
    input_folder: Path
    include: tuple[str, ...]  # glob patterns relative to the input folder
    max_bytes: int  # a larger bulletin is refused
    media_folder: Path  # where the files that came with bulletins are kept
    max_media_bytes: int  # of each of them
    encodings: tuple[str, ...]  # tried when a bulletin is not UTF-8
    quiet_seconds: float  # a file written in place is whole when nothing happened to it for so long
    hold_below: float  # parses less certain than this wait for approval
    withdraw_removed: bool  # False: entries stay when their bulletin is deleted
    pages: bool  # False: feeds alone
    templates: Templates = ()  # somebody's own, instead of those of the program
    pinged: tuple[str, ...] = ()  # those of the site's hubs that are others'
    plugins: Mapping[str, Parser] = field(default_factory=dict)  # by suffix: formats that packages bring
    patterns: tuple[Feed, ...] = ()  # templates of feeds
    media_scratch: Path | None = None  # where a rehearsal keeps new ones, which changes nothing
    rehearsed_beside: Path | None = None  # the folder of a bulletin that is not dropped yet
    made: tuple[Feed, ...] = ()  # the feeds that were made from them

    @property
    def every_feed(self) -> tuple[Feed, ...]:
        """All feeds that are published."""
        return (*self.feeds, *self.made)

    @property
    def selectors(self) -> tuple[Feed, ...]:
        """What decides where an entry stands: templates name their feeds before these are made."""
        return (*self.feeds, *self.patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the first run fixed for ever, kept in the store."""

    authority: str  # of every tag: URI (RFC 4151 section 2.1); the host of site.url on the first run
    created: dt.datetime  # when the store was made: the date of a feed that never had an entry

    def feed_id(self, name: str) -> str:
        """Return the id of the feed of this name, of its live document and of its archives (RFC 5005).

        A name-based UUID (RFC 9562 section 5.5), not a tag: URI: a feed has no date of its own that a
        rebuilt store would find again.
        """
        return uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.feeds.{self.authority}").urn
