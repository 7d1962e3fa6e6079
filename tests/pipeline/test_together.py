"""Files that have to do with each other in one pass: what readers know goes on wherever its story went."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pipeline.stories import (
    BRIDGE,
    CRANE,
    HALLORAN,
    HARBOUR,
    QUARRIES,
    STORIES,
    a_bulletin,
    catch_up,
    ids,
    outcomes,
)

from feedpub.model import Outcome, State
from feedpub.pipeline import Result


def test_renamed_and_edited_bulletin_stays_what_it_is(office):
    """A new name and a correction at once: one update, nothing new, nothing withdrawn."""
    before = {entry.id: entry for entry in office.entries()}
    (office.input / "monday.txt").unlink()
    office.write("archive/october.txt", a_bulletin(*STORIES, corrected=BRIDGE))
    catch_up(office)
    after = {entry.id: entry for entry in office.entries()}

    assert before.keys() == after.keys()
    assert [BRIDGE] == [e.title for e in after.values() if e.updated != before[e.id].updated]
    assert {"archive/october.txt"} == {entry.bulletin for entry in after.values()}
    assert {"archive/october.txt"} == outcomes(office).keys()


def test_continued_bulletin_counts_as_arrived_when_it_first_came(office):
    """Under its new name a bulletin is as old as it was."""
    arrived = office.store.find_record("monday.txt").arrived
    (office.input / "monday.txt").unlink()
    office.write("tuesday.txt", a_bulletin(*STORIES, corrected=BRIDGE))
    catch_up(office)

    assert arrived == office.store.find_record("tuesday.txt").arrived


def test_split_and_merged_bulletins_keep_their_ids(office):
    """Two stories moved to a second file and back again: whole bulletins aside, readers see none of it."""
    before, files = ids(office), office.files()
    office.write("monday.txt", a_bulletin(HARBOUR, HALLORAN))
    office.write("second.txt", a_bulletin(BRIDGE, QUARRIES))
    catch_up(office)

    assert before == ids(office)
    (office.input / "second.txt").unlink()
    office.write("monday.txt", a_bulletin(*STORIES))
    catch_up(office)

    assert before == ids(office)
    after = office.files()
    assert files.keys() == after.keys()
    assert ["feeds/whole.atom"] == [path for path in files if files[path] != after[path]]


def test_file_renamed_over_another_takes_its_place(office):
    """What the other file said is withdrawn; what the renamed one said stays."""
    office.write("second.txt", a_bulletin(CRANE))
    catch_up(office)
    second = ids(office)[CRANE]
    (office.input / "second.txt").rename(office.input / "monday.txt")
    catch_up(office)

    assert second == ids(office)[CRANE]
    assert [CRANE] == list(ids(office))
    assert {"monday.txt": Outcome.ACCEPTED} == outcomes(office)


def test_file_overwritten_by_a_copy_gives_up_its_stories(office):
    """Where a copy of another bulletin stands now, the former stories are gone."""
    office.write("second.txt", a_bulletin(CRANE))
    catch_up(office)
    office.write("second.txt", a_bulletin(*STORIES))
    catch_up(office)

    assert STORIES.keys() == ids(office).keys()
    assert Outcome.DUPLICATE is outcomes(office)["second.txt"]


def test_two_files_exchange_their_contents(office):
    """Swapping the texts of two bulletins is nothing that readers see."""
    office.write("second.txt", a_bulletin(CRANE))
    catch_up(office)
    files = office.files()
    office.write("second.txt", a_bulletin(*STORIES))
    office.write("monday.txt", a_bulletin(CRANE))
    catch_up(office)

    assert files == office.files()
    assert {"monday.txt": Outcome.ACCEPTED, "second.txt": Outcome.ACCEPTED} == outcomes(office)


def test_one_of_two_copies_goes_on_retitled(office):
    """A story that stood in two files, dated otherwise, and is now in a third one under another title."""
    office.write("second.txt", a_bulletin(CRANE, date="2024-10-22"))
    office.write("third.txt", a_bulletin(CRANE, date="2024-10-23"))
    office.write("fourth.txt", a_bulletin(BRIDGE, date="2024-10-24"))
    catch_up(office)
    before = {entry.id for entry in office.entries() if entry.title == CRANE}
    (office.input / "second.txt").unlink()
    (office.input / "third.txt").unlink()
    retitled = a_bulletin(CRANE, date="2024-10-23").replace(CRANE.encode(), b"Nothing Left of a Rope")
    office.write("fourth.txt", retitled)
    catch_up(office)
    [after] = [entry for entry in office.entries() if entry.title == "Nothing Left of a Rope"]

    assert after.id in before
    assert "fourth.txt" == after.bulletin


def test_pages_show_with_which_bulletin_a_story_stands_now(office):
    """Stories that two files exchange keep everything but their company; lists put them with the new one."""
    office.write("monday.txt", a_bulletin(HARBOUR, BRIDGE))
    office.write("second.txt", a_bulletin(HALLORAN, QUARRIES))
    catch_up(office)
    before = ids(office)
    office.write("monday.txt", a_bulletin(HARBOUR, QUARRIES))
    office.write("second.txt", a_bulletin(HALLORAN, BRIDGE))
    catch_up(office)

    assert before == ids(office)
    assert office.fresh() == office.files()


def test_pages_show_what_outlived_its_bulletin_alone(office):
    """Entries that stay when their file goes belong to no bulletin any more, here and when made anew."""
    office.settings = replace(office.settings, withdraw_removed=False)
    office.close()
    office.open()
    feeds = {
        path: content for path, content in office.files().items() if path.endswith((".rss", ".atom", ".json"))
    }
    (office.input / "monday.txt").unlink()
    catch_up(office)

    assert STORIES.keys() == ids(office).keys()
    assert office.fresh() == office.files()
    assert feeds.items() <= office.files().items()


def test_what_a_file_no_longer_says_goes_to_who_has_nothing_of_its_own(office):
    """One story told in two files again: the one that told it before gets its old entry, the other moves."""
    stayed = ids(office)
    turned = a_bulletin(*reversed(STORIES))
    office.write("second.txt", turned)
    catch_up(office)
    everything = {entry.id for entry in office.entries()}
    office.write("second.txt", a_bulletin(CRANE))
    catch_up(office)
    crane = ids(office)[CRANE]
    office.write("second.txt", turned)
    office.write("third.txt", a_bulletin(*STORIES))
    office.write("monday.txt", a_bulletin(CRANE))
    catch_up(office)
    after = {entry.id: entry for entry in office.entries()}

    assert {*everything, crane} == after.keys()
    assert State.WITHDRAWN not in {entry.state for entry in after.values()}
    assert {"third.txt"} == {after[name].bulletin for name in stayed.values()}


def test_deleted_copy_leaves_the_original_alone(office):
    """Deleting one of two equal files, the one that was refused, changes nothing."""
    office.write("copy.txt", a_bulletin(*STORIES))
    catch_up(office)
    before = ids(office)
    (office.input / "copy.txt").unlink()
    catch_up(office)

    assert before == ids(office)
    assert {"monday.txt": Outcome.ACCEPTED} == outcomes(office)


def test_copy_takes_over_when_the_original_is_deleted(office):
    """Deleting one of two equal files, the one that is published, changes nothing either."""
    office.write("copy.txt", a_bulletin(*STORIES))
    catch_up(office)
    before = ids(office)
    (office.input / "monday.txt").unlink()
    catch_up(office)

    assert before == ids(office)
    assert {"copy.txt": Outcome.ACCEPTED} == outcomes(office)


def test_copy_that_is_edited_as_the_original_goes_carries_on(office):
    """A copy that is corrected in the moment in which the original is deleted is the bulletin."""
    office.write("copy.txt", a_bulletin(*STORIES))
    catch_up(office)
    before = ids(office)
    office.write("copy.txt", a_bulletin(*STORIES, corrected=BRIDGE))
    (office.input / "monday.txt").unlink()
    catch_up(office)

    assert before == ids(office)


@pytest.mark.parametrize(
    "text", [b"", a_bulletin(*STORIES, matter="draft: true")], ids=["nothing", "a draft"]
)
def test_copy_takes_over_what_the_original_no_longer_says(office, text):
    """A bulletin that is emptied, or made a draft, beside its copy: the copy is published in its place."""
    office.write("copy.txt", a_bulletin(*STORIES))
    catch_up(office)
    before = ids(office)
    office.write("monday.txt", text)
    catch_up(office)

    assert before == ids(office)
    assert {"copy.txt"} == {entry.bulletin for entry in office.entries()}


def test_deleted_bulletin_that_comes_back_elsewhere_is_the_same(office):
    """A file deleted yesterday and dropped today under another name brings its entries back."""
    before = ids(office)
    (office.input / "monday.txt").unlink()
    catch_up(office)
    assert {} == ids(office)
    office.write("found.txt", a_bulletin(*STORIES))
    catch_up(office)

    assert before == ids(office)


def test_role_that_changes_moves_the_entry_between_feeds(office):
    """When another story becomes the lead, the feed of leads shows that one, on its own."""
    office.write("monday.txt", a_bulletin(BRIDGE, HARBOUR, HALLORAN, QUARRIES))
    catch_up(office)

    assert BRIDGE.encode() in office.files()["feeds/leads.atom"]
    assert HARBOUR.encode() not in office.files()["feeds/leads.atom"]
    assert office.fresh() == office.files()


def test_withdrawn_entry_is_buried_in_the_feed_that_once_had_it(office):
    """A lead that became a teaser and was then removed has its tombstone in the feed of leads too."""
    office.write("monday.txt", a_bulletin(BRIDGE, HARBOUR, HALLORAN, QUARRIES))
    catch_up(office)
    gone = ids(office)[HARBOUR]
    office.write("monday.txt", a_bulletin(BRIDGE, HALLORAN, QUARRIES))
    catch_up(office)

    assert f'ref="{gone}"'.encode() in office.files()["feeds/leads.atom"]


def test_copy_of_a_file_that_is_being_changed_waits(office):
    """While the first of two equal files is written anew, nobody can say whether the other is a copy."""
    (office.input / "monday.txt").write_bytes(a_bulletin(HARBOUR))
    office.write("copy.txt", a_bulletin(*STORIES))
    [result] = office.pipeline.take_in({"copy.txt": office.pipeline.look_at("copy.txt")})

    assert Result.POSTPONED is result.result
    catch_up(office)
    assert {"copy.txt": Outcome.ACCEPTED, "monday.txt": Outcome.ACCEPTED} == outcomes(office)
    assert 5 == sum(entry.state is State.PUBLISHED for entry in office.entries())


def test_why_entries_are_kept_is_told(office):
    """The reason stands in what the pass returns, for the log and for preview."""
    (office.input / "monday.txt").unlink()
    office.write("tuesday.txt", a_bulletin(*STORIES, corrected=BRIDGE))
    survey = office.pipeline.survey()
    [result] = office.pipeline.take_in(survey.pending, vanished=survey.vanished)

    assert ("continues 'monday.txt', which is gone: 4 of its 4 stories are here",) == result.notes
