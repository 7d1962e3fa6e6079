"""Damage at any place of the store's file: what readers know survives it, or nothing noticed it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from app.site import TUESDAY, Site, make_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedpub.app.reporting import list_entries, status

_EDITED = TUESDAY.replace("Ferry Timetable Changes for the Winter", "Last Boat to the Islands Leaves Earlier")


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Site:
    """Give a site in which a title was edited after it was published."""
    site = make_site(tmp_path_factory.mktemp("sound"))
    site.drop("tuesday.txt", TUESDAY)
    site.build()
    site.drop("tuesday.txt", _EDITED)
    site.build()
    with closing(sqlite3.connect(site.store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return site


def copy_of(sound: Site, root: Path) -> Site:
    """Give a copy of a site that may be harmed."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound.root, root)
    return Site(root=root)


def ids(site: Site) -> set[tuple[str, str]]:
    """Give id and title of each entry."""
    return {(entry["id"], entry["title"]) for entry in list_entries(site.config)}


def feeds(site: Site) -> dict[str, bytes]:
    """Give the published feeds."""
    return {path.name: path.read_bytes() for path in sorted((site.output / "feeds").glob("*.*"))}


def page_size(site: Site) -> int:
    """Give the bytes of a page of the store."""
    with closing(sqlite3.connect(site.store)) as connection:
        return connection.execute("PRAGMA page_size").fetchone()[0]


def root_pages(site: Site) -> dict[str, int]:
    """Give where each table and index begins."""
    with closing(sqlite3.connect(site.store)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0"))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_flipped_bytes_cost_no_id(sound, tmp_path, data):
    """Either the store still works, or it is made anew; the ids are the same."""
    site = copy_of(sound, tmp_path / "copy")
    size = site.store.stat().st_size
    flips = data.draw(
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, 255)), min_size=1, max_size=20)
    )
    raw = bytearray(site.store.read_bytes())
    for place, change in flips:
        raw[place] ^= change
    site.store.write_bytes(raw)
    site.drop("wednesday.txt", " date 2024-10-23 Lighthouse Reopens\nIt did so on Wednesday.\n")

    site.build()

    known = {name for name, _ in ids(sound)}
    now = {name for name, _ in ids(site)}
    assert known <= now
    assert 1 == len(now - known)


@pytest.mark.parametrize("table", ["entry", "entry_newest", "membership", "bulletin", "note", "history"])
def test_zeroed_page_of_a_table_or_an_index_is_noticed(sound, tmp_path, table):
    """The store is made anew, and no feed changes by it."""
    site = copy_of(sound, tmp_path / "copy")
    size = page_size(site)
    with site.store.open("r+b") as file:
        file.seek((root_pages(site)[table] - 1) * size)
        file.write(bytes(size))

    site.build()

    assert 1 == len(status(site.config)["set_aside"])
    assert ids(sound) == ids(site)
    assert feeds(sound) == feeds(site)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_store_cut_anywhere_is_noticed(sound, tmp_path, share):
    """As by a copy that ran out of disk. A page at least is lost: the end of an empty one is no loss."""
    site = copy_of(sound, tmp_path / "copy")
    os.truncate(site.store, int((site.store.stat().st_size - 4096) * share))

    site.build()

    assert 1 == len(status(site.config)["set_aside"])
    assert ids(sound) == ids(site)
    assert feeds(sound) == feeds(site)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE entry SET paragraphs = 'no list'",
        "UPDATE entry SET state = 'lost'",
        "UPDATE entry SET title = CAST(x'ff' AS TEXT)",
        "UPDATE bulletin SET signature = '1 2'",
        "DROP TABLE membership",
    ],
)
def test_values_that_feedpub_never_writes_are_damage(sound, tmp_path, harm):
    """SQLite finds nothing wrong with them; a build meets them and begins anew."""
    site = copy_of(sound, tmp_path / "copy")
    site.sql("PRAGMA foreign_keys=OFF", harm)

    site.build()

    assert 1 == len(status(site.config)["set_aside"])
    assert ids(sound) == ids(site)
    assert feeds(sound) == feeds(site)
