"""One document from the web, by real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager

import pytest

import feedpub.fetch.document
from feedpub.fetch import FetchError, fetch, is_public

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfeed"


@contextmanager
def serving(*answers: bytes | Callable[[socket.socket], None], host: str = "127.0.0.1", tls=None):
    """Answer each connection with the next of `answers`; give the address."""
    listener = socket.create_server((host, 0))
    requests: list[bytes] = []

    def serve() -> None:
        for answer in answers:
            try:
                sock, _ = listener.accept()
                with tls.wrap_socket(sock, server_side=True) if tls else sock as sock:
                    requests.append(sock.recv(65536))
                    if callable(answer):
                        answer(sock)
                    else:
                        sock.sendall(answer)
            except OSError:  # the client hung up, which is what some tests want
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    serving.requests = requests
    scheme = "https" if tls else "http"
    try:
        yield f"{scheme}://{host}:{listener.getsockname()[1]}"
    finally:
        with socket.socket() as last:  # wakes the one that still waits for a connection
            last.connect_ex(listener.getsockname())
        listener.close()
        thread.join(5)


def redirect(to: str) -> bytes:
    """Give the answer that sends a client elsewhere."""
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def test_document_at_the_address_is_returned():
    """The bytes, and where they were."""
    with serving(OK) as url:
        assert (b"feed", f"{url}/a?b=c#d") == fetch(f"{url}/a?b=c#d", max_bytes=10)

    assert serving.requests[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")


def test_redirect_is_followed_also_a_relative_one():
    """Feeds move."""
    with serving(redirect("/there"), OK) as url:
        assert (b"feed", f"{url}/there") == fetch(f"{url}/here", max_bytes=10)


def test_redirects_without_end_are_given_up():
    """A loop ends."""
    with serving(*[redirect("/")] * 6) as url, pytest.raises(FetchError, match="redirects"):
        fetch(url, max_bytes=10)


def test_redirect_from_a_public_to_a_private_address_is_refused(monkeypatch):
    """A foreign server cannot have us ask the machines of our network."""
    monkeypatch.setattr(feedpub.fetch.document, "is_public", lambda address: address == "127.0.0.1")
    with serving(OK, host="127.0.0.2") as inside, serving(redirect(inside)) as url:  # noqa: SIM117
        with pytest.raises(FetchError, match="no public address"):
            fetch(url, max_bytes=10)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/", "http://[::1"])
def test_redirect_to_something_else_than_http_is_refused(to):
    """Only the web is fetched from."""
    with serving(redirect(to)) as url, pytest.raises(FetchError, match="no http or https address"):
        fetch(url, max_bytes=10)


WRONG = {
    "missing": (b"HTTP/1.1 404 Not Found\r\n\r\n", "answers 404"),
    "too large": (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100, "too large"),
    "said to be too large": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * 100, "too large"),
    "cut off": (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfeed", "ended before|IncompleteRead"),
    "compressed": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx", "compressed"),
    "no HTTP": (b"220 mail.example ESMTP\r\n", "127.0.0.1"),
    "silent": (b"", "127.0.0.1"),
}


@pytest.mark.parametrize(("answer", "reason"), WRONG.values(), ids=WRONG)
def test_answer_that_is_no_whole_document_is_an_error(answer, reason):
    """Half a feed is none."""
    with serving(answer) as url, pytest.raises(FetchError, match=reason):
        fetch(url, max_bytes=10)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["headers", "body"])
def test_answer_without_end_is_cut_at_the_deadline(head):
    """Dripping bytes do not keep us."""
    stop = threading.Event()

    def drip(sock: socket.socket) -> None:
        sock.sendall(head or b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not stop.wait(0.01):
            sock.sendall(b"x")

    with serving(drip) as url:
        try:
            with pytest.raises(FetchError, match=r"within 0\.2 seconds"):
                fetch(url, max_bytes=10_000, deadline_seconds=0.2)
        finally:
            stop.set()


def test_certificate_that_nobody_vouches_for_is_refused(secure):
    """Who answers is who was asked, or nothing is adopted."""
    tls = secure(trusted=False)

    with serving(OK, tls=tls) as url, pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(url, max_bytes=10)


ADDRESSES = {
    "93.184.215.14": True,
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c": True,
    "127.0.0.1": False,
    "10.1.2.3": False,
    "172.16.0.1": False,
    "192.168.1.1": False,
    "169.254.169.254": False,
    "100.64.0.1": False,
    "0.0.0.0": False,
    "224.0.0.1": False,
    "255.255.255.255": False,
    "::1": False,
    "::": False,
    "fe80::1%eth0": False,
    "fd00::1": False,
    "ff0e::1": False,
    "::ffff:127.0.0.1": False,
    "::ffff:8.8.8.8": True,
    "2002:7f00:1::": False,
    "64:ff9b::7f00:1": False,
    "64:ff9b::808:808": True,
}


@pytest.mark.parametrize(("address", "public"), ADDRESSES.items(), ids=ADDRESSES)
def test_address_is_public_only_if_all_the_internet_can_reach_it(address, public):
    """Also where an IPv4 address hides in an IPv6 one."""
    assert public is is_public(address)
