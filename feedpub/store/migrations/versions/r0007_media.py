"""Make room for the files that come with bulletins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NAMED = sa.text("companions <> '[]'")


def upgrade() -> None:
    """Add the table, the column and its index."""
    op.create_table(
        "medium",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("entry", sa.Text, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("medium_entry", "medium", ["entry"])
    op.add_column(
        "bulletin", sa.Column("companions", sa.Text, nullable=False, server_default=sa.text("'[]'"))
    )
    op.create_index("bulletin_companions", "bulletin", ["path"], sqlite_where=_NAMED, postgresql_where=_NAMED)
