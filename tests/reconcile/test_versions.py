"""Which edits make a new version, and since when it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from reconcile.factories import ARRIVED, Desk, a_bulletin, a_story
from reconcile.test_laws import bulletins, histories, lawful, replay

from feedpub.model import State
from feedpub.reconcile import fingerprint, is_seen

HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
LATER = ARRIVED + HOUR
STORM = a_story("Storm Hits Coast", "Waves of ten metres were seen in the north.")
CRANE = a_story("Crane Gets Cable", "The old one had been in use for thirty years.")
EDITED = replace(STORM, title="Storm Hits the Coast")


def published() -> Desk:
    """Publish a bulletin of two stories."""
    desk = Desk()
    desk.read(a_bulletin(STORM, CRANE))
    return desk


def numbers(desk: Desk) -> list[tuple[int, dt.datetime | None]]:
    """Return version and instant of each live entry."""
    return [(entry.version, entry.issued) for entry in desk.live]


def test_first_version_is_since_publication():
    """A new entry has had no other text."""
    assert [(1, None), (1, None)] == numbers(published())


def test_each_edit_makes_a_version():
    """Two edits, and the third text is on show since the second one."""
    desk = published()
    desk.read(a_bulletin(EDITED, CRANE), now=LATER)
    desk.read(a_bulletin(STORM, CRANE), now=LATER + HOUR)

    assert [(3, LATER + HOUR), (1, None)] == numbers(desk)


def test_entries_edited_at_once_are_issued_in_the_order_of_the_bulletin():
    """Readers shuffle equal instants, so each version has its own second."""
    desk = published()
    desk.read(a_bulletin(STORM, CRANE, author="Ann"), now=LATER)

    assert [(2, LATER), (2, LATER - SECOND)] == numbers(desk)
    assert [LATER, LATER] == [entry.updated for entry in desk.live]


def test_withdrawn_and_back_with_its_text_is_the_same_version():
    """It says nothing new, though it is new to readers who lost it."""
    desk = published()
    desk.delete(now=LATER)
    desk.read(a_bulletin(STORM, EDITED), now=LATER + HOUR)
    storm = desk.live[0]

    assert (1, None, LATER + HOUR) == (storm.version, storm.issued, storm.restored)


def test_edit_after_a_return_keeps_the_instant_of_the_return():
    """Feeds that hide edits still tell when the entry came back."""
    desk = published()
    desk.delete(now=LATER)
    desk.read(a_bulletin(STORM, CRANE), now=LATER + HOUR)
    desk.read(a_bulletin(EDITED, CRANE), now=LATER + 2 * HOUR)
    storm = desk.live[0]

    assert (2, LATER + 2 * HOUR, LATER + HOUR) == (storm.version, storm.issued, storm.restored)


def test_scheduled_entry_has_one_version():
    """What nobody has seen can be rewritten at will."""
    due = ARRIVED + 2 * HOUR
    desk = Desk()
    desk.read(a_bulletin(STORM, CRANE, publish_at=due))
    desk.read(a_bulletin(EDITED, CRANE, publish_at=due), now=LATER)

    assert [(1, None), (1, None)] == numbers(desk)


@lawful
@given(histories, bulletins)
def test_updated_moves_with_what_readers_see_and_with_nothing_else(history, bulletin):
    """An edit, a return, a withdrawal move it; a rename, a new order, a new role, the clock do not."""
    desk, now = replay(history)
    before = dict(desk.entries)
    now += HOUR
    desk.read(bulletin, now=now)

    for old in before.values():
        new = desk.entries.get(old.id)
        if new and is_seen(old):
            edited = new.state is State.PUBLISHED and fingerprint(old) != fingerprint(new)
            came_or_went = old.state is not new.state
            assert (edited or came_or_went) == (new.updated != old.updated)
            assert edited == (new.version != old.version)
            assert (came_or_went and new.state is State.PUBLISHED) == (new.restored != old.restored)
