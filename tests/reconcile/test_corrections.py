"""A correction is dated when it is first seen, and moves `updated` like any edit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reconcile.factories import ARRIVED, MONDAY, Desk, a_bulletin, a_story, at

from feedpub.model import Correction
from feedpub.reconcile import fingerprint

STORM = a_story("Storm Hits Coast", "Waves of ten metres were seen in the north.")
CORRECTED = replace(STORM, corrections=("The waves were nine metres high.",))
TUESDAY = at("2024-10-22 00:30")
FRIDAY = at("2024-10-25 09:00")


def note(day: int, text: str = "The waves were nine metres high.") -> Correction:
    """Make a correction of some day of October."""
    return Correction(on=dt.date(2024, 10, day), text=text)


def published() -> Desk:
    """Publish one story on Monday."""
    desk = Desk()
    desk.read(a_bulletin(STORM))
    return desk


def test_correction_is_dated_by_the_local_day_on_which_it_is_seen():
    """Half past midnight in Sofia is Tuesday, though in UTC it is Monday still."""
    result = published().read(a_bulletin(CORRECTED), now=TUESDAY)

    [entry] = result.updated
    assert ((note(22),), TUESDAY) == (entry.corrections, entry.updated)


def test_known_correction_keeps_its_date_beside_a_new_one():
    """Each has its own day, in the order of the bulletin."""
    desk = published()
    desk.read(a_bulletin(CORRECTED), now=TUESDAY)
    again = replace(CORRECTED, corrections=("In the south.", *CORRECTED.corrections))
    desk.read(a_bulletin(again), now=FRIDAY)

    assert (note(25, "In the south."), note(22)) == desk.live[0].corrections


def test_reading_a_correction_again_changes_nothing():
    """On later days the note stays as it is."""
    desk = published()
    desk.read(a_bulletin(CORRECTED), now=TUESDAY)
    before = desk.live

    assert tuple(before) == desk.read(a_bulletin(CORRECTED), now=FRIDAY).unchanged


def test_correction_keeps_its_date_over_a_withdrawal():
    """An entry that comes back brings its notes as they were."""
    desk = published()
    desk.read(a_bulletin(CORRECTED), now=TUESDAY)
    desk.delete(now=TUESDAY)
    desk.read(a_bulletin(CORRECTED), now=FRIDAY)

    assert (note(22),) == desk.live[0].corrections


def test_another_unicode_form_of_a_correction_is_the_same_one():
    """A file saved with decomposed letters has no new correction."""
    desk = Desk()
    desk.read(a_bulletin(replace(STORM, corrections=("Café",))))
    desk.read(a_bulletin(replace(STORM, corrections=("Cafe\u0301",))), now=FRIDAY)

    assert (note(21, "Café"),) == desk.live[0].corrections


def test_rebuilt_store_dates_corrections_by_the_file():
    """What the lost store knew exactly, the arrival of the file tells about."""
    desk = Desk(arrived=ARRIVED, now=FRIDAY)
    [entry] = desk.read(a_bulletin(CORRECTED)).added

    assert [MONDAY] == [note.on for note in entry.corrections]


def test_correction_taken_back_is_gone():
    """Deleting the line deletes the note, which readers see."""
    desk = published()
    desk.read(a_bulletin(CORRECTED), now=TUESDAY)
    desk.read(a_bulletin(STORM), now=FRIDAY)

    assert ((), FRIDAY) == (desk.live[0].corrections, desk.live[0].updated)


def test_corrections_do_not_change_what_is_minted():
    """A rebuilt store gives a corrected story the id that it had before."""
    [plain] = Desk().read(a_bulletin(STORM)).added
    [corrected] = Desk().read(a_bulletin(CORRECTED)).added

    assert (plain.id, plain.permalink) == (corrected.id, corrected.permalink)
    assert fingerprint(plain) != fingerprint(corrected)
