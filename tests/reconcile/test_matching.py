from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reconcile.factories import ARRIVED, MONDAY, Desk, a_bulletin, a_story

from feedpub.model import Role, State

LATER = ARRIVED + dt.timedelta(hours=1)

# The real document's shape: a lead and teasers of one sentence, none like another.
A = a_story(
    "NATO Confirms North Korean Troops Deployed to Russia",
    "Secretary General Mark Rutte confirmed today that North Korea has deployed troops, some near Kursk.",
    "He warned that this poses a threat to global peace.",
)
B = a_story(
    "Yulia Navalnaya Vows to Challenge Putin for Presidency",
    "The widow of the opposition leader expressed her intention to run in an election.",
)
C = a_story(
    "Gazprom's First Annual Loss in Decades Leads to Sale of Holiday Properties",
    "The state-owned energy giant announced plans to sell several of its resorts.",
)
D = a_story(
    "Hungary Negotiates Increased Gas Supplies for 2025",
    "An agreement allows Budapest to fully utilize the TurkStream pipeline.",
)
E = a_story(
    "German Intelligence Chief Warns of Attacks by 2030",
    "Bruno Kahl issued a warning at a hearing of parliament in Berlin.",
)
N = a_story("Harbour Crane Gets a New Cable", "The old one had been in use for thirty years.")
M = a_story("Museum Opens Its Cellar", "Visitors can see the Roman walls from Saturday on.")

LETTERS = {story.title: letter for letter, story in zip("ABCDE", (A, B, C, D, E), strict=True)}


def retitled(story, title):
    """Return `story` under another title."""
    return replace(story, title=title)


def rewritten(story, *paragraphs):
    """Return `story` with another text."""
    return replace(story, paragraphs=paragraphs)


CORRECTED_B = retitled(B, "Yulia Navalnaya Vows to Challenge President Putin")
CORRECTED_C = rewritten(C, "The state-owned energy giant announced plans to sell many of its resorts.")

# the bulletin after the edit, and for each of its entries whose id it has; "-" is a new one
EDITS = {
    "nothing": ((A, B, C, D, E), "ABCDE"),
    "a word in a title": ((A, CORRECTED_B, C, D, E), "ABCDE"),
    "a title's case and punctuation": ((A, retitled(B, B.title.upper() + "!"), C, D, E), "ABCDE"),
    "another title": ((A, retitled(B, "A Widow's Fight"), C, D, E), "ABCDE"),
    "a word in a text": ((A, B, CORRECTED_C, D, E), "ABCDE"),
    "another text": ((A, B, rewritten(C, "Nobody wanted them."), D, E), "ABCDE"),
    "a text removed": ((A, B, rewritten(C), D, E), "ABCDE"),
    "a word in each": ((A, CORRECTED_B, CORRECTED_C, D, E), "ABCDE"),
    "a word in title and text": (
        (A, B, retitled(CORRECTED_C, C.title.replace("First ", "")), D, E),
        "ABCDE",
    ),
    "inserted first": ((N, A, B, C, D, E), "-ABCDE"),
    "inserted after the lead": ((A, N, B, C, D, E), "A-BCDE"),
    "inserted in the middle": ((A, B, C, N, D, E), "ABC-DE"),
    "inserted last": ((A, B, C, D, E, N), "ABCDE-"),
    "two inserted": ((A, N, B, C, M, D, E), "A-BC-DE"),
    "the lead removed": ((B, C, D, E), "BCDE"),
    "one removed": ((A, B, D, E), "ABDE"),
    "all but one removed": ((D,), "D"),
    "reversed": ((E, D, C, B, A), "EDCBA"),
    "two change places": ((A, D, C, B, E), "ADCBE"),
    "one replaced": ((A, B, N, D, E), "AB-DE"),
    "title and text written anew": (
        (A, B, C, retitled(rewritten(D, "It rained."), "Autumn Has Come"), E),
        "ABC-E",
    ),
    "all replaced": ((N, M), "--"),
    "two titles change places": ((A, retitled(B, C.title), retitled(C, B.title), D, E), "ACBDE"),
    "a title moves to another text": ((A, B, rewritten(D, *C.paragraphs), E), "ABDE"),
    "a title moves, its text gets another": (
        (A, B, retitled(C, D.title), retitled(D, "Budapest and the Pipeline"), E),
        "ABD-E",
    ),
    "edited and moved": ((A, E, CORRECTED_C, D, CORRECTED_B), "AECDB"),
    "one removed, one inserted, one edited": ((A, CORRECTED_B, N, D, E), "AB-DE"),
    "split in two": (
        (A, B, C, rewritten(D, "An agreement allows Budapest to utilize the pipeline."), N, E),
        "ABCD-E",
    ),
}


@pytest.mark.parametrize(("stories", "expected"), EDITS.values(), ids=EDITS)
def test_edit_keeps_the_ids_of_what_stayed(stories, expected):
    """After an editor's ordinary edits every story that is still there has the id it had."""
    desk = Desk()
    desk.read(a_bulletin(A, B, C, D, E))
    letters = {entry.id: LETTERS[entry.title] for entry in desk.live}
    changes = desk.read(a_bulletin(*stories), now=LATER)

    assert list(expected) == [letters.get(entry.id, "-") for entry in desk.live]
    assert set("ABCDE") - set(expected) == {letters[entry.id] for entry in changes.withdrawn}
    assert expected.count("-") == len(changes.added)


def test_duplicate_titles_are_told_apart_by_their_texts():
    """Two stories of one title keep their own ids when they change places and one is corrected."""
    desk = Desk()
    first, second = retitled(B, "In Brief"), retitled(C, "In Brief")
    desk.read(a_bulletin(A, first, second))
    _, first_id, second_id = (entry.id for entry in desk.live)
    desk.read(a_bulletin(A, retitled(CORRECTED_C, "In Brief"), first), now=LATER)

    assert [second_id, first_id] == [entry.id for entry in desk.live[1:]]


def test_duplicate_titles_without_texts_keep_their_order():
    """Equal headlines keep their ids in the order of the document."""
    desk = Desk()
    desk.read(a_bulletin("Lead", "Storm", "Storm", "Storm"))
    before = [entry.id for entry in desk.live]
    changes = desk.read(a_bulletin("Lead", "Storm", "Storm"), now=LATER)

    assert before[:3] == [entry.id for entry in desk.live]
    assert [before[3]] == [entry.id for entry in changes.withdrawn]


def test_equal_headlines_are_told_apart_by_their_links():
    """Of two equal headlines the one whose address stayed keeps its id."""
    desk = Desk()
    one, other = (a_story("Read More", link=f"https://example.org/{number}") for number in (1, 2))
    desk.read(a_bulletin("Lead", one, other))
    ids = [entry.id for entry in desk.live]
    desk.read(a_bulletin("Lead", other), now=LATER)

    assert [ids[0], ids[2]] == [entry.id for entry in desk.live]


def test_text_that_many_share_is_no_evidence():
    """A new headline over the usual "read the full story" line does not take over a removed entry's id."""
    line = "Read the full story on our site tomorrow morning."
    desk = Desk()
    desk.read(a_bulletin(A, a_story("Storm", line), a_story("Crane", line)))
    changes = desk.read(a_bulletin(A, a_story("Storm", line), a_story("Museum", line)), now=LATER)

    assert ["Museum"] == [entry.title for entry in changes.added]
    assert ["Crane"] == [entry.title for entry in changes.withdrawn]


def test_lead_and_teaser_change_roles_and_keep_their_ids():
    """A teaser that becomes the lead of its bulletin is the same entry, and no update."""
    desk = Desk()
    desk.read(a_bulletin(A, B, C))
    before = {entry.title: entry for entry in desk.live}
    changes = desk.read(a_bulletin(replace(B, role=Role.LEAD), A, C), now=LATER)

    assert () == (*changes.added, *changes.updated, *changes.withdrawn)
    assert [Role.LEAD, Role.TEASER, Role.TEASER] == [entry.role for entry in desk.live]
    assert [before[entry.title].id for entry in desk.live] == [entry.id for entry in desk.live]


def test_removed_entry_comes_back_under_its_id():
    """A story that was taken out by mistake and put back is the one that readers know."""
    desk = Desk()
    desk.read(a_bulletin(A, B, C))
    before = desk.live[1]
    desk.read(a_bulletin(A, C), now=LATER)
    much_later = LATER + dt.timedelta(hours=1)
    changes = desk.read(a_bulletin(A, B, C), now=much_later)

    assert (replace(before, updated=much_later, restored=much_later),) == changes.updated


def test_deleted_bulletin_comes_back_edited_under_its_ids():
    """A file that was deleted and put back with corrections continues its entries."""
    desk = Desk()
    desk.read(a_bulletin(A, B, C))
    ids = [entry.id for entry in desk.live]
    desk.delete(now=LATER)
    desk.read(a_bulletin(A, CORRECTED_B, CORRECTED_C), now=LATER)

    assert ids == [entry.id for entry in desk.live]


def test_live_entry_is_preferred_to_a_withdrawn_one():
    """A retitled entry stays the same one though its new title once stood over another text."""
    desk = Desk()
    desk.read(a_bulletin(A, B, C))
    c = desk.id_of(C.title)
    desk.read(a_bulletin(A, C), now=LATER)
    desk.read(a_bulletin(A, retitled(C, B.title)), now=LATER)

    assert c == desk.id_of(B.title)


def test_live_entry_is_edited_rather_than_a_withdrawn_one_brought_back():
    """An edit that makes a story say what a withdrawn one said is an update of the one readers have."""
    desk = Desk()
    other = rewritten(C, *N.paragraphs)
    desk.read(a_bulletin(A, C, other))
    desk.read(a_bulletin(A, other), now=LATER)
    live = desk.live[1].id
    desk.read(a_bulletin(A, C), now=LATER)

    assert live == desk.live[1].id


def test_more_alike_pair_wins():
    """Of two stories alike to one that is gone, the one more alike takes its id over."""
    desk = Desk()
    desk.read(a_bulletin(A, B))
    b = desk.id_of(B.title)
    near = rewritten(CORRECTED_B, B.paragraphs[0].replace("expressed", "declared"))
    far = rewritten(CORRECTED_B, "The widow of the opposition leader speaks of an election.")
    desk.read(a_bulletin(A, retitled(far, "Navalnaya Vows to Challenge Putin"), near), now=LATER)

    assert b == desk.live[2].id


def test_four_hundred_rewritten_teasers_keep_their_ids():
    """A long digest whose every text was corrected and whose order was turned stays what it is."""
    words = [f"w{number}" for number in range(2000)]
    stories = [
        a_story(" ".join(words[n : n + 6]), " ".join(words[(7 * n) % 1900 :][:30])) for n in range(400)
    ]
    desk = Desk()
    desk.read(a_bulletin(*stories))
    ids = [entry.id for entry in desk.live]
    edited = [
        replace(story, title=f"{story.title} new", paragraphs=(f"{story.paragraphs[0]} indeed",))
        for story in reversed(stories)
    ]
    desk.read(a_bulletin(*edited), now=LATER)

    assert ids[::-1] == [entry.id for entry in desk.live]


def test_thousands_of_rewritten_teasers_are_held_against_their_neighbours():
    """A bulletin beyond all measure is still matched, each story with those near its place."""
    stories = [
        a_story(f"Place {n} has news", f"In place {n} there is street {n} and house {n}") for n in range(3000)
    ]
    desk = Desk()
    desk.read(a_bulletin(*stories))
    ids = [entry.id for entry in desk.live]
    edited = [
        replace(story, title=f"{story.title} today", paragraphs=(f"{story.paragraphs[0]} now",))
        for story in stories
    ]
    desk.read(a_bulletin(*edited), now=LATER)

    assert ids == [entry.id for entry in desk.live]


def test_redated_bulletin_keeps_its_ids():
    """Correcting the date of a bulletin sends readers nothing again."""
    desk = Desk()
    desk.read(a_bulletin(A, B, C))
    changes = desk.read(a_bulletin(A, B, C, date=MONDAY - dt.timedelta(days=1)), now=LATER)

    assert 3 == len(changes.unchanged)


def test_withdrawn_entries_stay_out_of_the_changes():
    """What was withdrawn before is not withdrawn again."""
    desk = Desk()
    desk.read(a_bulletin(A, B))
    desk.read(a_bulletin(A), now=LATER)
    changes = desk.read(a_bulletin(A), now=LATER + dt.timedelta(hours=1))

    assert () == changes.withdrawn
    assert [State.PUBLISHED, State.WITHDRAWN] == [entry.state for entry in desk.known]
