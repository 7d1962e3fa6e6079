"""Note which stories are told together, so that a whole bulletin can be an entry of a feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# The lead that stands last before a story, or the story itself where none does.
_ASSIGN = """
UPDATE entry SET issue = coalesce(
    (SELECT lead.id FROM entry AS lead
     WHERE lead.bulletin = entry.bulletin AND lead.role = 'lead' AND lead.position <= entry.position
     ORDER BY lead.position DESC, lead.id LIMIT 1),
    (SELECT lead.id FROM entry AS lead
     WHERE lead.bulletin = entry.bulletin AND lead.role = 'lead'
     ORDER BY lead.position, lead.id LIMIT 1),
    id)
WHERE bulletin <> '' AND state <> 'withdrawn'
"""
_ALONE = "UPDATE entry SET issue = id WHERE bulletin = '' AND role = 'lead' AND address IS NULL"


def upgrade() -> None:
    """Add the columns and fill them from the places of the stories in their files."""
    op.add_column("entry", sa.Column("issue", sa.Text))
    op.add_column("entry", sa.Column("told", sa.Text))
    op.add_column("entry", sa.Column("renewed", sa.BigInteger))
    op.execute(_ASSIGN)
    op.execute(_ALONE)
    op.create_index("entry_issue", "entry", ["issue", "position"])
