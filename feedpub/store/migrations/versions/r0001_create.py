"""Create every table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# What the statements keep to anyway, guarded against slips and hands, in each database's spelling.
_GUARDS = {
    "sqlite": (
        """
        CREATE TRIGGER entry_identity BEFORE UPDATE OF id, permalink ON entry
        WHEN NEW.id <> OLD.id OR NEW.permalink <> OLD.permalink
        BEGIN SELECT RAISE(ABORT, 'an entry keeps its id and permalink'); END
        """,
        """
        CREATE TRIGGER entry_published BEFORE UPDATE OF published ON entry
        WHEN NEW.published <> OLD.published AND EXISTS (
            SELECT 1 FROM history
            WHERE history.entry = OLD.id AND history.what IN ('published', 'released', 'restored')
        )
        BEGIN SELECT RAISE(ABORT, 'an entry that was shown keeps its published instant'); END
        """,
        """
        CREATE TRIGGER history_kept BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'history is only added to'); END
        """,
        """
        CREATE TRIGGER history_unchanged BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is only added to'); END
        """,
    )
}


def upgrade() -> None:
    """Create the tables, their indexes and guards."""
    _create_bulletin()
    _create_entry()
    _create_membership()
    _create_stale()
    _create_note()
    _create_history()
    for guard in _GUARDS.get(op.get_bind().dialect.name, ()):
        op.execute(guard)


def _create_bulletin() -> None:
    op.create_table(
        "bulletin",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("arrived", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("line", sa.Integer),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
    )
    op.create_index("bulletin_digest", "bulletin", ["digest"])
    op.create_index("bulletin_outcome", "bulletin", ["outcome", "path"])


def _create_entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("bulletin", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("paragraphs", sa.Text, nullable=False),
        sa.Column("permalink", sa.Text, nullable=False, unique=True),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("language", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("categories", sa.Text, nullable=False),
        sa.Column("link", sa.Text),
    )
    op.create_index("entry_bulletin", "entry", ["bulletin", "position"])
    op.create_index("entry_due", "entry", ["state", "due", "position", "id"])
    op.create_index("entry_newest", "entry", ["state", sa.text("published DESC"), "position", "id"])


def _create_membership() -> None:
    op.create_table(
        "membership",
        sa.Column("entry", sa.Text, sa.ForeignKey("entry.id"), primary_key=True),
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("left_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "membership_window", "membership", ["feed", "state", sa.text("published DESC"), "position", "entry"]
    )
    op.create_index("membership_left", "membership", ["feed", "left_at"])


def _create_stale() -> None:
    op.create_table(
        "stale",
        sa.Column("mark", _RUNNING_NUMBER, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("stale_document", "stale", ["kind", "name"])


def _create_note() -> None:
    op.create_table(
        "note",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _create_history() -> None:
    op.create_table(
        "history",
        sa.Column("number", _RUNNING_NUMBER, primary_key=True),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("paragraphs", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("history_entry", "history", ["entry"])
