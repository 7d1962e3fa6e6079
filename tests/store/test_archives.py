"""Which entries of a feed stand in its live document, which in archives, and what that makes stale."""

from __future__ import annotations

import pytest
from store.factories import EVENING, NEWS, NOON, a_scheduled_entry, amend, an_entry, documents, take_in

from feedpub.model import Archive, Changes, State, archive_mark, archive_of

FIRST, SECOND = Archive(number=1, name="000001-a"), Archive(number=2, name="000002-b")
ENTRIES = tuple(an_entry(number) for number in range(4))


def ids(entries) -> list[str]:
    """Give the ids alone."""
    return [entry.id for entry in entries]


@pytest.fixture
def sealed(store):
    """Give a store with a feed of four entries, of which the two oldest are sealed into two archives."""
    take_in(store, *ENTRIES)
    store.see("news")
    store.seal("news", [(FIRST, [ENTRIES[3].id]), (SECOND, [ENTRIES[2].id])])
    store.finish(store.stale())
    return store


def test_sealed_entries_leave_the_live_document(sealed):
    """Each entry of a feed stands in one document of it."""
    assert ids(ENTRIES[:2]) == ids(sealed.window("news", 9)) == ids(sealed.unsealed("news"))
    assert (ENTRIES[3],) == sealed.archived("news", 1)
    assert (ENTRIES[2],) == sealed.archived("news", 2)
    assert () == sealed.archived("news", 3) == sealed.archived("other", 1)
    assert {"news": 4} == sealed.feed_sizes()


def test_archives_are_known_by_their_numbers(sealed):
    """An archive finds its neighbours, the live document its newest one."""
    assert (FIRST, SECOND) == sealed.archives("news")
    assert (FIRST, None) == (sealed.find_archive("news", 1), sealed.find_archive("news", 0))
    assert (SECOND, None) == (sealed.newest_archive("news"), sealed.newest_archive("other"))
    assert {"news"} == sealed.archived_feeds()


def test_sealing_marks_the_new_archive_and_the_one_before_it(store):
    """The one before names the new one from now on."""
    take_in(store, *ENTRIES)
    store.seal("news", [(FIRST, [ENTRIES[3].id])])
    assert [("archive", "news/1")] == documents(store.stale())
    store.finish(store.stale())
    store.seal("news", [(SECOND, [ENTRIES[2].id])])

    assert [("archive", "news/1"), ("archive", "news/2")] == documents(store.stale())


def test_what_is_sealed_is_not_unseen(store):
    """After a crash it is not taken for something that was changed since, and brought back."""
    take_in(store, *ENTRIES)
    assert dict.fromkeys(ids(ENTRIES)) == store.unseen("news")
    store.seal("news", [(FIRST, [ENTRIES[3].id])])

    assert dict.fromkeys(ids(ENTRIES[:3])) == store.unseen("news")


CHANGES = {
    "edited": (Changes(updated=(an_entry(3, title="New", updated=NOON),)), {}, {ENTRIES[3].id: 1}),
    "moved in its bulletin": (Changes(unchanged=(an_entry(3, position=7),)), {}, {}),
    "withdrawn": (Changes(withdrawn=(ENTRIES[3],)), {}, {}),
    "deselected": (Changes(unchanged=(ENTRIES[3],)), {ENTRIES[3].id: frozenset()}, {}),
}


@pytest.mark.parametrize(("changes", "feeds", "unseen"), CHANGES.values(), ids=CHANGES)
def test_change_of_a_sealed_entry_marks_its_archive(sealed, changes, feeds, unseen):
    """In the transaction that changes it; only an edit is something that readers have not seen."""
    amend(sealed, changes, feeds=feeds, at=EVENING)

    assert [("archive", "news/1")] == documents(sealed.stale())
    assert unseen == sealed.unseen("news")


def test_file_that_is_merely_saved_again_marks_nothing(sealed):
    """An archive is made anew only when something in it is another."""
    amend(sealed, Changes(unchanged=ENTRIES), feeds={ENTRIES[3].id: NEWS}, at=EVENING)

    assert () == sealed.stale()


def test_withdrawn_entry_comes_back_to_the_live_document(sealed):
    """It is new to those who saw it go."""
    amend(sealed, Changes(withdrawn=(ENTRIES[3],)))
    amend(sealed, Changes(updated=(an_entry(3, updated=EVENING),)), feeds={ENTRIES[3].id: NEWS}, at=EVENING)

    assert {ENTRIES[3].id: None} == sealed.unseen("news")
    assert ENTRIES[3].id in ids(sealed.window("news", 9))
    assert () == sealed.archived("news", 1)


def test_recalled_entry_leaves_its_archive(sealed):
    """Its archive stays, without it."""
    sealed.recall("news", [ENTRIES[3].id])

    assert ids([*ENTRIES[:2], ENTRIES[3]]) == ids(sealed.window("news", 9))
    assert () == sealed.archived("news", 1)
    assert (FIRST, SECOND) == sealed.archives("news")


def test_scheduled_entry_is_unseen_once_it_is_out(store):
    """Before its moment nobody looks for it, and being composed meanwhile does not make it old."""
    waiting = a_scheduled_entry()
    take_in(store, waiting)
    assert {} == store.unseen("news")
    store.see("news")
    store.release([waiting.id], stale=(), at=NOON)

    assert {waiting.id: None} == store.unseen("news")


def test_selection_brings_nothing_new(store):
    """What a changed configuration lets in is shown where its date puts it."""
    take_in(store, *ENTRIES, feeds={})
    store.enlist("news", ids(ENTRIES), stale=(), at=NOON)

    assert {} == store.unseen("news")
    assert ids(ENTRIES) == ids(store.window("news", 9))


def test_feed_forgets_its_archives(sealed):
    """When it is configured no more; its entries can be sealed again."""
    sealed.drop_archives("news")

    assert () == sealed.archives("news")
    assert ids(ENTRIES) == ids(sealed.window("news", 9))
    assert [State.PUBLISHED] * 4 == [entry.state for entry in sealed.unsealed("news")]


def test_mark_of_an_archive_can_be_read_again():
    """It names the feed and the number."""
    assert ("news", 12) == archive_of(archive_mark("news", 12))
