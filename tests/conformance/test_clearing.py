"""What was found sound once is not looked through again, and nothing is overlooked by that."""

from __future__ import annotations

import pytest
from conformance.documents import SITE

from feedpub.conformance import clearing, examine
from feedpub.conformance.facts import EntryFacts

FEEDS = ("feeds/news.rss", "feeds/news.atom")


def content(path: str) -> bytes:
    """Give a sound document as bytes."""
    written = SITE[path]
    return written if isinstance(written, bytes) else written.encode()


@pytest.mark.parametrize("path", FEEDS)
def test_second_look_says_the_same(path):
    """Nothing is wrong with a sound document, and its facts are those of the first look."""
    first, second = (examine(path, content(path)) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("path", FEEDS)
def test_entry_that_moved_is_on_its_new_line(path):
    """What is remembered of an entry is what it says, not where it stood."""
    _, before = examine(path, content(path))
    _, after = examine(path, content(path).replace(b"?>\n", b"?>\n\n\n", 1))

    assert [entry.line + 2 for entry in before.entries] == [entry.line for entry in after.entries]


@pytest.mark.parametrize("path", FEEDS)
def test_broken_entry_is_found_each_time(path):
    """One letter makes another entry, and what is wrong is never remembered as sound."""
    broken = content(path).replace(b"<title>Ferry", b"<title> Ferry", 1)
    examine(path, content(path))
    found = [[each.rule.code for each in examine(path, broken)[0]] for _ in range(3)]

    assert [["C5"]] * 3 == found


def test_declaration_on_the_root_counts():
    """The same entry under a root that declares less may declare a prefix of its own."""
    dublin = b' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    sound = content("feeds/news.rss")
    assert dublin in sound
    examine("feeds/news.rss", sound)
    moved = sound.replace(dublin, b"", 1).replace(b"<item>", b"<item" + dublin + b">")

    assert "C10" in {each.rule.code for each in examine("feeds/news.rss", moved)[0]}


def test_no_more_is_remembered_than_fits(monkeypatch):
    """The entry that was met last stays; the one that was not met for the longest time goes."""
    monkeypatch.setattr(clearing, "_MOST", 2)
    looked = []

    def look(entry):
        looked.append(entry)
        return EntryFacts(line=1, id=entry, url="", published=None, updated=None, digest=b"")

    memory = clearing.Clearing(facts=look, faults=lambda _entry: ())
    for entry in "abacab":
        memory.examine(entry, entry.encode(), line=1)

    assert ["a", "b", "c", "b"] == looked
