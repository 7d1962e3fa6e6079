"""The store is damaged or taken away under a running daemon, and subscribers see nothing of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from system.installation import BULLETIN, TITLES, Installation

_NEWS = " date 2024-10-22 Lighthouse Reopens\nThe lighthouse reopened to everybody's surprise.\n"


def store_of(site: Installation):
    """Give the file of the store."""
    return site.root / "state" / "feedpub.db"


def ids(site: Installation) -> dict[str, str]:
    """Give the ids in the feed by title."""
    return {entry.title: entry.id for entry in site.feed().entries}


def overwrite(site: Installation) -> None:
    """Write noise over the file and its log, header and all."""
    for suffix in ("", "-wal"):
        path = store_of(site).with_name(f"feedpub.db{suffix}")
        size = path.stat().st_size if path.exists() else 0
        if size:
            with path.open("r+b") as file:
                file.write(os.urandom(size))


def remove(site: Installation) -> None:
    """Delete the file and what lies beside it."""
    for path in store_of(site).parent.glob("feedpub.db*"):
        if not path.name.endswith(".lock"):
            path.unlink()


@pytest.fixture
def edited(site):
    """Give a running installation in which a published title was edited: no new store would mint its id."""
    site.config.write_text(site.config.read_text().replace("rescan: 60s", "rescan: 1s"))
    site.start()
    site.drop("monday.txt", BULLETIN)
    site.wait(lambda: len(site.titles()) == len(TITLES))
    site.drop("monday.txt", BULLETIN.replace("Ostrel's New Bridge Aims to", "Ostrel's Bridge May"))
    site.wait(lambda: any("Bridge May" in title for title in site.titles()))
    site.wait_idle()
    return site


@pytest.mark.parametrize("harm", [overwrite, remove])
def test_daemon_goes_on_over_a_new_store(edited, harm):
    """Nothing of what is published changes, and the next bulletin comes as always."""
    site, before = edited, edited.feed().entries
    known = ids(site)

    harm(site)
    site.drop("tuesday.txt", _NEWS)
    site.wait(lambda: "Lighthouse Reopens" in site.titles())

    site.wait_idle()
    assert known == {title: name for title, name in ids(site).items() if title in known}
    assert len(known) + 1 == len(ids(site))
    assert [(e.id, e.updated) for e in before] == [
        (e.id, e.updated) for e in site.feed().entries if e.title in known
    ]
    assert "recovered from the output folder" in site.status()["recovered"]
    assert "ok" == site.get("healthz").json()["status"]
    assert 0 == site.stop()
    assert 0 == site.command("verify").returncode


def test_damaged_file_is_kept_and_named(edited):
    """Whatever can be read of it is the operator's."""
    overwrite(edited)
    edited.drop("tuesday.txt", _NEWS)
    edited.wait(lambda: "Lighthouse Reopens" in edited.titles())

    edited.wait_idle()
    [file] = edited.status()["set_aside"]
    assert Path(file).stat().st_size > 0
    assert "store damaged, set aside and made anew" in edited.log()


def test_daemon_that_was_killed_and_robbed_of_its_store_starts_anew(edited):
    """A log that is left alone is not played into the next store."""
    known = ids(edited)
    edited.stop(signal.SIGKILL)
    store_of(edited).unlink()

    edited.start()

    assert known == ids(edited)
