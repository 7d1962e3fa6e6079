"""Access logs of other servers."""

from __future__ import annotations

import datetime as dt

import pytest

from feedpub.audience import NotALogError, visits_of

NGINX = (
    '192.0.2.7 - - [21/Oct/2024:06:00:00 +0300] "GET /feeds/news.rss HTTP/1.1" 304 0 "-" "newsboat/2.21"\n'
)
CADDY = (
    '{"level":"info","ts":1729479600.5,"msg":"handled request","request":{"remote_ip":"192.0.2.7",'
    '"client_ip":"192.0.2.9","method":"GET","uri":"/feeds/news.atom?x=1","headers":{"User-Agent":["curl/8"]}},'
    '"size":5120,"status":200}\n'
)
OWN = (
    '{"at": "2024-10-21T03:00:00.000+00:00", "method": "GET", "path": "/feeds/news.json", "status": 226, '
    '"bytes": 700, "feed": "news", "format": "json", "view": false, "delta": true, "agent": "reader"}\n'
)
SIX = dt.datetime(2024, 10, 21, 3, tzinfo=dt.UTC).timestamp()

LINES = {
    "nginx": (NGINX, (SIX, "news", "rss", 304, 0, "newsboat/2.21", "192.0.2.7")),
    "caddy": (CADDY, (1729479600.5, "news", "atom", 200, 5120, "curl/8", "192.0.2.9")),
    "own": (OWN, (SIX, "news", "json", 226, 700, "reader", "")),
    "no bytes": (NGINX.replace(" 0 ", " - "), (SIX, "news", "rss", 304, 0, "newsboat/2.21", "192.0.2.7")),
    "common format": (NGINX.partition(' "-"')[0] + "\n", (SIX, "news", "rss", 304, 0, "", "192.0.2.7")),
    "folder above": (
        NGINX.replace("/feeds/", "/sites/one/feeds/"),
        (SIX, "news", "rss", 304, 0, "newsboat/2.21", "192.0.2.7"),
    ),
}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES)
def test_line(line, expected):
    """A request for a feed is found in the logs of nginx, Apache, Caddy and our own."""
    (visit,) = visits_of([line])

    assert (
        visit.at,
        visit.feed,
        visit.format,
        visit.status,
        visit.bytes,
        visit.agent,
        visit.client,
    ) == expected


PASSED_OVER = {
    "a page": NGINX.replace("/feeds/news.rss", "/index.html"),
    "another method": NGINX.replace("GET", "POST"),
    "half a line": NGINX[:40],
    "damaged JSON": "{half",
    "JSON of something else": '{"a": 1}',
    "no month": NGINX.replace("Oct", "Okt"),
}


@pytest.mark.parametrize("line", PASSED_OVER.values(), ids=PASSED_OVER)
def test_line_without_a_visit(line):
    """What is no request for a feed is passed over, among lines that are."""
    assert [visit.feed for visit in visits_of([NGINX, line])] == ["news"]


def test_file_that_is_no_log():
    """A file in which no line is of a log is refused, an empty one is a log of nothing."""
    with pytest.raises(NotALogError):
        list(visits_of(["Dear reader,\n", "how are you?\n"]))

    assert list(visits_of([])) == []
