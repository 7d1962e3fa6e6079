"""A row of an entry that is as it was gives the same value again."""

from __future__ import annotations

from store.factories import EVENING, amend, an_entry, take_in

from feedpub.model import Changes
from feedpub.store.resting import _LARGEST


def test_an_entry_that_rests_unchanged_is_the_same_value(store):
    """What is asked for with each publication is decoded once."""
    take_in(store, entry := an_entry())

    assert store.find_entry(entry.id) is store.window("news", 50)[0]


def test_an_entry_that_changed_is_another_value(store):
    """What is remembered is known by the whole row, so that no change is missed."""
    take_in(store, entry := an_entry())
    before = store.find_entry(entry.id)
    amend(store, Changes(updated=(an_entry(paragraphs=("New.",)),)), at=EVENING)

    assert ("New.",) == store.find_entry(entry.id).paragraphs
    assert ("First paragraph.", "Втори параграф.") == before.paragraphs


def test_a_long_entry_is_not_remembered(store):
    """Memory stays small, whatever people write."""
    take_in(store, entry := an_entry(paragraphs=("x" * _LARGEST,)))

    assert store.find_entry(entry.id) is not store.find_entry(entry.id)
    assert entry == store.find_entry(entry.id)


def test_many_entries_are_found_by_their_ids(store):
    """Unknown ones are left out."""
    take_in(store, an_entry(0), an_entry(1))

    assert {an_entry(1).id: an_entry(1)} == store.find_entries(
        [an_entry(1).id, "tag:example.org,2024:nothing"]
    )
