"""What Alembic runs to bring a store up to date: the connection comes from `upgrade` beside this file."""

from __future__ import annotations

from alembic import context

from feedpub.store.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=True,  # SQLite can do it; Alembic is careful because of old drivers
)
context.run_migrations()
