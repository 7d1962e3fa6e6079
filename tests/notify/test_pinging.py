"""Pings to hubs that answer by script."""

from __future__ import annotations

import socket
import threading

import pytest
from notify.peers import Answer, Peer, serving

from feedpub.notify import Fate, ping

TOPIC = "https://news.example.org/feeds/news.atom?a=1&b=ü"

FATES = {
    200: Fate.DONE,
    202: Fate.DONE,
    204: Fate.DONE,
    301: Fate.NEVER,
    302: Fate.NEVER,
    304: Fate.NEVER,
    400: Fate.NEVER,
    403: Fate.NEVER,
    404: Fate.NEVER,
    408: Fate.AGAIN,
    410: Fate.GONE,
    422: Fate.NEVER,
    425: Fate.AGAIN,
    429: Fate.AGAIN,
    500: Fate.AGAIN,
    502: Fate.AGAIN,
    503: Fate.AGAIN,
}


@pytest.mark.parametrize(("status", "fate"), FATES.items())
def test_answers_mean_what_they_say(status, fate):
    """C106, C107: 2xx is success, troubles that may pass are tried again, the rest is not."""
    with serving(Peer(Answer(status, {"Location": "/elsewhere"}))) as hub:
        assert fate is ping(hub.url, TOPIC).fate


def test_ping_is_what_hubs_understand():
    """C103: a form with the topic under both names, to the very address of the hub."""
    with serving(Peer()) as hub:
        outcome = ping(f"{hub.url}/push?key=1", TOPIC)

    (request,) = hub.requests
    assert ("POST", "/push?key=1") == (request.method, request.target)
    assert "application/x-www-form-urlencoded" == request.headers["content-type"]
    assert {"hub.mode": "publish", "hub.url": TOPIC, "hub.topic": TOPIC} == request.form
    assert ("127.0.0.1",) == outcome.addresses


def test_what_the_hub_asks_for_is_kept():
    """C106: Retry-After decides about the next attempt."""
    with serving(Peer(Answer(503, {"Retry-After": "120"}))) as hub:
        outcome = ping(hub.url, TOPIC)

    assert ("120", "it answers 503") == (outcome.retry_after, outcome.reason)


def test_hub_that_hangs_is_left():
    """C105: a hub that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        outcome = ping(f"http://127.0.0.1:{listener.getsockname()[1]}/", TOPIC, deadline_seconds=0.2)

    assert (Fate.AGAIN, "no whole answer within 0.2 seconds") == (outcome.fate, outcome.reason)


def test_hub_that_answers_without_end_is_done():
    """C105: its status is all that is read."""

    def drip(listener: socket.socket) -> None:
        sock, _ = listener.accept()
        with sock:
            sock.recv(65536)
            sock.sendall(b"HTTP/1.1 202 Accepted\r\nContent-Length: 99999999\r\n\r\nx")
            sock.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        outcome = ping(f"http://127.0.0.1:{listener.getsockname()[1]}/", TOPIC)
        thread.join(5)

    assert Fate.DONE is outcome.fate


def test_hub_that_is_down_is_tried_again():
    """C106: nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert Fate.AGAIN is ping(f"http://127.0.0.1:{port}/", TOPIC).fate


@pytest.mark.parametrize("status", [307, 308])
def test_redirect_to_https_at_the_same_host_is_followed(secure, status):
    """C107: with the method and the form kept."""
    with (
        serving(Peer(), tls=secure()) as there,
        serving(Peer(Answer(status, {"Location": f"{there.url}/push"}))) as here,
    ):
        outcome = ping(here.url, TOPIC)

    (request,) = there.requests
    assert (Fate.DONE, "POST", "/push") == (outcome.fate, request.method, request.target)
    assert here.requests[0].body == request.body


@pytest.mark.parametrize("status", [301, 302, 303])
def test_redirect_that_may_change_the_method_is_not_followed(secure, status):
    """C107: a ping that becomes a GET tells nobody anything."""
    with (
        serving(Peer(), tls=secure()) as there,
        serving(Peer(Answer(status, {"Location": there.url}))) as here,
    ):
        outcome = ping(here.url, TOPIC)

    assert (Fate.NEVER, []) == (outcome.fate, there.requests)


@pytest.mark.parametrize("to", ["{url}/", "/there", "https://127.0.0.2/", "https://[::1", "gopher://x/", ""])
def test_redirect_elsewhere_is_not_followed(to):
    """C107: an answer that came in the clear names no other hub, nor another way to this one."""
    with serving(Peer()) as there, serving(Peer()) as here:
        here.script = [Answer(307, {"Location": to.format(url=there.url)})]
        outcome = ping(here.url, TOPIC)

    assert (Fate.NEVER, 1, 0) == (outcome.fate, len(here.requests), len(there.requests))


def test_redirect_without_end_is_given_up(secure):
    """C107: a hub that leads in circles is in trouble, which may pass."""
    with serving(Peer(Answer(307, {"Location": "/again"})), tls=secure()) as hub:
        outcome = ping(hub.url, TOPIC)

    assert (Fate.AGAIN, "more than 3 redirects") == (outcome.fate, outcome.reason)
