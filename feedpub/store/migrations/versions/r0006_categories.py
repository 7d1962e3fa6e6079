"""Make room for the pages of categories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables; what is published already is put into them by the next look at the configuration."""
    op.create_table(
        "categorized",
        sa.Column("entry", sa.Text, sa.ForeignKey("entry.id"), primary_key=True),
        sa.Column("category", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index("categorized_page", "categorized", ["category", "page", "published"])
    op.create_index(
        "categorized_newest", "categorized", ["category", sa.text("published DESC"), "position", "entry"]
    )
    op.create_table(
        "category",
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
