"""What becomes of entries: published, corrected, withdrawn, put back, waiting for their moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from store.factories import (
    EVENING,
    MORNING,
    NEWS,
    NOON,
    a_record,
    a_scheduled_entry,
    amend,
    an_entry,
    take_in,
)

from feedpub.exceptions import StoreError
from feedpub.model import Changes, Outcome, Role, State
from feedpub.store import open_store

SECOND = dt.timedelta(seconds=1)


def test_new_entries_come_back_as_they_were(store):
    """Everything about an entry is stored."""
    entry = an_entry(
        language="bg", author="Иван Вазов", categories=("b", "a"), link="https://example.org/x", paragraphs=()
    )
    take_in(store, entry)

    assert entry == store.find_entry(entry.id)


def test_an_unknown_entry_is_not_found(store):
    """Nobody is told of an entry that never was."""
    assert store.find_entry("tag:example.org,2024:nothing") is None


def test_entries_of_a_bulletin_come_in_its_order(store):
    """A bulletin's entries are listed in the order of the file, whatever their times."""
    entries = [an_entry(0), an_entry(1, published=NOON), an_entry(2)]
    take_in(store, *reversed(entries))

    assert tuple(entries) == store.entries_of("monday.txt")


def test_a_correction_keeps_id_permalink_and_published(store):
    """A corrected title is the same entry for every reader, whatever the change claims."""
    take_in(store, an_entry())
    corrected = an_entry(title="Corrected", updated=NOON)
    amend(store, Changes(updated=(replace(corrected, permalink="elsewhere/", published=NOON),)))

    assert corrected == store.find_entry(corrected.id)


def test_an_unchanged_text_changes_only_its_place(store):
    """A teaser that moves up in its file is not an update."""
    take_in(store, an_entry(1))
    moved = an_entry(1, position=0, role=Role.LEAD, bulletin="tuesday.txt")
    amend(store, Changes(unchanged=(replace(moved, title="Ignored"),)), path="tuesday.txt")

    assert moved == store.find_entry(moved.id)


def test_a_withdrawn_entry_is_kept_with_the_instant(store):
    """The page of a withdrawn entry can say since when it is gone."""
    take_in(store, an_entry())
    amend(store, Changes(withdrawn=(an_entry(),)), at=NOON)

    assert an_entry(state=State.WITHDRAWN, updated=NOON) == store.find_entry(an_entry().id)


def test_an_entry_is_withdrawn_once(store):
    """Withdrawing what is withdrawn moves no instant."""
    take_in(store, an_entry())
    amend(store, Changes(withdrawn=(an_entry(),)), at=NOON)
    amend(store, Changes(withdrawn=(an_entry(),)), at=EVENING)

    assert store.find_entry(an_entry().id).updated == NOON
    assert store.left_at("news") == NOON


@pytest.mark.parametrize("group", ["updated", "unchanged"])
def test_a_restored_text_is_published_again_under_its_id(store, group):
    """What comes back is the entry that readers know."""
    take_in(store, an_entry())
    amend(store, Changes(withdrawn=(an_entry(),)), at=NOON)
    restored = an_entry(updated=EVENING)
    amend(store, Changes(**{group: (restored,)}), feeds={restored.id: NEWS}, at=EVENING)

    assert restored == store.find_entry(restored.id)
    assert (restored,) == store.window("news", 10)


def test_a_scheduled_entry_is_released_at_its_moment(store):
    """An embargo ends when it said it would."""
    waiting = a_scheduled_entry()
    take_in(store, waiting)

    assert store.next_release() == NOON
    assert store.due(NOON - SECOND) == ()
    assert store.due(NOON) == (waiting,)

    store.release([waiting.id], stale=(), at=NOON)

    assert store.find_entry(waiting.id) == replace(waiting, state=State.PUBLISHED, due=None)
    assert store.next_release() is None
    assert store.due(EVENING) == ()


def test_a_release_touches_only_what_is_scheduled(store):
    """A date job that comes late, after the bulletin was deleted, brings nothing back."""
    take_in(store, an_entry(0), an_entry(1))
    amend(store, Changes(withdrawn=(an_entry(1),)))
    before = list(store.entries())
    store.release([an_entry(0).id, an_entry(1).id, "tag:example.org,2024:unknown"], stale=(), at=EVENING)

    assert before == list(store.entries())


def test_an_embargo_can_be_moved_while_nobody_has_seen_the_entry(store):
    """An author who moves the embargo back is obeyed."""
    take_in(store, a_scheduled_entry())
    amend(store, Changes(unchanged=(a_scheduled_entry(published=EVENING, due=EVENING),)))

    assert store.next_release() == EVENING


def test_an_entry_nobody_has_seen_vanishes_without_a_trace(store):
    """An embargoed entry that is taken back leaves no page that says it is gone."""
    waiting = a_scheduled_entry()
    take_in(store, waiting)
    amend(store, Changes(withdrawn=(waiting,)))

    assert store.find_entry(waiting.id) is None
    assert store.left_at("news") is None

    take_in(store, waiting)

    assert store.find_entry(waiting.id) == waiting


@pytest.mark.parametrize("twin", [{"permalink": "other/"}, {"id": "tag:example.org,2024:other"}])
def test_an_id_and_a_permalink_serve_one_entry(store, twin):
    """Two entries never share an id or a page; nothing of the attempt stays."""
    take_in(store, an_entry())
    with pytest.raises(StoreError, match="UNIQUE"):
        take_in(store, an_entry(5), an_entry(**twin), path="tuesday.txt")

    assert store.find_record("tuesday.txt") is None
    assert [an_entry()] == list(store.entries())


def test_taken_names_are_ids_and_permalinks(store):
    """What an entry has once been called is not given again, also after it is withdrawn."""
    take_in(store, an_entry(0), an_entry(1))
    amend(store, Changes(withdrawn=(an_entry(1),)))
    names = [an_entry(0).id, an_entry(1).permalink, "tag:example.org,2024:free", "free/"]

    assert store.taken(names) == {an_entry(0).id, an_entry(1).permalink}
    assert store.taken(f"name-{number}" for number in range(2000)) == frozenset()


def test_a_listing_is_newest_first(store):
    """Newer before older; at the same instant by position, then by id; in every state."""
    instants = {0: NOON, 1: MORNING, 2: MORNING, 3: EVENING, 4: MORNING}
    positions = {0: 0, 1: 1, 2: 0, 3: 0, 4: 0}
    entries = [an_entry(n, published=instants[n], position=positions[n]) for n in instants]
    entries[3] = replace(entries[3], state=State.SCHEDULED)
    take_in(store, *entries)
    amend(store, Changes(withdrawn=(entries[0],)))

    assert [entries[n].id for n in (3, 0, 2, 4, 1)] == [entry.id for entry in store.entries()]
    assert [entries[n] for n in (2, 4, 1)] == list(store.entries(state=State.PUBLISHED))
    assert [entries[3]] == list(store.entries(state=State.SCHEDULED))
    assert [entries[0].id] == [entry.id for entry in store.entries(state=State.WITHDRAWN)]


def test_a_listing_goes_on_while_the_store_changes(store):
    """Whoever walks through the entries sees those of the moment at which the walk began."""
    take_in(store, *(an_entry(n) for n in range(1200)))
    walk = store.entries()
    first = next(walk)
    amend(store, Changes(withdrawn=tuple(an_entry(n) for n in range(1200))))

    assert [an_entry(n) for n in range(1200)] == [first, *walk]
    assert not list(store.entries(state=State.PUBLISHED))


def test_counts_of_everything(store):
    """Status says how much there is."""
    take_in(store, an_entry(0), an_entry(1), a_scheduled_entry(2))
    amend(store, Changes(withdrawn=(an_entry(1),)))
    store.reject(a_record("broken.txt", outcome=Outcome.REJECTED))
    counts = store.counts()

    assert (counts.published, counts.scheduled, counts.withdrawn) == (1, 1, 1)
    assert (counts.bulletins, counts.rejected) == (2, 1)


def test_everything_is_there_after_reopening(url):
    """A restart forgets nothing."""
    with open_store(url) as store:
        take_in(store, an_entry(0), a_scheduled_entry(1))
        before = (list(store.entries()), store.records(), store.window("news", 9), store.counts())
    with open_store(url) as store:
        after = (list(store.entries()), store.records(), store.window("news", 9), store.counts())

    assert before == after


def test_a_naive_instant_is_refused(store):
    """An instant without a zone is a mistake, never taken for UTC."""
    with pytest.raises(Exception, match="aware instants only"):
        take_in(store, an_entry(published=dt.datetime(2024, 10, 21)))  # noqa: DTZ001  the case

    assert not list(store.entries())
