from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reconcile.factories import ARRIVED, MONDAY, Desk, a_bulletin, a_story, at

from feedpub.model import Changes, Entry, Role, State
from feedpub.reconcile import fingerprint

HOUR = dt.timedelta(hours=1)
LATER = ARRIVED + HOUR
TOMORROW = MONDAY + dt.timedelta(days=1)
STORM = a_story("Storm Hits Coast", "Waves of ten metres were seen in the north.")
CRANE = a_story("Crane Gets Cable", "The old one had been in use for thirty years.")


def published(**changes) -> Desk:
    """Publish a bulletin of two stories."""
    desk = Desk()
    desk.read(a_bulletin(STORM, CRANE, **changes))
    return desk


def test_first_reading_adds_every_entry_as_it_stands():
    """A new bulletin becomes one entry for the lead and one for each teaser, word for word."""
    linked = replace(CRANE, link="https://example.org/", categories=("port",))
    bulletin = a_bulletin(STORM, linked, language="en", author="Ann", categories=("coast", "port"))
    [lead, teaser] = Desk(path="news/monday.txt").read(bulletin).added

    assert teaser == Entry(
        id=teaser.id,
        bulletin="news/monday.txt",
        position=1,
        role=Role.TEASER,
        title="Crane Gets Cable",
        paragraphs=("The old one had been in use for thirty years.",),
        permalink=teaser.permalink,
        published=ARRIVED - dt.timedelta(seconds=1),
        updated=ARRIVED - dt.timedelta(seconds=1),
        language="en",
        author="Ann",
        categories=("port", "coast"),
        link="https://example.org/",
        issue=lead.id,
    )
    assert (Role.LEAD, ("coast", "port")) == (lead.role, lead.categories)


VISIBLE = {
    "title": {"title": "Storm Hits the Coast"},
    "text": {"paragraphs": ("Waves of nine metres were seen in the north.",)},
    "paragraphs": {"paragraphs": ("Waves of ten metres", "were seen in the north.")},
    "link": {"link": "https://example.org/storm"},
    "categories": {"categories": ("weather",)},
}


@pytest.mark.parametrize("changes", VISIBLE.values(), ids=VISIBLE)
def test_visible_change_moves_updated_alone(changes):
    """A correction keeps id, address and date of publication, and is dated now; its neighbour stays."""
    desk = published()
    storm, crane = desk.live
    result = desk.read(a_bulletin(replace(STORM, **changes), CRANE), now=LATER)

    edited = replace(storm, **changes, updated=LATER, version=2, issued=LATER)
    assert Changes(updated=(edited,), unchanged=(crane,)) == result


@pytest.mark.parametrize(
    "changes", [{"author": "Ann"}, {"language": "bg"}, {"categories": ("port",)}], ids=str
)
def test_change_for_the_whole_bulletin_updates_its_entries(changes):
    """Another byline, language or category is seen on every entry of the bulletin."""
    result = published().read(a_bulletin(STORM, CRANE, **changes), now=LATER)

    assert [LATER, LATER] == [entry.updated for entry in result.updated]


def test_place_and_file_are_no_update():
    """Reordering the entries and renaming the file changes nothing that readers see."""
    desk = published()
    storm, crane = desk.live
    result = desk.read(a_bulletin(CRANE, STORM), now=LATER, path="old/monday.txt")

    moved = {"bulletin": "old/monday.txt"}
    expected = (
        replace(crane, position=0, role=Role.LEAD, **moved),
        replace(storm, position=1, role=Role.TEASER, **moved),
    )
    assert Changes(unchanged=expected) == result


def test_another_unicode_form_is_no_update():
    """C9: A file saved with decomposed letters leaves its entries as they are, byte for byte."""
    desk = Desk()
    desk.read(a_bulletin(a_story("Café", "Crème.")))
    before = desk.live
    result = desk.read(a_bulletin(a_story("Cafe\u0301", "Cre\u0300me.")), now=LATER)

    assert Changes(unchanged=tuple(before)) == result


def test_updated_is_cut_to_the_second():
    """Dates in feeds have whole seconds."""
    desk = published()
    desk.read(
        a_bulletin(replace(STORM, title="Storm"), CRANE), now=LATER + dt.timedelta(microseconds=999_999)
    )

    assert LATER == desk.live[0].updated


def test_updated_never_goes_back():
    """A correction made after the clock was set back is not dated before the one before it."""
    desk = published()
    desk.read(a_bulletin(replace(STORM, title="Storm"), CRANE), now=LATER)
    desk.read(a_bulletin(replace(STORM, title="Storms"), CRANE), now=ARRIVED - HOUR)

    assert ["Storms", LATER] == [desk.live[0].title, desk.live[0].updated]


def test_updated_is_never_before_published():
    """A correction made after the clock was set back is not dated before the entry itself."""
    desk = published()
    desk.read(a_bulletin(replace(STORM, title="Storm"), CRANE), now=ARRIVED - HOUR)

    assert desk.live[0].published == desk.live[0].updated


@pytest.mark.parametrize("date", [MONDAY - dt.timedelta(days=9), TOMORROW, None], ids=str)
def test_another_date_leaves_published_entries_alone(date):
    """What readers have seen keeps its date, and is not taken back, whatever date the bulletin gets."""
    desk = published()
    before = desk.live
    result = desk.read(a_bulletin(STORM, CRANE, date=date), now=LATER)

    assert Changes(unchanged=tuple(before)) == result


# --- embargo


def test_scheduled_entry_takes_its_new_date():
    """A bulletin that nobody has seen yet can be moved to another day, under the same ids."""
    desk = published(date=TOMORROW)
    before = desk.live
    result = desk.read(a_bulletin(STORM, CRANE, date=TOMORROW + dt.timedelta(days=1)), now=LATER)

    moment = at("2024-10-23 06:00")
    assert replace(before[0], published=moment, updated=moment, due=moment) == result.updated[0]
    assert State.SCHEDULED is result.updated[1].state


def test_scheduled_entry_moved_to_the_past_is_published():
    """An embargo that is lifted by an earlier date ends at once."""
    desk = published(date=TOMORROW)
    desk.read(a_bulletin(STORM, CRANE, time=dt.time(9)), now=LATER)

    assert [(State.PUBLISHED, at("2024-10-21 09:00"))] * 2 == [
        (entry.state, entry.updated + entry.position * dt.timedelta(seconds=1)) for entry in desk.live
    ]


def test_correction_of_a_scheduled_entry_is_no_update():
    """Readers first see an embargoed entry as it is at its moment; no update is dated before that."""
    desk = published(date=TOMORROW)
    [result] = desk.read(a_bulletin(replace(STORM, title="Storm"), CRANE, date=TOMORROW), now=LATER).updated

    assert ("Storm", State.SCHEDULED) == (result.title, result.state)
    assert at("2024-10-22 06:00") == result.published == result.updated


def test_scheduled_entry_read_after_its_moment_is_published():
    """A bulletin whose moment passed while nobody looked is published as of that moment."""
    desk = published(date=TOMORROW)
    before = desk.live
    result = desk.read(a_bulletin(STORM, CRANE, date=TOMORROW), now=ARRIVED + 48 * HOUR)

    assert tuple(replace(entry, state=State.PUBLISHED, due=None) for entry in before) == result.updated


def test_entry_added_to_a_scheduled_bulletin_lines_up():
    """The entries of a bulletin that nobody has seen stand in the order of the document."""
    desk = published(date=TOMORROW)
    desk.read(a_bulletin(STORM, "Museum Opens", CRANE, date=TOMORROW), now=LATER)

    assert [0, 1, 2] == [(at("2024-10-22 06:00") - instant).seconds for instant in desk.instants]


def test_scheduled_entry_deleted_and_put_back_is_scheduled():
    """Deleting an embargoed file and dropping it again ends no embargo and changes no id."""
    desk = published(date=TOMORROW)
    before = desk.live
    desk.delete(now=LATER)
    desk.read(a_bulletin(STORM, CRANE, date=TOMORROW), now=LATER)

    assert before == desk.live


# --- withdrawal


def test_withdrawn_entry_says_when():
    """A removed entry keeps everything but its state; the instant of removal stands in updated."""
    desk = published()
    _, crane = desk.live
    result = desk.read(a_bulletin(STORM), now=LATER)

    assert (replace(crane, state=State.WITHDRAWN, updated=LATER),) == result.withdrawn


def test_deleted_bulletin_withdraws_each_entry_once():
    """Deleting a file takes its entries back, and doing it twice is doing it once."""
    desk = published()

    assert 2 == len(desk.delete(now=LATER).withdrawn)
    assert Changes() == desk.delete(now=LATER)


def test_restored_entry_is_dated_now():
    """An entry that comes back unchanged is an update, since readers had lost it."""
    desk = published()
    storm, crane = desk.live
    desk.delete(now=LATER)
    result = desk.read(a_bulletin(STORM, CRANE), now=LATER + HOUR)

    back = {"updated": LATER + HOUR, "restored": LATER + HOUR}
    assert Changes(updated=(replace(storm, **back), replace(crane, **back))) == result


def test_draft_is_not_published():
    """A bulletin marked as a draft has no entries yet."""
    assert Changes() == Desk().read(a_bulletin(STORM, CRANE, draft=True))


def test_bulletin_made_a_draft_is_withdrawn_until_it_is_none():
    """Marking a published bulletin as a draft takes it back; unmarking it restores the same ids."""
    desk = published()
    ids = [entry.id for entry in desk.live]
    withdrawn = desk.read(a_bulletin(STORM, CRANE, draft=True), now=LATER).withdrawn
    desk.read(a_bulletin(STORM, CRANE), now=LATER)

    assert ids == [entry.id for entry in withdrawn] == [entry.id for entry in desk.live]


# --- fingerprint


def test_fingerprint_tells_paragraphs_from_one_another():
    """Moving a word from one paragraph to the next is a change."""
    [entry, _] = published().live
    one, other = replace(entry, paragraphs=("ab", "c")), replace(entry, paragraphs=("a", "bc"))

    assert fingerprint(one) != fingerprint(other)


def test_fingerprint_leaves_out_what_readers_never_see():
    """Two entries that look the same have the same fingerprint."""
    [entry, _] = published().live
    other = replace(
        entry,
        id="tag:other",
        bulletin="b.txt",
        position=9,
        role=Role.TEASER,
        updated=LATER,
        state=State.WITHDRAWN,
    )

    assert fingerprint(entry) == fingerprint(other)
