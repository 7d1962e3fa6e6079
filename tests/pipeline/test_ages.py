"""Feeds that select by age: entries leave them, or come, by nothing but the clock."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from pipeline.newsroom import MONDAY, Newsroom
from pipeline.test_selecting import a_newsroom, add_feeds, titles

from feedpub.app.verifying import Part, verify

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR

FEEDS = """\
  sport:
    limit: {entries: 4}
    select: {newer_than: 3d}
  week:
    limit: {entries: 4}
    exclude: {older_than: 7d}
  later:
    select: {older_than: 24h}
"""


@pytest.fixture
def office(tmp_path):
    """Give an installation with feeds that select by age."""
    return a_newsroom(tmp_path, FEEDS)


def a_story(number: int, at: dt.datetime, text: str = "Text.") -> str:
    """Write a bulletin of one story, of an instant."""
    return (
        f"---\ndate: {at:%Y-%m-%d}\npublish_at: {at:%Y-%m-%dT%H:%M:%SZ}\n---\n# Story {number:02}\n\n{text}\n"
    )


def publish(newsroom: Newsroom, number: int) -> str:
    """Publish a story now, and return its title."""
    newsroom.drop(f"{number:02}.txt", a_story(number, newsroom.now))
    newsroom.build()
    return f"Story {number:02}"


def walk(newsroom: Newsroom, feed: str) -> list[str]:
    """Return the titles that who walks back from a live document meets, the newest first."""
    path, met = f"feeds/{feed}.json", []
    while path:
        document = json.loads(newsroom.read(path))
        met += [item["title"] for item in document["items"]]
        path = document.get("next_url", "").removeprefix("https://news.example.org/")
    return met


def test_entry_grows_too_old(office):
    """It leaves that feed alone, when its time has come and not before, with no other change."""
    publish(office, 1)
    office.now = MONDAY + 3 * DAY
    office.build()
    assert titles(office, "sport") == ["Story 01"]
    before = office.files()

    office.now += dt.timedelta(seconds=1)
    office.build()

    assert titles(office, "sport") == []
    assert "deleted-entry" not in office.read("feeds/sport.atom")
    changed = {path for path, file in office.files().items() if file != before[path]}
    assert changed == {"feeds/sport/index.html", *(f"feeds/sport.{form}" for form in ("rss", "atom", "json"))}
    before = office.files()
    office.now += DAY
    office.build()
    assert before == office.files()


def test_entry_grows_too_old_under_a_daemon(office):
    """One pipeline that goes on publishing, as the daemon's, needs nothing but the clock."""
    with office._pipeline() as pipeline:
        office.drop("01.txt", a_story(1, MONDAY))
        office._pass(pipeline)
        before = titles(office, "sport"), titles(office, "later")
        office.now += 4 * DAY
        written = pipeline.publish().written
        again = pipeline.publish().written

    assert before == (["Story 01"], [])
    assert (titles(office, "sport"), titles(office, "later")) == ([], ["Story 01"])
    assert {"feeds/sport/index.html", "feeds/later/index.html", "feeds/sport.rss"} <= set(written)
    assert again == ()


def test_feed_is_newer_when_an_entry_left(office):
    """Its date moves, or caches and readers would keep it as it was."""
    publish(office, 1)
    office.now = MONDAY + 4 * DAY
    office.build()

    assert "<updated>2024-10-25T12:00:00" in office.read("feeds/sport.atom")


def test_entry_becomes_old_enough(office):
    """A feed of what is older gets it when its time has come."""
    publish(office, 1)
    assert titles(office, "later") == []

    office.now = MONDAY + DAY + dt.timedelta(seconds=1)
    office.build()

    assert titles(office, "later") == ["Story 01"]


def test_walk_back_through_the_archives(office):
    """It meets everything of that age once, also what has been sealed, and nothing older."""
    everything = []
    for number in range(40):
        office.now = MONDAY + number * 6 * HOUR
        everything.insert(0, publish(office, number))

    assert walk(office, "sport") == everything[: 3 * 4 + 1]
    assert walk(office, "week") == everything[: 7 * 4 + 1]
    assert walk(office, "news") == everything


def test_what_left_is_in_no_archive(office):
    """What is too old for a feed is not sealed, but gone from it, and withdrawn nowhere."""
    for number in range(10):
        publish(office, number)
        office.now += HOUR
    office.now += 10 * DAY
    office.build()

    assert walk(office, "week") == []
    assert len(titles(office, "news")) == 10


def test_old_bulletin_arrives_late(office):
    """What is too old on its arrival never stands there."""
    office.drop("old.txt", a_story(1, MONDAY - 20 * DAY))
    office.build()

    assert titles(office, "sport") == []
    assert titles(office, "later") == ["Story 01"]


def test_edit_in_the_moment_of_leaving(office):
    """An entry that is edited when it is too old already leaves all the same."""
    publish(office, 1)
    office.now = MONDAY + 4 * DAY
    office.drop("01.txt", a_story(1, MONDAY, "Another text."))
    office.build()

    assert titles(office, "sport") == []
    assert titles(office, "news") == ["Story 01"]


def test_withdrawal_after_it_left(office):
    """Its readers had it, and are told, as those of all feeds."""
    publish(office, 1)
    office.now = MONDAY + 4 * DAY
    office.build()
    for _ in range(2):  # a bulletin must be missing twice
        (office.input / "01.txt").unlink(missing_ok=True)
        office.now += HOUR
        office.build()

    assert "deleted-entry" in office.read("feeds/sport.atom")


def test_clock_is_set_back(office):
    """A clock that was far ahead by mistake has done no harm when it is right again."""
    publish(office, 1)
    office.now += 9999 * DAY
    office.build()
    assert titles(office, "sport") == []

    office.now = MONDAY + DAY
    office.build()

    assert titles(office, "sport") == ["Story 01"]


def test_configuration_asks_for_another_age(office):
    """A feed that selects by another age than before holds what is of that age, from then on."""
    publish(office, 1)
    office.now += 4 * DAY
    office.build()

    add_feeds(office, "  sport:\n    select: {newer_than: 5d}\n")
    office.build()
    asked = titles(office, "sport")
    office.now += 2 * DAY
    office.build()

    assert (asked, titles(office, "sport")) == (["Story 01"], [])


def test_feed_of_a_template(tmp_path):
    """Feeds that a template makes select by age as well."""
    office = a_newsroom(tmp_path, '  "in-{language}":\n    select: {newer_than: 24h}\n')
    publish(office, 1)
    before = titles(office, "in-en")

    office.now += 2 * DAY
    office.build()

    assert (before, titles(office, "in-en")) == (["Story 01"], [])


def test_store_is_lost(office):
    """A store that begins anew from the output goes on as the old one would have."""
    publish(office, 1)
    office.config.store.path.unlink()
    office.now += 4 * DAY
    office.build()

    assert titles(office, "sport") == []
    assert titles(office, "news") == ["Story 01"]


def test_verify_before_the_next_publication(office):
    """What came to an age since the last look is no contradiction, and will leave with the next one."""
    today = dt.datetime.now(dt.UTC).replace(microsecond=0)  # verify has the clock of the machine
    office.now = today - 4 * DAY
    publish(office, 1)

    assert titles(office, "sport") == ["Story 01"]
    found = verify(office.config, pause_seconds=0).problems
    assert [] == [finding.what for finding in found if finding.part is Part.STORE]


def test_whole_bulletins_grow_too_old(tmp_path):
    """Feeds of whole bulletins select by the age of the bulletin."""
    feed = "  sport:\n    shape: bulletins\n    select: {newer_than: 3d}\n"
    office = a_newsroom(tmp_path, feed)
    publish(office, 1)
    office.now += 2 * DAY
    publish(office, 2)
    before = titles(office, "sport")
    office.now += 2 * DAY
    office.build()

    assert (before, titles(office, "sport")) == (["Story 01", "Story 02"], ["Story 02"])
