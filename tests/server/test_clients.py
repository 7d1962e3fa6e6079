"""Who asks, and how often one may."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.server.clients import Clients, household
from feedpub.server.throttle import _BURST_SECONDS, Throttle

PROXIES = tuple(ip_network(text) for text in ("127.0.0.1", "::1", "10.0.0.0/8"))
CLIENT = "203.0.113.7"

NAMED = {
    "nobody else": ("203.0.113.7", {}, CLIENT),
    "a client that lies": ("203.0.113.7", {"x-forwarded-for": "198.51.100.1"}, CLIENT),
    "a proxy": ("127.0.0.1", {"x-forwarded-for": CLIENT}, CLIENT),
    "a proxy on IPv6": ("::1", {"x-forwarded-for": CLIENT}, CLIENT),
    "a proxy on mapped IPv4": ("::ffff:127.0.0.1", {"x-forwarded-for": CLIENT}, CLIENT),
    "two proxies": ("127.0.0.1", {"x-forwarded-for": f"{CLIENT}, 10.1.2.3"}, CLIENT),
    "a client that lies to a proxy": (
        "127.0.0.1",
        {"x-forwarded-for": f"127.0.0.1, 8.8.8.8, {CLIENT}"},
        CLIENT,
    ),
    "a proxy that adds the port": ("127.0.0.1", {"x-forwarded-for": f"{CLIENT}:4711"}, CLIENT),
    "IPv6 with its port": ("127.0.0.1", {"x-forwarded-for": "[2001:db8::1]:4711"}, "2001:db8::1"),
    "Forwarded": ("127.0.0.1", {"forwarded": f"for={CLIENT};proto=https"}, CLIENT),
    "Forwarded, several": ("127.0.0.1", {"forwarded": f'for=8.8.8.8, For="{CLIENT}", for=10.0.0.1'}, CLIENT),
    "Forwarded, IPv6": ("127.0.0.1", {"forwarded": 'for="[2001:db8::1]:80"'}, "2001:db8::1"),
    "a proxy for itself": ("127.0.0.1", {}, None),
    "a proxy for another one": ("127.0.0.1", {"x-forwarded-for": "10.0.0.1"}, None),
    "noise": ("127.0.0.1", {"x-forwarded-for": "unknown"}, "unknown"),
}


@pytest.mark.parametrize(("peer", "fields", "client"), NAMED.values(), ids=NAMED)
def test_client_is_who_a_trusted_proxy_says(peer, fields, client):
    """Only what our own proxies appended counts; what a client claims counts for nothing."""
    assert client == Clients(PROXIES).of(peer, fields)


def test_nobody_is_believed_without_proxies():
    """The peer is the client then, on whatever address."""
    assert "127.0.0.1" == Clients(()).of("127.0.0.1", {"x-forwarded-for": CLIENT})


HOUSEHOLDS = {
    "IPv4": ("203.0.113.7", "203.0.113.7"),
    "IPv6": ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    "mapped IPv4": ("::ffff:203.0.113.7", "203.0.113.7"),
    "noise": ("unknown", "unknown"),
}


@pytest.mark.parametrize(("address", "shared"), HOUSEHOLDS.values(), ids=HOUSEHOLDS)
def test_one_subscriber_has_one_allowance(address, shared):
    """Who has 2^64 addresses of IPv6 is one client all the same."""
    assert shared == household(address)


def test_burst_is_welcome_and_then_the_rate():
    """A reader that starts asks for all its feeds at once; who goes on like that is asked to wait."""
    throttle = Throttle(2)
    burst = [throttle.wait("a", 0.0) for _ in range(2 * _BURST_SECONDS + 3)]

    assert [0] * 2 * _BURST_SECONDS + [1] * 3 == burst
    assert [0, 1] == [throttle.wait("a", 0.5), throttle.wait("a", 0.5)]
    assert 0 == throttle.wait("b", 0.5)


@given(rate=st.floats(0.1, 100), polls=st.integers(1, 500))
def test_polite_reader_is_never_refused(rate, polls):
    """Whoever keeps to the rate may go on for ever."""
    throttle = Throttle(rate)

    assert not any(throttle.wait("a", number / rate) for number in range(polls))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5)), max_size=300))
def test_nobody_gets_more_than_the_rate(asked):
    """Not more than the burst and what the time since allows, whatever the others do."""
    throttle, now, welcome = Throttle(3), 0.0, 0
    for client, pause in asked:
        now += pause
        if throttle.wait(client, now) == 0 and client == "a":
            welcome += 1

    assert welcome <= 3 * (_BURST_SECONDS + now) + 1


def test_table_of_clients_is_bounded():
    """A crowd of addresses takes no more memory; who has not asked for longest is forgotten."""
    throttle = Throttle(1, clients=100)
    for number in range(10_000):
        throttle.wait(str(number), 0.0)

    assert 100 == len(throttle._buckets)


def test_rate_of_zero_allows_any_number():
    """Then nothing is remembered at all."""
    throttle = Throttle(0)

    assert not any(throttle.wait("a", 0.0) for _ in range(10_000))
    assert not throttle._buckets
