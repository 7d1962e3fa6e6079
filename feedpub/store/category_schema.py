"""The tables of categories; see `schema`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from feedpub.store.columns import Instant
from feedpub.store.schema import metadata

# Which published entry is in which category, on which page of it. `published` and `position` are the entry's.
categorized = Table(
    "categorized",
    metadata,
    Column("entry", Text, ForeignKey("entry.id"), primary_key=True),
    Column("category", Text, primary_key=True),  # its slug
    Column("name", Text, nullable=False),  # as the entry spells it
    Column("published", Instant, nullable=False),
    Column("position", Integer, nullable=False),
    Column("page", Integer),  # 1 is the oldest; null: the newest, which is not full yet
    sqlite_with_rowid=False,
)
Index("categorized_page", categorized.c.category, categorized.c.page, categorized.c.published)
Index(
    "categorized_newest",
    categorized.c.category,
    categorized.c.published.desc(),
    categorized.c.position,
    categorized.c.entry,
)

category = Table(  # the categories of published entries, as model.Category
    "category",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),  # as its newest entry spells it
    sqlite_with_rowid=False,
)
