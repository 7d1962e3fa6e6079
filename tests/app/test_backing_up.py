"""`feedpub backup`: a copy that can be relied on."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing

import pytest
from app.site import TUESDAY

from feedpub.app.backing_up import back_up
from feedpub.exceptions import OperatorError, StoreError
from feedpub.store import open_store


def test_a_backup_is_one_file_for_its_owner_alone(site, tmp_path):
    """It holds what is not published yet, and needs nothing beside it."""
    folder = tmp_path / "copies"
    folder.mkdir()

    done = back_up(site.config, folder / "monday.db")

    assert [folder / "monday.db"] == list(folder.iterdir())
    assert 0o600 == stat.S_IMODE((folder / "monday.db").stat().st_mode)
    assert (1, 3, 0, 0) == tuple(done[key] for key in ("bulletins", "published", "scheduled", "withdrawn"))
    with closing(sqlite3.connect(f"file:{folder}/monday.db?immutable=1", uri=True)) as copy:
        assert [("ok",)] == copy.execute("PRAGMA integrity_check").fetchall()


def test_a_backup_is_made_beside_an_owner(site, tmp_path):
    """The daemon goes on while its store is copied, and what it committed is in the copy."""
    with open_store(site.config.store.url) as store:
        store.note("last words", "x")
        back_up(site.config, tmp_path / "copy.db")

    with open_store(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert "x" == copy.find_note("last words")


REFUSED = {
    "what is there": ("there.txt", "--force"),
    "the store": ("state/feedpub.db", "the store itself"),
    "a file of the store": ("state/feedpub.db-wal", "belongs to it"),
    "what everybody reads": ("output/copy.db", "everybody can read"),
    "a folder": ("input", "a folder"),
    "nowhere": ("away/copy.db", "create it"),
}


@pytest.mark.parametrize(("name", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_backup_overwrites_nothing_by_accident(site, name, reason):
    """Each refusal says why, and leaves everything as it is."""
    (site.root / "there.txt").write_text("precious")
    before = site.trace()

    with pytest.raises(OperatorError, match=reason):
        back_up(site.config, site.root / name)

    assert before == site.trace()


@pytest.mark.parametrize("name", ["state/feedpub.db", "output/copy.db", "input"])
def test_force_does_not_overrule_sense(site, name):
    """Overwriting the store with its own copy would lose what the daemon writes from then on."""
    with pytest.raises(OperatorError):
        back_up(site.config, site.root / name, force=True)


def test_force_replaces_the_former_copy(site, tmp_path):
    """A nightly backup goes to one name."""
    (tmp_path / "copy.db").write_text("last night's")

    back_up(site.config, tmp_path / "copy.db", force=True)

    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("ruin", ["cut short", "damaged inside", "empty", "absent"])
def test_a_damaged_store_gives_no_backup(site, tmp_path, ruin):
    """The last good copy is not replaced by a bad one, and nothing half-made stays."""
    copy = tmp_path / "copy.db"
    back_up(site.config, copy)
    good = copy.read_bytes()
    with site.store.open("r+b") as file:
        if ruin == "damaged inside":
            [(page,)] = site.sql("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_newest'")
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
        else:
            file.truncate(0 if ruin == "empty" else site.store.stat().st_size // 2)
    if ruin == "absent":
        site.store.unlink()

    with pytest.raises(StoreError):
        back_up(site.config, copy, force=True)

    assert good == copy.read_bytes()
    assert [] == list(tmp_path.glob(".*backup*"))


def test_a_restored_store_is_verified_after_the_next_build(site, tmp_path):
    """Until then nobody knows what there should be; then all agrees, and no entry has another id."""
    back_up(site.config, tmp_path / "copy.db")
    site.drop("tuesday.txt", TUESDAY)
    site.build()
    before = site.sql("SELECT id, permalink, published FROM entry ORDER BY id")
    feeds = {path: path.read_bytes() for path in site.output.rglob("*.atom")}
    (tmp_path / "copy.db").rename(site.store)

    [(part, _, what)] = site.problems()

    assert ("store", True) == (part, "restored" in what)

    site.build()

    assert site.verify().well
    assert before == site.sql("SELECT id, permalink, published FROM entry ORDER BY id")
    assert feeds == {path: path.read_bytes() for path in site.output.rglob("*.atom")}
