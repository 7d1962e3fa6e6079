"""Adopted entries wait for the bulletins that tell their stories."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from store.factories import MORNING, NEWS, NOON, a_record, an_entry

from feedpub.model import Changes, Entry, State

DAY = dt.timedelta(days=1)
MONDAY = (MORNING - DAY, MORNING + DAY)


def an_adopted(number: int = 0, **changes) -> Entry:
    """Make an entry that came from another program's feed."""
    plain = {"bulletin": "", "content_html": "<p>x</p>", "address": f"https://old.example/{number}"}
    return an_entry(number, **plain | changes)


def adopt(store, *entries: Entry, undated: tuple[str, ...] = (), **changes) -> None:
    """Adopt entries into the feed "news"."""
    store.adopt(
        Changes(**{"added": entries} | changes),
        titles={entry.id: entry.title.casefold() for entry in (*entries, *changes.get("updated", ()))},
        undated=undated,
        feeds={entry.id: NEWS for entry in entries},
        stale=(),
        at=NOON,
    )


def test_adopted_entry_is_stored_whole_and_stands_in_its_feeds(store):
    """Its HTML and its address are part of it."""
    adopt(store, an_adopted())

    assert an_adopted() == store.find_entry(an_adopted().id)
    assert (an_adopted(),) == store.window("news", 50)


@pytest.mark.parametrize(
    ("between", "found"), [(MONDAY, 1), ((MORNING, MORNING + DAY), 1), ((MORNING - DAY, MORNING), 0)]
)
def test_dated_entry_is_found_by_its_instant(store, between, found):
    """The end of the span is not in it."""
    adopt(store, an_adopted())

    assert found == len(store.unclaimed([], between=between))


def test_undated_entry_is_found_by_its_title(store):
    """Its instant is one that we made up."""
    adopt(store, an_adopted(0), an_adopted(1), undated=(an_adopted(0).id,))

    assert [an_adopted(1)] == list(store.unclaimed(["story 9"], between=MONDAY))
    assert [an_adopted(1), an_adopted(0)] == list(store.unclaimed(["story 0"], between=MONDAY))


def test_every_entry_is_found_by_its_title_where_the_bulletin_has_no_date(store):
    """Then nothing else is known."""
    adopt(store, an_adopted(0), an_adopted(1))

    assert [an_adopted(1)] == list(store.unclaimed(["story 1"], between=None))


@pytest.mark.parametrize("group", ["updated", "unchanged"])
def test_claimed_entry_is_found_no_more(store, group):
    """One bulletin tells its story, whether it changes it or not."""
    adopt(store, an_adopted())
    claimed = replace(an_adopted(), bulletin="monday.txt", content_html=None)

    store.take_in(a_record(), Changes(**{group: (claimed,)}), feeds={}, stale=(), at=NOON)

    assert () == store.unclaimed([], between=MONDAY)
    assert [claimed.id] == [entry.id for entry in store.entries_of("monday.txt")]


def test_address_is_kept_whatever_a_bulletin_changes(store):
    """Where an entry is found is part of its identity."""
    adopt(store, an_adopted())

    moved = replace(an_adopted(), bulletin="monday.txt", title="New", address="https://elsewhere.example/")
    store.take_in(a_record(), Changes(updated=(moved,)), feeds={}, stale=(), at=NOON)

    assert "https://old.example/0" == store.find_entry(moved.id).address


def test_renewed_entry_is_found_by_its_new_title(store):
    """A feed that is adopted again may have been corrected."""
    adopt(store, an_adopted())

    adopt(store, updated=(an_adopted(title="Corrected"),))

    assert () == store.unclaimed(["story 0"], between=None)
    assert 1 == len(store.unclaimed(["corrected"], between=None))


def test_adopted_entry_that_was_withdrawn_still_waits(store):
    """Its bulletin shall not publish it anew under another id."""
    adopt(store, an_adopted())
    store.keep_out(replace(an_adopted(), state=State.WITHDRAWN, kept_out=True), stale=(), at=NOON)

    assert [True] == [entry.kept_out for entry in store.unclaimed([], between=MONDAY)]
