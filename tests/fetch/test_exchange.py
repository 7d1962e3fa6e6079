"""One request and its answer, by real sockets."""

from __future__ import annotations

from importlib import import_module

import pytest
from fetch.test_fetch import serving
from notify.peers import Answer, Peer
from notify.peers import serving as answering

from feedpub.fetch import FetchError, RefusedError, exchange


def test_request_is_sent_as_it_is_given():
    """Method, query, headers, body; and who we are."""
    with answering(Peer(Answer(202, {"X-Say": "Yes"}, b"done"))) as peer:
        response = exchange(
            f"{peer.url}/a?b=c", method="POST", headers={"X-Ask": "1"}, body=b"text", max_bytes=9
        )

    (request,) = peer.requests
    assert ("POST", "/a?b=c", b"text") == (request.method, request.target, request.body)
    assert ("1", peer.url.removeprefix("http://")) == (request.headers["x-ask"], request.headers["host"])
    assert request.headers["user-agent"].startswith("feedpub/")
    assert (202, b"done", "Yes") == (response.status, response.body, response.headers["x-say"])
    assert (("127.0.0.1",), None) == (response.addresses, response.certified_until)


def test_body_that_is_not_asked_for_is_not_read():
    """Only the status counts then."""
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nx") as url:
        assert (200, b"") == ((response := exchange(url)).status, response.body)


def test_body_of_an_error_is_not_read():
    """It would be for people."""
    with serving(b"HTTP/1.1 404 Not Found\r\nContent-Length: 99999999\r\n\r\nx") as url:
        assert (404, b"") == ((response := exchange(url, max_bytes=9)).status, response.body)


def test_address_that_is_not_allowed_is_not_connected_to():
    """It is told from an address that does not answer."""
    with pytest.raises(RefusedError, match="no public address"):
        exchange("http://127.0.0.1:1/", allowed=lambda _address: False)


def test_host_is_found_at_whichever_of_its_addresses_answers(monkeypatch):
    """The first of them may be that of a network we are not in."""
    with answering(Peer(Answer(204))) as peer:
        port = int(peer.url.rpartition(":")[2])
        module = import_module("feedpub.fetch.exchange")  # by its name: the function in it has the same one
        monkeypatch.setattr(module, "resolve", lambda _host: ("127.0.0.9", "127.0.0.1"))
        response = exchange(f"http://two.example.com:{port}/")

    assert (204, ("127.0.0.9", "127.0.0.1")) == (response.status, response.addresses)


WRONG = [
    "http://",
    "https:///x",
    "//127.0.0.1/",
    "127.0.0.1",
    "http://127.0.0.1:0/",
    "http://[::1",
    "http://a\tb/",
]


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_is_an_error(url):
    """And nothing is sent anywhere."""
    with pytest.raises(FetchError):
        exchange(url, allowed=lambda _address: False)
