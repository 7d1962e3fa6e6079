"""Deliveries through outages and restarts: real sockets, a real store, a clock that the test sets."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from notify.peers import Answer, Peer, confirm, serving

from feedpub.daemon import Courier
from feedpub.model import Topic
from feedpub.notify import Callbacks, IntentError, Lease
from feedpub.pipeline.push import FullError, Push, PushSettings
from feedpub.probe import AGENT
from feedpub.store import open_store, push_store

NOON = dt.datetime(2024, 10, 21, 12, tzinfo=dt.UTC)
SITE = "https://news.example.org/"
HUB = f"{SITE}hub"
TOPICS = {
    f"{SITE}{path}": Topic(url=f"{SITE}{path}", path=path, media_type=f"type/{path[-4:]}")
    for path in ("feeds/news.atom", "feeds/news.rss")
}
ATOM, RSS = TOPICS
LOOPBACK = Callbacks(networks=[ipaddress.ip_network("127.0.0.0/8")])


class Office:
    """A store and an output that change, and the courier between them and the world."""

    def __init__(self, url: str, **settings) -> None:
        self.now = NOON
        self.url = url
        self.settings = PushSettings(**{"topics": TOPICS, "callbacks": LOOPBACK} | settings)
        self.output = {topic.path: b"" for topic in TOPICS.values()}
        self.open()

    def open(self) -> None:
        """Start; what was on its way before is known from the store alone."""
        self._open = ExitStack()
        self.store = self._open.enter_context(open_store(self.url))
        self.pushes = self._open.enter_context(push_store(self.store))
        self.push = Push(
            self.settings,
            self.pushes,
            read=self.output.get,
            clock=lambda: self.now,
            luck=lambda: 0.5,
        )
        self.courier = Courier(self.push)

    def close(self) -> None:
        """End, as a killed process does."""
        self._open.close()

    def restart(self) -> None:
        """End and start again."""
        self.close()
        self.open()

    def publish(self, text: str, *topics: str) -> None:
        """Replace documents, then store that and what follows from it, as a publication does."""
        for topic in topics or (ATOM,):
            self.output[TOPICS[topic].path] = text.encode()
            digest = hashlib.sha256(text.encode()).hexdigest()
            self.store.announce({topic: digest}, hubs=self.settings.hubs, at=self.now)

    def subscribe(self, callback: str, *, mode: str = "subscribe", **fields: str) -> None:
        """Send the form of a subscriber and have it confirmed."""
        plain = {"mode": mode, "topic": ATOM, "callback": callback}
        self.push.accept({f"hub.{name}": value for name, value in (plain | fields).items()})
        self.deliver()

    def deliver(self) -> None:
        """Send all that is due."""
        self.courier.deliver(seconds=20)

    def pass_time(self, **span: float) -> None:
        """Let time pass, sending what becomes due in it at its moment."""
        end = self.now + dt.timedelta(**span)
        self.deliver()
        while (due := self.pushes.next_delivery(self.now)) and due <= end:
            self.now = due
            self.deliver()
        self.now = end
        self.deliver()
        self.push.tidy()

    def told(self) -> list[tuple[str, str]]:
        """Give the topics that hubs were told of, with their troubles."""
        return [(told.topic, told.trouble) for told in self.pushes.told()]


@pytest.fixture
def office(tmp_path):
    """Give a function that opens an office with settings of its own."""
    opened = []

    def make(**settings) -> Office:
        opened.append(Office(f"sqlite:///{tmp_path}/feedpub.db", **settings))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@contextmanager
def hubs(*peers: Peer) -> Iterator[tuple[str, ...]]:
    """Let some hubs answer; give their addresses."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(serving(peer)).url + "/" for peer in peers)


def topics_of(hub: Peer) -> list[str]:
    """Give what a hub was told of, in order."""
    return [request.form["hub.url"] for request in hub.requests]


# --- hubs of others


def test_hubs_are_told_once_of_each_topic_that_changed(office):
    """C103: one ping for each changed topic and hub, none when the bytes are the same."""
    one, other = Peer(), Peer()
    with hubs(one, other) as urls:
        room = office(hubs=urls)
        room.publish("a", ATOM, RSS)
        room.deliver()
        room.publish("a", ATOM, RSS)
        room.publish("b", RSS)
        room.deliver()

    assert [[ATOM, RSS, RSS]] * 2 == [sorted(topics_of(one)), sorted(topics_of(other))]


def test_hub_that_is_down_for_ten_minutes_misses_nothing(office):
    """C106: every topic that changed while it was away, once, soon after it is back."""
    hub = Peer(Answer(503))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a", ATOM, RSS)
        room.pass_time(minutes=3)
        room.publish("b", RSS)
        room.pass_time(minutes=7)
        tried = len(hub.requests)
        hub.script = [Answer(204)]
        room.pass_time(minutes=11)

    assert [ATOM, RSS] == sorted(topics_of(hub)[tried:])
    assert 10 < tried < 30
    assert [(ATOM, ""), (RSS, "")] == room.told()


def test_hub_that_refuses_connections_misses_nothing_through_restarts(office):
    """C106: the queue is the store; nothing of it lives in a process."""
    hub = Peer()
    with hubs(hub) as urls:
        pass
    room = office(hubs=urls)
    room.publish("a")
    for _ in range(10):
        room.pass_time(minutes=1)
        room.restart()
    with serving(hub, port=int(urls[0].rstrip("/").rpartition(":")[2])):
        room.pass_time(minutes=11)

    assert [ATOM] == topics_of(hub)


def test_changes_while_a_hub_is_away_are_one_ping(office):
    """C105: coalesced per topic and hub."""
    hub = Peer(Answer(503), Answer(204))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        for text in "abcdefgh":
            room.publish(text)
            room.deliver()
        room.pass_time(minutes=1)

    assert [ATOM, ATOM] == topics_of(hub)


def test_hub_is_not_asked_before_it_wants_to_be(office):
    """C106: 429 with Retry-After, also when something changes meanwhile."""
    hub = Peer(Answer(429, {"Retry-After": "600"}), Answer(204))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.pass_time(seconds=300)
        room.publish("b")
        room.pass_time(seconds=299)
        early = len(hub.requests)
        room.pass_time(seconds=1)

    assert (1, 2) == (early, len(hub.requests))


def test_hub_is_given_up_after_a_day_until_the_next_change(office):
    """C106: and status says so."""
    hub = Peer(Answer(500))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.pass_time(hours=25)
        tried = len(hub.requests)
        given_up = room.told()
        room.pass_time(hours=25)
        quiet = len(hub.requests) - tried
        hub.script = [Answer(204)]
        room.publish("b")
        room.deliver()

    assert (0, [(ATOM, "")]) == (quiet, room.told())
    assert [(ATOM, "it answers 500; not told again before the next change")] == given_up
    assert tried < 40


def test_clock_that_is_set_back_delays_nothing_for_long(office):
    """G10: what is put off to a moment that is a year away by now is sent."""
    hub = Peer(Answer(503), Answer(204))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.deliver()
        room.now -= dt.timedelta(days=400)
        room.push.tidy()
        room.deliver()

    assert [ATOM, ATOM] == topics_of(hub)


def test_hub_that_does_not_know_us_is_not_asked_again(office):
    """C106: 404 stays 404."""
    hub = Peer(Answer(404))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.pass_time(hours=1)

    assert [ATOM] == topics_of(hub)
    assert [(ATOM, "it answers 404; not told again before the next change")] == room.told()


def test_hub_that_hangs_delays_no_other(office):
    """C105: the others hear at once, though the first is not over."""
    silent = threading.Event()

    def hang(_request) -> Answer:
        silent.wait(20)
        return Answer(204)

    slow, quick = Peer(hang), Peer()
    with hubs(slow) as (first,), serving(quick, host="127.0.0.2"):
        room = office(hubs=(first, f"{quick.url}/"))
        room.publish("a")
        courier = threading.Thread(target=room.courier.run)
        courier.start()
        slow.wait(1)
        quick.wait(1)
        room.publish("b")
        room.courier.wake()
        told = len(quick.wait(2))
        stopped = time.monotonic()
        room.courier.stop()
        courier.join(20)
        took = time.monotonic() - stopped
        silent.set()

    assert (1, 2) == (len(slow.requests), told)
    assert took < 5  # the hub would have been waited for ten seconds


def test_change_while_its_ping_is_on_its_way_is_told_after_it(office):
    """C105: a ping that was under way when the document changed may have come too early."""
    change = threading.Event()

    def wait(_request) -> Answer:
        change.wait(20)
        return Answer(204)

    hub = Peer(wait, Answer(204))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a")
        delivering = threading.Thread(target=room.courier.deliver, kwargs={"seconds": 20})
        delivering.start()
        hub.wait(1)
        room.publish("b")
        change.set()
        delivering.join()

    assert [ATOM, ATOM] == topics_of(hub)


def test_hubs_that_are_configured_away_hear_nothing_more(office):
    """Whatever waited for them."""
    hub = Peer(Answer(503))
    with hubs(hub) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.deliver()
        room.settings = PushSettings(topics=TOPICS)
        room.restart()
        room.pass_time(hours=1)

    assert ([ATOM], []) == (topics_of(hub), room.told())


# --- who came to fetch


def fetched(room: Office) -> list[bool]:
    """Say of each hub and topic whether the hub came for what it was told."""
    room.push.tidy()
    return [bool(told.fetched and told.fetched >= told.told) for told in room.pushes.told()]


FETCHES = {
    "its address": ("127.0.0.1", "Feedfetcher", True),
    "its name": ("192.0.2.1", "Bot (+http://127.0.0.1/about)", True),
    "somebody": ("192.0.2.1", "newsboat", True),
}


@pytest.mark.parametrize(("peer", "agent", "came"), FETCHES.values(), ids=FETCHES)
def test_fetch_after_a_ping_is_seen(office, peer, agent, came):
    """As long as a hub was never recognised, anybody's request counts."""
    with hubs(Peer()) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.deliver()
    before = fetched(room)
    room.push.fetches.hear(ATOM, peer, agent)

    assert ([False], [came]) == (before, fetched(room))


def test_own_probe_is_nobody(office):
    """It comes to the same address, and proves nothing."""
    with hubs(Peer()) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.deliver()
    room.push.fetches.hear(ATOM, "127.0.0.1", AGENT)

    assert ([False], False) == (fetched(room), room.push.fetches.any())


def test_hub_that_was_recognised_must_come_itself(office):
    """Somebody's request is no proof any more."""
    with hubs(Peer()) as urls:
        room = office(hubs=urls)
        room.publish("a")
        room.deliver()
        room.push.fetches.hear(ATOM, "127.0.0.1", "Hub")
        first = fetched(room)
        room.pass_time(minutes=5)
        room.publish("b")
        room.deliver()
        room.push.fetches.hear(ATOM, "192.0.2.1", "newsboat")

    assert ([True], [False]) == (first, fetched(room))


# --- the own hub


@pytest.fixture
def own(office):
    """Open an office with an own hub."""
    return office(own_hub=HUB, lease=Lease(default_seconds=3600), max_subscriptions=3, max_per_host=2)


def test_unconfirmed_subscriptions_keep_nobody_out(office):
    """A tenth of the room is theirs, and each leaves it after a minute."""
    room = office(own_hub=HUB, max_subscriptions=20, max_per_host=20)
    with serving(Peer(Answer(404))) as victim, serving(Peer(confirm), host="127.0.0.2") as peer:
        room.subscribe(f"{victim.url}/1")
        room.subscribe(f"{victim.url}/2")
        with pytest.raises(FullError, match="try again in a minute"):
            room.subscribe(peer.url)
        room.pass_time(minutes=1)
        room.subscribe(peer.url)

    assert (2, 1) == (len(victim.requests), room.pushes.count_active(room.now))


def test_strangers_that_are_slow_on_purpose_keep_no_hub_waiting(office):
    """Eight callbacks are asked at once, whoever has us ask thousands."""
    release = threading.Event()

    def hang(request) -> Answer:
        release.wait(20)
        return confirm(request)

    hub = Peer()
    with ExitStack() as stack:
        slow = [stack.enter_context(serving(Peer(hang), host=f"127.0.1.{n}")) for n in range(1, 12)]
        stack.enter_context(serving(hub))
        room = office(own_hub=HUB, hubs=(f"{hub.url}/",), max_subscriptions=1000)
        for each in slow:
            room.push.accept({"hub.mode": "subscribe", "hub.topic": ATOM, "hub.callback": each.url})
        room.publish("a")
        delivering = threading.Thread(target=room.courier.deliver, kwargs={"seconds": 20})
        delivering.start()
        hub.wait(1)
        asked = sum(len(each.requests) for each in slow)
        release.set()
        delivering.join()

    assert asked <= 8
    assert 11 == room.pushes.count_active(room.now)


def contents(peer: Peer) -> list[bytes]:
    """Give what a subscriber got."""
    return [request.body for request in peer.requests if request.method == "POST"]


def test_subscriber_gets_each_change(own):
    """From its confirmation on."""
    with serving(Peer(confirm)) as peer:
        own.publish("before")
        own.subscribe(peer.url)
        for text in ("a", "b"):
            own.publish(text)
            own.deliver()

    assert [b"a", b"b"] == contents(peer)
    assert "type/atom" == peer.requests[-1].headers["content-type"]


def test_lease_ends(own):
    """By the clock, to the second; and a renewal makes it longer."""
    with serving(Peer(confirm)) as peer:
        own.subscribe(peer.url)
        own.pass_time(seconds=3599)
        own.publish("last")
        own.deliver()
        own.pass_time(seconds=1)
        own.publish("too late")
        own.deliver()
        own.subscribe(peer.url, lease_seconds="7200")
        own.pass_time(seconds=7199)
        own.publish("renewed")
        own.deliver()

    assert [b"last", b"renewed"] == contents(peer)


def test_what_waits_when_the_lease_ends_is_dropped(own):
    """Nobody gets what it no longer asks for."""
    with serving(Peer(confirm, Answer(503))) as peer:
        own.subscribe(peer.url)
        own.pass_time(seconds=3598)
        own.publish("a")
        own.deliver()
        peer.script = [confirm]
        own.pass_time(minutes=5)

    assert ([b"a"], {}) == (contents(peer), dict(own.pushes.waiting()))


def test_unsubscribing_ends_it_when_the_callback_confirms(own):
    """And not when a stranger asked for it."""
    with serving(Peer(confirm, Answer(404), Answer(202), confirm)) as peer:
        own.subscribe(peer.url)
        own.subscribe(peer.url, mode="unsubscribe")
        own.publish("still there")
        own.deliver()
        own.pass_time(seconds=10)
        own.subscribe(peer.url, mode="unsubscribe")
        own.publish("gone")
        own.deliver()

    assert ([b"still there"], 0) == (contents(peer), own.pushes.count_subscriptions())


def test_gone_callback_is_forgotten(own):
    """410 ends a subscription."""
    with serving(Peer(confirm, Answer(410))) as peer:
        own.subscribe(peer.url)
        for text in ("a", "b"):
            own.publish(text)
            own.deliver()

    assert ([b"a"], 0) == (contents(peer), own.pushes.count_subscriptions())


def test_subscriber_that_was_away_gets_the_newest(own):
    """Once, and what is published then."""
    with serving(Peer(confirm, Answer(503), Answer(503), confirm)) as peer:
        own.subscribe(peer.url)
        own.publish("old")
        own.pass_time(seconds=10)
        own.publish("new")
        own.restart()
        own.pass_time(minutes=2)

    assert [b"old", b"old", b"new"] == contents(peer)


def test_callback_that_does_not_confirm_gets_nothing(own):
    """And it is asked again after ten seconds at the soonest, however often somebody says it subscribes."""
    with serving(Peer(Answer(404))) as victim:
        for _ in range(5):
            own.subscribe(victim.url)
        asked = len(victim.requests)
        own.publish("a")
        own.pass_time(seconds=10)
        again = len(victim.requests)
        own.pass_time(minutes=10)

    assert (1, 2, 2) == (asked, again, len(victim.requests))
    assert 0 == own.pushes.count_subscriptions()


def test_stranger_cannot_change_a_subscription(own):
    """A request with another secret and another lease that the callback does not confirm changes nothing."""
    with serving(Peer(confirm, Answer(404), confirm)) as peer:
        own.subscribe(peer.url, secret="mine")
        own.subscribe(peer.url, secret="theirs", lease_seconds="1")
        own.pass_time(minutes=30)
        held = own.pushes.find_subscription(ATOM, peer.url)

    assert ("mine", NOON + dt.timedelta(hours=1)) == (held.secret, held.expires)


def test_subscriptions_are_limited(own):
    """For each host, and in all; those that nobody has confirmed count."""
    with serving(Peer(confirm)) as peer:
        own.subscribe(f"{peer.url}/1")
        own.subscribe(f"{peer.url}/2")
        with pytest.raises(FullError, match="this host"):
            own.subscribe(f"{peer.url}/3")
        own.subscribe(f"{peer.url}/2")
        own.subscribe("http://127.0.0.9:9999/")
        with pytest.raises(FullError, match="this hub"):
            own.subscribe("http://127.0.0.8:9999/")


def test_private_callback_is_refused_at_once(office):
    """Where the address says it; names are judged when they are asked."""
    room = office(own_hub=HUB, callbacks=Callbacks())
    with pytest.raises(IntentError, match="all of the internet"):
        room.subscribe("http://10.0.0.1/")


def test_name_that_leads_to_a_private_address_is_never_asked(office):
    """Nor does it stay a subscription."""
    room = office(own_hub=HUB, callbacks=Callbacks())
    with serving(Peer(confirm)) as peer:
        room.subscribe(peer.url.replace("127.0.0.1", "localhost"))
        room.pass_time(minutes=2)

    assert ([], 0) == (peer.requests, room.pushes.count_subscriptions())


def test_nobody_unsubscribes_what_is_not_there(own):
    """And nobody is asked about it."""
    with serving(Peer(confirm)) as peer, pytest.raises(IntentError, match="no such subscription"):
        own.subscribe(peer.url, mode="unsubscribe")

    assert [] == peer.requests


def test_slow_subscribers_do_not_hold_up_the_others(own):
    """Two requests at a time to one host; other hosts do not wait for it."""
    release = threading.Event()

    def hang(request) -> Answer:
        return (
            confirm(request) if request.method == "GET" else (release.wait(20) and Answer(202)) or Answer(202)
        )

    own.settings = PushSettings(topics=TOPICS, callbacks=LOOPBACK, own_hub=HUB, max_per_host=99)
    own.restart()
    slow, quick = Peer(hang), Peer(confirm)
    with serving(slow), serving(quick, host="127.0.0.2"):
        for number in range(6):
            own.subscribe(f"{slow.url}/{number}")
        own.subscribe(quick.url)
        own.publish("a")
        delivering = threading.Thread(target=own.courier.deliver, kwargs={"seconds": 20})
        delivering.start()
        quick.wait(1, method="POST")
        hanging = len(slow.wait(2, method="POST"))
        release.set()
        delivering.join()

    assert (2, 6) == (hanging, len(contents(slow)))
