"""Work to do, notes, history and transactions."""

from __future__ import annotations

import json

import pytest
from store.factories import (
    EVENING,
    MORNING,
    NOON,
    a_record,
    a_scheduled_entry,
    amend,
    an_entry,
    documents,
    take_in,
)

from feedpub.exceptions import StoreError
from feedpub.model import Changes, Stale, State

FEED = Stale(kind="feed", name="news")
HOME = Stale(kind="home")
FEEDS = Stale(kind="feeds")
PAGE = Stale(kind="entry", name=an_entry().id)


def test_pages_come_before_feeds_and_lists_last(store):
    """A feed never links to a page that does not exist yet."""
    store.mark([HOME, FEEDS, FEED, PAGE])

    assert documents(store.stale()) == documents((PAGE, FEED, HOME, FEEDS))


def test_a_document_marked_often_is_made_once(store):
    """A hundred bulletins cause one regeneration of a feed."""
    for _ in range(3):
        store.mark([FEED, FEED, HOME])

    assert documents(store.stale()) == documents((FEED, HOME))


def test_finished_work_is_gone(store):
    """What is published is no longer pending."""
    store.mark([FEED])
    store.mark([FEED, HOME])
    store.finish([stale for stale in store.stale() if stale.kind == "feed"])

    assert documents(store.stale()) == documents((HOME,))


def test_work_renewed_while_it_was_done_stays(store):
    """A bulletin that arrives while its feed is rendered is in the next rendering."""
    store.mark([FEED, HOME])
    in_hand = store.stale()
    store.mark([FEED])
    store.finish(in_hand)

    assert documents(store.stale()) == documents((FEED,))


def test_a_mark_is_never_given_twice(store):
    """Work that was finished by another cannot finish what came after."""
    store.mark([FEED])
    in_hand = store.stale()
    store.finish(in_hand)
    store.mark([FEED])
    store.finish(in_hand)

    assert documents(store.stale()) == documents((FEED,))


def test_a_bulletin_and_its_work_are_stored_together(store):
    """After a crash either nothing happened or the work is known."""
    take_in(store, an_entry(), stale=[FEED, PAGE])

    assert documents(store.stale()) == documents((PAGE, FEED))


def test_the_first_value_stays(store):
    """What was fixed at the first run is fixed for ever."""
    assert store.fixed("authority", "news.example.org") == "news.example.org"
    assert store.fixed("authority", "moved.example.org") == "news.example.org"
    assert store.find_note("authority") == "news.example.org"


def test_an_empty_value_is_a_value(store):
    """Fixed to nothing is fixed."""
    store.note("key", "")

    assert store.fixed("key", "other") == ""


def test_a_note_is_replaced(store):
    """The newest note counts."""
    assert store.find_note("key") is None

    store.note("key", "old")
    store.note("key", "new")

    assert store.find_note("key") == "new"


def test_a_transaction_joins_several_changes(store):
    """Five hundred bulletins are one write to the disk, and readable on the way."""
    with store.transaction():
        take_in(store, an_entry(0))
        take_in(store, an_entry(1, bulletin="tuesday.txt"), path="tuesday.txt")

        assert store.find_entry(an_entry(0).id) == an_entry(0)
        assert list(store.entries()) == []

    assert list(store.entries()) == [an_entry(0), an_entry(1, bulletin="tuesday.txt")]


def test_a_failed_transaction_leaves_nothing(store):
    """An error half-way undoes the first half, and the store goes on."""

    def fail_half_way() -> None:
        with store.transaction():
            take_in(store, an_entry(), stale=[FEED])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    assert (list(store.entries()), store.records(), store.stale()) == ([], (), ())

    take_in(store, an_entry())

    assert list(store.entries()) == [an_entry()]


def test_a_failure_that_was_caught_undoes_the_transaction_too(store):
    """Half a bulletin is never stored because somebody went on after the error."""

    def go_on() -> None:
        with store.transaction():
            take_in(store, an_entry(0))
            with pytest.raises(StoreError, match="UNIQUE"):
                take_in(store, an_entry(1), an_entry(0), path="tuesday.txt")

    with pytest.raises(StoreError, match="failed, and with it"):
        go_on()

    assert (list(store.entries()), store.records()) == ([], ())

    with store.transaction():
        take_in(store, an_entry(0))

    assert list(store.entries()) == [an_entry(0)]


def history(store) -> list[tuple]:
    """Give the rows of the history, oldest first."""
    rows = store._connection.exec_driver_sql(
        "SELECT what, at, title, paragraphs FROM history ORDER BY number"
    )
    return [(what, at, title, *json.loads(paragraphs)) for what, at, title, paragraphs in rows]


def test_history_tells_what_readers_saw_when(store):
    """Each change is kept with its instant and the text from then on."""
    old, new = an_entry(paragraphs=("old",)), an_entry(title="New", paragraphs=("new",), updated=NOON)
    take_in(store, old, at=MORNING)
    amend(store, Changes(updated=(new,)), at=NOON)
    amend(store, Changes(unchanged=(new,)), at=NOON)
    store.forget("monday.txt", changes=Changes(withdrawn=(new,)), stale=(), at=EVENING)
    amend(store, Changes(updated=(new,)), at=EVENING)

    morning, noon, evening = (int(instant.timestamp()) for instant in (MORNING, NOON, EVENING))
    assert history(store) == [
        ("published", morning, "Story 0", "old"),
        ("updated", noon, "New", "new"),
        ("withdrawn", evening, "New", "new"),
        ("restored", evening, "New", "new"),
    ]


def test_history_tells_of_an_embargo(store):
    """Waiting, corrected while waiting, released: by its moment or by an edit."""
    waiting = [a_scheduled_entry(number, paragraphs=()) for number in range(3)]
    take_in(store, *waiting)
    store.release([waiting[0].id], stale=(), at=NOON)
    corrected = a_scheduled_entry(1, title="Corrected", paragraphs=())
    at_once = a_scheduled_entry(2, state=State.PUBLISHED, published=MORNING, paragraphs=())
    amend(store, Changes(updated=(corrected, at_once)))

    assert [(row[0], row[2]) for row in history(store)] == [
        ("scheduled", "Story 0"),
        ("scheduled", "Story 1"),
        ("scheduled", "Story 2"),
        ("released", "Story 0"),
        ("updated", "Corrected"),
        ("released", "Story 2"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET id = 'other'",
        "UPDATE entry SET permalink = 'other'",
        "UPDATE entry SET published = 0",
        "UPDATE history SET title = 'other'",
        "DELETE FROM history",
        "DELETE FROM entry",
    ],
)
def test_the_database_itself_guards_what_is_fixed(store, statement):
    """Not even a hand in the database changes an id, a permalink, a date or the past."""
    take_in(store, an_entry())
    with (
        pytest.raises(StoreError, match=r"keeps|only added to|FOREIGN KEY"),
        store.transaction() as connection,
    ):
        connection.exec_driver_sql(statement)

    assert an_entry() == store.find_entry(an_entry().id)


def test_a_rejected_bulletin_changes_no_work(store):
    """What is not published makes nothing stale."""
    store.reject(a_record())

    assert store.stale() == ()
