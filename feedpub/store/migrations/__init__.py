"""Bring a store's tables to the newest revision.

The revisions in `versions` are only ever added to: each changes what the one before it left, spelled out
in full, so that a store of any age comes to the same tables. There is no way down: the copy made before is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from feedpub.exceptions import StoreError
from feedpub.store.schema import REVISION, VERSION_TABLE

_FOLDER = Path(__file__).parent
_version = Table(VERSION_TABLE, MetaData(), Column("version_num", String))


def find_revision(connection: Connection, *, url: str) -> str | None:
    """Give the revision of the store's tables, None for an empty store.

    Raises StoreError for a database that is another program's.
    """
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE in tables:
        return connection.execute(select(_version.c.version_num)).scalar_one_or_none()
    if tables:
        raise StoreError(
            f"the store {url} holds the tables of another program; choose another file in store.url"
        )
    return None


def upgrade(
    connection: Connection,
    *,
    url: str,
    keep_copy: Callable[[str], None],
    folder: Path = _FOLDER,
    wanted: str = REVISION,
) -> None:
    """Bring the tables to the revision `wanted`, in the transaction that `connection` is in.

    An old store is given to `keep_copy` first, by its revision. Raises StoreError when that is none of those
    in `folder`: a newer feedpub has written it.
    """
    found = find_revision(connection, url=url)
    if found == wanted:
        return
    # Imported here: it takes longer to load than everything else in the store, and is hardly ever needed.
    from alembic import command  # noqa: PLC0415  see above
    from alembic.config import Config  # noqa: PLC0415  see above
    from alembic.script import ScriptDirectory  # noqa: PLC0415  see above

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    if found is not None:
        known = ScriptDirectory.from_config(config).walk_revisions()
        if found not in {script.revision for script in known}:
            raise too_new(url, found)
        keep_copy(found)
    command.upgrade(config, wanted)


def too_new(url: str, revision: str) -> StoreError:
    """Say that only a newer feedpub can read the store."""
    return StoreError(
        f"the store {url} was written by a newer feedpub (its tables are at revision {revision}, this one "
        f"knows up to {REVISION}); install that version again, or put back the copy it made before"
    )
