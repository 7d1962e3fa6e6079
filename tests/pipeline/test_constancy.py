"""What readers were told once stays as it was, whatever the clock, the file's date and its blanks do."""

from __future__ import annotations

import datetime as dt
import json
import os
import unicodedata

import pytest
from pipeline.newsroom import MONDAY, Newsroom

from feedpub.app.wiring import settings
from feedpub.pipeline import Origin, Pipeline
from feedpub.publish import Folder

DAY = dt.timedelta(days=1)
UNDATED = "# Ferry sails\n\nThe ferry sails at nine.\n\nIt is full.\n"
LONG = (
    "Whoever comes before ten finds a table, a newspaper and a waiter who knows what happened in the night."
)
DATED = "---\ndate: 2024-10-21\n---\n# Café opens\n\nThe café opens at nine.\n\nIt is full.\n"


@pytest.fixture
def office(tmp_path):
    """Give an installation with an empty input folder."""
    return Newsroom(tmp_path)


def items(newsroom: Newsroom) -> list[dict]:
    """Return what stands in the feed."""
    return json.loads(newsroom.read("feeds/news.json"))["items"]


def test_undated_bulletin_keeps_the_moment_it_came(office):
    """C17: Neither another run nor another date of its file gives an undated bulletin another date."""
    office.build()
    office.drop("ferry.txt", UNDATED)
    office.build()
    first, files = items(office), office.files()

    office.now += DAY
    office.build()
    os.utime(office.input / "ferry.txt", (1_800_000_000, 1_800_000_000))
    office.now += DAY
    office.build()
    assert office.files() == files

    office.drop("ferry.txt", UNDATED.replace("nine", "ten"))
    office.now += DAY
    office.build()
    assert [item["date_published"] for item in items(office)] == [item["date_published"] for item in first]


def test_ids_do_not_depend_on_the_year_of_the_run(tmp_path):
    """C22: The date in a tag: URI is the bulletin's; a store rebuilt years later mints the same ids."""
    minted = []
    for years in (0, 3):
        root = tmp_path / str(years)
        root.mkdir()
        newsroom = Newsroom(root)
        newsroom.now = MONDAY + years * 365 * DAY
        newsroom.drop("cafe.txt", DATED)
        newsroom.build()
        minted.append([item["id"] for item in items(newsroom)])

    assert minted[0] == minted[1]
    assert [id_.startswith("tag:news.example.org,2024") for id_ in minted[0]] == [True]


INSIGNIFICANT = {
    "blanks at the ends of lines": DATED.replace("nine.", "nine.   "),
    "more empty lines": DATED.replace("\n\nIt", "\n\n\n\nIt"),
    "no line end at the end": DATED.rstrip("\n"),
    "line ends of Windows": DATED.replace("\n", "\r\n"),
    "a byte order mark": f"\ufeff{DATED}",
    "letters and accents apart": unicodedata.normalize("NFD", DATED),
    "two blanks between words": DATED.replace("opens at", "opens  at"),
}
SIGNIFICANT = {
    "a word": DATED.replace("nine", "ten"),
    "the title": DATED.replace("# Café opens", "# Café opens early"),
    "a sign": DATED.replace("full.", "full!"),
    "a paragraph more": f"{DATED}\nAnd warm.\n",
    "paragraphs joined": DATED.replace("nine.\n\nIt", "nine. It"),
    "another category": DATED.replace("21\n", "21\ncategories: [food]\n"),
}


@pytest.mark.parametrize("text", INSIGNIFICANT.values(), ids=INSIGNIFICANT)
def test_insignificant_edit_is_none(office, text):
    """C66: Where only blanks, line ends and ways of writing a letter changed, no byte of the output does."""
    office.drop("cafe.txt", DATED)
    office.build()
    before = office.files()

    (office.input / "cafe.txt").write_bytes(text.encode())
    office.now += DAY
    office.build()

    assert office.files() == before


@pytest.mark.parametrize("text", SIGNIFICANT.values(), ids=SIGNIFICANT)
def test_significant_edit_moves_updated(office, text):
    """C66: What readers can see is dated when it was changed, and published when it was."""
    office.drop("cafe.txt", DATED)
    office.build()
    (before,) = items(office)

    office.drop("cafe.txt", text)
    office.now += DAY
    office.build()
    (after,) = items(office)

    assert after["date_published"] == before["date_published"]
    assert dt.datetime.fromisoformat(after["date_modified"]) == MONDAY + DAY


class Recorder(Folder):
    """A folder that remembers in which order files took their places."""

    def publish(self, resources):
        """Publish, and keep what was written."""
        written = super().publish(resources)
        if written:
            self.written += written
        return written


def test_formats_of_a_regeneration_appear_together(office):
    """C148: A feed's formats one after the other, entries' pages before them, what lists entries last."""
    office.drop("cafe.txt", DATED)
    folder = Recorder(office.output)
    folder.written = []
    with office.store() as store:
        origin = Origin(authority="news.example.org", created=MONDAY)
        pipeline = Pipeline(settings(office.config), store, folder, origin=origin, clock=lambda: office.now)
        office._pass(pipeline)
    pages = [place for place, path in enumerate(folder.written) if "/cafe-" in path]
    (home,) = (place for place, path in enumerate(folder.written) if path == "index.html")
    news = [place for place, path in enumerate(folder.written) if path.startswith("feeds/news.")]

    assert news == [news[0], news[0] + 1, news[0] + 2]
    assert max(pages) < news[0] < home
