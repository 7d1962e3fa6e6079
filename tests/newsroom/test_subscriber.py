"""A subscriber follows the feeds through fifty days of a newsroom and is never bothered in vain."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from newsroom.editor import Editor, days
from newsroom.office import an_office
from reader import EntryUpdateStatus, make_reader

SCRIPT = Path(__file__).with_name("fifty_days.txt").read_text()
START = dt.datetime(2025, 3, 1, 9, 0, 0, tzinfo=dt.UTC)


class Subscriber:
    """A feed reader with its own database, which writes down what comes up."""

    def __init__(self, url: str, database: Path) -> None:
        self.url = url
        self.reader = make_reader(str(database))
        self.reader.add_feed(url)
        self.reader.after_entry_update_hooks.append(self._note)
        self.log: list[tuple[str, str]] = []

    def come_by(self) -> None:
        """Fetch the feed, though by its Cache-Control it could wait a minute: here days take no longer."""
        self.reader.update_feed(self.url)

    def _note(self, _reader, entry, status) -> None:
        self.log.append(("~" if status is EntryUpdateStatus.MODIFIED else "+", entry.title.split()[0]))


@pytest.fixture
def newsroom(serve, tmp_path):
    """Give an empty newsroom whose output is served."""
    with an_office(now=START) as office:
        yield office, serve(office.output)


def test_fifty_days_bring_each_story_once_and_each_correction(newsroom, tmp_path):
    """In RSS and in Atom the reader's own log is the one in the script, day by day."""
    office, address = newsroom
    readers = {
        name: Subscriber(f"{address}feeds/{name}", tmp_path / name) for name in ("news.rss", "news.atom")
    }

    def come_by() -> None:
        for subscriber in readers.values():
            subscriber.come_by()

    editor = Editor(office, come_by=come_by)
    for day in days(SCRIPT):
        editor.work(day)
        for subscriber in readers.values():
            assert (sorted(day.seen), day.number) == (sorted(subscriber.log), day.number)
            subscriber.log.clear()

    assert 50 == day.number
    told = {(story.title, story.text) for path, sheet in editor.files.items() for story in sheet.stories}
    for subscriber in readers.values():
        kept = [(e.title, e.get_content().value) for e in subscriber.reader.get_entries()]
        assert {(title, f"<p>{text}</p>") for title, text in told} <= set(kept)
        new = [story for day in days(SCRIPT) for sign, story in day.seen if sign == "+"]
        assert Counter(new) == Counter(title.split()[0] for title, _ in kept)


@pytest.mark.parametrize("name", ["news.rss", "news.atom"])
def test_terminal_reader_shows_each_story_once(newsroom, needs, tmp_path, name):
    """Newsboat, coming by each day for two weeks, has as many unread articles as stories were new."""
    office, address = newsroom
    home = tmp_path / "newsboat"
    home.mkdir()
    (home / "urls").write_text(f"{address}feeds/{name}\n")
    (home / "config").write_text("")
    newsboat = [needs("newsboat"), "-u", f"{home}/urls", "-c", f"{home}/cache.db", "-C", f"{home}/config"]

    def come_by() -> None:
        # This reader asks for what is newer than a second; here several days pass in one.
        os.utime(office.output / "feeds" / name, (office.now.timestamp(),) * 2)
        subprocess.run([*newsboat, "-x", "reload"], check=True, timeout=30, capture_output=True)

    editor = Editor(office, come_by=come_by)
    new = 0
    for day in list(days(SCRIPT))[:14]:
        editor.work(day)
        new += sum(sign == "+" for sign, _ in day.seen)
        count = subprocess.run(
            [*newsboat, "-x", "print-unread"], check=True, timeout=30, capture_output=True, text=True
        )
        assert f"{new} unread articles" == count.stdout.strip(), day
