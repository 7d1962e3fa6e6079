"""Readers disagree on edits, so each feed says how it shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from compose.factories import MORNING, a_feed, a_site, an_entry
from hypothesis import given
from hypothesis import strategies as st

from feedpub.compose import feed_document
from feedpub.model import Edits, Entry, FeedDocument, Tombstone
from feedpub.render import FORMATS, check, render

HOUR = dt.timedelta(hours=1)
NOON = MORNING + 6 * HOUR
EDITED = an_entry(1, title="Edited", version=2, issued=NOON, updated=NOON)
PAGE = "https://news.example.org/2024/10/21/story-1/"


def document(edits: Edits, *entries: Entry, tombstones=(), **changes) -> FeedDocument:
    """Compose a feed of that policy."""
    feed = a_feed(edits=edits, **changes)
    return feed_document(
        feed, a_site(), entries, feed_id="urn:x-test:1", changed=MORNING, tombstones=tombstones
    )


def test_update_shows_the_same_entry_with_a_newer_date():
    """It stays where it was, and the feed itself is newer."""
    got = document(Edits.UPDATE, an_entry(0), EDITED)

    assert [(an_entry(0).id, MORNING), (EDITED.id, NOON)] == [(e.id, e.updated) for e in got.entries]
    assert NOON == got.updated


def test_silent_shows_the_new_text_under_the_old_date():
    """Readers that pop up every update are left in peace; the feed's own date does not move either."""
    got = document(Edits.SILENT, an_entry(0), EDITED)

    assert [(e.id, e.title) for e in got.entries] == [(an_entry(0).id, "Story 0"), (EDITED.id, "Edited")]
    assert [e.published for e in got.entries] == [e.updated for e in got.entries]
    assert MORNING == got.updated


def test_reissue_shows_a_new_entry_that_points_to_the_page():
    """Readers that never show an edit get the story again, first in the list."""
    got = document(Edits.REISSUE, an_entry(0), EDITED)

    again = got.entries[0]
    assert (f"{EDITED.id};2", NOON, NOON) == (again.id, again.published, again.updated)
    assert again.content_html == (
        f'<p><a href="{PAGE}">Updated version of an earlier story</a></p>\n<p>What story 1 tells.</p>'
    )
    assert [f"{EDITED.id};2", an_entry(0).id] == [e.id for e in got.entries]


def test_reissue_says_so_in_a_summary_too():
    """A feed of summaries has no room for a link."""
    got = document(Edits.REISSUE, EDITED, full_content=False)

    assert got.entries[0].summary == "[Updated version of an earlier story] What story 1 tells."


def test_reissue_speaks_the_language_of_the_entry():
    """The pointer is a line of the story."""
    got = document(Edits.REISSUE, replace(EDITED, language="fr-CA"))

    assert "Version mise à jour d’un article précédent" in got.entries[0].content_html


@pytest.mark.parametrize("edits", Edits)
def test_first_version_looks_the_same_under_every_policy(edits):
    """Until somebody edits something, the feeds are equal."""
    expected = document(Edits.UPDATE, an_entry(0), an_entry(1)).entries

    assert expected == document(edits, an_entry(0), an_entry(1)).entries


@pytest.mark.parametrize("edits", [Edits.SILENT, Edits.REISSUE])
def test_return_after_a_withdrawal_is_newer_than_the_tombstone_all_the_same(edits):
    """Otherwise readers that heed tombstones would not take the entry back."""
    back = an_entry(restored=NOON, updated=NOON + HOUR)

    [entry] = document(edits, back).entries

    assert (back.id, MORNING, NOON) == (entry.id, entry.published, entry.updated)


@pytest.mark.parametrize(("edits", "end"), [(Edits.UPDATE, ""), (Edits.SILENT, ""), (Edits.REISSUE, ";2")])
def test_tombstone_names_the_id_that_readers_saw(edits, end):
    """Each feed buries what it had shown."""
    grave = Tombstone(id=EDITED.id, deleted=NOON, version=2)

    got = document(edits, tombstones=(grave,))

    assert (Tombstone(id=f"{EDITED.id}{end}", deleted=NOON),) == got.tombstones


instants = st.integers(1, 100).map(lambda hours: MORNING + hours * HOUR)


@given(
    st.lists(st.tuples(st.integers(1, 3), instants, st.none() | instants), max_size=6),
    st.sampled_from(Edits),
)
def test_formats_of_a_feed_agree_whatever_was_edited(histories, edits):
    """Every format says the ids and instants of the document, or the release gate would refuse it."""
    entries = [
        an_entry(number, version=n, issued=issued if n > 1 else None, restored=back, updated=issued)
        for number, (n, issued, back) in enumerate(histories)
    ]
    got = document(edits, *entries)

    for name in FORMATS:
        check(render(got, name), got)
    assert all(entry.published <= entry.updated for entry in got.entries)
