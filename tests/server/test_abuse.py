"""Clients that are too many, too slow or too eager, over real sockets; ordinary ones are served meanwhile."""

import asyncio
import re
import resource
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from ipaddress import ip_network

import httpx2
import pytest

from feedpub.server import Limits, Manners, Server, bind, create_app
from feedpub.server.patience import _affordable

QUICK = Limits(connections=20, request_seconds=0.3, send_seconds=1.0, idle_seconds=1)
LARGE = 8_000_000


@contextmanager
def serving(root, limits=QUICK, **manners):
    """Run a server with these limits; give its port."""
    (root / "feeds").mkdir()
    (root / "feeds/news.rss").write_bytes(b"<rss/>" * 100)
    (root / "large.txt").write_bytes(b"x" * LARGE)
    (root / "large.mp3").write_bytes(b"x" * LARGE)
    app = create_app(root, Manners(site_url="https://news.example.org/", **manners), health=dict)
    server, sock = Server(app, limits), bind("127.0.0.1", 0)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sock)))
    thread.start()
    try:
        yield sock.getsockname()[1]
    finally:
        server.stop()
        thread.join()


def connect(port, sent=b"", **options):
    """Open a connection, say something, and leave it at that."""
    client = socket.socket()
    client.settimeout(10)
    for option, value in options.items():
        client.setsockopt(socket.SOL_SOCKET, getattr(socket, option), value)
    client.connect(("127.0.0.1", port))
    client.sendall(sent)
    return client


def rest(client):
    """Return what comes back until the server closes the connection, and how it ended."""
    received = b""
    with client:
        try:
            while piece := client.recv(1 << 20):
                received += piece
        except ConnectionResetError:
            pass
    return received


def ask(port, **fields):
    """Ask for the feed as an ordinary subscriber; return the status."""
    return httpx2.get(f"http://127.0.0.1:{port}/feeds/news.rss", headers=fields, timeout=5).status_code


SLOW = {
    "silent": b"",
    "half a request line": b"GET /feeds/ne",
    "half the headers": b"GET /feeds/news.rss HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "a body that does not come": b"POST /feeds/news.rss HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n",
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_request_that_does_not_come_ends_the_connection(tmp_path, sent):
    """It is cut off soon, and who has begun hears why."""
    with serving(tmp_path) as port:
        received = rest(connect(port, sent))

    assert received == b"" or received.startswith(b"HTTP/1.1 408 ")


def test_request_that_comes_byte_by_byte_ends_the_connection(tmp_path):
    """A byte now and then does not move the deadline."""
    with serving(tmp_path) as port, connect(port, b"GET / HTTP/1.1\r\n") as client:
        for _ in range(200):
            time.sleep(0.05)  # this is the attack
            try:
                client.sendall(b"X: y\r\n")
            except OSError:  # reset, or a broken pipe
                return

    pytest.fail("it went on for ten seconds")


@pytest.mark.parametrize("path", [b"/large.txt", b"/large.mp3"], ids=["from memory", "from the disk"])
def test_answer_that_is_not_read_ends_the_connection(tmp_path, path):
    """Who does not read holds neither memory nor a descriptor for long."""
    with serving(tmp_path) as port:
        client = connect(port, b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % path, SO_RCVBUF=4096)
        deadline = time.monotonic() + 10
        while _established(port) and time.monotonic() < deadline:
            threading.Event().wait(0.1)

        assert 0 == _established(port)
        assert len(rest(client)) < LARGE


def test_answer_that_is_read_slowly_arrives(tmp_path):
    """A slow line is no attack: as long as it goes on, the file comes whole."""
    with (
        serving(tmp_path) as port,
        connect(
            port, b"GET /large.mp3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", SO_RCVBUF=65536
        ) as client,
    ):
        received = 0
        while piece := client.recv(1 << 16):
            received += len(piece)
            if received % 16 == 0:
                time.sleep(0.01)  # this is the slow line

    assert received > LARGE


def test_ordinary_subscriber_is_served_beside_a_crowd(tmp_path):
    """Ten times as many idle, slow and deaf clients as there is room for do not shut anybody out."""
    with serving(tmp_path) as port, ExitStack() as crowd:
        for number in range(200):
            sent = list(SLOW.values())[number % len(SLOW)]
            crowd.enter_context(connect(port, sent))
            if number % 20 == 0:
                assert 200 == ask(port)
        for _ in range(30):
            crowd.enter_context(connect(port, b"GET /large.txt HTTP/1.1\r\nHost: a\r\n\r\n", SO_RCVBUF=4096))
        deadline, status = time.monotonic() + 8, 503
        while status != 200 and time.monotonic() < deadline:
            status = ask(port)

    assert 200 == status


def test_when_all_are_busy_the_next_one_is_asked_to_come_again(tmp_path):
    """503 with Retry-After, not silence."""
    with serving(tmp_path) as port, ExitStack() as crowd:
        for _ in range(QUICK.connections):
            client = crowd.enter_context(
                connect(port, b"GET /large.txt HTTP/1.1\r\nHost: a\r\n\r\n", SO_RCVBUF=4096)
            )
            client.recv(100)
        received = rest(connect(port))

    assert received.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: " in received


def test_connection_is_kept_for_the_next_request(tmp_path):
    """Keep-alive, and the end of it after a while of silence."""
    request = b"GET /feeds/news.rss HTTP/1.1\r\nHost: a\r\n\r\n"
    with serving(tmp_path) as port, connect(port, request) as client:
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
        client.sendall(request)
        received = rest(client)

    assert 1 == len(re.findall(rb"HTTP/1\.1 200 ", received))


def test_descriptors_are_given_back(tmp_path):
    """After a hundred resets there are as many as before."""
    with serving(tmp_path) as port:
        ask(port)
        for _ in range(100):
            client = connect(port, b"GET /large.mp3 HTTP/1.1\r\nHost: a\r\n\r\n")
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client.close()
        deadline = time.monotonic() + 5
        while _established(port) and time.monotonic() < deadline:
            threading.Event().wait(0.05)

        assert 0 == _established(port)
        assert 200 == ask(port)


def test_abuser_is_told_to_wait_and_others_are_not(tmp_path):
    """429 with Retry-After for the address that asks without pause."""
    proxies = (ip_network("127.0.0.1"),)
    with serving(tmp_path, trusted_proxies=proxies, requests_per_second=1) as port:
        answers = []
        with httpx2.Client(headers={"X-Forwarded-For": "203.0.113.7"}) as abuser:
            while len(answers) < 2_000 and not (answers and answers[-1].status_code == 429):
                answers.append(abuser.get(f"http://127.0.0.1:{port}/feeds/news.rss"))
        other = ask(port, **{"X-Forwarded-For": "203.0.113.8"})
        own = [ask(port) for _ in range(30)]

    refused = answers[-1]
    assert [200] * 20 == [answer.status_code for answer in answers[:20]]
    assert (429, "1") == (refused.status_code, refused.headers["retry-after"])
    assert 200 == other
    assert [200] * 30 == own


def test_no_more_connections_than_descriptors():
    """A limit of the system that cannot be raised is kept to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        assert 50 == _affordable(50)
        if hard != resource.RLIM_INFINITY:
            assert hard - 128 >= _affordable(hard + 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _established(port):
    """Count the connections that the server holds, by the system's own table."""
    with open("/proc/net/tcp") as table:  # noqa: PTH123  no file in the usual sense
        rows = [line.split() for line in table][1:]
    local = f":{port:04X}"
    return sum(1 for row in rows if row[1].endswith(local) and row[3] in ("01", "08"))
