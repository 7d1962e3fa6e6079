"""Bytes that no friendly client sends."""

import re

import pytest

DOTS = [
    b"..",
    b"%2e%2e",
    b"%2E.",
    b".%2e",
    b"%252e%252e",
    b"%c0%ae%c0%ae",
    b"..%00",
    b"...",
    b"..;",
    b"..%0d%0a",
]
SLASHES = [b"/", b"%2f", b"\\", b"%5c", b"%252f", b"//", b"/./"]
NAMES = [b"etc/passwd", b"secret.txt", b"output-secret/secret.txt"]

GET = b"GET %b HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"


def statuses(received):
    """Return the status of each answer in what came back."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


def test_no_path_leads_out_of_the_folder(site):
    """C124: Every spelling of every way up is not found, and not one byte of what is outside comes back."""
    for name in NAMES:
        for dots in DOTS:
            for slash in SLASHES:
                for depth in (1, 3):
                    target = b"/" + (dots + slash) * depth + name
                    received = site.raw(GET % target)

                    assert statuses(received)[0] in (400, 404), target
                    assert b"TOPSECRET" not in received
                    assert b"root:" not in received


@pytest.mark.parametrize(
    "target",
    [
        b"//evil.example/..",
        b"//evil.example/%2e%2e",
        b"/\\evil.example",
        b"/%5cevil.example",
        b"/%09/evil.example",
        b"//feeds",
    ],
)
def test_no_redirect_leads_elsewhere(site, target):
    """What could be read as another host is no path of ours."""
    received = site.raw(GET % target)

    assert statuses(received) == [404]
    assert b"evil" not in received


@pytest.mark.parametrize(
    "target", [b"/%0d%0aSet-Cookie:%20x=1", b"/<script>alert(1)</script>", b"/gone?<script>x"]
)
def test_nothing_of_the_request_comes_back(site, target):
    """Neither as a header nor as markup."""
    received = site.raw(GET % target).lower()

    assert b"set-cookie" not in received
    assert b"script" not in received


BROKEN = {
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n",
    "space before colon": b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "nul": b"GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
    "negative length": b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "noise": bytes(range(256)) * 10 + b"\r\n\r\n",
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_broken_request_ends_the_connection(site, sent):
    """C125: It is refused, and the server is there for the next one."""
    assert statuses(site.raw(sent)) == [400]
    assert site.get("/feeds/news.rss").status_code == 200


LONG = {
    "path": (b"GET /" + b"a" * 9000, 414),
    "query": (b"GET /?" + b"a" * 9000, 414),
    "header": (b"GET / HTTP/1.1\r\nX: " + b"a" * 33_000, 431),
    "many headers": (b"GET / HTTP/1.1" + b"\r\nX: a" * 9000, 431),
}


@pytest.mark.parametrize(("sent", "status"), LONG.values(), ids=LONG)
def test_request_of_excessive_length_is_refused(site, sent, status):
    """C125: It is told why, however its bytes were cut into packets."""
    version = b"" if b"HTTP" in sent else b" HTTP/1.1"

    assert statuses(site.raw(sent + version + b"\r\nHost: a\r\n\r\n")) in ([status], [400])


def test_pipelined_requests_are_answered_in_order(site):
    """C125: A proxy may send several at once."""
    wanted = b"GET /style.css HTTP/1.1\r\nHost: a\r\n\r\nGET /gone HTTP/1.1\r\nHost: a\r\n\r\n"

    assert statuses(site.raw(wanted + GET % b"/")) == [200, 404, 200]


def test_request_of_ambiguous_length_is_refused(site):
    """What is smuggled behind it is never answered."""
    inner = b"GET /style.css HTTP/1.1\r\nHost: a\r\n\r\n"
    outer = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    assert statuses(site.raw(outer + inner)) == [400]


def test_absolute_form_is_understood_and_its_host_ignored(site):
    """Proxies send the whole address; it names a path here and nothing else."""
    received = site.raw(GET % b"http://evil.example/feeds")

    assert statuses(received) == [301]
    assert b"location: https://news.example.org/desk/feeds/\r\n" in received
    assert b"evil" not in received
