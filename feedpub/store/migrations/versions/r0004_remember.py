"""Let history tell corrections and reasons; find what no file has any more by its day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_LOOSE = sa.text("CASE WHEN state = 'withdrawn' OR bulletin = '' THEN 1 ELSE 0 END = 1")


def upgrade() -> None:
    """Add the columns in place, for a copied table would lose its guards, and the index."""
    op.add_column(
        "history", sa.Column("corrections", sa.Text, nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column("history", sa.Column("reason", sa.Text))
    op.create_index("entry_loose", "entry", ["permalink"], sqlite_where=_LOOSE, postgresql_where=_LOOSE)
