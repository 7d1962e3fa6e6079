from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reconcile.factories import MONDAY, Desk, a_bulletin, a_story, circumstances, nothing_taken

from feedpub.model import Changes, Entry
from feedpub.reconcile import Reading, continuations, doubts, moves, reconcile

TUESDAY = MONDAY + dt.timedelta(days=1)

# Seven stories of one newsroom, none like another, and its usual last item.
STORIES = [
    a_story(title, text)
    for title, text in {
        "Harbour Workers Confirm Longer Shifts": "From Monday on the cranes of Port Selby work until ten.",
        "Ines Halloran Vows to Challenge Mayor": "The librarian wants to move into city hall next spring.",
        "New Bridge Aims to Ease Traffic": "Ostrel opens four lanes over the river before the winter.",
        "Quarries Sold After Annual Loss": "Brennkies gives up three of its pits in the northern hills.",
        "Ferry Services Increased for 2025": "Karvelia and Dalmere agreed on twelve crossings every day.",
        "Weather Chief Warns of Floods": "Snow in the mountains is twice as deep as in other years.",
        "Governor Wants New School Calendar": "Holidays would begin two weeks later in all of Sandholm.",
    }.items()
]
CONTACT = a_story("Write to Us", "Letters are printed if they reach the desk before noon on Friday.")
NEW = [
    a_story("Museum Opens Its Cellar", "Roman walls can be seen by visitors from Saturday at nine."),
    a_story("Choir Wins Singing Contest", "Forty children sang of a seal that is afraid of water."),
    a_story("Crane Gets Another Cable", "The old steel rope had carried loads for thirty years."),
]
REWRITTEN = replace(STORIES[6], paragraphs=("Lessons are to end in July and start again by mid September.",))
CORRECTED = replace(STORIES[6], paragraphs=("Holidays would begin three weeks later in all of Sandholm.",))
RETITLED = replace(STORIES[6], title="Longer Summers in Sandholm")


def published(*stories, path="old.txt", date=MONDAY) -> tuple[Entry, ...]:
    """Publish a bulletin and return its entries."""
    bulletin = a_bulletin(*stories, date=date)
    return reconcile(bulletin, (), circumstances(path=path), taken=nothing_taken).added


def reading(*stories, path="new.txt", known=(), **changes) -> Reading:
    """Read a file beside what is known of it."""
    bulletin = a_bulletin(*stories, **changes)
    decided = reconcile(bulletin, known, circumstances(path=path), taken=nothing_taken)
    return Reading(path=path, bulletin=bulletin, known=tuple(known), changes=decided)


# the stories of a file that is gone, those of a new one, its date: is it the same bulletin?
RENAMES = {
    "one story corrected": (STORIES, [*STORIES[:6], CORRECTED], MONDAY, True),
    "one story written anew": (STORIES, [*STORIES[:6], REWRITTEN], MONDAY, True),
    "three added": (STORIES, [*STORIES, *NEW], MONDAY, True),
    "three removed": (STORIES, STORIES[:4], MONDAY, True),
    "turned around": (STORIES, STORIES[::-1], MONDAY, True),
    "another date, one story corrected": (STORIES, [*STORIES[:6], CORRECTED], TUESDAY, True),
    "its only story corrected": (STORIES[6:], [CORRECTED], MONDAY, True),
    "its only story retitled": (STORIES[6:], [RETITLED], MONDAY, True),
    "its only story short": (
        [a_story("Storm", "More soon.")],
        [a_story("Storm", "More soon.")],
        MONDAY,
        True,
    ),
    "its only story, another one added": (STORIES[:1], [STORIES[0], NEW[0]], MONDAY, True),
    "half of it": (STORIES[:6], STORIES[:3], MONDAY, True),
    "one story of two": ([STORIES[0], CONTACT], [NEW[0], CONTACT], MONDAY, False),
    "the usual last item alone": ([*STORIES[:4], CONTACT], [*NEW, CONTACT], TUESDAY, False),
    "nothing": (STORIES, NEW, MONDAY, False),
    "titles without texts": (
        [a_story("Storm Hits the Northern Coast"), a_story("Dollar Rises")],
        [a_story("Storm Hits the Northern Coast"), a_story("Dollar Falls")],
        MONDAY,
        False,
    ),
}


@pytest.mark.parametrize(("gone", "now", "date", "same"), RENAMES.values(), ids=RENAMES)
def test_new_file_continues_one_that_is_gone_if_it_tells_nearly_the_same(gone, now, date, same):
    """A bulletin renamed and edited at once is the same bulletin; another one is not."""
    found = continuations([reading(*now, date=date)], {"old.txt": published(*gone)})

    assert [("new.txt", "old.txt")] * same == [(each.path, each.former) for each in found]


MORNING = "Rain from the west in the morning, dry with some sun in the afternoon, wind from the north"
EVENING = "Snow from the west in the evening, cold with little sun in the morning, wind from the south"
RATES = "At noon the lev stood at {} to the dollar and at {} to the euro in Sofia."
REPORT = a_story(
    "Harbour Workers Confirm Longer Shifts",
    "The cranes of Port Selby work until ten from Monday on, said the union, after a vote in which two "
    "of three members took part.",
)
REWORDED = replace(REPORT, paragraphs=(REPORT.paragraphs[0].split("after")[0] + "since Friday.",))

# a story of a file that is gone, a story in a new one, the new one's date: is it the same story?
MOVES = {
    "the last words of the text": (REPORT, REWORDED, MONDAY, True),
    "the morning's weather and the evening's": (
        a_story("Weather", MORNING),
        a_story("Weather", EVENING),
        MONDAY,
        False,
    ),
    "word for word, another day": (STORIES[0], STORIES[0], TUESDAY, True),
    "another title, another day": (STORIES[6], RETITLED, TUESDAY, True),
    "a word in the text, another day": (STORIES[6], CORRECTED, TUESDAY, True),
    "the last words of the text, another day": (REPORT, REWORDED, TUESDAY, False),
    "the same sentence around new figures, another day": (
        a_story("Exchange Rates", RATES.format("1.81", "1.96")),
        a_story("Exchange Rates", RATES.format("1.79", "1.95")),
        TUESDAY,
        False,
    ),
    "a standing title": (
        a_story("Weather", *STORIES[5].paragraphs),
        a_story("Weather", *NEW[0].paragraphs),
        MONDAY,
        False,
    ),
}


@pytest.mark.parametrize(("gone", "now", "date", "same"), MOVES.values(), ids=MOVES)
def test_story_in_another_file_must_say_the_same(gone, now, date, same):
    """What moved is known by its text; Tuesday's rates are news though Monday's file goes as they come."""
    found = moves([reading(NEW[0], now, date=date)], published(gone))

    assert same == bool(found)


def test_nearest_of_two_files_is_continued():
    """Of two bulletins that are gone, the one with more in common goes on; the other one does not."""
    gone = {
        "few.txt": published(*STORIES[:5], path="few.txt"),
        "many.txt": published(*STORIES, path="many.txt"),
    }
    [found] = continuations([reading(*STORIES[:6])], gone)

    assert "many.txt" == found.former
    assert "continues 'many.txt', which is gone: 6 of its 7 stories are here" == found.reason


def test_file_is_continued_by_one_other():
    """Two new files of one that is gone: the larger part goes on as the bulletin."""
    new = [reading(*STORIES[:3], path="a.txt"), reading(*STORIES[3:], path="b.txt")]
    [found] = continuations(new, {"old.txt": published(*STORIES)})

    assert "b.txt" == found.path


def test_split_bulletin_keeps_its_ids():
    """The stories that were put into a second file have the ids they had in the first."""
    known = published(*STORIES)
    first = reading(*STORIES[:4], path="old.txt", known=known)
    found = moves([first, reading(*STORIES[4:])], ())

    assert {place: entry.id for place, entry in enumerate(known[4:])} == {m.place: m.entry.id for m in found}
    assert {"new.txt"} == {move.path for move in found}


def test_merged_bulletins_keep_their_ids():
    """The stories of a file that was added to another one have the ids they had in it."""
    known = published(*STORIES[:4])
    gone = published(*STORIES[4:], path="gone.txt")
    found = moves([reading(*STORIES, path="old.txt", known=known)], gone)

    assert [entry.id for entry in gone] == [move.entry.id for move in sorted(found, key=lambda m: m.place)]


def test_story_stays_with_its_file():
    """A copy that is dropped beside an edited bulletin takes nothing from it."""
    known = published(*STORIES)
    first = reading(*STORIES[:6], CORRECTED, path="old.txt", known=known)

    assert () == moves([first, reading(*STORIES)], ())


def test_teaser_that_is_tomorrows_lead_is_another_entry():
    """Today's teaser stays what it is when the story is told at length in tomorrow's bulletin."""
    known = published(*STORIES)
    today = reading(*STORIES, path="old.txt", known=known)

    assert () == moves([today, reading(STORIES[3], *NEW, date=TUESDAY)], ())


def test_live_entry_is_preferred_to_one_that_would_come_back():
    """A story that moved to a file which once had it keeps the id that readers have now."""
    desk = Desk(path="new.txt")
    desk.read(a_bulletin(NEW[0], STORIES[0]))
    desk.read(a_bulletin(NEW[0]))
    live = published(STORIES[0])
    [found] = moves([reading(NEW[0], STORIES[0], known=desk.known)], live)

    assert live[0].id == found.entry.id


def test_entry_is_used_once():
    """Of two new files that tell the lost story, the one with the more similar text has its id."""
    gone = published(STORIES[6])
    found = moves([reading(NEW[0], CORRECTED, path="a.txt"), reading(NEW[1], STORIES[6], path="b.txt")], gone)

    assert [("b.txt", 1)] == [(move.path, move.place) for move in found]


def test_older_entry_is_kept_where_two_fit():
    """A story that two files that are gone told word for word has the id of the older entry."""
    first = published(STORIES[0], path="first.txt")
    second = tuple(
        replace(entry, id=f"{entry.id}-2", published=entry.published + dt.timedelta(hours=1))
        for entry in published(STORIES[0], path="second.txt")
    )
    [found] = moves([reading(NEW[0], STORIES[0])], (*second, *first))

    assert first[0].id == found.entry.id


def test_move_is_explained():
    """People can read where an entry came from."""
    [found] = moves([reading(NEW[0], RETITLED)], published(STORIES[6]))

    assert (
        "'Longer Summers in Sandholm' was 'Governor Wants New School Calendar' in 'old.txt', "
        "which no longer has it" == found.reason
    )


def test_thousands_of_stories_are_found_by_their_titles_and_texts():
    """An archive moved and saved anew is found again without comparing everything with everything."""
    stories = [
        a_story(f"Place {n} has its news today", f"In place {n} there are house {n} and street {n}")
        for n in range(600)
    ]
    [found] = continuations([reading(*stories)], {"old.txt": published(*stories)})

    assert "old.txt" == found.former


# --- doubts


def test_story_like_two_entries_is_explained():
    """The editor can read which of two entries a corrected story was taken for."""
    near = a_story("Storm Hits Coast", "Waves of ten metres were seen in the north on Monday.")
    far = a_story("Storm Hits Coast", "Waves of six metres were seen in the south on Sunday night.")
    desk = Desk()
    desk.read(a_bulletin(STORIES[0], near, far))
    former = desk.known
    edited = replace(near, paragraphs=("Waves of nine metres were seen in the north on Monday.",))
    bulletin = a_bulletin(STORIES[0], edited)
    changes = desk.read(bulletin)

    [found] = doubts(bulletin, former, changes)
    assert (
        "'Storm Hits Coast' continues 'Storm Hits Coast', though it is like 'Storm Hits Coast' too" in found
    )


def test_ordinary_edit_leaves_no_doubt():
    """Nothing is explained where nothing could be mistaken."""
    desk = Desk()
    desk.read(a_bulletin(*STORIES))
    former = desk.known
    bulletin = a_bulletin(*STORIES[:5], NEW[0], CORRECTED)

    assert () == doubts(bulletin, former, desk.read(bulletin))
    assert () == doubts(a_bulletin(*NEW), (), Changes())
