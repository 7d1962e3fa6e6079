"""What becomes of adopted entries once the newsroom works on."""

from __future__ import annotations

import datetime as dt

import feedparser
import pytest
from pipeline.newsroom import MONDAY, Newsroom

from feedpub.model import ForeignEntry, State, Verb

TITLE = "Harbour Workers Confirm Longer Shifts"
TEXT = "The harbour workers of Port Selby said on Monday that they would work two hours longer each day."
OLD = "https://old.example/?p=1"
STORY = f" date 2024-10-21 {TITLE}\n{TEXT}\n"
ANOTHER = " date 2024-10-21 Ferry Timetable Changes\nFrom December the last boat to Sandholm leaves at six.\n"


def an_old(**changes) -> ForeignEntry:
    """Make the entry that the old feed has for the story."""
    plain = {
        "id": OLD,
        "title": TITLE,
        "link": "https://old.example/harbour",
        "published": MONDAY - dt.timedelta(hours=2),
        "content_html": f"<p>{TEXT}</p>",
        "paragraphs": (TEXT,),
    }
    return ForeignEntry(**plain | changes)


@pytest.fixture
def newsroom(tmp_path):
    """Give a newsroom that moved in with one story."""
    newsroom = Newsroom(tmp_path)
    newsroom.adopt(an_old())
    newsroom.build()
    assert [TITLE] == newsroom.titles()
    return newsroom


def ids(newsroom) -> list[str]:
    """Give the ids in the feed."""
    return [entry.id for entry in feedparser.parse(newsroom.read("feeds/news.atom")).entries]


def test_entry_that_keeps_its_address_has_no_page(newsroom):
    """Nobody would link to it."""
    assert not list(newsroom.output.glob("2024/*/*/**/index.html"))
    assert "https://old.example/harbour" in newsroom.read("index.html")


def test_entry_without_a_link_gets_a_page(newsroom):
    """Readers must have something to open."""
    newsroom.adopt(an_old(id="2", title="Without", link=None))
    newsroom.build()

    assert "they would work two hours longer" in newsroom.read(
        newsroom.entries()["Without"].permalink + "index.html"
    )


def test_entry_without_a_bulletin_outlives_every_look_at_the_folder(newsroom):
    """It is not missing, for it was never there."""
    newsroom.drop("other.txt", ANOTHER)
    newsroom.build()
    (newsroom.input / "other.txt").unlink()
    newsroom.build()

    assert [TITLE] == newsroom.titles()


def test_two_files_of_one_pass_do_not_both_claim_an_entry(newsroom):
    """The second one tells a story of its own."""
    newsroom.drop("a.txt", STORY)
    newsroom.drop("b.txt", STORY + "The mayor has since said that he was not asked, and left the room.\n")
    newsroom.build()

    assert 2 == len(ids(newsroom)) == len(set(ids(newsroom)))
    assert 1 == ids(newsroom).count(OLD)


def test_claimed_entry_goes_and_comes_with_its_bulletin(newsroom):
    """It is an entry like any other then."""
    newsroom.drop("a.txt", STORY)
    newsroom.build()
    (newsroom.input / "a.txt").unlink()
    newsroom.build()

    assert [] == ids(newsroom)

    newsroom.drop("a.txt", STORY)
    newsroom.build()

    assert [OLD] == ids(newsroom)
    assert "https://old.example/harbour" == newsroom.entries()[TITLE].address


def test_edit_after_the_claim_is_an_update(newsroom):
    """What the bulletin says is what readers read."""
    newsroom.drop("a.txt", STORY)
    newsroom.build()
    newsroom.now += dt.timedelta(hours=1)
    newsroom.drop("a.txt", STORY.replace("two hours", "three hours"))
    newsroom.build()

    [entry] = newsroom.entries().values()
    assert (OLD, None) == (entry.id, entry.content_html)
    assert (MONDAY - dt.timedelta(hours=2), newsroom.now) == (entry.published, entry.updated)
    assert "three hours longer" in newsroom.read("feeds/news.atom")


def test_adopted_entry_can_be_withdrawn_and_its_bulletin_does_not_bring_it_back(newsroom):
    """The operator's word holds for it too."""
    assert newsroom.order(Verb.WITHDRAW, OLD).done
    newsroom.drop("a.txt", STORY)
    newsroom.build()

    assert [] == ids(newsroom)
    assert [(State.WITHDRAWN, "a.txt")] == [(e.state, e.bulletin) for e in newsroom.entries().values()]


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_date_at_the_end_of_the_calendar_is_refused_as_ever(newsroom, date):
    """Looking for adopted entries around it does not hurt."""
    newsroom.drop("a.txt", f"---\ndate: {date}\n---\n{TITLE}\n\n{TEXT}\n")
    newsroom.build()

    with newsroom.store() as store:
        assert "feedpub failed" not in store.find_record("a.txt").reason
    assert [OLD] == ids(newsroom)
