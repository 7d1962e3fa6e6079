"""What the operator takes back stays back, whatever happens to the bulletin, until it is put back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reconcile.factories import ARRIVED, Desk, a_bulletin, a_story, at
from reconcile.test_laws import bulletins, histories, replay

from feedpub.model import Bulletin, Entry, State
from feedpub.reconcile import is_seen, keep_out, put_back

HOUR = dt.timedelta(hours=1)
LATER = ARRIVED + HOUR
STORM = a_story("Storm Hits Coast", "Waves of ten metres were seen in the north.")
CRANE = a_story("Crane Gets Cable", "The old one had been in use for thirty years.")


def keep(desk: Desk, entry: Entry, *, reason: str | None = None, now: dt.datetime = LATER) -> Entry:
    """Have the operator withdraw an entry."""
    desk.entries[entry.id] = keep_out(entry, reason=reason, now=now)
    return desk.entries[entry.id]


@pytest.fixture
def desk() -> Desk:
    """Give a desk that published two stories; the operator withdrew the first one an hour later."""
    desk = Desk()
    desk.read(a_bulletin(STORM, CRANE))
    keep(desk, desk.live[0], reason="It was no storm.")
    return desk


def out_of(desk: Desk) -> Entry:
    """Return the entry that is kept out."""
    [out] = [entry for entry in desk.known if entry.kept_out]
    return out


def test_withdrawal_has_its_instant_and_its_reason(desk):
    """Nothing else of the entry changes."""
    before = Desk().read(a_bulletin(STORM, CRANE)).added[0]

    assert out_of(desk) == replace(
        before, state=State.WITHDRAWN, updated=LATER, reason="It was no storm.", kept_out=True
    )


def test_another_withdrawal_changes_the_reason_alone(desk):
    """The first withdrawal is the one that counts; without a new reason it is the same."""
    out = out_of(desk)

    assert out == keep_out(out, reason=None, now=LATER + HOUR)
    assert replace(out, reason="It was fog.") == keep_out(out, reason="It was fog.", now=LATER + HOUR)


EDITS = {
    "read again": a_bulletin(STORM, CRANE),
    "retitled": a_bulletin(replace(STORM, title="Storm Hits the Whole Coast"), CRANE),
    "rewritten": a_bulletin(replace(STORM, paragraphs=("Waves of nine metres were seen.",)), CRANE),
    "moved": a_bulletin(CRANE, STORM),
    "alone": a_bulletin(STORM),
    "redated": a_bulletin(STORM, CRANE, date=dt.date(2024, 10, 30)),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_edit_brings_it_back(desk, edit):
    """It is the same entry, it stays withdrawn, and no new one takes its place."""
    out = out_of(desk)

    changes = desk.read(edit, now=LATER + HOUR)

    assert () == changes.added
    assert out.id not in {entry.id for entry in desk.live}
    now = out_of(desk)
    assert (out.id, out.updated, out.reason) == (now.id, now.updated, now.reason)


def test_it_is_not_taken_for_a_neighbour_that_goes(desk):
    """When the other story is deleted and this one edited, the other one does not appear with its text."""
    crane = desk.live[0]

    changes = desk.read(a_bulletin(replace(STORM, title="Crane Hits Coast")), now=LATER + HOUR)

    assert [crane.id] == [entry.id for entry in changes.withdrawn]
    assert [] == desk.live


def test_draft_and_deletion_leave_it_as_it_is(desk):
    """It is withdrawn already."""
    out = out_of(desk)

    desk.read(a_bulletin(STORM, CRANE, draft=True), now=LATER + HOUR)
    desk.delete(now=LATER + HOUR)
    desk.read(a_bulletin(STORM, CRANE), now=LATER + HOUR)

    assert out == out_of(desk)
    assert ["Crane Gets Cable"] == [entry.title for entry in desk.live]


def test_put_back_it_is_the_same_entry_with_its_newest_text(desk):
    """Id, address and date of publication are the old ones; readers see that it was updated."""
    before = out_of(desk)
    desk.read(a_bulletin(replace(STORM, title="Storm Hits the Coast"), CRANE), now=LATER + HOUR)

    back = put_back(out_of(desk), now=LATER + 2 * HOUR)

    assert back == replace(
        before,
        title="Storm Hits the Coast",
        state=State.PUBLISHED,
        updated=LATER + 2 * HOUR,
        reason=None,
        kept_out=False,
        version=2,
        issued=LATER + 2 * HOUR,
        restored=LATER + 2 * HOUR,
    )


@pytest.mark.parametrize("passed", [dt.timedelta(0), -HOUR], ids=["the same second", "a clock set back"])
def test_put_back_it_is_newer_than_its_tombstone(desk, passed):
    """An entry with the instant of its tombstone would count as deleted."""
    assert LATER < put_back(out_of(desk), now=LATER + passed).updated


def test_what_its_file_brings_back_is_newer_than_its_tombstone():
    """The same holds for a file that is deleted and restored within one second."""
    desk = Desk()
    desk.read(a_bulletin(STORM))
    [gone] = desk.delete(now=LATER).withdrawn

    [back] = desk.read(a_bulletin(STORM), now=LATER).updated

    assert back.updated > gone.updated


def scheduled() -> Desk:
    """Withdraw a story that is to come out on Tuesday at six."""
    desk = Desk()
    desk.read(a_bulletin(STORM, date=dt.date(2024, 10, 22)))
    keep(desk, desk.live[0])
    return desk


def test_scheduled_entry_is_never_let_out():
    """It waits no longer, and it is still known that nobody has seen it."""
    out = out_of(scheduled())

    assert (State.WITHDRAWN, False) == (out.state, is_seen(out))


def test_scheduled_entry_follows_its_bulletin_while_it_is_out():
    """A new date in the text is its date when it is put back."""
    desk = scheduled()
    desk.read(a_bulletin(STORM, date=dt.date(2024, 10, 23)), now=LATER)

    back = put_back(out_of(desk), now=LATER)

    six = at("2024-10-23 06:00")
    assert (State.SCHEDULED, six, six, six) == (back.state, back.due, back.published, back.updated)


@pytest.mark.parametrize("read", [True, False], ids=["read again", "not read again"])
def test_scheduled_entry_that_is_put_back_late_is_published_then(read):
    """Its moment has passed meanwhile; readers see it first now, dated as the text has it."""
    desk, late = scheduled(), at("2024-10-22 12:00")
    if read:
        desk.read(a_bulletin(STORM, date=dt.date(2024, 10, 22)), now=late)

    back = put_back(out_of(desk), now=late)

    six = at("2024-10-22 06:00")
    assert (State.PUBLISHED, None, six, six) == (back.state, back.due, back.published, back.updated)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(histories, bulletins, st.integers(0, 6))
def test_whatever_is_written_later_it_stays_out(history, bulletin: Bulletin, choice: int):
    """No edit of a bulletin shows an entry that is kept out, nor changes its id, dates or reason."""
    desk, now = replay(history)
    if not desk.known:
        return
    chosen = sorted(desk.known, key=lambda entry: entry.id)[choice % len(desk.known)]
    out = keep(desk, chosen, reason="No.", now=now)

    for version in (bulletin, history[-1][0]):
        changes = desk.read(version, now=now)
        assert out.id not in {entry.id for entry in (*changes.added, *changes.updated, *changes.withdrawn)}
        after = desk.entries[out.id]
        assert (State.WITHDRAWN, True, "No.") == (after.state, after.kept_out, after.reason)
        assert (is_seen(out), out.updated) == (is_seen(after), after.updated)
