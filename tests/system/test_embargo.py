"""An embargo: until its moment not one byte of a bulletin is anywhere a reader could look."""

from __future__ import annotations

import datetime as dt
import gzip
import re

import brotli
import httpx2
import pytest
import zstandard
from system.installation import BULLETIN, Installation

# Words that stand nowhere else, as they are written in text and as they would be in an address.
SECRETS = ("Zanzibarine", "quixotically", "zanzibarine")
SECRET = """\
---
publish_at: {moment}
slug: zanzibarine
categories: [Zanzibarine]
author: Zanzibarine Desk
---
# Zanzibarine Takeover Signed in Secret

The board agreed quixotically on Monday, at four in the morning.

## Zanzibarine Shares Suspended

Trading stops quixotically at noon
"""
_EXPANDED = {".gz": gzip.decompress, ".br": brotli.decompress, ".zst": zstandard.decompress}


@pytest.fixture
def site(tmp_path):
    """Give an installation that has published another bulletin, and logs its requests."""
    with Installation(tmp_path) as site:
        site.drop("monday.txt", BULLETIN)
        site.start()
        yield site


def an_embargoed_text(seconds: float) -> tuple[str, dt.datetime]:
    """Write a bulletin to be published so many seconds from now; return it and its moment."""
    moment = (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)).replace(microsecond=0)
    return SECRET.format(moment=moment.isoformat()), moment


def leaks(site: Installation) -> list[str]:
    """Name every place in which a secret can be read: files, answers, their headers, the log."""
    found = [
        name for name, (content, _) in site.files().items() if _tells(name.encode() + _plain(name, content))
    ]
    for path in ["", "feeds/", "feeds.opml", "healthz", "2024/", "zanzibar", *site.files()]:
        answer = site.get(path)
        headers = repr(sorted(answer.headers.items()))
        found += [f"GET {path}" for text in (answer.text, headers) if _tells(text.encode())]
    if _tells(site.log().encode()):
        found.append("the log")
    return found


def _plain(name: str, content: bytes) -> bytes:
    """Expand a compressed copy."""
    expand = _EXPANDED.get(name[name.rindex(".") :], bytes)
    return expand(content)


def _tells(content: bytes) -> bool:
    return re.search("|".join(SECRETS).encode(), content) is not None


def test_nothing_of_an_embargoed_bulletin_leaks(site):
    """Before its moment no file, answer, header or log line tells of it; then it is out, all at once."""
    text, moment = an_embargoed_text(12)
    site.drop("secret.txt", text)
    site.wait(lambda: site.status()["scheduled"] == 2)

    before = leaks(site)
    in_time = dt.datetime.now(dt.UTC) < moment
    site.wait(lambda: len(site.titles()) == 9)
    late = dt.datetime.now(dt.UTC) - moment

    assert in_time, "the machine was too slow for this test to say anything"
    assert before == []
    assert site.titles()[:2] == ["Zanzibarine Takeover Signed in Secret", "Zanzibarine Shares Suspended"]
    assert late > dt.timedelta()


def test_embargo_outlives_a_restart(site):
    """A daemon that is started after the moment publishes at once; one that is started before keeps still."""
    text, moment = an_embargoed_text(3600)
    site.drop("secret.txt", text)
    site.wait(lambda: site.status()["scheduled"] == 2)
    site.stop()
    site.start()

    assert leaks(site) == []

    site.drop("secret.txt", text.replace(moment.isoformat(), "2024-10-22T06:00:00Z"))
    site.wait(lambda: len(site.titles()) == 9)


def test_bulletin_deleted_before_its_moment_was_never_there(site):
    """Nobody hears of a bulletin whose file is deleted before its moment, also not by a tombstone."""
    text, _ = an_embargoed_text(3600)
    path = site.drop("secret.txt", text)
    site.wait(lambda: site.status()["scheduled"] == 2)
    path.unlink()
    site.wait(lambda: site.status()["scheduled"] == 0)

    assert leaks(site) == []
    assert httpx2.get(f"http://127.0.0.1:{site.port}/feeds/news.atom").text.count("deleted-entry") == 0
