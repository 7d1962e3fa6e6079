"""A new feedpub and an old store, an old feedpub and a new store."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from store.factories import MORNING, NOON, a_scheduled_entry, an_entry, documents, take_in

from feedpub.exceptions import StoreError
from feedpub.model import State, Tombstone
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


COLUMNS = """
    SELECT t.name, c.name, c.type, c."notnull", trim(c.dflt_value, '()'), c.pk, t.wr, f."table"
    FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
    LEFT JOIN pragma_foreign_key_list(t.name) AS f ON f."from" = c.name
    WHERE t.name NOT LIKE 'sqlite_%'
"""
INDEXES = "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'index'"

NEXT_REVISION = """
from alembic import op
import sqlalchemy as sa
revision = "next"
down_revision = "{newest}"
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
        (folder / "versions" / "next.py").write_text(NEXT_REVISION.format(newest=schema.REVISION, more=more))
        engine = sqlite.open_engine(path, writes=True)
        with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection, connection.begin():
            migrations.upgrade(connection, url=url, keep_copy=copies.append, folder=folder, wanted="next")
        engine.dispose()
        return copies

    with open_store(url) as store:
        take_in(store, an_entry())
    return apply


def test_an_old_store_is_upgraded_after_a_copy(upgrade, path):
    """A new feedpub takes the old store over and keeps the old one."""
    assert upgrade("") == [schema.REVISION]
    assert change(path, "SELECT title, subtitle FROM entry") == [("Story 0", None)]
    assert change(path, "SELECT version_num FROM schema_version") == [("next",)]
    assert upgrade("") == [schema.REVISION]


def test_an_upgrade_that_fails_leaves_the_old_store(upgrade, url):
    """Half an upgrade is no upgrade."""
    with pytest.raises(ZeroDivisionError):
        upgrade("1 / 0")

    with open_store(url) as store:
        assert [an_entry()] == list(store.entries())


def test_revisions_lead_to_the_tables_as_written():
    """A store that was upgraded has the same tables as one made from scratch."""

    def tables(make) -> set[tuple[object, ...]]:
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection)
            found = set(connection.exec_driver_sql(COLUMNS)) | set(connection.exec_driver_sql(INDEXES))
        engine.dispose()
        return {tuple(row) for row in found if row[0] != schema.VERSION_TABLE}

    upgraded = tables(lambda connection: migrations.upgrade(connection, url="memory", keep_copy=print))

    assert upgraded == tables(schema.metadata.create_all)


@pytest.fixture
def first_revision(path) -> Path:
    """Give a store as the first feedpub left it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("revision-0001.sql").read_text(encoding="utf-8"))
    return path


def test_a_store_of_the_first_revision_is_upgraded(first_revision, url):
    """Whoever has used feedpub from the beginning keeps every entry, and nothing shows up or vanishes."""
    with open_store(url) as store:
        gone = an_entry(
            1, categories=("port", "coast"), link="https://example.org/", state=State.WITHDRAWN, updated=NOON
        )
        scheduled = a_scheduled_entry(3, bulletin="tuesday.txt")
        lead = an_entry(0, issue=an_entry(0).id)
        alone = replace(scheduled, issue=scheduled.id)
        assert [alone, lead, gone, an_entry(2, issue=lead.id)] == list(store.entries())
        assert (lead,) == store.window("news", 9) == store.window("news", 9, by_version=True)
        assert () == store.misplaced()
        assert (Tombstone(id=gone.id, deleted=NOON),) == store.tombstones("news", since=MORNING, limit=9)
        assert ["empty.txt", "monday.txt", "tuesday.txt"] == [record.path for record in store.records()]
        assert [("feed", "news")] == documents(store.stale())
    assert first_revision.with_name("feedpub.db.revision-0001").exists()


def test_an_upgraded_store_keeps_its_guards(first_revision, url):
    """What nobody may change cannot be changed after an upgrade either."""
    with open_store(url):
        pass

    with pytest.raises(sqlite3.IntegrityError, match="keeps its id"):
        change(first_revision, "UPDATE entry SET id = 'another'")


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
