"""Make room for the operator's word, for corrections, versions and adopted entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# What was withdrawn lately gets its tombstone; what a feed merely no longer selected gets none.
_BURY = """
    UPDATE membership
    SET buried_at = left_at
    WHERE state = 'withdrawn' AND left_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM entry WHERE entry.id = membership.entry AND entry.state = 'withdrawn')
"""


def upgrade() -> None:
    """Add the columns and tables; columns are added in place, for a copied table would lose its guards."""
    op.add_column("entry", sa.Column("reason", sa.Text))
    op.add_column("entry", sa.Column("kept_out", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("entry", sa.Column("corrections", sa.Text, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("entry", sa.Column("content_html", sa.Text))
    op.add_column("entry", sa.Column("address", sa.Text))
    op.add_column("entry", sa.Column("image", sa.Text))
    op.add_column("entry", sa.Column("enclosures", sa.Text, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("membership", sa.Column("buried_at", sa.BigInteger))
    _add_versions()
    op.create_index("membership_buried", "membership", ["feed", "buried_at", "entry"])
    op.execute(_BURY)
    _create_orders()
    _create_unclaimed()
    op.create_table(
        "approval",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _add_versions() -> None:
    for table in ("entry", "membership"):
        op.add_column(table, sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("1")))
        op.add_column(table, sa.Column("issued", sa.BigInteger))
    op.add_column("entry", sa.Column("restored", sa.BigInteger))
    op.execute("UPDATE membership SET issued = published")
    op.create_index(
        "membership_issued", "membership", ["feed", "state", sa.text("issued DESC"), "position", "entry"]
    )


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("number", _RUNNING_NUMBER, primary_key=True),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("given", sa.BigInteger, nullable=False),
        sa.Column("done", sa.Boolean),
        sa.Column("answer", sa.Text),
        sqlite_autoincrement=True,
    )


def _create_unclaimed() -> None:
    op.create_table(
        "unclaimed",
        sa.Column("entry", sa.Text, sa.ForeignKey("entry.id"), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published", sa.BigInteger),
    )
    op.create_index("unclaimed_title", "unclaimed", ["title"])
    op.create_index("unclaimed_published", "unclaimed", ["published"])
