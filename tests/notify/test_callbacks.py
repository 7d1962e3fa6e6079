"""Where strangers cannot have us go (SSRF)."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from notify.peers import Answer, Peer, confirm, serving

from feedpub.fetch import RefusedError, exchange
from feedpub.model import Intent, Mode
from feedpub.notify import Callbacks, Content, Fate, distribute, verify

PUBLIC_ONLY = Callbacks()
CONTENT = Content(
    topic="https://news.example.org/feeds/news.atom",
    hub="https://news.example.org/hub",
    body=b"<feed/>",
    media_type="application/atom+xml; charset=utf-8",
)

# Everything that a system's resolver takes for an address of this machine or its network.
PRIVATE = {
    "loopback": "127.0.0.1",
    "any loopback": "127.9.9.9",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "octal": "0177.0.0.1",
    "short": "127.1",
    "this host": "0.0.0.0",
    "a name": "localhost",
    "ten": "10.0.0.1",
    "a home": "192.168.1.1",
    "a company": "172.16.0.1",
    "a carrier": "100.64.0.1",
    "metadata of clouds": "169.254.169.254",
    "multicast": "224.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "[::1]",
    "IPv6 of nobody": "[::]",
    "IPv6 link-local": "[fe80::1]",
    "IPv6 unique local": "[fd00::1]",
    "IPv6 multicast": "[ff02::1]",
    "metadata over IPv6": "[fd00:ec2::254]",
    "IPv4 in IPv6": "[::ffff:127.0.0.1]",
    "IPv4 in IPv6, in hexadecimal": "[::ffff:7f00:1]",
    "6to4": "[2002:7f00:1::]",
    "NAT64": "[64:ff9b::7f00:1]",
    "Teredo": "[2001:0:0:0:0:0:80ff:fffe]",
}


@pytest.mark.parametrize("host", PRIVATE.values(), ids=PRIVATE)
def test_private_callback_is_refused_however_it_is_written(host):
    """No request leaves: neither a question nor content."""
    callback = f"http://{host}:8080/admin?delete=all"
    intent = Intent(
        mode=Mode.SUBSCRIBE, callback=callback, topic=CONTENT.topic, host=host.strip("[]"), lease_seconds=300
    )
    asked = verify(intent, challenge="c", callbacks=PUBLIC_ONLY)
    sent = distribute(callback, CONTENT, secret=None, callbacks=PUBLIC_ONLY)

    assert (Fate.NEVER, Fate.NEVER) == (asked.fate, sent.fate)
    assert "which is no public address" in asked.reason


def test_name_that_changes_its_mind_leads_where_it_was_checked(monkeypatch):
    """DNS rebinding: a name is resolved once, and that answer is connected to."""
    answers = ["127.0.0.1", "127.0.0.2"]
    asked = []

    def resolve(host, _port, **_options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), 0))]

    with serving(Peer(), host="127.0.0.2") as inside:
        port = inside.url.rpartition(":")[2]
        with serving(Peer(), port=int(port)) as outside:
            monkeypatch.setattr("feedpub.fetch.addresses.socket.getaddrinfo", _only_for_names(resolve))
            exchange(
                f"http://rebind.example.com:{port}/",
                method="POST",
                body=b"x",
                allowed=lambda address: address == "127.0.0.1",
            )

    assert (["rebind.example.com"], 1, 0) == (asked, len(outside.requests), len(inside.requests))


def _only_for_names(resolve):
    """Answer for the name of the test; connecting asks for addresses, which stay what they are."""
    real = socket.getaddrinfo

    def choose(host, *arguments, **options):
        return (
            resolve(host, *arguments, **options)
            if host.endswith("example.com")
            else real(host, *arguments, **options)
        )

    return choose


def test_name_with_one_private_address_among_others_is_refused(monkeypatch):
    """Any of them could be taken."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr("feedpub.fetch.addresses.socket.getaddrinfo", lambda *_a, **_o: found)

    with pytest.raises(RefusedError):
        exchange("http://mixed.example.com/", allowed=PUBLIC_ONLY.allow)


def test_allowed_network_is_called():
    """What the operator names is let through, in each of its forms; its neighbours are not."""
    callbacks = Callbacks(networks=[ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("fd00::/8")])

    allowed = ["10.1.2.3", "::ffff:10.1.2.3", "fd12::1%eth0", "93.184.215.14"]
    refused = ["10.2.0.1", "127.0.0.1", "fe80::1", "::ffff:10.2.0.1"]
    assert [True] * 4 == [callbacks.allow(address) for address in allowed]
    assert [False] * 4 == [callbacks.allow(address) for address in refused]


LOOPBACK = Callbacks(networks=[ipaddress.ip_network("127.0.0.0/8")])


def test_redirect_of_a_callback_is_a_failure():
    """WebSub section 7: so nobody is led elsewhere."""
    with serving(Peer()) as inside, serving(Peer(Answer(307, {"Location": inside.url}))) as peer:
        outcome = distribute(peer.url, CONTENT, secret=None, callbacks=LOOPBACK)

    assert (Fate.NEVER, []) == (outcome.fate, inside.requests)


def test_content_is_signed_with_the_secret():
    """WebSub section 8: HMAC with SHA-256 over the body, as `openssl dgst -sha256 -hmac geheim` has it."""
    with serving(Peer()) as peer:
        distribute(f"{peer.url}/callback?id=1", CONTENT, secret="geheim", callbacks=LOOPBACK)

    (request,) = peer.requests
    assert ("POST", "/callback?id=1", b"<feed/>") == (request.method, request.target, request.body)
    assert CONTENT.media_type == request.headers["content-type"]
    assert f'<{CONTENT.hub}>; rel="hub", <{CONTENT.topic}>; rel="self"' == request.headers["link"]
    signature = "sha256=6cdc06a355b4db2a0426e052abdc09cad592a167a576f9da52d429f011ba15b1"
    assert signature == request.headers["x-hub-signature"]


def test_content_without_a_secret_is_not_signed():
    """WebSub section 7."""
    with serving(Peer()) as peer:
        distribute(peer.url, CONTENT, secret=None, callbacks=LOOPBACK)

    assert "x-hub-signature" not in peer.requests[0].headers


def an_intent(callback: str, **changes) -> Intent:
    """Make what a subscriber wants."""
    plain = {
        "mode": Mode.SUBSCRIBE,
        "callback": callback,
        "topic": CONTENT.topic,
        "host": "127.0.0.1",
        "lease_seconds": 300,
    }
    return Intent(**plain | changes)


def test_callback_is_asked_with_its_own_query():
    """WebSub section 5.3: our fields come after what the subscriber has in its address."""
    with serving(Peer(confirm)) as peer:
        outcome = verify(an_intent(f"{peer.url}/callback?id=1"), challenge="a+b", callbacks=LOOPBACK)

    (request,) = peer.requests
    assert Fate.DONE is outcome.fate
    assert request.target.startswith("/callback?id=1&hub.mode=subscribe&")
    assert {
        "id": "1",
        "hub.mode": "subscribe",
        "hub.topic": CONTENT.topic,
        "hub.challenge": "a+b",
        "hub.lease_seconds": "300",
    } == request.query


UNCONFIRMED = {
    "another text": Answer(200, body=b"challenge!"),
    "the text and more": Answer(200, body=b"challenge\n"),
    "nothing": Answer(204),
    "not found": Answer(404, body=b"challenge"),
    "a redirect": Answer(302, {"Location": "/?challenge"}, b"challenge"),
}


@pytest.mark.parametrize("answer", UNCONFIRMED.values(), ids=UNCONFIRMED)
def test_callback_that_does_not_repeat_the_challenge_is_refused(answer):
    """WebSub section 5.3.1: a machine that merely answers is no subscriber."""
    with serving(Peer(answer)) as peer:
        outcome = verify(an_intent(peer.url), challenge="challenge", callbacks=LOOPBACK)

    assert Fate.NEVER is outcome.fate


def test_callback_in_trouble_may_be_asked_again():
    """WebSub leaves that to the hub."""
    with serving(Peer(Answer(503))) as peer:
        assert Fate.AGAIN is verify(an_intent(peer.url), challenge="c", callbacks=LOOPBACK).fate


def test_answer_that_is_longer_than_any_challenge_is_not_read():
    """Nobody fills our memory."""
    with serving(Peer(Answer(200, body=b"c" * 1_000_000))) as peer:
        outcome = verify(an_intent(peer.url), challenge="c", callbacks=LOOPBACK)

    assert (Fate.AGAIN, "too large; at most 1,024 bytes are read") == (outcome.fate, outcome.reason)
