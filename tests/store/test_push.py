"""What waits to be sent, and who waits for it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from store.factories import EVENING, MORNING, NOON
from store.test_cost import plans

from feedpub.model import Delivery, Intent, Mode, Task, Told
from feedpub.store import Store, push_store

HUB = "https://hub.example.net/"
TOPIC = "https://example.org/feeds/news.atom"
CALLBACK = "https://reader.example.com/callback?id=1"
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def pushes(store: Store):
    """Give the second way into the store."""
    with push_store(store) as opened:
        yield opened


def an_intent(**changes) -> Intent:
    """Make what a subscriber asks for."""
    plain = {
        "mode": Mode.SUBSCRIBE,
        "callback": CALLBACK,
        "topic": TOPIC,
        "host": "reader.example.com",
        "lease_seconds": 3600,
        "secret": "s",
    }
    return Intent(**plain | changes)


def subscribe(pushes, *, expires=EVENING, **changes) -> None:
    """Let somebody subscribe and confirm."""
    intent = an_intent(**changes)
    pushes.want(intent, at=MORNING, due=MORNING)
    (question,) = [d for d in waiting(pushes) if d.target == intent.callback]
    pushes.grant(pushes.find_subscription(intent.topic, intent.callback), expires=expires)
    pushes.finish_delivery(question)


def waiting(pushes, now=NOON, **changes) -> tuple[Delivery, ...]:
    """Give what is due."""
    return pushes.deliveries(now, **{"limit": 99} | changes)


def sketch(deliveries) -> list[tuple[Task, str, str]]:
    """Give what is sent without its numbers."""
    return [(d.task, d.target, d.topic) for d in deliveries]


def test_changed_topic_is_announced_to_each_hub_once(store, pushes):
    """C103: one ping for each hub and topic, and none when nothing changed."""
    hubs = (HUB, "https://other.example.net/")

    assert store.announce({TOPIC: "a"}, hubs=hubs, at=MORNING)
    assert [(Task.PING, hub, TOPIC) for hub in hubs] == sketch(waiting(pushes))
    for delivery in waiting(pushes):
        pushes.finish_delivery(delivery)
    assert not store.announce({TOPIC: "a"}, hubs=hubs, at=NOON)
    assert () == waiting(pushes)


def test_announcement_that_is_rolled_back_is_none(store, pushes):
    """The change and its delivery rest in one transaction: a crash leaves both to be done again."""
    with suppress(ZeroDivisionError), store.transaction():
        store.announce({TOPIC: "a"}, hubs=(HUB,), at=MORNING)
        raise ZeroDivisionError

    assert () == waiting(pushes)
    assert store.announce({TOPIC: "a"}, hubs=(HUB,), at=MORNING)


def test_changes_that_wait_are_one_delivery(store, pushes):
    """C105: a hub that was away hears of the newest alone, and has its whole day again."""
    store.announce({TOPIC: "a"}, hubs=(HUB,), at=MORNING)
    (first,) = waiting(pushes)
    store.announce({TOPIC: "b"}, hubs=(HUB,), at=NOON)
    (second,) = waiting(pushes)

    assert (first.number, MORNING, NOON) == (second.number, first.since, second.since)
    pushes.finish_delivery(first)
    assert (second,) == waiting(pushes)
    pushes.finish_delivery(second)
    assert () == waiting(pushes)


def test_delivery_that_failed_waits(store, pushes):
    """C106: and a change in the meantime does not hurry it."""
    store.announce({TOPIC: "a"}, hubs=(HUB,), at=MORNING)
    pushes.postpone(waiting(pushes)[0], due=EVENING)
    store.announce({TOPIC: "b"}, hubs=(HUB,), at=NOON)

    assert () == waiting(pushes)
    assert EVENING == pushes.next_delivery(NOON)
    assert [1] == [delivery.attempts for delivery in waiting(pushes, EVENING)]


def test_busy_hosts_are_left_out_and_the_oldest_comes_first(store, pushes):
    """One slow host does not hold up the others."""
    for number, at in enumerate((NOON, MORNING, EVENING)):
        store.announce({TOPIC: str(number)}, hubs=(f"https://hub{number}.example.net/",), at=at)

    assert ["hub1.example.net", "hub0.example.net"] == [d.host for d in waiting(pushes)]
    assert ["hub0.example.net"] == [d.host for d in waiting(pushes, busy=["hub1.example.net"])]
    assert ["hub1.example.net"] == [d.host for d in waiting(pushes, limit=1)]


def test_some_kinds_of_delivery_are_asked_for(store, pushes):
    """What strangers want waits when there is no room for it, and nothing else does."""
    pushes.want(an_intent(), at=MORNING, due=MORNING)
    store.announce({TOPIC: "a"}, hubs=(HUB,), at=NOON)

    assert [Task.VERIFY, Task.PING] == [delivery.task for delivery in waiting(pushes)]
    assert [Task.PING] == [d.task for d in waiting(pushes, tasks=[Task.PING, Task.CONTENT], limit=1)]


def test_subscriber_gets_what_changes_while_its_lease_lasts(store, pushes):
    """From the confirmation to the end of the lease, its own topic, once for each change."""
    pushes.want(an_intent(), at=MORNING, due=MORNING)
    store.announce({TOPIC: "unconfirmed"}, hubs=(), at=MORNING)
    assert [(Task.VERIFY, CALLBACK, TOPIC)] == sketch(waiting(pushes))

    pushes.finish_delivery(waiting(pushes)[0])
    pushes.grant(pushes.find_subscription(TOPIC, CALLBACK), expires=EVENING)
    store.announce({TOPIC: "a", "https://example.org/feeds/leads.atom": "a"}, hubs=(), at=NOON)
    assert [(Task.CONTENT, CALLBACK, TOPIC)] == sketch(waiting(pushes))

    pushes.finish_delivery(waiting(pushes)[0])
    store.announce({TOPIC: "b"}, hubs=(), at=EVENING)
    assert () == waiting(pushes, EVENING)


def test_renewal_holds_only_when_it_is_confirmed(pushes):
    """Nobody else can shorten a lease or change its secret."""
    subscribe(pushes)
    pushes.want(an_intent(secret="other", lease_seconds=9), at=NOON, due=NOON)
    asked = pushes.find_subscription(TOPIC, CALLBACK)
    pushes.refuse(asked, at=NOON)
    left = pushes.find_subscription(TOPIC, CALLBACK)

    assert ("s", EVENING, Mode.SUBSCRIBE) == (asked.secret, asked.expires, asked.wanted)
    assert ("s", EVENING, None, NOON) == (left.secret, left.expires, left.wanted, left.refused)


def test_unsubscribed_callback_gets_nothing_more(store, pushes):
    """Also of what waits already."""
    subscribe(pushes)
    store.announce({TOPIC: "a"}, hubs=(), at=NOON)
    pushes.unsubscribe(TOPIC, CALLBACK)

    assert (None, ()) == (pushes.find_subscription(TOPIC, CALLBACK), waiting(pushes))


def test_subscriptions_are_counted_by_host(pushes):
    """Those that nobody confirmed count, or there would be no limit to them."""
    subscribe(pushes)
    pushes.want(an_intent(callback=f"{CALLBACK}2"), at=MORNING, due=MORNING)
    pushes.want(an_intent(callback="https://else.example.com/", host="else.example.com"), at=NOON, due=NOON)

    assert 3 == pushes.count_subscriptions()
    assert 2 == pushes.count_subscriptions(host="reader.example.com")
    assert (1, 2) == (pushes.count_active(NOON), pushes.count_unconfirmed())


def test_expired_subscriptions_are_forgotten(pushes):
    """And those that were never confirmed, a minute later; one that is being renewed stays."""
    subscribe(pushes)
    subscribe(pushes, callback="https://reader.example.com/renewing")
    pushes.want(an_intent(callback="https://reader.example.com/renewing"), at=NOON, due=NOON)
    pushes.want(an_intent(callback="https://reader.example.com/never"), at=NOON, due=NOON)
    pushes.refuse(pushes.find_subscription(TOPIC, "https://reader.example.com/never"), at=EVENING)

    assert 0 == pushes.forget_expired(EVENING - SECOND)
    assert 1 == pushes.forget_expired(EVENING)
    assert 1 == pushes.forget_expired(EVENING + 60 * SECOND)
    assert 1 == pushes.count_subscriptions()


def test_what_is_known_of_a_hub_is_kept_until_it_is_configured_away(store, pushes):
    """Status tells when each hub was last told, and where it was found."""
    pushes.note_hub(HUB, TOPIC, told=NOON, addresses=("192.0.2.1",))
    pushes.note_hub(HUB, TOPIC, trouble="it answers 503")
    store.announce({TOPIC: "a"}, hubs=(HUB,), at=NOON)

    assert (Told(hub=HUB, topic=TOPIC, told=NOON, trouble="it answers 503"),) == pushes.told()
    assert {HUB: frozenset({"192.0.2.1"})} == pushes.hub_addresses()
    assert {(Task.PING, HUB): 1} == pushes.waiting()
    pushes.keep_hubs([HUB], topics=[TOPIC])
    assert 1 == len(pushes.told())
    pushes.keep_hubs([], topics=[TOPIC])
    assert ((), {}) == (pushes.told(), pushes.waiting())


PUSH_QUESTIONS = {
    "deliveries": lambda pushes: waiting(pushes, busy=["hub.example.net"]),
    "next_delivery": lambda pushes: pushes.next_delivery(NOON),
    "find_subscription": lambda pushes: pushes.find_subscription(TOPIC, CALLBACK),
    "count of the unconfirmed": lambda pushes: pushes.count_unconfirmed(),
    "count of a host": lambda pushes: pushes.count_subscriptions(host="reader.example.com"),
    "hasten": lambda pushes: pushes.hasten(NOON),
    "want": lambda pushes: pushes.want(an_intent(), at=NOON, due=NOON),
    "unsubscribe": lambda pushes: pushes.unsubscribe(TOPIC, CALLBACK),
    "forget_expired": lambda pushes: pushes.forget_expired(NOON),
}


@pytest.mark.parametrize("question", PUSH_QUESTIONS)
def test_no_question_of_a_delivery_reads_a_whole_table(pushes, question):
    """Ten thousand subscribers are asked about as fast as ten."""
    subscribe(pushes)
    steps = plans(pushes, PUSH_QUESTIONS[question])

    assert [step for step in steps if step.startswith("SCAN") and "CONSTANT ROW" not in step] == []
