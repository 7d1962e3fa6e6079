"""A new feedpub and an old store, an old feedpub and a new store."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from store.factories import an_entry, take_in

from feedpub.exceptions import StoreError
from feedpub.store import migrations, open_store, schema, sqlite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a store that does not exist yet."""
    return tmp_path / "state" / "feedpub.db"


@pytest.fixture
def url(path: Path) -> str:
    """Give its address."""
    return sqlite.url_of(path)


def change(path: Path, *statements: str) -> list[tuple]:
    """Execute SQL behind the store's back; give the rows of the last statement."""
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = [connection.execute(statement).fetchall() for statement in statements]
    return rows[-1]


NEXT_REVISION = """
from alembic import op
import sqlalchemy as sa
revision = "0002"
down_revision = "0001"
def upgrade():
    op.add_column("entry", sa.Column("subtitle", sa.Text))
    {more}
"""


@pytest.fixture
def upgrade(tmp_path, url, path):
    """Give a function that upgrades the store to a revision after the newest, which does `more`."""
    folder = tmp_path / "100% migrations"
    shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    copies = []

    def apply(more: str) -> list[str]:
        (folder / "versions" / "r0002_next.py").write_text(NEXT_REVISION.format(more=more))
        engine = sqlite.open_engine(path, writes=True)
        with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection, connection.begin():
            migrations.upgrade(connection, url=url, keep_copy=copies.append, folder=folder, wanted="0002")
        engine.dispose()
        return copies

    with open_store(url) as store:
        take_in(store, an_entry())
    return apply


def test_an_old_store_is_upgraded_after_a_copy(upgrade, path):
    """A new feedpub takes the old store over and keeps the old one."""
    assert upgrade("") == ["0001"]
    assert change(path, "SELECT title, subtitle FROM entry") == [("Story 0", None)]
    assert change(path, "SELECT version_num FROM schema_version") == [("0002",)]
    assert upgrade("") == ["0001"]


def test_an_upgrade_that_fails_leaves_the_old_store(upgrade, url):
    """Half an upgrade is no upgrade."""
    with pytest.raises(ZeroDivisionError):
        upgrade("1 / 0")

    with open_store(url) as store:
        assert [an_entry()] == list(store.entries())


def test_revisions_lead_to_the_tables_as_written():
    """A store that was upgraded has the same tables as one made from scratch."""

    def tables(make) -> set[str]:
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection)
            rows = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_schema WHERE type <> 'trigger' AND sql IS NOT NULL"
            )
            found = {" ".join(row[0].split()) for row in rows}
        engine.dispose()
        return {sql for sql in found if schema.VERSION_TABLE not in sql}

    upgraded = tables(lambda connection: migrations.upgrade(connection, url="memory", keep_copy=print))

    assert upgraded == tables(schema.metadata.create_all)


def test_a_current_store_opens_without_the_upgrading_library(url):
    """Starting feedpub stays fast."""
    with open_store(url):
        pass
    script = f"import sys, feedpub.store as s; s.open_store({url!r}).__enter__(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "sqlalchemy" in loaded.stdout.split()
    assert "alembic" not in loaded.stdout.split()


@pytest.mark.parametrize("own", [True, False], ids=["owner", "reader"])
def test_a_newer_store_is_refused(url, path, own):
    """An older feedpub does not touch what it does not understand."""
    with open_store(url):
        pass
    change(path, "UPDATE schema_version SET version_num = '9999'")

    with pytest.raises(StoreError, match="written by a newer feedpub"):
        open_store(url, own=own).__enter__()

    assert change(path, "SELECT version_num FROM schema_version") == [("9999",)]
