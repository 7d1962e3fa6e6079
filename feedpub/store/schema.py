"""The tables: what rests in the store, and the order in which it is read.

Changing one of them needs a new revision in `migrations/versions` and a new `REVISION` here.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

from feedpub.model import Outcome, Role, State
from feedpub.store.columns import EscapedText, Instant, SignatureText, Texts, Warnings, Word

REVISION = "0001"  # the newest revision in migrations/versions
VERSION_TABLE = "schema_version"  # not Alembic's usual name: a database may be shared with other programs

# A running number that is never given twice, also not after its row is deleted.
_RunningNumber = BigInteger().with_variant(Integer, "sqlite")


class Act(StrEnum):
    """What happened to an entry."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    RELEASED = "released"


metadata = MetaData()

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
    Index("bulletin_digest", "digest"),
    Index("bulletin_outcome", "outcome", "path"),
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
)
Index("entry_bulletin", entry.c.bulletin, entry.c.position)
Index("entry_due", entry.c.state, entry.c.due, entry.c.position, entry.c.id)
Index("entry_newest", entry.c.state, entry.c.published.desc(), entry.c.position, entry.c.id)

# Which entry stands in which feed. `state` is the entry's state in this feed: withdrawn also when the feed
# no longer selects it. `published` and `position` are the entry's: so a window is one walk along an index.
membership = Table(
    "membership",
    metadata,
    Column("entry", Text, ForeignKey("entry.id"), primary_key=True),
    Column("feed", Text, primary_key=True),
    Column("state", Word(State), nullable=False),
    Column("published", Instant, nullable=False),
    Column("position", Integer, nullable=False),
    Column("left_at", Instant),  # when readers last saw it leave; kept when it comes back
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
Index("membership_left", membership.c.feed, membership.c.left_at)

stale = Table(  # work to do, as model.Stale; several rows for one document count as the newest of them
    "stale",
    metadata,
    Column("mark", _RunningNumber, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("stale_document", "kind", "name"),
    sqlite_autoincrement=True,
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
    Column("number", _RunningNumber, primary_key=True),
    Column(
        "entry", Text, nullable=False
    ),  # no foreign key: what was never shown is forgotten, its history not
    Column("at", Instant, nullable=False),
    Column("what", Word(Act), nullable=False),
    Column("title", Text, nullable=False),
    Column("paragraphs", Texts, nullable=False),
    Index("history_entry", "entry"),
    sqlite_autoincrement=True,
)
