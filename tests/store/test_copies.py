"""Copies of a store, and looking at one without leaving a trace."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store.factories import MORNING, NOON, a_scheduled_entry, amend, an_entry, take_in

from feedpub.exceptions import StoreError
from feedpub.model import Changes
from feedpub.store import Store, Version, backup, has_owner, lock, open_store, snapshot, sqlite


def file_of(store: Store) -> Path:
    """Give the file of a store."""
    return sqlite.path_of(store.url)


def left_by_a_crash(store: Store, folder: Path) -> str:
    """Copy the files of an open store as a power cut would leave them; give the address of the copy."""
    shutil.copytree(file_of(store).parent, folder)
    return sqlite.url_of(folder / file_of(store).name)


def trace(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give the times and bytes of the files in a folder, and its own time."""
    files = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    return files | {".": (folder.stat().st_mtime_ns, b"")}


def test_a_snapshot_of_a_store_without_an_owner_leaves_no_trace(store, tmp_path):
    """What a killed owner left unfinished stays as it was, and is in the copy."""
    take_in(store, an_entry())
    url = left_by_a_crash(store, tmp_path / "crashed")
    before = trace(tmp_path / "crashed")

    copy = snapshot(url, tmp_path)

    assert before == trace(tmp_path / "crashed")
    with open_store(copy, own=False) as opened:
        assert [an_entry()] == list(opened.entries())


def test_asking_for_the_owner_is_no_trouble_to_one(store, tmp_path):
    """Somebody who only asks neither takes the store nor changes a time stamp."""
    before = trace(file_of(store).parent)

    assert has_owner(store.url)
    assert not has_owner(sqlite.url_of(tmp_path / "none.db"))
    assert before == trace(file_of(store).parent)


def test_an_owner_that_comes_while_somebody_asks_is_not_refused(url, empty, monkeypatch):
    """The moment of the question is waited for."""
    path = sqlite.path_of(url)
    path.parent.mkdir()
    shutil.copy(empty, path)
    asking = os.open(lock.lock_file(path), os.O_RDONLY | os.O_CREAT, 0o600)
    fcntl.flock(asking, fcntl.LOCK_SH)
    monkeypatch.setattr(lock.time, "sleep", lambda _seconds: fcntl.flock(asking, fcntl.LOCK_UN))

    with open_store(url) as store:
        take_in(store, an_entry())

    os.close(asking)


def test_messages_about_a_copy_name_the_store(store, tmp_path):
    """The operator never hears of a scratch folder."""
    (tmp_path / "copy.db").write_text("no database " * 20)

    with pytest.raises(StoreError) as refused:
        open_store(sqlite.url_of(tmp_path / "copy.db"), own=False, named=store.url).__enter__()

    assert store.url in str(refused.value)
    assert "copy.db" not in str(refused.value)


def test_a_backup_lacks_the_notes_it_should(store, tmp_path):
    """And holds everything else."""
    take_in(store, an_entry(0), an_entry(1))
    store.note("first", "done")
    store.note("other", "kept")

    counts = backup(store.url, tmp_path / "copy.db", without=["first"])

    assert (2, 1) == (counts.published, counts.bulletins)
    with open_store(sqlite.url_of(tmp_path / "copy.db")) as copy:
        assert (None, "kept") == (copy.find_note("first"), copy.find_note("other"))
        assert [an_entry(0), an_entry(1)] == list(copy.entries())


def test_a_backup_into_a_folder_that_cannot_be_written_says_so(store, tmp_path):
    """The message names the store and the system's reason."""
    with pytest.raises(StoreError, match=r"cannot copy the store .* No such file or directory"):
        backup(store.url, tmp_path / "away" / "copy.db")


def test_history_is_read_in_the_order_it_was_written(store):
    """Every version of the entries asked for, with its text."""
    take_in(store, an_entry(0), an_entry(1))
    amend(store, Changes(updated=(an_entry(0, title="Corrected", updated=NOON),)))

    plain = {"entry": an_entry(0).id, "paragraphs": an_entry(0).paragraphs}
    assert (
        Version(at=MORNING, what="published", title="Story 0", **plain),
        Version(at=NOON, what="updated", title="Corrected", **plain),
    ) == store.history([an_entry(0).id])


def test_a_sound_store_has_no_faults(store):
    """Scheduled, published and withdrawn entries all have their right places."""
    take_in(store, an_entry(0), an_entry(1), a_scheduled_entry(2))
    amend(store, Changes(withdrawn=(an_entry(1),), unchanged=(an_entry(0, position=3),)))

    assert ((), ()) == (store.faults(), store.misplaced())


def test_changes_by_hand_are_found(store):
    """A membership that its entry contradicts, one whose entry is gone."""
    take_in(store, an_entry(0), an_entry(1))
    with closing(sqlite3.connect(file_of(store))) as shell, shell:
        shell.execute("UPDATE entry SET position = 9 WHERE position = 0")
        shell.execute("DELETE FROM entry WHERE position = 1")

    assert ((an_entry(0).id, "news"),) == store.misplaced()
    [fault] = store.faults()
    assert "of membership refers to a row of entry that is not there" in fault
