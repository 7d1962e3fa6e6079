"""Make room for the archives of feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_LIVE = sa.text("archive IS NULL")
_UNSEEN = sa.text("unseen IS NOT NULL")


def upgrade() -> None:
    """Add the table and the columns; what is there already is sealed by the next publication."""
    op.create_table(
        "archive",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("membership", sa.Column("archive", sa.Integer))
    op.add_column("membership", sa.Column("unseen", sa.BigInteger))
    op.drop_index("membership_issued", "membership")
    for index, instant in (("membership_live", "published"), ("membership_issued", "issued")):
        op.create_index(
            index,
            "membership",
            ["feed", "state", sa.text(f"{instant} DESC"), "position", "entry"],
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        )
    op.create_index("membership_archive", "membership", ["feed", "archive"])
    op.create_index(
        "membership_unseen",
        "membership",
        ["feed", "entry"],
        sqlite_where=_UNSEEN,
        postgresql_where=_UNSEEN,
    )
