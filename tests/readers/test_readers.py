"""Real readers subscribe over HTTP to a feed that then changes: nothing is missed, nothing comes twice."""

from __future__ import annotations

import sqlite3
import subprocess

import feedparser
import pytest
import reader
from readers.conftest import AWKWARD, EDITED
from system.installation import TITLES

CHANGED = [AWKWARD, *TITLES[:2], EDITED, *TITLES[3:]]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_newsboat(feed, tmp_path, needs, form):
    """It asks conditionally from its third run on, and for deltas with it."""
    newsboat = needs("newsboat")
    (tmp_path / "urls").write_text(f"{feed.address(form)}\n")
    (tmp_path / "conf").write_text("")
    files = ["-u", tmp_path / "urls", "-c", tmp_path / "cache.db", "-C", tmp_path / "conf"]

    def reload():
        subprocess.run([newsboat, *files, "-x", "reload"], check=True, timeout=60, capture_output=True)

    def titles():
        with sqlite3.connect(tmp_path / "cache.db") as cache:
            return [title for (title,) in cache.execute("select title from rss_item order by pubDate desc")]

    for _ in range(3):
        reload()
    assert TITLES == titles()
    feed.change()
    for _ in range(2):
        reload()

    assert CHANGED == titles()
    assert [200, 200, 304, 226, 304] == feed.statuses("newsboat")


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feedparser(feed, form):
    """It hands on what its caller kept, and asks for deltas by itself."""
    first = feedparser.parse(feed.address(form))
    same = feedparser.parse(feed.address(form), etag=first.etag, modified=first.modified)
    by_date = feedparser.parse(feed.address(form), modified=first.modified)
    feed.change()
    changed = feedparser.parse(feed.address(form), etag=first.etag, modified=first.modified)
    whole = feedparser.parse(feed.address(form))

    assert TITLES == [entry.title for entry in first.entries]
    assert (304, 304) == (same.status, by_date.status)
    assert (226, {AWKWARD, EDITED}) == (changed.status, {entry.title for entry in changed.entries})
    assert CHANGED == [entry.title for entry in whole.entries]
    assert len(whole.entries) == len({entry.id for entry in whole.entries})
    assert {entry.id for entry in first.entries} < {entry.id for entry in whole.entries}
    assert not any(parsed.bozo for parsed in (first, same, changed, whole))


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_reader(feed, form, tmp_path):
    """It counts one new and one modified entry, and keeps the ids it had."""
    with reader.make_reader(str(tmp_path / "reader.db"), feed_root="") as reading:
        reading.add_feed(feed.address(form))
        first = reading.update_feed(feed.address(form))
        before = {entry.id for entry in reading.get_entries()}
        same = reading.update_feed(feed.address(form))
        feed.change()
        changed = reading.update_feed(feed.address(form))
        entries = list(reading.get_entries(sort="recent"))

    assert (7, None) == (first.new, same)
    assert (1, 1) == (changed.new, changed.modified)
    assert set(CHANGED) == {entry.title for entry in entries}
    assert len(CHANGED) == len(entries)
    assert before < {entry.id for entry in entries}
    assert [200, 304, 226] == feed.statuses("reader")


def test_sfeed(feed, tmp_path, needs):
    """It asks for everything each time and tells entries apart by id, title and link."""
    needs("sfeed_update")
    needs("curl")
    rc = tmp_path / "rc"
    rc.write_text(f'sfeedpath="{tmp_path}/feeds"\nfeeds() {{\n\tfeed "news" "{feed.address("atom")}"\n}}\n')

    def update():
        subprocess.run(["sfeed_update", rc], check=True, timeout=60, capture_output=True)
        rows = (tmp_path / "feeds" / "news").read_text().splitlines()
        return [row.split("\t")[1] for row in rows]

    assert sorted(TITLES) == sorted(update())
    assert sorted(TITLES) == sorted(update())
    feed.change()

    # It keeps the row with the old title beside the new one: that is how it is, not what we send.
    assert sorted([*CHANGED, TITLES[2]]) == sorted(update())
    assert {200} == set(feed.statuses())


PARSERS = {
    "rss-parser": ("rss", "atom"),
    "feed-extractor": ("rss", "atom", "json"),
    "feed-parser": ("rss", "atom"),
    "feedsmith": ("rss", "atom", "json"),
}


@pytest.mark.parametrize("parser", PARSERS)
def test_parsers_in_javascript(feed, javascript, parser):
    """Right entries in every format that they read, the same ids before and after."""
    before = {form: javascript(parser, feed.address(form)) for form in PARSERS[parser]}
    feed.change()
    after = {form: javascript(parser, feed.address(form)) for form in PARSERS[parser]}

    for form in PARSERS[parser]:
        assert TITLES == [item["title"] for item in before[form]]
        assert CHANGED == [item["title"] for item in after[form]]
        ids = [item["id"] for item in after[form]]
        assert len(ids) == len(set(ids))
        assert {item["id"] for item in before[form]} < set(ids)
        assert all(item["link"].startswith(f"http://127.0.0.1:{feed.port}/2024/") for item in after[form])
