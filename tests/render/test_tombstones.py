"""Tombstones (RFC 6721): readers of Atom are told to delete what was withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from lxml import etree
from render.factories import MORNING, a_document, an_entry
from render.reading import foreign
from render.test_gate import altered, refusal

from feedpub.model import Tombstone
from feedpub.render import FORMATS, check, render

NAMESPACE = "http://purl.org/atompub/tombstones/1.0"


def a_tombstone(number: int = 0) -> Tombstone:
    """Make a tombstone, a minute older than the one before."""
    return Tombstone(
        id=f"tag:news.example.org,2024-10-20:gone-{number}", deleted=MORNING - dt.timedelta(minutes=number)
    )


BURIED = a_document(an_entry(), tombstones=(a_tombstone(0), a_tombstone(1)))


def test_tombstones_are_elements_without_children():
    """Each has the entry's id and an instant, and nothing that could be taken for the feed's."""
    root = etree.fromstring(render(BURIED, "atom").content)

    graves = list(root.iterchildren(f"{{{NAMESPACE}}}deleted-entry"))

    assert [
        {"ref": "tag:news.example.org,2024-10-20:gone-0", "when": "2024-10-21T03:00:00Z"},
        {"ref": "tag:news.example.org,2024-10-20:gone-1", "when": "2024-10-21T02:59:00Z"},
    ] == [dict(grave.attrib) for grave in graves]
    assert [0, 0] == [len(grave) for grave in graves]
    assert "at" == graves[0].prefix


def test_feed_without_tombstones_does_not_mention_them():
    """Its bytes are what they were."""
    assert NAMESPACE.encode() not in render(a_document(an_entry()), "atom").content


@pytest.mark.parametrize("name", ["rss", "json"])
def test_other_formats_have_no_word_for_it(name):
    """What is gone is gone from them."""
    assert render(replace(BURIED, tombstones=()), name) == render(BURIED, name)


def test_reader_that_knows_no_tombstones_reads_the_same_feed():
    """Nothing of the head or of the entries changes for feedparser."""
    before, after = foreign(replace(BURIED, tombstones=()), "atom"), foreign(BURIED, "atom")

    assert not after.bozo
    assert before.entries == after.entries
    assert dict(before.feed) == {key: value for key, value in after.feed.items() if key in before.feed}


@pytest.mark.parametrize("name", FORMATS)
def test_document_with_tombstones_passes_the_gate(name):
    """What is right goes out."""
    check(render(BURIED, name), BURIED)


def test_more_tombstones_than_allowed_are_refused():
    """Their number is bounded."""
    many = replace(BURIED, tombstones=tuple(a_tombstone(number) for number in range(101)))

    assert "101 tombstones" in refusal(render(many, "atom"), many)


DAMAGE = {
    "lost": (b"2024-10-20:gone-1", b"2024-10-20:gone-7", "which are not the 2 meant"),
    "moved": (b"02:59:00Z", b"02:58:00Z", "which are not the 2 meant"),
    "twice": (b"2024-10-20:gone-1", b"2024-10-20:gone-0", "two tombstones for one entry"),
    "not newest first": (b"02:59:00Z", b"04:59:00Z", "which are not the 2 meant"),
    "beside its entry": (b"2024-10-20:gone-1", b"2024-10-21:story-0", "stands beside its own tombstone"),
    "no instant": (b'when="2024-10-21T02:59:00Z"', b"", "cannot be read back"),
}


@pytest.mark.parametrize(("old", "new", "reason"), DAMAGE.values(), ids=DAMAGE)
def test_wrong_tombstone_is_refused(old, new, reason):
    """A document that would delete the wrong entries stays out."""
    assert reason in refusal(altered("atom", old, new, document=BURIED), BURIED)
