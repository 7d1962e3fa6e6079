"""Opening, upgrading and copying a store, and what goes wrong then."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from store.factories import MORNING, a_record, an_entry, take_in

from feedpub.exceptions import StoreError, TransientError
from feedpub.model import Changes
from feedpub.store import open_store, snapshot, sqlite


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


def refusal(url: str, **how) -> str:
    """Give the words in which opening is refused."""
    with pytest.raises(StoreError) as refused:
        open_store(url, **how).__enter__()
    return str(refused.value)


def test_a_new_store_belongs_to_its_user_alone(url, path):
    """Nobody else on the machine reads embargoed entries."""
    with open_store(url) as store:
        take_in(store, an_entry())
        files = [path.parent, *path.parent.iterdir()]

        assert {file.name for file in files} > {"feedpub.db", "feedpub.db.lock", "feedpub.db-wal"}
        assert [stat.S_IMODE(file.stat().st_mode) & 0o077 for file in files] == [0] * len(files)


def pragma(store, text: str) -> object:
    """Ask or set something of the store's own connection."""
    with store._asking() as connection:
        return connection.exec_driver_sql(f"PRAGMA {text}").scalar()


def test_a_store_is_durable(store):
    """An id is on the disk before anyone sees it."""
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "foreign_keys") == 1


@pytest.mark.parametrize("address", ["sqlite:///state/feedpub.db", "sqlite://", "mysql://host/feedpub", "x"])
def test_an_address_feedpub_does_not_know_is_refused(address):
    """The message shows what an address looks like."""
    assert "sqlite:////absolute/path" in refusal(address)


@pytest.mark.parametrize("how", [{"own": False}, {"create": False}], ids=str)
def test_an_absent_store_is_not_made_by_looking(url, path, how):
    """`feedpub list` before the first `feedpub build` says what to do, and leaves no file."""
    assert "`feedpub build`" in refusal(url, **how)
    assert not path.parent.exists()


@pytest.mark.parametrize("name", ["a b%20?mode=ro#x.db", "новини.db", "o'clock\".db"])
def test_any_path_is_taken_as_it_is(tmp_path, name):
    """No character in a folder's name has a meaning."""
    with open_store(f"sqlite:///{tmp_path}/{name}") as store:
        take_in(store, an_entry())

    assert (tmp_path / name).stat().st_size > 0


def test_a_file_that_is_no_database_is_refused(url, path):
    """The message names the file and the cure; the file stays as it is."""
    path.parent.mkdir()
    path.write_text("This is my shopping list, and it is longer than a hundred bytes." * 3)

    assert f"{path} is damaged or is no database" in refusal(url)
    assert "let `feedpub build` or `feedpub run` set it aside" in refusal(url, own=False)
    assert path.read_text().startswith("This is my shopping list")


def test_a_store_cut_short_is_refused(url, path):
    """Half a file, from a bad copy, is not published from."""
    with open_store(url) as store:
        take_in(store, *(an_entry(number) for number in range(100)))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)

    assert "is damaged" in refusal(url)


def test_a_store_damaged_inside_is_refused_after_a_crash(url, path):
    """When the last owner was killed the whole file is checked."""
    with open_store(url) as store:
        take_in(store, *(an_entry(number) for number in range(100)))
    [(page,)] = change(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'entry_newest'")
    [(size,)] = change(path, "PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    path.with_name("feedpub.db.lock").write_text("4194304")  # a pid beyond those that are given

    assert "is damaged" in refusal(url)
    assert "is damaged" in refusal(url)


def test_a_folder_in_place_of_the_store_is_refused(url, path):
    """What cannot be opened is said, not guessed at."""
    path.mkdir(parents=True)

    assert str(path) in refusal(url)


def test_a_file_in_place_of_the_folder_is_refused(url, path):
    """The system's own words are passed on."""
    path.parent.write_text("")

    assert "Not a directory" in refusal(url)


def test_another_programs_database_is_refused(url, path):
    """A wrong path in the config adds no tables to somebody's database."""
    path.parent.mkdir()
    change(path, "CREATE TABLE album (title)")

    assert "another program" in refusal(url)
    assert change(path, "SELECT name FROM sqlite_schema") == [("album",)]


def test_an_empty_file_becomes_a_store_for_its_owner_only(url, path):
    """A crash at the very first moment is healed by the next start."""
    path.parent.mkdir()
    path.touch()

    assert "brings it up to date" in refusal(url, own=False)

    with open_store(url) as store:
        take_in(store, an_entry())


def test_a_snapshot_is_a_store_of_its_own(url, tmp_path):
    """A dry run works on a copy, also while the daemon holds the store."""
    with open_store(url) as store:
        take_in(store, an_entry(0))
        copy = snapshot(url, tmp_path)
        with open_store(copy) as dry:
            assert [an_entry(0)] == list(dry.entries())

            take_in(dry, an_entry(1), path="tuesday.txt")

        assert [an_entry(0)] == list(store.entries())


def test_a_snapshot_of_nothing_is_a_new_store(url, path, tmp_path):
    """The first run of all can be a dry one."""
    with open_store(snapshot(url, tmp_path)) as dry:
        take_in(dry, an_entry())

    assert not path.exists()


def test_a_full_disk_passes(store):
    """While the disk is full feedpub waits; then it goes on where it was."""
    pragma(store, f"max_page_count={pragma(store, 'page_count')}")
    with pytest.raises(TransientError, match="full"):
        take_in(store, *(an_entry(number) for number in range(500)))

    assert list(store.entries()) == []

    pragma(store, "max_page_count=1000000")
    take_in(store, an_entry())

    assert list(store.entries()) == [an_entry()]


def test_a_store_locked_by_another_program_passes(store, path):
    """Somebody with a database shell in a transaction is waited for, then reported, and forgotten."""
    pragma(store, "busy_timeout=1")
    with closing(sqlite3.connect(path, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        with pytest.raises(TransientError, match="locked"):
            take_in(store, an_entry())

        assert store.find_record("monday.txt") is None

        shell.execute("ROLLBACK")
    take_in(store, an_entry())

    assert list(store.entries()) == [an_entry()]


def test_a_reader_changes_nothing(store, url):
    """What is opened for looking cannot write."""
    with open_store(url, own=False) as reader, pytest.raises(TransientError, match="readonly"):
        reader.take_in(a_record(), Changes(), feeds={}, stale=(), at=MORNING)


def test_text_damaged_in_the_store_is_reported(store, path):
    """Bytes that are no text are damage, not a fault in feedpub."""
    take_in(store, an_entry())
    change(path, "UPDATE entry SET title = CAST(x'ff' AS TEXT)")
    with pytest.raises(StoreError, match="damaged"):
        store.find_entry(an_entry().id)
