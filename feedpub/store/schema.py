"""The tables: what rests in the store, and the order in which it is read.

Changing one of them needs a new revision in `migrations/versions` and a new `REVISION` here.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    text,
)

from feedpub.model import Outcome, Role, State, Verb
from feedpub.store.columns import (
    Corrections,
    Enclosures,
    EscapedText,
    Instant,
    SignatureText,
    Texts,
    Warnings,
    Word,
)

REVISION = "0008"  # the newest revision in migrations/versions
VERSION_TABLE = "schema_version"  # not Alembic's usual name: a database may be shared with other programs

# A running number that is never given twice, also not after its row is deleted.
RunningNumber = BigInteger().with_variant(Integer, "sqlite")


class Act(StrEnum):
    """What happened to an entry."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    RELEASED = "released"


metadata = MetaData()

NAMED = text("companions <> '[]'")
bulletin = Table(  # one row for each input file, as model.BulletinRecord
    "bulletin",
    metadata,
    Column("path", EscapedText, primary_key=True),
    Column("signature", SignatureText, nullable=False),
    Column("digest", Text, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("arrived", Instant, nullable=False),
    Column("reason", EscapedText, nullable=False),  # may name another file
    Column("line", Integer),
    Column("confidence", Float, nullable=False),
    Column("warnings", Warnings, nullable=False),
    Column("companions", Texts, nullable=False, server_default=text("'[]'")),
    Index("bulletin_digest", "digest"),
    Index("bulletin_outcome", "outcome", "path"),
    Index("bulletin_companions", "path", sqlite_where=NAMED, postgresql_where=NAMED),
)

entry = Table(  # one row for each entry ever shown or waiting to be, as model.Entry
    "entry",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bulletin", EscapedText, nullable=False),  # "" when its file is gone and it was kept
    Column("position", Integer, nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("title", Text, nullable=False),
    Column("paragraphs", Texts, nullable=False),
    Column("permalink", Text, nullable=False, unique=True),
    Column("published", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("state", Word(State), nullable=False),
    Column("due", Instant),  # of what is scheduled
    Column("language", Text),
    Column("author", Text),
    Column("categories", Texts, nullable=False),
    Column("link", Text),
    Column("reason", Text),  # of what is withdrawn
    Column("kept_out", Boolean, nullable=False, server_default=false()),
    Column("corrections", Corrections, nullable=False, server_default=text("'[]'")),
    Column("content_html", Text),
    Column("address", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("issued", Instant),
    Column("restored", Instant),
    Column("image", Text),
    Column("enclosures", Enclosures, nullable=False, server_default=text("'[]'")),
    Column("issue", Text),
    Column("told", Text),
    Column("renewed", Instant),
)
Index("entry_issue", entry.c.issue, entry.c.position)
Index("entry_bulletin", entry.c.bulletin, entry.c.position)
Index("entry_due", entry.c.state, entry.c.due, entry.c.position, entry.c.id)
# What no file has any more: withdrawn, or it outlived its bulletin.
# One term, not two with "or": for those SQLite would walk along two other indexes, through all of it.
LOOSE = text("CASE WHEN state = 'withdrawn' OR bulletin = '' THEN 1 ELSE 0 END = 1")
Index("entry_loose", entry.c.permalink, sqlite_where=LOOSE, postgresql_where=LOOSE)
Index("entry_newest", entry.c.state, entry.c.published.desc(), entry.c.position, entry.c.id)

# Which entry stands in which feed. `state` is the entry's state in this feed: withdrawn also when the feed
# no longer selects it. `published`, `issued` and `position` are the entry's: so a window is one walk along
# an index, whichever of the two instants the feed is ordered by.
membership = Table(
    "membership",
    metadata,
    Column("entry", Text, ForeignKey("entry.id"), primary_key=True),
    Column("feed", Text, primary_key=True),
    Column("state", Word(State), nullable=False),
    Column("published", Instant, nullable=False),
    Column("position", Integer, nullable=False),
    Column("left_at", Instant),  # when readers last saw it leave; kept when it comes back
    Column("buried_at", Instant),  # while its tombstone may stand in the feed: the instant on it
    Column("version", Integer, nullable=False, server_default=text("1")),  # that its readers saw last
    Column("issued", Instant),  # since when that is
    Column("archive", Integer),  # number of the document it was sealed into; null: it stands in the live one
    Column("unseen", Instant),  # since when something of it is new to this feed; null once that was composed
    sqlite_with_rowid=False,
)
Index(
    "membership_window",
    membership.c.feed,
    membership.c.state,
    membership.c.published.desc(),
    membership.c.position,
    membership.c.entry,
)
# The live document alone: these stay small however long the history gets.
_LIVE = membership.c.archive.is_(None)
Index(
    "membership_live",
    membership.c.feed,
    membership.c.state,
    membership.c.published.desc(),
    membership.c.position,
    membership.c.entry,
    sqlite_where=_LIVE,
    postgresql_where=_LIVE,
)
Index(
    "membership_issued",
    membership.c.feed,
    membership.c.state,
    membership.c.issued.desc(),
    membership.c.position,
    membership.c.entry,
    sqlite_where=_LIVE,
    postgresql_where=_LIVE,
)
Index("membership_archive", membership.c.feed, membership.c.archive)
_UNSEEN = membership.c.unseen.is_not(None)
Index(
    "membership_unseen",
    membership.c.feed,
    membership.c.entry,
    sqlite_where=_UNSEEN,
    postgresql_where=_UNSEEN,
)
Index("membership_left", membership.c.feed, membership.c.left_at)
Index("membership_buried", membership.c.feed, membership.c.buried_at, membership.c.entry)

archive = Table(  # one row for each archive document of a feed (RFC 5005 section 4), as model.Archive
    "archive",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1 is the oldest; none is left out
    Column("name", Text, nullable=False),
    sqlite_with_rowid=False,
)

stale = Table(  # work to do, as model.Stale; several rows for one document count as the newest of them
    "stale",
    metadata,
    Column("mark", RunningNumber, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("stale_document", "kind", "name"),
    sqlite_autoincrement=True,
)

# The operator's orders. The one table that others than the owner of the store add to: see `leave_order`.
orders = Table(
    "orders",
    metadata,
    Column("number", RunningNumber, primary_key=True),
    Column("verb", Word(Verb), nullable=False),
    Column("target", EscapedText, nullable=False),
    Column("reason", Text),
    Column("given", Instant, nullable=False),
    Column("done", Boolean),  # of the answer, as its text: null while the order waits
    Column("answer", EscapedText),
    sqlite_autoincrement=True,
)

approval = Table(  # the bytes that the operator let pass, wherever they lie
    "approval",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256, hex
    Column("at", Instant, nullable=False),
)

unclaimed = Table(  # the adopted entries whose story no bulletin has told yet
    "unclaimed",
    metadata,
    Column("entry", Text, ForeignKey("entry.id"), primary_key=True),
    Column("title", Text, nullable=False),  # folded
    Column("published", Instant),  # the entry's, null where its feed gave none
    Index("unclaimed_title", "title"),
    Index("unclaimed_published", "published"),
)

note = Table(
    "note",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", EscapedText, nullable=False),
)

history = Table(  # what readers saw from when on; rows are added and never touched again
    "history",
    metadata,
    Column("number", RunningNumber, primary_key=True),
    Column(
        "entry", Text, nullable=False
    ),  # no foreign key: what was never shown is forgotten, its history not
    Column("at", Instant, nullable=False),
    Column("what", Word(Act), nullable=False),
    Column("title", Text, nullable=False),
    Column("paragraphs", Texts, nullable=False),
    Column("corrections", Corrections, nullable=False, server_default=text("'[]'")),
    Column("reason", Text),  # of a withdrawal
    Index("history_entry", "entry"),
    sqlite_autoincrement=True,
)
