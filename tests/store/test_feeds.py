"""Which entries stand in which feed."""

from __future__ import annotations

import datetime as dt

from store.factories import (
    EVENING,
    MORNING,
    NEWS,
    NOON,
    a_scheduled_entry,
    amend,
    an_entry,
    documents,
    take_in,
)

from feedpub.model import Changes, Stale, State

BOTH = frozenset({"news", "leads"})


def ids(entries) -> list[str]:
    """Give the ids alone."""
    return [entry.id for entry in entries]


def test_a_window_holds_the_newest(store):
    """A feed of two shows the two newest, newest first."""
    take_in(store, *(an_entry(number) for number in range(5)))

    assert (an_entry(0), an_entry(1)) == store.window("news", 2)
    assert store.window("leads", 2) == ()
    assert store.feed_sizes() == {"news": 5}


def test_a_window_orders_equal_instants_by_position_and_id(store):
    """Entries of one instant stand in the order of their bulletin, in every process."""
    take_in(store, *(an_entry(n, published=MORNING, position=p) for n, p in [(0, 2), (1, 0), (3, 1), (2, 1)]))

    assert ids(store.window("news", 9)) == ids([an_entry(1), an_entry(2), an_entry(3), an_entry(0)])


def test_a_moved_teaser_moves_in_the_window(store):
    """The order of a feed follows the order of the file where instants are equal."""
    first, second = (an_entry(n, published=MORNING) for n in range(2))
    take_in(store, first, second)
    moved = (an_entry(0, published=MORNING, position=1), an_entry(1, published=MORNING, position=0))
    amend(store, Changes(unchanged=moved))

    assert ids([second, first]) == ids(store.window("news", 9))


def test_a_scheduled_entry_is_in_no_window(store):
    """Before its moment not one byte of an entry is in a feed; then it is."""
    waiting = a_scheduled_entry()
    take_in(store, waiting)

    assert store.window("news", 9) == ()
    assert store.feed_sizes() == {}
    assert store.feeds_of([waiting.id]) == {waiting.id: NEWS}

    store.release([waiting.id], stale=[Stale(kind="feed", name="news")], at=NOON)

    assert ids(store.window("news", 9)) == [waiting.id]
    assert documents(store.stale()) == [("feed", "news")]


def test_a_withdrawn_entry_leaves_every_feed(store):
    """It is out of all windows, and each feed knows since when."""
    entry = an_entry()
    take_in(store, entry, feeds={entry.id: BOTH})
    amend(store, Changes(withdrawn=(entry,)), at=NOON)

    assert (store.window("news", 9), store.window("leads", 9)) == ((), ())
    assert (store.left_at("news"), store.left_at("leads"), store.left_at("other")) == (NOON, NOON, None)
    assert store.feeds_of([entry.id]) == {entry.id: frozenset()}


def test_the_instant_of_a_departure_outlives_the_return(store):
    """The date of a feed never goes back."""
    take_in(store, an_entry())
    amend(store, Changes(withdrawn=(an_entry(),)), at=NOON)
    amend(store, Changes(updated=(an_entry(updated=EVENING),)), feeds={an_entry().id: NEWS}, at=EVENING)

    assert store.left_at("news") == NOON


def test_an_edit_can_move_an_entry_between_feeds(store):
    """An entry that loses a category leaves the feed of it."""
    entry = an_entry()
    take_in(store, entry, feeds={entry.id: NEWS})
    amend(store, Changes(updated=(entry,)), feeds={entry.id: frozenset({"leads"})}, at=NOON)

    assert store.feeds_of([entry.id]) == {entry.id: frozenset({"leads"})}
    assert (store.window("news", 9), store.window("leads", 9)) == ((), (entry,))
    assert (store.left_at("news"), store.left_at("leads")) == (NOON, None)


def test_an_entry_that_no_one_speaks_of_stays_in_its_feeds(store):
    """A change that does not name an entry's feeds leaves them."""
    take_in(store, an_entry(), feeds={an_entry().id: BOTH})
    amend(store, Changes(updated=(an_entry(title="New"),)))

    assert store.feeds_of([an_entry().id]) == {an_entry().id: BOTH}


def test_a_changed_selection_replaces_the_entries_of_a_feed(store):
    """A feed that selects otherwise now holds those entries and no others, the withdrawn never."""
    kept, dropped, added, waiting, withdrawn = (
        an_entry(0),
        an_entry(1),
        an_entry(2),
        a_scheduled_entry(3),
        an_entry(4),
    )
    everything = (kept, dropped, added, waiting, withdrawn)
    take_in(store, *everything, feeds={kept.id: NEWS, dropped.id: NEWS})
    amend(store, Changes(withdrawn=(withdrawn,)))
    selected = [kept.id, added.id, waiting.id, withdrawn.id]
    store.enlist("news", selected, stale=[Stale(kind="feed", name="news")], at=EVENING)

    assert (kept, added) == store.window("news", 9)
    assert store.left_at("news") == EVENING
    assert store.feeds_of(ids(everything))[waiting.id] == NEWS
    assert store.feeds_of([dropped.id]) == {dropped.id: frozenset()}
    assert documents(store.stale()) == [("feed", "news")]

    store.enlist("news", ids([kept, dropped]), stale=(), at=EVENING)

    assert (kept, dropped) == store.window("news", 9)


def test_a_feed_can_be_emptied(store):
    """A feed that is no longer configured gives up its entries, however many."""
    take_in(store, *(an_entry(number) for number in range(1100)))
    store.enlist("news", [], stale=(), at=NOON)

    assert store.window("news", 9) == ()


def test_a_large_feed_can_be_filled(store):
    """A new feed over an archive takes in all of it."""
    take_in(store, *(an_entry(number) for number in range(1100)), feeds={})
    store.enlist("all", (an_entry(number).id for number in range(1100)), stale=(), at=NOON)

    assert store.feed_sizes() == {"all": 1100}


def test_the_listing_of_a_feed(store):
    """It shows what stands in the feed and what was withdrawn from it, not what it no longer selects."""
    standing, deselected, withdrawn, elsewhere = (an_entry(number) for number in range(4))
    take_in(
        store,
        standing,
        deselected,
        withdrawn,
        elsewhere,
        feeds={
            standing.id: NEWS,
            deselected.id: NEWS,
            withdrawn.id: NEWS,
            elsewhere.id: frozenset({"leads"}),
        },
    )
    amend(store, Changes(withdrawn=(withdrawn,)))
    store.enlist("news", [standing.id], stale=(), at=NOON)

    assert ids(store.entries(feed="news")) == ids([standing, withdrawn])
    assert ids(store.entries(feed="news", state=State.PUBLISHED)) == ids([standing])
    assert ids(store.entries(feed="news", state=State.WITHDRAWN)) == ids([withdrawn])


def test_instants_come_back_in_utc(store):
    """Whatever zone an instant was given in."""
    sofia = dt.timezone(dt.timedelta(hours=3))
    take_in(store, an_entry(published=MORNING.astimezone(sofia)))

    assert store.window("news", 1)[0].published.tzinfo is dt.UTC
    assert store.window("news", 1)[0].published == MORNING
