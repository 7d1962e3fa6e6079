"""Entries of another program's feed, as ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from reconcile.factories import SOFIA, at, nothing_taken

from feedpub.model import Entry, ForeignEntry, Role, State
from feedpub.reconcile import Adoption, Premises, adopt

NOON = at("2024-10-21 12:00")
NOW = at("2024-11-01 10:00")


def a_foreign(number: int = 0, **changes: Any) -> ForeignEntry:
    """Make an entry of an old feed."""
    plain: dict[str, Any] = {
        "id": f"https://old.example/?p={number}",
        "title": f"Old Story {number}",
        "link": f"https://old.example/{number}",
        "published": NOON - dt.timedelta(hours=number),
        "content_html": "<p>It was so.</p>",
        "paragraphs": ("It was so.",),
    }
    return ForeignEntry(**plain | changes)


def take_over(*foreign: ForeignEntry, known: tuple[Entry, ...] = (), **premises: Any) -> Adoption:
    """Adopt where `known` stands."""
    plain: dict[str, Any] = {
        "site_url": "https://news.example.org/",
        "timezone": SOFIA,
        "now": NOW,
        "taken": nothing_taken,
    }
    return adopt(foreign, known, Premises(**plain | premises))


def added(*foreign: ForeignEntry, **premises: Any) -> list[Entry]:
    """Adopt where nothing is known; give what is new."""
    return list(take_over(*foreign, **premises).changes.added)


def test_adopted_entry_keeps_id_link_and_dates():
    """It stands in the feeds as it did."""
    [entry] = added(a_foreign(updated=NOON + dt.timedelta(days=1)))

    assert ("https://old.example/?p=0", "https://old.example/0") == (entry.id, entry.address)
    assert (NOON, NOON + dt.timedelta(days=1)) == (entry.published, entry.updated)
    assert ("", Role.LEAD, State.PUBLISHED) == (entry.bulletin, entry.role, entry.state)
    assert "<p>It was so.</p>" == entry.content_html


DATES = {
    "both": ({"published": NOON, "updated": NOW}, (NOON, NOW)),
    "published": ({"published": NOON}, (NOON, NOON)),
    "updated": ({"published": None, "updated": NOON}, (NOON, NOON)),
    "none": ({"published": None}, (NOW, NOW)),
    "year 1": ({"published": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}, (NOW, NOW)),
    "year 9999": ({"published": dt.datetime(9999, 12, 31, tzinfo=dt.UTC)}, (NOW, NOW)),
}


@pytest.mark.parametrize(("given", "expected"), DATES.values(), ids=DATES)
def test_missing_date_is_taken_from_the_next_best(given, expected):
    """A feed need not have all of them, nor right ones."""
    [entry] = added(a_foreign(**given))

    assert expected == (entry.published, entry.updated)


def test_undated_entries_stay_in_the_order_of_their_feed():
    """The first is the newest."""
    entries = added(*(a_foreign(n, published=None) for n in range(3)))

    assert sorted(entries, key=lambda entry: entry.published, reverse=True) == entries
    assert 3 == len({entry.published for entry in entries})


def test_own_page_is_known_again():
    """The link in our own feed is the page of the entry."""
    [entry] = added(a_foreign(link="https://news.example.org/2024/10/21/harbour-1a2b3c4d/"))

    assert ("2024/10/21/harbour-1a2b3c4d/", None) == (entry.permalink, entry.address)


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example.org/",
        "https://news.example.org/feeds/",
        "https://news.example.org/2024/10/21/../../",
        "https://news.example.org/2024/10/21/a/?b",
        "https://news.example.org.evil.example/2024/10/21/harbour/",
    ],
)
def test_other_address_of_our_site_is_no_page_of_an_entry(link):
    """Nothing that a feed says lets a page be written elsewhere."""
    [entry] = added(a_foreign(link=link))

    assert link == entry.address
    assert entry.permalink.startswith("2024/10/21/old-story-0-")


def test_own_page_that_another_entry_has_stays_with_that():
    """No two entries share a page."""
    link = "https://news.example.org/2024/10/21/harbour-1a2b3c4d/"

    entries = added(a_foreign(0, link=link), a_foreign(1, link=link))

    assert 2 == len({entry.permalink for entry in entries})
    assert [None, link] == [entry.address for entry in entries]


def test_entry_in_several_archives_is_adopted_once_as_the_newest():
    """Archives repeat what feeds show."""
    old, new = a_foreign(updated=NOON), a_foreign(updated=NOW, title="Corrected")

    assert ["Corrected"] == [entry.title for entry in added(old, new, old)]


def test_adopting_again_changes_nothing():
    """It can be repeated without harm."""
    first = take_over(a_foreign(0), a_foreign(1)).changes.added

    again = take_over(a_foreign(0), a_foreign(1), known=first)

    assert first == again.changes.unchanged
    assert ((), ()) == (again.changes.added, again.changes.updated)


def test_adopting_again_takes_what_was_corrected_since():
    """As long as no bulletin tells the story, the old program does."""
    [first] = added(a_foreign())

    again = take_over(
        a_foreign(title="Corrected", link="https://elsewhere.example/", updated=NOW), known=(first,)
    )

    corrected = replace(first, title="Corrected", updated=NOW, version=2, issued=NOW)
    assert (corrected,) == again.changes.updated


def test_entry_of_a_bulletin_is_left_alone():
    """What a bulletin says counts more than the feed it replaced."""
    [first] = added(a_foreign())
    claimed = replace(first, bulletin="monday.txt")

    again = take_over(a_foreign(title="Otherwise", updated=NOW), known=(claimed,))

    assert (claimed,) == again.changes.unchanged


def test_story_that_a_bulletin_has_published_under_another_id_is_left_out():
    """It would stand in the feeds twice."""
    [entry] = added(a_foreign())
    published = replace(
        entry, id="tag:news.example.org,2024-10-21:old-story-0-1a2b3c4d", bulletin="monday.txt"
    )

    adoption = take_over(a_foreign(title="OLD STORY, 0"), known=(published,))

    assert () == adoption.changes.added
    assert "is published already, as tag:news.example.org" in adoption.left_out[0]


def test_standing_title_of_another_day_is_another_story():
    """Every day has its weather."""
    [entry] = added(a_foreign(title="Weather"))
    published = replace(entry, id="tag:x", bulletin="monday.txt", published=NOON - dt.timedelta(days=1))

    assert 1 == len(take_over(a_foreign(title="Weather"), known=(published,)).changes.added)
