"""The tables of push; see `schema`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from feedpub.model import Mode, Task
from feedpub.store.columns import EscapedText, Instant, Texts, Word
from feedpub.store.schema import RunningNumber, metadata

topic = Table(  # what was announced last, so that a crash neither hides a change nor invents one
    "topic",
    metadata,
    Column("url", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # SHA-256 of the document, hex
)

announcement = Table(  # what is known of a hub of others and a topic, as model.Told
    "announcement",
    metadata,
    Column("hub", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("told", Instant),
    Column("addresses", Texts, nullable=False),  # IP addresses that the hub's name led to
    Column("fetched", Instant),
    Column("known", Boolean, nullable=False),
    Column("trouble", Text, nullable=False),
    sqlite_with_rowid=False,
)

delivery = Table(  # what waits to be sent, as model.Delivery
    "delivery",
    metadata,
    Column("number", RunningNumber, primary_key=True),
    Column("mark", Integer, nullable=False),
    Column("task", Word(Task), nullable=False),
    Column("target", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Index("delivery_one", "task", "topic", "target", unique=True),
    Index("delivery_due", "due", "number"),
    sqlite_autoincrement=True,
)

# The subscribers of our own hub. What one wants, and has not confirmed yet, stands beside what holds.
subscription = Table(
    "subscription",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("callback", Text, primary_key=True),
    Column("host", Text, nullable=False),  # of the callback
    Column("secret", EscapedText),
    Column("expires", Instant),  # null until it was confirmed once
    Column("wanted", Word(Mode)),
    Column("wanted_secret", EscapedText),
    Column("wanted_seconds", Integer),
    Column("refused", Instant),  # when a callback last failed to confirm
    Index("subscription_host", "host"),
    Index("subscription_expires", "expires"),
    sqlite_with_rowid=False,
)
