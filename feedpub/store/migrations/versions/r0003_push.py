"""Make room for what is sent to hubs and subscribers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "topic",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_table(
        "announcement",
        sa.Column("hub", sa.Text, primary_key=True),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("told", sa.BigInteger),
        sa.Column("addresses", sa.Text, nullable=False),
        sa.Column("fetched", sa.BigInteger),
        sa.Column("known", sa.Boolean, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    _create_deliveries()
    _create_subscriptions()


def _create_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("number", _RUNNING_NUMBER, primary_key=True),
        sa.Column("mark", sa.Integer, nullable=False),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("delivery_one", "delivery", ["task", "topic", "target"], unique=True)
    op.create_index("delivery_due", "delivery", ["due", "number"])


def _create_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("callback", sa.Text, primary_key=True),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("secret", sa.Text),
        sa.Column("expires", sa.BigInteger),
        sa.Column("wanted", sa.Text),
        sa.Column("wanted_secret", sa.Text),
        sa.Column("wanted_seconds", sa.Integer),
        sa.Column("refused", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("subscription_host", "subscription", ["host"])
    op.create_index("subscription_expires", "subscription", ["expires"])
