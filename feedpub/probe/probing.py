"""One document, asked for twice: once as by a new subscriber, once as by one who has it."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from feedpub import __version__
from feedpub.fetch import FetchError, Response, exchange

AGENT = f"feedpub/{__version__} (probe of its own feeds)"
"""What the probe calls itself, so that nobody takes it for a reader or a hub."""

_DEADLINE_SECONDS = 20
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
_REDIRECTS = {301, 302, 303, 307, 308}
_CERTIFICATE_WARNING = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What should be found."""

    url: str
    media_type: str  # with its charset, as the Content-Type header should have it
    content: bytes
    settled: bool  # False: it changed so lately that a cache may still have the one before


def probe(expected: Expected, *, now: dt.datetime, deadline_seconds: float = _DEADLINE_SECONDS) -> list[str]:
    """Say what a subscriber would notice, in words for the operator; nothing when all is well."""
    try:
        first = _ask(expected, {}, deadline_seconds=deadline_seconds)
        if first.status != 200:
            return [_no_document(first)]
        return [
            *_about_certificate(first, now=now),
            *_about_type(expected, first),
            *_about_content(expected, first),
            *_about_repetition(expected, first, deadline_seconds=deadline_seconds),
        ]
    except FetchError as error:
        return [f"it cannot be reached: {error}"]


def _ask(expected: Expected, headers: dict[str, str], *, deadline_seconds: float) -> Response:
    # Twice as much as is there, and some more: another document shall be seen, an endless one not be read.
    limit = 2 * len(expected.content) + 64 * 1024
    return exchange(
        expected.url,
        headers={"Accept": _ACCEPT, "User-Agent": AGENT, **headers},
        max_bytes=limit,
        deadline_seconds=deadline_seconds,
    )


def _no_document(response: Response) -> str:
    if response.status in _REDIRECTS:
        there = response.headers.get("location", "")
        return f"it redirects to {there!r}; set site.url to where the feeds are, or serve them here"
    return f"it answers {response.status}"


def _about_certificate(response: Response, *, now: dt.datetime) -> Iterator[str]:
    end = response.certified_until
    if end and end - now < _CERTIFICATE_WARNING:
        yield f"its certificate expires on {end:%Y-%m-%d}; no reader will come after that"


def _about_type(expected: Expected, response: Response) -> Iterator[str]:
    found = response.headers.get("content-type", "")
    wanted, _, _ = expected.media_type.partition(";")
    essence, _, parameters = found.partition(";")
    if essence.strip().lower() != wanted:
        yield f"it is delivered as {found!r} instead of {wanted!r}; readers and browsers go by that"
    elif "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        yield f"it is delivered as {found!r}, but it is UTF-8"


def _about_content(expected: Expected, response: Response) -> Iterator[str]:
    if response.headers.get("content-encoding", "identity") != "identity":
        yield "it comes compressed, though that was not asked for"
    elif html.escape(expected.url) not in response.body.decode("utf-8", "replace"):
        host = urlsplit(expected.url).hostname
        yield f"it does not name its own address: what stands there has other links than those to {host}"
    elif response.body != expected.content and expected.settled:
        yield "it is not what was published last; something in between keeps an old one, or other files"


def _about_repetition(expected: Expected, response: Response, *, deadline_seconds: float) -> Iterator[str]:
    """Ask again with what tells the version, as every reader does every half hour."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    conditions = {names[each]: response.headers[each] for each in names if each in response.headers}
    if not conditions:
        yield "it has neither ETag nor Last-Modified: every reader loads all of it each time"
        return
    again = _ask(expected, conditions, deadline_seconds=deadline_seconds)
    if again.status == 200 and again.body == response.body:
        yield "it is sent again to who has it already, instead of 304: every reader loads all of it each time"
    elif again.status not in (200, 304):
        yield f"it answers {again.status} to who has it already, instead of 304"
