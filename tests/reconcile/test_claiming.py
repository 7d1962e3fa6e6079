"""Adopted entries and the bulletins that tell their stories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from reconcile.factories import SOFIA, a_bulletin, a_story, at, circumstances, nothing_taken

from feedpub.model import Changes, Correction, Entry, ParsedEntry, Role
from feedpub.reconcile import claims, reconcile
from feedpub.reconcile.claiming import reads_the_same

TITLE = "Harbour Workers Confirm Longer Shifts"
TEXT = (
    "The harbour's workers voted for longer shifts on Monday.",
    "The port opens at five – an hour earlier…",
)


def an_adopted(number: int = 0, **changes: Any) -> Entry:
    """Make an entry that was adopted and waits for its bulletin."""
    published = at("2024-10-21 08:30")
    plain: dict[str, Any] = {
        "id": f"https://old.example/?p={number}",
        "bulletin": "",
        "position": number,
        "role": Role.LEAD,
        "title": TITLE,
        "paragraphs": TEXT,
        "permalink": f"2024/10/21/harbour-{number}/",
        "published": published,
        "updated": published,
        "language": "en-GB",
        "categories": ("Harbour",),
        "content_html": "<p>as it was</p>",
        "address": f"https://old.example/{number}",
    }
    return Entry(**plain | changes)


def reconciled(*stories: ParsedEntry, adopted: tuple[Entry, ...], **changes: Any) -> Changes:
    """Take in Monday's bulletin where `adopted` entries wait."""
    bulletin = a_bulletin(*stories, **changes)
    moved = claims(bulletin, (), adopted, timezone=SOFIA)
    return reconcile(bulletin, (), circumstances(), taken=nothing_taken, moved=moved)


def test_bulletin_with_the_same_story_changes_nothing_that_readers_see():
    """The entry has a bulletin now, and that is all."""
    old = an_adopted()

    changes = reconciled(a_story(TITLE, *TEXT), adopted=(old,))

    told = replace(old, bulletin="monday.txt", position=0, issue=old.id)
    assert Changes(unchanged=(told,)) == changes


def test_edited_bulletin_updates_the_entry_under_its_old_id_and_address():
    """The text is the bulletin's from then on."""
    [entry] = reconciled(a_story(TITLE, *TEXT, "The mayor objects."), adopted=(an_adopted(),)).updated

    assert ("https://old.example/?p=0", "https://old.example/0") == (entry.id, entry.address)
    assert (None, (*TEXT, "The mayor objects.")) == (entry.content_html, entry.paragraphs)
    assert at("2024-10-21 08:30") == entry.published
    assert at("2024-10-21 10:00") == entry.updated


IS_IT = {
    "same": (a_story(TITLE, *TEXT), {}),
    "same title in capitals": (a_story(TITLE.upper() + "!", "All else is new."), {}),
    "title of a summary": (a_story(TITLE, *TEXT), {"paragraphs": ("The harbour's workers […]",)}),
    "new title, same text": (a_story("Longer Days at the Port", *TEXT), {}),
    "after midnight": (a_story(TITLE, *TEXT), {"published": at("2024-10-22 00:30")}),
    "undated bulletin": (a_story(TITLE, *TEXT), {"published": at("2023-01-01 00:30"), "undated": True}),
}

IS_NOT_IT = {
    "other story": (a_story("Ferry Timetable Changes", "From Tuesday the ferry runs every hour."), {}),
    "standing title of the day before": (
        a_story("Weather", "Rain in the morning and sunny spells later."),
        {
            "title": "Weather",
            "paragraphs": ("Fog along the coast all day.",),
            "published": at("2024-10-20 09:00"),
        },
    ),
}


def claimed(story: ParsedEntry, changes: dict[str, Any]) -> dict[int, Entry]:
    """Say which adopted entry a story is."""
    changes = dict(changes)
    date = {"date": None} if changes.pop("undated", False) else {}
    return claims(a_bulletin(story, **date), (), (an_adopted(**changes),), timezone=SOFIA)


@pytest.mark.parametrize(("story", "changes"), IS_IT.values(), ids=IS_IT)
def test_story_is_the_adopted_entry(story, changes):
    """Readers have it already."""
    assert {0} == claimed(story, changes).keys()


@pytest.mark.parametrize(("story", "changes"), IS_NOT_IT.values(), ids=IS_NOT_IT)
def test_story_is_not_the_adopted_entry(story, changes):
    """Readers have not seen it."""
    assert {} == claimed(story, changes)


def test_each_adopted_entry_is_used_once_the_best_match_first():
    """Of two with one title the one with the text."""
    other = an_adopted(1, paragraphs=("Something else altogether was written here, and at length.",))

    found = claims(
        a_bulletin(a_story(TITLE, "Neither of the two."), a_story(TITLE, *TEXT)),
        (),
        (other, an_adopted(0)),
        timezone=SOFIA,
    )

    assert {0: "https://old.example/?p=1", 1: "https://old.example/?p=0"} == {
        p: e.id for p, e in found.items()
    }


def test_known_entry_of_the_bulletin_is_preferred():
    """An edit does not make a published entry another one."""
    known = an_adopted(9, bulletin="monday.txt", content_html=None)

    assert {} == claims(a_bulletin(a_story(TITLE, *TEXT)), (known,), (an_adopted(),), timezone=SOFIA)


def test_draft_claims_nothing():
    """What is not published tells no story."""
    assert {} == claims(a_bulletin(a_story(TITLE, *TEXT), draft=True), (), (an_adopted(),), timezone=SOFIA)


def test_new_story_beside_an_adopted_one_is_new():
    """It stands beside its neighbour."""
    changes = reconciled(
        a_story(TITLE, *TEXT), a_story("Ferry Timetable", "It changes."), adopted=(an_adopted(),)
    )

    assert [at("2024-10-21 08:29:59")] == [entry.published for entry in changes.added]


SAME = {
    "as it is": {},
    "typewriter": {"paragraphs": (f"{TEXT[0]} The port opens at five -- an hour earlier...",)},
    "spaces": {"title": f"  {TITLE}\u00a0"},
    "labels": {"categories": ("Port",), "author": "desk", "language": None, "role": Role.TEASER},
    "own link": {"link": "https://old.example/0"},
}

DIFFERENT = {
    "title": {"title": TITLE.upper()},
    "word": {"paragraphs": (TEXT[0].replace("Monday", "Tuesday"), TEXT[1])},
    "paragraph": {"paragraphs": TEXT[:1]},
    "link": {"link": "https://elsewhere.example/"},
    "correction": {"corrections": (Correction(on=at("2024-10-21 08:30").date(), text="It was Sunday."),)},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_adopted_entry_reads_the_same(changes):
    """Readers would see no difference worth an update."""
    old = an_adopted(paragraphs=(TEXT[0].replace("'", "’"), TEXT[1]))

    assert reads_the_same(old, an_adopted(**changes))


@pytest.mark.parametrize("changes", DIFFERENT.values(), ids=DIFFERENT)
def test_adopted_entry_reads_otherwise(changes):
    """Readers must be told."""
    assert not reads_the_same(an_adopted(), an_adopted(**changes))


def test_own_entry_with_its_correction_among_the_text_reads_the_same():
    """Adopting our own feed after a lost store makes no news of a correction that its readers have."""
    note = Correction(on=at("2024-10-25 08:30").date(), text="It was Sunday – not Monday.")
    new = an_adopted(corrections=(note,))

    assert reads_the_same(an_adopted(paragraphs=(*TEXT, f"Berichtigung, 2024-10-22: {note.text}")), new)
    assert not reads_the_same(an_adopted(paragraphs=(*TEXT, "Berichtigung, 2024-10-22: It was May.")), new)
