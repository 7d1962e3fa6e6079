"""The table of the files that come with bulletins; see `schema`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from feedpub.store.schema import metadata

medium = Table(  # which file, or thumbnail of it, belongs to which entry
    "medium",
    metadata,
    Column("path", Text, primary_key=True),
    Column("entry", Text, ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Index("medium_entry", "entry"),
    sqlite_with_rowid=False,
)
