"""The traces of withdrawn entries that a feed holds."""

from __future__ import annotations

import datetime as dt

import pytest
from compose.factories import MORNING, a_feed, a_site, an_entry

from feedpub.compose import MAX_TOMBSTONES, feed_document
from feedpub.model import Tombstone
from feedpub.render import render

FEED_ID = "tag:news.example.org,2024:news"


def a_tombstone(number: int = 0) -> Tombstone:
    """Make a tombstone, a minute older than the one before."""
    return Tombstone(
        id=f"tag:news.example.org,2024-10-20:gone-{number}", deleted=MORNING - dt.timedelta(minutes=number)
    )


def document(entries, tombstones, **changes):
    """Compose the document of a feed that differs by `changes`."""
    return feed_document(
        a_feed(**changes), a_site(), entries, feed_id=FEED_ID, changed=MORNING, tombstones=tombstones
    )


def test_tombstones_are_listed_newest_first():
    """However they arrive, subscribers get the same order."""
    tombstones = [a_tombstone(number) for number in range(5)]

    assert tuple(tombstones) == document([an_entry()], tombstones[::-1]).tombstones


def test_feed_holds_no_more_tombstones_than_are_allowed():
    """After a mass withdrawal the newest stay."""
    got = document([], [a_tombstone(number) for number in range(2 * MAX_TOMBSTONES)]).tombstones

    assert MAX_TOMBSTONES == len(got)
    assert a_tombstone(0) == got[0]


@pytest.mark.parametrize("max_bytes", [4_000, 16_000, 64_000])
def test_tombstones_leave_room_for_entries(max_bytes):
    """A small feed keeps to its size, and is still there for its entries."""
    entries = [an_entry(number, paragraphs=("word " * 100,)) for number in range(50)]

    without = document(entries, [], max_bytes=max_bytes)
    got = document(entries, [a_tombstone(number) for number in range(200)], max_bytes=max_bytes)

    assert len(render(got, "atom").content) <= max_bytes
    assert got.tombstones
    assert len(got.entries) >= len(without.entries) * 3 // 4
