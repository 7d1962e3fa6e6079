"""Requests that come again, byte for byte: their answers are those of the first time while they hold."""

import re
import socket
import time

import pytest
from server.conftest import SITE_URL

from feedpub.server import Manners, create_app

FEED = "/feeds/news.rss"
FORMS = {
    "feed": "GET /feeds/news.rss HTTP/1.1\r\nHost: a\r\n\r\n",
    "compressed": "GET /feeds/news.rss HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n",
    "unchanged": "GET /feeds/news.rss HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n",
    "part": "GET /feeds/news.rss HTTP/1.1\r\nHost: a\r\nRange: bytes=0-9\r\n\r\n",
    "head": "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    "page": "GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n",
    "missing": "GET /gone HTTP/1.1\r\nHost: a\r\n\r\n",
    "health": "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
    "query": "GET /feeds/news.rss?a=b HTTP/1.1\r\nHost: a\r\n\r\n",
}


class Talk:
    """One kept connection."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, *pieces):
        """Send a request in pieces; return status, header fields but the date, and body."""
        for piece in pieces:
            self.socket.sendall(piece.encode())
            time.sleep(0.02 if len(pieces) > 1 else 0)
        return self.answer(head=pieces[0].startswith("HEAD"))

    def answer(self, *, head=False):
        """Return the next answer."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.socket.recv(1)
        first, *lines = received.decode().strip().split("\r\n")
        fields = {line for line in lines if not line.startswith("date:")}
        length = re.search(r"content-length: (\d+)", received.decode())
        body = b""
        while length and not head and len(body) < int(length[1]):
            body += self.socket.recv(int(length[1]) - len(body))
        return first, fields, body


def test_answers_are_the_same_each_time(site):
    """Whatever is asked, in any order, on one connection or on another."""
    first = {}
    for _ in range(3):
        with Talk(site.port) as talk:
            for name, request in [*FORMS.items(), *reversed(FORMS.items())]:
                answer = talk.ask(request)
                assert first.setdefault(name, answer) == answer, name


def test_new_version_is_seen_at_once(site):
    """What was remembered holds for the document it was about."""
    with Talk(site.port) as talk:
        old = talk.ask(FORMS["feed"])
        assert old == talk.ask(FORMS["feed"])
        (site.root / FEED[1:]).write_bytes(b"<rss>new</rss>")

        assert b"<rss>new</rss>" == talk.ask(FORMS["feed"])[2]
        (site.root / FEED[1:]).unlink()
        assert "HTTP/1.1 404 Not Found" == talk.ask(FORMS["feed"])[0]


def test_request_in_two_pieces_is_no_other_request(site):
    """The second piece, should it come alone, means nothing."""
    request = FORMS["unchanged"]
    for cut in range(1, len(request), 7):
        with Talk(site.port) as talk:
            whole = talk.ask(request)
            assert whole == talk.ask(request[:cut], request[cut:])
            assert whole == talk.ask(request[:cut], request[cut:])
            assert whole == talk.ask(request)
        if request[cut:].strip():
            assert re.match(rb"HTTP/1.1 (400|501) ", site.raw(request[cut:].encode()))


def test_requests_that_come_together_are_each_answered(site):
    """Two in one piece are not one that came before; nor is one behind which a second begins."""
    feed, head = FORMS["feed"], FORMS["head"]
    with Talk(site.port) as talk:
        one, other = talk.ask(feed), talk.ask(head)
        for _ in range(2):
            talk.socket.sendall((feed + head).encode())
            assert (one, other) == (talk.answer(), talk.answer(head=True))
        talk.socket.sendall((feed + head[:9]).encode())
        assert one == talk.answer()
        talk.socket.sendall(head[9:].encode())
        assert other == talk.answer(head=True)


def make_app(site, **manners):
    """Make the application, and the list of what it tells."""
    told = []
    tell = [lambda answer, client: told.append((answer, client))]
    app = create_app(site.root, Manners(site_url=SITE_URL, **manners), health=dict, on_answer=tell)
    return app, told


def ask(app, *headers, query=""):
    """Let the application answer a request, at once; return its bytes and those of its answer."""
    fields = [(b"host", b"a"), *headers]
    scope = {
        "type": "http",
        "method": "GET",
        "raw_path": FEED.encode(),
        "query_string": query.encode(),
        "headers": fields,
        "client": ("192.0.2.1", 1),
    }
    lines = [f"GET {FEED}?{query} HTTP/1.1".encode(), *(name + b": " + value for name, value in fields)]
    raw = b"\r\n".join([*lines, b"", b""])
    return raw, app.at_once(scope, keep_alive=True, raw=raw)[0]


def test_request_rate_counts_them(site):
    """Who asks the same over and over is an abuser like any other."""
    app, _ = make_app(site, requests_per_second=1)
    raw, _ = ask(app)
    answers = [app.again(raw, "192.0.2.1") for _ in range(40)]

    assert answers[0].startswith(b"HTTP/1.1 200")
    assert answers[-1] is None
    assert ask(app)[1].startswith(b"HTTP/1.1 429")
    assert app.again(raw, "192.0.2.2").startswith(b"HTTP/1.1 200")


def test_each_is_told(site):
    """Statistics and the access log hear of each request with its own moment."""
    app, told = make_app(site)
    raw, _ = ask(app, (b"user-agent", b"reader/1"))
    app.again(raw, "192.0.2.9")
    (one, first), (two, second) = told

    assert ("192.0.2.1", "192.0.2.9") == (first, second)
    assert one[1:] == two[1:]
    assert two.at >= one.at > 1_700_000_000


@pytest.mark.parametrize("header", [(b"x", b"y" * 3000), (b"content-length", b"3")], ids=["long", "body"])
def test_odd_requests_are_not_remembered(site, header):
    """What is long would fill the memory, and what has a body ends its connection."""
    app, _ = make_app(site)
    raw, _ = ask(app, header)

    assert app.again(raw, "192.0.2.1") is None


def test_memory_is_bounded(site):
    """A client that never asks the same twice pushes out what was remembered of it first."""
    app, _ = make_app(site)
    raws = [ask(app, query=str(number))[0] for number in range(1200)]
    known = [app.again(raw, "192.0.2.1") is not None for raw in raws]

    assert (False, True) == (known[0], known[-1])
    assert 1024 == sum(known)
