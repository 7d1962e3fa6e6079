"""The operator's word: what is kept out and put back, tombstones, orders, approvals."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
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

from feedpub.exceptions import StoreError, TransientError
from feedpub.model import Answer, Changes, Correction, Enclosure, Order, Stale, State, Tombstone, Verb
from feedpub.store import leave_order, open_store

DAY = dt.timedelta(days=1)
WITHDRAW = Order(verb=Verb.WITHDRAW, target="tag:example.org,2024-10-21:story-0", reason="It was wrong.")
OUT = {"state": State.WITHDRAWN, "kept_out": True, "reason": "It was wrong."}


def tombstones(store, feed="news"):
    """Give all tombstones of a feed."""
    return store.tombstones(feed, since=MORNING - DAY, limit=9)


def test_corrections_and_ready_made_text_come_back_as_they_were(store):
    """What rests with an entry is given back to the letter."""
    entry = an_entry(
        corrections=(Correction(on=dt.date(2024, 10, 22), text="Нето, not gross."),),
        content_html="<p>Ready &amp; made</p>",
        image="https://cdn.example.org/снимка.jpg",
        enclosures=(Enclosure(url="https://cdn.example.org/a.mp3", type="audio/mpeg", length=5),),
    )

    take_in(store, entry)

    assert entry == store.find_entry(entry.id)


def test_history_keeps_corrections_and_reasons(store):
    """What was put right and why an entry went are remembered, also a reason that was given later."""
    note = Correction(on=dt.date(2024, 10, 22), text="Нето, not gross.")
    take_in(store, an_entry())
    amend(store, Changes(updated=(an_entry(corrections=(note,)),)), at=NOON)
    store.keep_out(an_entry(corrections=(note,), **OUT), stale=(), at=NOON)
    store.keep_out(an_entry(corrections=(note,), **OUT), stale=(), at=EVENING)
    store.keep_out(an_entry(corrections=(note,), **OUT | {"reason": "It was libel."}), stale=(), at=EVENING)

    assert [
        ("published", (), None),
        ("updated", (note,), None),
        ("withdrawn", (note,), "It was wrong."),
        ("withdrawn", (note,), "It was libel."),
    ] == [(each.what, each.corrections, each.reason) for each in store.history([an_entry().id])]


def test_an_entry_that_is_kept_out_leaves_its_feeds(store):
    """The operator's withdrawal is stored with its reason and the work that follows from it."""
    take_in(store, an_entry())
    out = an_entry(**OUT, updated=NOON)

    store.keep_out(out, stale=[Stale(kind="feed", name="news")], at=NOON)

    assert out == store.find_entry(out.id)
    assert () == store.window("news", 9)
    assert [("feed", "news")] == documents(store.stale())
    assert ["published", "withdrawn"] == acts(store, out.id)


def test_a_scheduled_entry_that_is_kept_out_is_not_forgotten(store):
    """Its bulletin would bring it back otherwise; nobody has seen it, so nobody is told."""
    take_in(store, a_scheduled_entry())
    out = a_scheduled_entry(**OUT)

    store.keep_out(out, stale=(), at=MORNING)

    assert out == store.find_entry(out.id)
    assert () == store.due(EVENING)
    assert () == tombstones(store)


def test_new_text_of_what_is_kept_out_is_no_event(store):
    """Its text is taken note of, and the history says nothing of what nobody saw."""
    take_in(store, an_entry())
    out = an_entry(**OUT, updated=NOON)
    store.keep_out(out, stale=(), at=NOON)

    rewritten = replace(out, title="Another title", position=3)
    amend(store, Changes(unchanged=(rewritten,)), feeds={out.id: NEWS}, at=EVENING)

    assert rewritten == store.find_entry(out.id)
    assert ["published", "withdrawn"] == acts(store, out.id)
    assert () == store.window("news", 9)


def test_an_entry_that_is_put_back_stands_in_its_feeds_again(store):
    """It is shown again where it was, and its tombstone goes."""
    take_in(store, an_entry(), an_entry(1))
    store.keep_out(an_entry(**OUT, updated=NOON), stale=(), at=NOON)
    back = an_entry(updated=EVENING)

    store.put_back(back, feeds=NEWS, stale=[Stale(kind="home")], at=EVENING)

    assert (back, an_entry(1)) == store.window("news", 9)
    assert () == tombstones(store)
    assert ["published", "withdrawn", "restored"] == acts(store, back.id)
    assert [("home", "")] == documents(store.stale())


def test_readers_of_each_feed_that_showed_an_entry_get_a_tombstone(store):
    """Also of a feed that had stopped selecting it, but of none that never showed it."""
    take_in(store, an_entry(), feeds={an_entry().id: frozenset({"news", "leads"})})
    store.enlist("leads", (), stale=(), at=MORNING)
    assert () == tombstones(store, "leads")

    amend(store, Changes(withdrawn=(an_entry(),)), at=NOON)

    for feed in ("news", "leads"):
        assert (Tombstone(id=an_entry().id, deleted=NOON),) == tombstones(store, feed)
    assert () == tombstones(store, "teasers")


def test_tombstones_are_the_newest_since_an_instant(store):
    """Not more than asked for, the newest first."""
    entries = [an_entry(number) for number in range(4)]
    take_in(store, *entries)
    for hours, entry in enumerate(entries):
        amend(store, Changes(withdrawn=(entry,)), at=NOON + dt.timedelta(hours=hours))

    found = store.tombstones("news", since=NOON + dt.timedelta(hours=1), limit=2)

    assert [entries[3].id, entries[2].id] == [tombstone.id for tombstone in found]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [(NOON, EVENING, True), (MORNING, NOON, False), (EVENING, EVENING + DAY, False)],
    ids=["from its instant on", "until before it", "after it"],
)
def test_a_span_of_time_has_tombstones_or_not(store, since, until, found):
    """So it is known which feeds lose one when their time is over."""
    take_in(store, an_entry())
    amend(store, Changes(withdrawn=(an_entry(),)), at=NOON)

    assert found is store.has_tombstones("news", since=since, until=until)
    assert not store.has_tombstones("leads", since=since, until=until)


def test_a_tombstone_is_not_older_than_the_entry(store):
    """With a clock that was set back, readers would keep what they have: its instant decides."""
    take_in(store, an_entry(updated=EVENING))

    amend(store, Changes(withdrawn=(an_entry(updated=EVENING),)), at=NOON)

    assert (Tombstone(id=an_entry().id, deleted=EVENING),) == tombstones(store)
    assert EVENING == store.find_entry(an_entry().id).updated


def test_an_entry_that_was_never_shown_leaves_no_tombstone(store):
    """A trace of it would tell of it."""
    take_in(store, a_scheduled_entry())

    amend(store, Changes(withdrawn=(a_scheduled_entry(),)), at=NOON)

    assert () == tombstones(store)


def test_an_order_is_left_beside_the_owner(url):
    """The daemon finds it and answers; whoever left it reads the answer."""
    with open_store(url) as store, open_store(url, own=False) as reader:
        number = leave_order(url, WITHDRAW, at=NOON)

        assert (replace(WITHDRAW, number=number),) == store.orders() == reader.orders()
        assert reader.find_answer(number) is None

        store.answer_order(number, Answer(done=True, text="it is withdrawn"))

        assert () == store.orders()
        assert Answer(done=True, text="it is withdrawn") == reader.find_answer(number)


def test_orders_wait_in_the_order_in_which_they_came(store):
    """Withdraw and restore is not the same as restore and withdraw; a number is never given twice."""
    for verb in (Verb.RESTORE, Verb.WITHDRAW, Verb.APPROVE):
        store.leave_order(Order(verb=verb, target="x"), at=NOON)

    assert [Verb.RESTORE, Verb.WITHDRAW, Verb.APPROVE] == [order.verb for order in store.orders()]


def test_orders_are_forgotten_a_day_after_they_were_answered(store):
    """The table stays small, and what waits stays."""
    answered, waiting = (store.leave_order(WITHDRAW, at=NOON) for _ in range(2))
    store.answer_order(answered, Answer(done=False, text="no"))

    store.leave_order(WITHDRAW, at=NOON + DAY)
    assert store.find_answer(answered)
    newest = store.leave_order(WITHDRAW, at=NOON + 2 * DAY)

    assert store.find_answer(answered) is None
    assert [waiting, newest - 1, newest] == [order.number for order in store.orders()]


def test_an_order_names_files_that_are_not_utf8(store):
    """A held bulletin may have any name."""
    order = Order(verb=Verb.APPROVE, target="caf\udce9\\.txt")

    number = store.leave_order(order, at=NOON)

    assert (replace(order, number=number),) == store.orders()


def test_an_order_for_no_store_is_an_error(url):
    """Nothing is made where nothing is."""
    with pytest.raises(StoreError, match="there is no store"):
        leave_order(url, WITHDRAW, at=NOON)


def test_an_order_waits_for_the_transaction_of_another(store, url, monkeypatch):
    """While the owner writes nobody else does; when that takes too long it can be tried again."""
    monkeypatch.setattr("feedpub.store.sqlite._BUSY_SECONDS", 0.05)

    with store.transaction(), pytest.raises(TransientError, match="cannot be used at the moment"):
        leave_order(url, WITHDRAW, at=NOON)

    assert leave_order(url, WITHDRAW, at=NOON)


def test_bytes_are_approved_once_and_for_all(store):
    """What the operator let pass is known again wherever it lies."""
    assert not store.is_approved("00" * 32)

    for _ in range(2):
        store.approve("00" * 32, at=NOON)

    assert store.is_approved("00" * 32)


def acts(store, id):  # noqa: A002  atom:id
    """Give what happened to an entry, as the database has it."""
    path = store.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT what FROM history WHERE entry = ? ORDER BY number", [id])
        return [row[0] for row in rows]
