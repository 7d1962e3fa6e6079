"""What subscribers would notice of a document, found by asking for it as they do."""

from __future__ import annotations

import datetime as dt

import pytest
from notify.peers import Answer, Peer, serving

from feedpub.probe import Expected, is_worth_probing, probe

NOW = dt.datetime.now(dt.UTC)
TYPE = "application/atom+xml; charset=utf-8"
TAG = {"ETag": '"1"'}


def feed(url: str) -> bytes:
    """Give a document that names its own address."""
    return f'<feed><link rel="self" href="{url}"/></feed>'.encode()


def ask(*script, path: str = "/feeds/news.atom", settled: bool = True) -> list[str]:
    """Probe a document that is delivered by a script; "OWN" in a body stands for what was published."""
    peer = Peer()
    with serving(peer):
        url = peer.url + path
        peer.script = [
            Answer(answer.status, answer.headers, answer.body.replace(b"OWN", feed(url))) for answer in script
        ]
        expected = Expected(url=url, media_type=TYPE, content=feed(url), settled=settled)
        found = probe(expected, now=NOW, deadline_seconds=2)
    ask.requests = peer.requests
    return [finding.replace(peer.url, "URL") for finding in found]


def good(**changes) -> Answer:
    """Give the answer of a server that does all right."""
    return Answer(
        200, {"Content-Type": TYPE} | TAG | changes.pop("headers", {}), **{"body": b"OWN"} | changes
    )


UNCHANGED = Answer(304, TAG)


def test_all_is_well():
    """A reader is served, and served again with a few bytes."""
    assert [] == ask(good(), UNCHANGED)
    first, again = ask.requests
    assert "application/atom+xml" in first.headers["accept"]
    assert '"1"' == again.headers["if-none-match"]


FOUND = {
    "wrong type": (
        [good(headers={"Content-Type": "text/plain"}), UNCHANGED],
        "it is delivered as 'text/plain' instead of 'application/atom+xml'",
    ),
    "no type": (
        [good(headers={"Content-Type": ""}), UNCHANGED],
        "it is delivered as '' instead of 'application/atom+xml'",
    ),
    "wrong charset": (
        [good(headers={"Content-Type": "application/atom+xml; charset=ISO-8859-1"}), UNCHANGED],
        "but it is UTF-8",
    ),
    "no 304": ([good()], "it is sent again to who has it already, instead of 304"),
    "error on the condition": ([good(), Answer(500)], "it answers 500 to who has it already"),
    "no validators": (
        [Answer(200, {"Content-Type": TYPE}, b"OWN")],
        "it has neither ETag nor Last-Modified",
    ),
    "stale": ([good(body=b"OWN<!-- of yesterday -->"), UNCHANGED], "it is not what was published last"),
    "other links": (
        [good(body=b'<feed><link href="https://elsewhere.example.org/"/></feed>'), UNCHANGED],
        "it does not name its own address: what stands there has other links than those to 127.0.0.1",
    ),
    "compressed": (
        [good(headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8b"), UNCHANGED],
        "it comes compressed, though that was not asked for",
    ),
    "moved": (
        [Answer(301, {"Location": "https://www.example.org/"})],
        "it redirects to 'https://www.example.org/'; set site.url",
    ),
    "missing": ([Answer(404)], "it answers 404"),
    "endless": ([good(body=b"x" * 300_000)], "it cannot be reached: too large"),
}


@pytest.mark.parametrize(("script", "finding"), FOUND.values(), ids=FOUND)
def test_one_thing_is_wrong(script, finding):
    """It is said once, with what would be right."""
    (found,) = ask(*script)

    assert finding in found


def test_what_changed_just_now_may_be_old_in_a_cache():
    """Nobody is alarmed for a minute's delay."""
    assert [] == ask(good(body=b"OWN<!-- of a minute ago -->"), UNCHANGED, settled=False)


def test_change_between_the_two_questions_is_no_fault():
    """It was published meanwhile."""
    assert [] == ask(good(), good(body=b"OWN<!-- new -->"))


def test_nobody_answers():
    """The reason is that of the network."""
    with serving(Peer()) as peer:
        url = peer.url
    expected = Expected(url=url, media_type=TYPE, content=b"", settled=True)

    (found,) = probe(expected, now=NOW)
    assert found.startswith("it cannot be reached: 127.0.0.1: ")


@pytest.mark.parametrize(("days", "noticed"), [(13, True), (30, False)])
def test_certificate_about_to_expire(secure, days, noticed):
    """Two weeks before, since then somebody should have renewed it."""
    with serving(Peer(), tls=secure(days=days)) as peer:
        content = feed(peer.url)
        peer.script = [good(body=content), UNCHANGED]
        expected = Expected(url=peer.url, media_type=TYPE, content=content, settled=True)
        found = probe(expected, now=NOW)

    assert noticed is any("certificate expires on" in finding for finding in found)
    assert noticed is bool(found)


WORTH = {
    "https://news.bbc.co.uk/": True,
    "https://93.184.215.14/": True,
    "http://10.0.0.1/": True,
    "http://news.local/": True,
    "http://127.0.0.1:8080/": False,
    "http://[::1]/": False,
    "http://0.0.0.0:8080/": False,
    "http://localhost:8080/": False,
    "https://news.example.org/": False,
    "https://feedpub.test/": False,
    "https://myexample.org/": True,
}


@pytest.mark.parametrize(("url", "worth"), WORTH.items(), ids=WORTH)
def test_placeholders_are_not_probed(url, worth):
    """A sample of a configuration asks nobody for anything."""
    assert worth is is_worth_probing(url)
