"""The versions of an entry: what it says now, since when, and what the readers of each feed saw last."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from store.factories import EVENING, MORNING, NEWS, NOON, a_scheduled_entry, amend, an_entry, take_in

from feedpub.model import Changes, Entry, Tombstone

EDITED = an_entry(1, title="Edited", version=2, issued=NOON, updated=NOON)


def ids(entries: tuple[Entry, ...]) -> list[str]:
    """Give the ids alone."""
    return [entry.id for entry in entries]


def test_a_version_comes_back_as_it_was(store):
    """Number and instants are stored."""
    take_in(store, an_entry(1))
    back = replace(EDITED, restored=EVENING)
    amend(store, Changes(updated=(back,)))

    assert back == store.find_entry(back.id)


def test_a_window_by_version_begins_with_what_was_edited_last(store):
    """The same entries in another order; what was never edited stands where it was published."""
    take_in(store, *(an_entry(number) for number in range(3)))
    amend(store, Changes(updated=(EDITED,)))

    assert ids((EDITED, an_entry(0), an_entry(2))) == ids(store.window("news", 9, by_version=True))
    assert ids((an_entry(0), EDITED, an_entry(2))) == ids(store.window("news", 9))
    assert (EDITED,) == store.window("news", 1, by_version=True)


def test_an_old_entry_that_is_edited_comes_back_into_a_window_by_version(store):
    """Also when fifty newer ones had pushed it out."""
    take_in(store, *(an_entry(number) for number in range(60)))
    old = an_entry(59, title="Edited", version=2, issued=NOON, updated=NOON)
    amend(store, Changes(updated=(old,)))

    assert old == store.window("news", 50, by_version=True)[0]
    assert old not in store.window("news", 50)


def test_a_scheduled_entry_stands_by_its_new_date(store):
    """Both orders follow an embargo that is moved."""
    waiting = a_scheduled_entry()
    take_in(store, waiting, an_entry(1))
    amend(store, Changes(updated=(replace(waiting, published=MORNING, updated=MORNING, due=MORNING),)))
    store.release([waiting.id], stale=(), at=NOON)

    assert ids((waiting, an_entry(1))) == ids(store.window("news", 9, by_version=True))
    assert () == store.misplaced()


def test_a_tombstone_knows_the_version_that_readers_saw(store):
    """Not the text that came while the entry was out."""
    take_in(store, an_entry(1))
    amend(store, Changes(updated=(EDITED,)), feeds={EDITED.id: NEWS})
    amend(store, Changes(withdrawn=(EDITED,)), at=EVENING)

    assert (Tombstone(id=EDITED.id, deleted=EVENING, version=2),) == store.tombstones(
        "news", since=MORNING - dt.timedelta(days=1), limit=9
    )


def test_a_tombstone_in_a_feed_that_left_an_entry_out_knows_the_older_version(store):
    """Its readers never saw the edit."""
    take_in(store, an_entry(1))
    store.enlist("news", (), stale=(), at=MORNING)
    amend(store, Changes(updated=(EDITED,)), feeds={EDITED.id: frozenset()})
    amend(store, Changes(withdrawn=(EDITED,)), at=EVENING)

    [grave] = store.tombstones("news", since=MORNING, limit=9)
    assert 1 == grave.version
