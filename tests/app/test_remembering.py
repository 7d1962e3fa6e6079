"""`feedpub history` and `feedpub diff`."""

from __future__ import annotations

import pytest
from app.site import MONDAY, TUESDAY

from feedpub.app.remembering import diff, event_json, history
from feedpub.exceptions import OperatorError


@pytest.fixture
def edited(site):
    """Give an installation whose lead was corrected and whose bulletin was deleted then."""
    site.drop("monday.txt", MONDAY.replace("longer shifts on Monday", "much longer shifts on Monday"))
    site.build()
    site.drop("tuesday.txt", TUESDAY)
    (site.input / "monday.txt").unlink()
    site.build()
    return site


def lead_of(site) -> str:
    """Give the id of Monday's lead."""
    return site.sql("SELECT id FROM entry WHERE role = 'lead' AND id LIKE '%harbour%'")[0][0]


def test_history_tells_each_change_with_its_text(edited):
    """The oldest first, every text in full."""
    events = [event_json(event) for event in history(edited.config, lead_of(edited))]

    assert ["published", "updated", "withdrawn"] == [event["what"] for event in events]
    assert [
        ["The workers of Port Selby agreed to longer shifts on Monday."],
        ["The workers of Port Selby agreed to much longer shifts on Monday."],
    ] == [event["paragraphs"] for event in events[:2]]


def test_history_shows_the_words_that_changed(edited):
    """A change is shown against what was there before."""
    _, updated, _ = history(edited.config, lead_of(edited))

    [paragraph] = updated.paragraphs()

    assert ["much "] == [piece.text for piece in paragraph if piece.kind == "added"]


def test_an_unknown_id_suggests_the_nearest(edited):
    """A slip in a long id is found for the person who made it."""
    with pytest.raises(OperatorError, match=f"the nearest is '{lead_of(edited)}'"):
        history(edited.config, lead_of(edited).replace("harbour", "harbor"))


def test_an_id_like_no_other_suggests_nothing(edited):
    """Rather no suggestion than a silly one."""
    with pytest.raises(OperatorError, match="`feedpub list` shows what there is"):
        history(edited.config, "7")


@pytest.mark.parametrize("form", ["tuesday.txt", "./tuesday.txt", "{input}/tuesday.txt"])
def test_a_bulletin_is_found_by_any_path_to_it(edited, form):
    """As the store names it, or as a shell completes it."""
    path, events = diff(edited.config, form.format(input=edited.input))

    assert "tuesday.txt" == path
    assert [
        "Quarry Company Reports a First Annual Loss",
        "Ferry Timetable Changes for the Winter",
    ] == [event.version.title for event in events[:2]]


def test_a_path_from_within_the_input_folder_is_understood(edited, monkeypatch):
    """Where the bulletins are is where people stand when they ask."""
    (edited.input / "october").mkdir()
    (edited.input / "tuesday.txt").rename(edited.input / "october" / "tuesday.txt")
    edited.build()
    monkeypatch.chdir(edited.input / "october")

    assert "october/tuesday.txt" == diff(edited.config, "tuesday.txt")[0]


def test_a_deleted_bulletin_keeps_its_history(edited):
    """What was published is known for ever."""
    _, events = diff(edited.config, "monday.txt")

    assert ["published"] * 3 + ["updated"] + ["withdrawn"] * 3 == [event.version.what for event in events]


def test_an_unknown_bulletin_suggests_the_nearest(edited):
    """A slip in a file name is found."""
    with pytest.raises(OperatorError, match=r"the nearest is 'tuesday\.txt'"):
        diff(edited.config, "tusday.txt")
