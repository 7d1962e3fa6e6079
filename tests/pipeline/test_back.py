"""Stories that no file has had for a while come back, perhaps in another file and edited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pipeline.stories import BRIDGE, CRANE, HARBOUR, STORIES, a_bulletin, catch_up, ids

from feedpub.model import Order, Outcome, State, Verb


def delete(office, path="monday.txt") -> None:
    """Delete a file and let feedpub notice."""
    (office.input / path).unlink()
    catch_up(office)


@pytest.mark.parametrize("edit", ["corrected", "retitled"])
def test_deleted_bulletin_that_comes_back_elsewhere_and_edited_is_the_same(office, edit):
    """Deleted yesterday, dropped today under another name with one edit: the same entries, one edited."""
    before = ids(office)
    delete(office)
    office.write("found.txt", a_bulletin(*STORIES, **{edit: BRIDGE}))
    catch_up(office)

    assert set(before.values()) == set(ids(office).values())


def test_story_that_was_kept_without_its_file_is_not_published_twice(office):
    """Where entries outlive their files, a file that comes back edited is what its entries came from."""
    office.settings = replace(office.settings, withdraw_removed=False)
    office.close()
    office.open()
    before = ids(office)
    delete(office)
    assert before == ids(office)
    office.write("monday.txt", a_bulletin(*STORIES, retitled=BRIDGE))
    catch_up(office)

    assert set(before.values()) == set(ids(office).values())
    assert {"monday.txt"} == {entry.bulletin for entry in office.entries()}


def test_story_of_another_day_is_new(office):
    """Yesterday's opening hours are not today's, though the words are the same."""
    before = ids(office)
    delete(office)
    office.write("tuesday.txt", a_bulletin(*STORIES, date="2024-10-22"))
    catch_up(office)

    assert set(before.values()).isdisjoint(ids(office).values())


def test_short_text_alone_brings_no_story_back(office):
    """A teaser that says "Read the full story on our site." can be any."""
    office.write(
        "other.txt", b"---\ndate: 2024-10-21\n---\n# Ferry Strike\n\nRead the full story on our site.\n"
    )
    catch_up(office)
    before = ids(office)
    delete(office, "other.txt")
    office.write(
        "new.txt", b"---\ndate: 2024-10-21\n---\n# Council Vote\n\nRead the full story on our site.\n"
    )
    catch_up(office)

    assert ids(office)["Council Vote"] not in before.values()


def test_story_goes_to_one_of_two_files_that_tell_it(office):
    """A draft that is published as an older version of it is put back beside it keeps its entries."""
    before = ids(office)
    (office.input / "monday.txt").rename(office.input / "weekly.txt")
    catch_up(office)
    office.write("weekly.txt", a_bulletin(*STORIES, matter="draft: true"))
    catch_up(office)
    assert {} == ids(office)
    office.write("weekly.txt", a_bulletin(*STORIES, corrected=BRIDGE))
    office.write("a.txt", a_bulletin(*STORIES, CRANE))
    catch_up(office)

    live = [entry for entry in office.entries() if entry.state is State.PUBLISHED]
    assert set(before.values()) == {entry.id for entry in live if entry.bulletin == "weekly.txt"}
    assert [*STORIES, CRANE] == [entry.title for entry in live if entry.bulletin == "a.txt"]


def test_what_the_operator_keeps_out_does_not_come_back_under_another_name(office):
    """A withdrawn story whose file is deleted, edited and dropped under another name stays out."""
    name = ids(office)[BRIDGE]
    number = office.pipeline.leave(Order(verb=Verb.WITHDRAW, target=name))
    office.pipeline.carry_out_orders()
    assert office.pipeline.find_answer(number).done
    delete(office)
    office.write("found.txt", a_bulletin(*STORIES, corrected=BRIDGE))
    catch_up(office)

    assert BRIDGE not in ids(office)
    assert State.WITHDRAWN is office.store.find_entry(name).state


def test_what_the_operator_keeps_out_stays_with_a_file_that_has_it(office):
    """A second file that tells the story too does not take the withdrawn entry away from the first."""
    name = ids(office)[BRIDGE]
    office.pipeline.leave(Order(verb=Verb.WITHDRAW, target=name))
    office.pipeline.carry_out_orders()
    office.write("other.txt", a_bulletin(BRIDGE, HARBOUR))
    catch_up(office)

    assert "monday.txt" == office.store.find_entry(name).bulletin
    assert {Outcome.ACCEPTED} == {record.outcome for record in office.store.records()}


def test_why_an_entry_is_back_is_told(office):
    """`preview` and the log name the file in which it stood."""
    delete(office)
    office.write("found.txt", a_bulletin(*STORIES, retitled=BRIDGE))
    survey = office.pipeline.survey()
    [result] = office.pipeline.take_in(survey.pending)

    reason = f"'What Everybody Talks About' was {BRIDGE!r} in 'monday.txt', which no longer has it"
    assert reason in result.notes


def test_story_that_readers_have_goes_before_one_that_they_had(office):
    """Of two entries of a story, the one that leaves another file now is it, not the one long withdrawn."""
    office.write("copy.txt", a_bulletin(HARBOUR, CRANE))
    catch_up(office)
    delete(office)
    live = ids(office)[HARBOUR]
    office.write("copy.txt", a_bulletin(CRANE))
    office.write("new.txt", a_bulletin(HARBOUR))
    catch_up(office)

    assert live == ids(office)[HARBOUR]
