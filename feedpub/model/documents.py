"""What subscribers get: feeds, pages, files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from feedpub.model.common import Enclosure, Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The publisher, as every document names it."""

    title: str
    url: str  # absolute, ends with "/"
    language: str  # BCP 47
    author: Person
    timezone: str = "UTC"  # IANA; in which pages name the day of an entry
    feed_style: bool = False  # whether RSS and Atom name a stylesheet
    in_ascii: bool = False  # whether feeds and their list are written in ASCII alone
    hubs: tuple[str, ...] = ()  # absolute addresses of the WebSub hubs that distribute its feeds


class Edits(StrEnum):
    """How an entry that was edited reaches the subscribers of a feed, whose readers disagree on edits."""

    UPDATE = "update"  # the same entry with a newer `updated`
    SILENT = "silent"  # the same entry with the `updated` it had
    REISSUE = "reissue"  # a new entry, in the place of the old one


_BUSY_DAY = 10  # times as many entries as usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """Words and phrases to look for in title and text; ``*`` stands for any letters. All empty: no matter."""

    any: tuple[str, ...] = ()  # at least one of them
    all: tuple[str, ...] = ()  # each of them
    none: tuple[str, ...] = ()  # not one of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What an entry may have to be for a feed; what is empty does not matter."""

    roles: tuple[Role, ...] = ()
    categories: tuple[str, ...] = ()
    keywords: Keywords = Keywords()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # BCP 47; "de" also means de-AT, "" the site's
    sources: tuple[str, ...] = ()  # patterns of paths under the input folder
    newer_than: dt.timedelta | None = None  # since it was published
    older_than: dt.timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed as configured: what stands at its head and what may stand in it."""

    name: str  # [a-z0-9-]+, the NAME in feeds/NAME.rss; of a template with one placeholder in braces
    title: str
    description: str
    language: str
    author: Person
    formats: tuple[str, ...]  # names from render's table: "rss", "atom", "json"
    roles: frozenset[Role]  # which stories it takes (from `shape`); none: it has an entry for each bulletin
    full_content: bool = True  # False: summaries alone
    max_entries: int = 50
    max_bytes: int = 512 * 1024  # of each document
    keep: dt.timedelta | None = None  # how long an entry stays in the live document at least
    edits: Edits = Edits.UPDATE
    select: Criteria = Criteria()  # an entry must meet all of them
    exclude: Criteria = Criteria()  # an entry that meets one of them stays out
    categories: tuple[str, ...] = ()  # of the feed as a whole
    rights: str | None = None  # plain text (RFC 4287 section 4.2.10)
    icon: str | None = None  # absolute; small and square
    image: str | None = None  # absolute; PNG, JPEG or GIF
    ttl_minutes: int | None = None  # how long readers may wait before they ask again; RSS alone can say it
    link_parameters: tuple[tuple[str, str], ...] = ()  # names and values for the query of each entry's link
    at_most: int = 200  # of a template: how many feeds it may make
    unnamed_language: str = ""  # of a template: the tag of entries that name none, the site's

    @property
    def placeholder(self) -> str:
        """What a template makes a feed for each of, "category" or "language"; "" of a feed."""
        return self.name[self.name.find("{") + 1 : self.name.find("}")] if "{" in self.name else ""

    @property
    def has_bulletins(self) -> bool:
        """Whether its entries are bulletins, not stories."""
        return not self.roles

    @property
    def most_entries(self) -> int:
        """The most entries in the live document, on a day with more news than it usually holds."""
        return self.max_entries * _BUSY_DAY if self.keep else self.max_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry as a feed shows it: addresses absolute, text ready as HTML."""

    id: str
    title: str  # plain text
    url: str  # absolute address a reader opens
    published: dt.datetime
    updated: dt.datetime
    summary: str  # plain text, one paragraph, may be ""
    content_html: str | None  # None in feeds of summaries
    language: str | None = None
    author: str | None = None
    categories: tuple[str, ...] = ()
    image: str | None = None
    picture: Enclosure | None = None  # the one of the enclosures that is the image; its addresses absolute
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """The trace of a withdrawn entry: readers that have it shall delete it (RFC 6721)."""

    id: str  # of the entry
    deleted: dt.datetime  # not before the last `updated` that readers saw, or they would keep the entry
    version: int = 1  # of the entry when it was withdrawn; in a document the id says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive document of a feed (RFC 5005 section 4): entries that left the live document together."""

    number: int  # 1 is the oldest
    name: str  # NAME in feeds/FEED/archive/NAME.rss: the number and a digest of what was sealed into it


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed at one moment, format-neutral (an Atom Feed Document, RFC 4287 section 2)."""

    site: Site
    feed: Feed
    id: str  # atom:id of the feed, a tag: URI that survives a move of the site
    updated: dt.datetime  # newest change among its entries, withdrawals included
    entries: tuple[FeedEntry, ...]  # newest first
    tombstones: tuple[Tombstone, ...] = ()  # newest first; only Atom can write them
    archive: Archive | None = None  # which archive document it is; None: the live one
    older: Archive | None = None  # where the entries before these stand (RFC 5005: prev-archive)
    newer: Archive | None = None  # of an archive: the next one, None of the newest (RFC 5005: next-archive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of entries that has pages (RFC 4287 section 4.2.2)."""

    slug: str  # [a-z0-9-]+
    name: str  # as its newest entry spells it

    @property
    def path(self) -> str:
        """Return where its newest page stands, under site.url."""
        return f"topics/{self.slug}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a page shows together: the lead of a bulletin, and what else it tells."""

    lead: FeedEntry  # what stands first
    others: tuple[FeedEntry, ...] = ()
    path: str | None = None  # of the page of the bulletin, under site.url, where there is one


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDocument:
    """One HTML page, before it is rendered."""

    site: Site
    feeds: tuple[Feed, ...]  # for autodiscovery, the page's own first
    path: str  # under the output folder: "index.html", "2024/10/21/slug/index.html"
    # "home", "entry", "bulletin", "gone" (where one of these was), "feeds", "feed", "month", "archive",
    # "topic", "topics"
    template: str
    entries: tuple[FeedEntry, ...] = ()  # of "entry": the one; of "bulletin": its lead
    stories: tuple[Story, ...] = ()  # of pages that list entries, the newest first; of "bulletin": the one
    withdrawn: dt.datetime | None = None  # of "gone": when
    reason: str | None = None  # of "gone": why, where the operator said so
    months: tuple[
        dt.date, ...
    ] = ()  # of "month": the first day of its own; of "archive": of all, newest first
    topics: tuple[Category, ...] = ()  # of "entry" and "topic": its own; of "home" and "topics": all
    older: str | None = None  # where what came before stands, as a path under site.url
    newer: str | None = None  # where what came next stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One file of the output."""

    path: str  # relative to the output folder, "/" between parts
    content: bytes
    media_type: str  # with charset where it has one
