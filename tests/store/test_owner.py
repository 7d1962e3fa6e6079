"""One owner at a time, and what a killed one leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from store.factories import an_entry, take_in
from store.processes import another

from feedpub.exceptions import StoreInUseError
from feedpub.store import open_store


def test_a_second_owner_is_refused_with_the_pid(url):
    """Whoever starts feedpub twice is told which process to stop."""
    with another("own", url) as owner:
        with pytest.raises(StoreInUseError, match=f"in use by process {owner.pid}; stop that one") as refused:
            open_store(url).__enter__()

        assert refused.value.pid == owner.pid


def test_an_owner_is_refused_by_itself(url):
    """Also within one process there is one owner."""
    with open_store(url), pytest.raises(StoreInUseError) as refused:
        open_store(url).__enter__()

    assert refused.value.pid == os.getpid()


def test_a_killed_owner_leaves_no_lock(url):
    """After a crash feedpub starts again at once."""
    with another("own", url) as owner:
        owner.kill()
        owner.wait()
        with open_store(url) as store:
            take_in(store, an_entry())

    with open_store(url) as store:
        assert [an_entry()] == list(store.entries())


def test_the_file_of_the_lock_means_nothing_by_itself(url):
    """A lock file with the pid of a living process, left by a crash before a reboot, locks nobody out."""
    with open_store(url):
        pass
    Path(f"{url.removeprefix('sqlite:///')}.lock").write_text("1")

    with open_store(url) as store:
        take_in(store, an_entry())


def test_readers_see_the_store_beside_its_owner(url):
    """`feedpub list` and `status` work while the daemon runs."""
    with open_store(url) as store:
        take_in(store, an_entry(0))
        with open_store(url, own=False) as reader:
            assert [an_entry(0)] == list(reader.entries())

            take_in(store, an_entry(1), path="tuesday.txt")

            assert [an_entry(0), an_entry(1)] == list(reader.entries())
            assert reader.counts().bulletins == 2


def test_a_process_killed_half_way_leaves_nothing_of_it(url):
    """A bulletin is in the store wholly or not at all, with the work it causes."""
    with another("stop half-way", url) as process:
        process.kill()
        process.wait()

    with open_store(url) as store:
        assert [an_entry(0)] == list(store.entries())
        assert [record.path for record in store.records()] == ["monday.txt"]
        assert store.stale() == ()
        assert store.find_note("half") is None


@pytest.mark.parametrize("bulletins", [1, 4, 9])
def test_a_process_killed_at_any_moment_leaves_whole_bulletins(url, bulletins):
    """Wherever it is killed, each bulletin in the store has both entries and the work for both."""
    with another("take in for ever", url) as process, open_store(url, own=False) as reader:
        while reader.counts().bulletins < bulletins:
            assert process.poll() is None
        process.kill()
        process.wait()

    with open_store(url) as store:
        counts = store.counts()

        assert counts.bulletins >= bulletins
        assert counts.published == 2 * counts.bulletins == len(store.stale())
