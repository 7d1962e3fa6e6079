"""The words feedpub thinks in: frozen values that every room shares.

Instants are aware datetimes in UTC with whole seconds. Text is clean: NFC is kept as written, only
characters that XML 1.0 section 2.2 allows, no line ends inside titles.
"""

from __future__ import annotations

import datetime as dt
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

    url: str  # absolute http(s)
    type: str  # its media type
    length: int  # bytes


# --- what the parser understands -------------------------------------------------------------------------


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


# --- what is published -----------------------------------------------------------------------------------


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
    image: str | None = None  # absolute http(s)
    enclosures: tuple[Enclosure, ...] = ()


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


# --- what another program published ----------------------------------------------------------------------


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


# --- what is remembered ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a look at a file tells without reading it; equal signatures mean an unchanged file."""

    size: int  # bytes
    mtime_ns: int
    inode: int


class Outcome(StrEnum):
    """What became of an input file when it was last read."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"  # nothing of it is published; see reason and line
    HELD = "held"  # less certain than input.hold_below: waits for approval
    DUPLICATE = "duplicate"  # same bytes as another file, which is named in the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinRecord:
    """What the store remembers of one input file."""

    path: str  # relative to the input folder; undecodable bytes as surrogate escapes
    signature: Signature
    digest: str  # SHA-256 of the bytes, hex; "" when they could not be read
    outcome: Outcome
    arrived: dt.datetime  # first seen
    reason: str = ""  # why it was rejected, held or is a duplicate, and what would be right
    line: int | None = None
    confidence: float = 1.0
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """One document that must be made anew: work stored in the transaction that caused it."""

    kind: str  # "feed", "entry" (an entry's page), "home", "feeds" (the page of all feeds)
    name: str = ""  # the feed's name, the entry's id
    mark: int = 0  # the store's running number, so that finishing old work cannot erase a newer mark


# --- what the operator says ------------------------------------------------------------------------------


class Verb(StrEnum):
    """What the operator can order."""

    WITHDRAW = "withdraw"  # an entry, until it is restored
    RESTORE = "restore"  # an entry, however it was withdrawn
    APPROVE = "approve"  # a bulletin that is held


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The operator's word, on its way to the process that owns the store."""

    verb: Verb
    target: str  # an entry's id, or the path of a bulletin relative to the input folder
    reason: str | None = None  # of a withdrawal
    number: int = 0  # the store's running number; 0 before it rests there


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an order, in words for the operator."""

    done: bool  # also when there was nothing to do; False when it cannot be carried out
    text: str


# --- what subscribers get --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The publisher, as every document names it."""

    title: str
    url: str  # absolute, ends with "/"
    language: str  # BCP 47
    author: Person
    timezone: str = "UTC"  # IANA; in which pages name the day of an entry


class Edits(StrEnum):
    """How an entry that was edited reaches the subscribers of a feed, whose readers disagree on edits."""

    UPDATE = "update"  # the same entry with a newer `updated`
    SILENT = "silent"  # the same entry with the `updated` it had
    REISSUE = "reissue"  # a new entry, in the place of the old one


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed as configured: what stands at its head and what may stand in it."""

    name: str  # [a-z0-9-]+, the NAME in feeds/NAME.rss
    title: str
    description: str
    language: str
    author: Person
    formats: tuple[str, ...]  # names from render's table: "rss", "atom", "json"
    roles: frozenset[Role]  # which entries it takes (from `shape`)
    full_content: bool = True  # False: summaries alone
    max_entries: int = 50
    max_bytes: int = 512 * 1024  # of each document
    edits: Edits = Edits.UPDATE


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
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """The trace of a withdrawn entry: readers that have it shall delete it (RFC 6721)."""

    id: str  # of the entry
    deleted: dt.datetime  # not before the last `updated` that readers saw, or they would keep the entry
    version: int = 1  # of the entry when it was withdrawn; in a document the id says it


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed at one moment, format-neutral (an Atom Feed Document, RFC 4287 section 2)."""

    site: Site
    feed: Feed
    id: str  # atom:id of the feed, a tag: URI that survives a move of the site
    updated: dt.datetime  # newest change among its entries, withdrawals included
    entries: tuple[FeedEntry, ...]  # newest first
    tombstones: tuple[Tombstone, ...] = ()  # newest first; only Atom can write them


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDocument:
    """One HTML page, before it is rendered."""

    site: Site
    feeds: tuple[Feed, ...]  # for autodiscovery, the preferred first
    path: str  # under the output folder: "index.html", "2024/10/21/slug/index.html"
    template: str  # "home", "entry", "gone" (where an entry was), "feeds"
    entries: tuple[FeedEntry, ...] = ()
    withdrawn: dt.datetime | None = None  # of "gone": when
    reason: str | None = None  # of "gone": why, where the operator said so


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One file of the output."""

    path: str  # relative to the output folder, "/" between parts
    content: bytes
    media_type: str  # with charset where it has one
