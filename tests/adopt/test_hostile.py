"""Feeds that mean harm, or are none."""

from __future__ import annotations

import json

import pytest
from adopt.feeds import rss_with

from feedpub.adopt import MAX_BYTES, read_feed
from feedpub.exceptions import AdoptError

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_FEED = (
    '<?xml version="1.0"?><!DOCTYPE rss [{}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'
)
BOMB = _FEED.format(f'<!ENTITY l0 "ha">{_LAUGHS}')
FILE = _FEED.format('<!ENTITY l9 SYSTEM "file:///etc/passwd">')

REFUSED = {
    "entity bomb": (BOMB.encode(), "declares entities"),
    "entity bomb in UTF-16": (
        BOMB.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"),
        "declares entities",
    ),
    "file as an entity": (FILE.encode(), "declares entities"),
    "thirty megabytes": (b" " * (30 * 1024 * 1024), f"at most {MAX_BYTES:,} bytes"),
    "nothing": (b"", "no feed"),
    "a page": (b"<!DOCTYPE html><html><head><title>x</title></head><body><p>x</p></body></html>", "no feed"),
    "other JSON": (b'{"version": "1", "items": []}', "no JSON Feed"),
    "broken JSON": (b'{"version": ', "cannot adopt 'old'"),
    "deep JSON": (b'{"a":' * 100_000, "nested too deeply"),
    "a path": (b"/etc/passwd", "no feed"),
    "an address": (b"http://127.0.0.1:1/", "no feed"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_hostile_feed_is_refused_with_its_reason(content, reason):
    """What is no feed, or wants more than to be read, is not adopted."""
    with pytest.raises(AdoptError, match="old") as refused:
        read_feed(content, name="old")

    assert reason in str(refused.value)


LIVE = {
    "script": "<p>a</p><script>alert(1)</script>",
    "handler": '<p onclick="alert(1)">a</p>',
    "javascript link": '<p><a href="javascript:alert(1)">a</a></p>',
    "hidden javascript link": '<p><a href=" jav&#x09;ascript:alert(1)">a</a></p>',
    "data link": '<p><a href="data:text/html,alert(1)">a</a></p>',
    "frame": '<p>a</p><iframe src="https://alert.example/"></iframe>',
    "style": '<p style="background:url(alert)">a</p><style>alert{}</style>',
    "svg": "<p>a</p><svg onload=alert(1)></svg>",
    "form": '<p>a</p><form action="https://alert.example/"><input></form>',
    "broken markup": '<p>a<img src="x" onerror="alert(1)"',
}


@pytest.mark.parametrize("html", LIVE.values(), ids=LIVE)
@pytest.mark.parametrize("form", ["rss", "json"])
def test_nothing_live_survives_in_the_content(html, form):
    """Our feeds are the harmless source."""
    content = {
        "rss": rss_with(f"<description><![CDATA[{html}]]></description>"),
        "json": json.dumps(
            {"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_html": html}]}
        ).encode(),
    }[form]

    [entry] = read_feed(content, name="old").entries

    assert "a" in entry.paragraphs[0]
    assert "alert" not in entry.content_html


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "http://", "https://[::1", "http://a b/"]
)
def test_link_that_no_reader_should_open_is_none(link):
    """Such an entry gets a page of ours."""
    [entry] = read_feed(rss_with(f"<link>{link}</link>"), name="old").entries

    assert entry.link is None


def test_markup_in_a_title_is_text():
    """A title is one plain line."""
    item = "<title>A &lt;b&gt;bold&lt;/b&gt;\n&lt;i&gt;title&lt;/i&gt;</title>"

    [entry] = read_feed(rss_with(item), name="old").entries

    assert "A bold title" == entry.title


def test_characters_that_xml_forbids_do_not_get_through():
    """JSON can carry what no feed of ours could be written with."""
    item = {"id": "1", "title": "a\u0007b", "content_text": "c\u0000d\ud800", "tags": ["e\u001bf"]}
    content = json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": [item, {"id": "x\u0000"}]}
    ).encode()

    feed = read_feed(content, name="old")

    assert ["a\ufffdb"] == [entry.title for entry in feed.entries]
    assert "<p>c\ufffdd\ufffd</p>" == feed.entries[0].content_html
    assert ("e\ufffdf",) == feed.entries[0].categories
    assert ("item 2 has an id with characters that XML forbids",) == feed.left_out


def test_feed_that_is_not_well_formed_is_read_as_readers_do():
    """Its subscribers have read it for years."""
    feed = read_feed(rss_with("<title>Fish & chips</title>"), name="old")

    assert ["Fish & chips"] == [entry.title for entry in feed.entries]
    assert "not well-formed XML (line 1" in feed.warnings[0]
