"""Feeds that select: whatever is dropped, edited, moved or withdrawn, they hold what a plain filter would."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pipeline.newsroom import Newsroom

from feedpub import config
from feedpub.compose.selecting import takes
from feedpub.model import State

FEEDS = """\
  sport:
    select: {categories: sport}
  harbour:
    select: {keywords: harbour}
    exclude: {categories: [sport]}
  north:
    select: {sources: "north/**"}
  fresh:
    select: {newer_than: 542m}
    exclude: {newer_than: 540m}
"""


@pytest.fixture
def office(tmp_path):
    """Give an installation with feeds that select."""
    return a_newsroom(tmp_path)


def a_newsroom(root, feeds: str = FEEDS) -> Newsroom:
    """Make an installation with these feeds beside the usual ones."""
    newsroom = Newsroom(root)
    add_feeds(newsroom, feeds)
    return newsroom


def add_feeds(newsroom: Newsroom, feeds: str) -> None:
    """Write these feeds below the usual ones."""
    path = newsroom.input.parent / "config.yaml"
    path.write_text(path.read_text().partition("  sport:")[0] + feeds)
    newsroom.config = config.load(path, {})


def a_bulletin(title: str, text: str, category: str = "") -> str:
    """Write a bulletin of one story."""
    return f"---\ndate: 2024-10-21\ncategories: [{category}]\n---\n# {title}\n\n{text}\n"


def titles(newsroom: Newsroom, feed: str) -> list[str]:
    """Return the titles in a feed, in alphabetical order."""
    return sorted(item["title"] for item in json.loads(newsroom.read(f"feeds/{feed}.json"))["items"])


def test_entry_changes_its_category(office):
    """An entry that is put into another category changes its feeds."""
    office.drop("a.txt", a_bulletin("Rowers win", "Past the harbour.", "sport"))
    office.build()
    before = titles(office, "sport"), titles(office, "harbour")

    office.drop("a.txt", a_bulletin("Rowers win", "Past the harbour.", "people"))
    office.now += dt.timedelta(minutes=1)
    office.build()

    assert before == (["Rowers win"], [])
    assert (titles(office, "sport"), titles(office, "harbour")) == ([], ["Rowers win"])


def test_file_moves_to_another_folder(office):
    """A file that is moved as it is changes the feeds that select by its folder, and nothing else."""
    office.drop("a.txt", a_bulletin("Snow falls", "All night."))
    office.build()
    news = office.read("feeds/news.json")

    (office.input / "north").mkdir()
    shutil.move(office.input / "a.txt", office.input / "north" / "a.txt")
    office.now += dt.timedelta(minutes=1)
    office.build()

    assert titles(office, "north") == ["Snow falls"]
    assert office.read("feeds/news.json") == news


def test_file_moves_under_a_daemon(office):
    """Nothing but the move marks the feeds and their pages, which a daemon does not write anew without."""
    with office._pipeline() as pipeline:
        office.drop("a.txt", a_bulletin("Snow falls", "All night."))
        office._pass(pipeline)
        (office.input / "north").mkdir()
        shutil.move(office.input / "a.txt", office.input / "north" / "a.txt")
        pipeline.take_in(pipeline.survey().pending)
        written = pipeline.publish().written

    assert titles(office, "north") == ["Snow falls"]
    assert "feeds/north/index.html" in written


def test_selection_changes(office):
    """A feed whose selection is changed in the configuration holds what it selects now."""
    office.drop("a.txt", a_bulletin("Rowers win", "Past the harbour.", "sport"))
    office.build()

    add_feeds(office, "  sport:\n    select: {categories: people}\n")
    office.build()

    assert titles(office, "sport") == []


def test_empty_feed_is_published(office):
    """A feed that takes nothing yet is there, valid and empty."""
    office.build()

    assert titles(office, "sport") == []


STORIES = st.tuples(
    st.sampled_from(["a.txt", "b.txt", "north/a.txt", "north/c.txt"]),
    st.sampled_from(["Rowers win", "Harbour freezes", "Snow falls"]),
    st.sampled_from(["Past the harbour.", "All night.", "The HARBOUR, they say."]),
    st.sampled_from(["sport", "people", ""]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(
        st.lists(st.one_of(STORIES, st.just(None)), min_size=1, max_size=3), min_size=1, max_size=4
    )
)
def test_feeds_hold_what_a_plain_filter_would(tmp_path_factory, rounds):
    """After any drops, edits and deletions a feed holds what its criteria say of all that is published."""
    newsroom = a_newsroom(tmp_path_factory.mktemp("office"))
    (newsroom.input / "north").mkdir()
    for steps in rounds:
        for step in steps:
            if step:
                newsroom.drop(step[0], a_bulletin(*step[1:]))
            else:
                (newsroom.input / "a.txt").unlink(missing_ok=True)
        newsroom.now += dt.timedelta(minutes=1)
        newsroom.build()
    published = [e for e in all_entries(newsroom) if e.state is State.PUBLISHED]

    for feed in config.as_feeds(newsroom.config):
        if "json" in feed.formats:
            assert titles(newsroom, feed.name) == sorted(
                e.title for e in published if takes(feed, e, at=newsroom.now)
            )


def all_entries(newsroom: Newsroom) -> list:
    """Return what the store holds."""
    with newsroom.store() as store:
        return list(store.entries())
