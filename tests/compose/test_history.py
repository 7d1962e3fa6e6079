"""What leaves the live document of a feed, and into which archives."""

from __future__ import annotations

import datetime as dt

import pytest
from compose.factories import MORNING, a_feed, a_site, an_entry
from hypothesis import given, settings
from hypothesis import strategies as st

from feedpub.compose import archive_document, feed_document, leaving, new_archive, overflowing
from feedpub.model import Archive, Edits
from feedpub.render import FORMATS, check, render

FEED_ID = "urn:uuid:9a63ca2f-b4fa-5c94-b0e2-1ff6d3f0d3d2"
BYTES = 8_000  # room for two of the plain entries below, hardly for three


def numbers(archives) -> list[list[int]]:
    """Give the numbers of the entries in each archive."""
    return [[int(id_.rpartition("-")[2]) for id_ in ids] for ids in archives]


def left(entries, *, unseen=(), **changes):
    """Give the numbers of those of `entries` that leave a feed, archive by archive."""
    unseen = {entry.id for entry in unseen}
    return numbers(leaving(a_feed(**changes), a_site(), entries, feed_id=FEED_ID, unseen=unseen))


def an_archive(entries, **changes):
    """Compose an archive."""
    place = (None, new_archive(1, ["a"]), None)
    return archive_document(a_feed(**changes), a_site(), entries, feed_id=FEED_ID, began=MORNING, place=place)


# Number 0 is the newest. Limit and count → the archives, the oldest first.
LEAVING = {
    "what fits stays": (4, 4, []),
    "a quarter of the limit leaves at once": (8, 9, [[8, 7]]),
    "one at least leaves": (3, 4, [[3]]),
    "until it fits": (8, 13, [[12, 11], [10, 9], [8, 7]]),
    "what is enough for two documents fills one": (4, 9, [[8, 7, 6, 5], [4]]),
    "a limit of one": (1, 3, [[2], [1]]),
    "nothing at all": (1, 0, []),
}


@pytest.mark.parametrize(("limit", "count", "archives"), LEAVING.values(), ids=LEAVING)
def test_oldest_leave_when_there_are_too_many(limit, count, archives):
    """C153: the live document is full of the newest, archives get the rest."""
    assert archives == left([an_entry(number) for number in range(count)], max_entries=limit)


# Limit, how many are fresh, count → the archives; `most_entries` is ten times the limit.
KEPT = {
    "fresh ones stay beyond the limit": (4, 9, 9, []),
    "others leave": (4, 2, 6, [[5], [4]]),
    "none that is fresh leaves with them": (8, 11, 12, [[11]]),
    "far more than usual leave all the same": (1, 12, 12, [[11], [10]]),
}


@pytest.mark.parametrize(("limit", "fresh", "count", "archives"), KEPT.values(), ids=KEPT)
def test_fresh_entries_stay(limit, fresh, count, archives):
    """On a busy day what was published lately stays, so that who looks once a day sees it."""
    entries = [an_entry(number) for number in range(count)]
    feed = a_feed(max_entries=limit, keep=dt.timedelta(hours=24))
    since = entries[fresh - 1].published

    assert archives == numbers(
        leaving(feed, a_site(), entries, feed_id=FEED_ID, unseen=(), fresh_since=since)
    )


def test_room_is_kept_whatever_is_fresh():
    """A document has a largest size also on a busy day."""
    entries = [an_entry(number) for number in range(6)]
    feed = a_feed(max_bytes=BYTES, keep=dt.timedelta(hours=24))

    assert leaving(
        feed, a_site(), entries, feed_id=FEED_ID, unseen=(), fresh_since=MORNING.replace(year=1990)
    )


def test_order_of_arrival_does_not_matter():
    """An input folder that is taken in at once is sealed by dates, not by names."""
    entries = [an_entry(number) for number in (5, 0, 3, 1, 4, 2)]

    assert [[5, 4, 3]] == left(entries, max_entries=3)


def test_what_is_new_though_old_is_spared():
    """Subscribers do not look into archives: a bulletin that comes late is shown to them first."""
    entries = [an_entry(number) for number in range(9)]

    assert [[7, 6]] == left(entries, max_entries=8, unseen=[an_entry(8)])


def test_old_pile_does_not_drive_out_the_news():
    """An old folder dropped at once gets half of the live document, its newest."""
    entries = [an_entry(number) for number in range(40)]
    archives = left(entries, max_entries=8, unseen=entries[8:])
    stay = set(range(40)) - {number for ids in archives for number in ids}

    assert {8, 9, 10, 11} == {number for number in stay if number >= 8}
    assert {0, 1} <= stay


def test_what_does_not_fit_by_its_bytes_leaves():
    """C153: a few long stories fill a document as well as many short ones."""
    entries = [an_entry(number, paragraphs=("x" * 1_000,)) for number in range(4)]

    assert [[3], [2]] == left(entries, max_bytes=BYTES)


def test_entries_of_a_feed_that_issues_anew_leave_by_their_versions():
    """An old story with a new text is new in such a feed."""
    edited = an_entry(8, version=2, issued=MORNING + dt.timedelta(days=1))
    entries = [*(an_entry(number) for number in range(8)), edited]

    assert [[7, 6]] == left(entries, max_entries=8, edits=Edits.REISSUE)
    assert [[8, 7]] == left(entries, max_entries=8)


def test_archive_keeps_what_fits_when_limits_are_lowered():
    """What has no room any more goes back, the newest of it."""
    entries = [an_entry(number) for number in range(5)]
    feed = a_feed(max_entries=3)

    assert [[1, 0]] == numbers([overflowing(feed, a_site(), entries, feed_id=FEED_ID, unseen=())])


def test_entry_that_grew_gives_way_to_its_neighbours():
    """An archive loses the entry that was edited, not one that nobody touched."""
    plain = [an_entry(number, paragraphs=("x" * 1_000,)) for number in (0, 2)]
    grown = an_entry(1, paragraphs=("x" * 1_500,))
    over = overflowing(a_feed(max_bytes=BYTES), a_site(), [*plain, grown], feed_id=FEED_ID, unseen={grown.id})

    assert [[1]] == numbers([over])


def test_name_of_an_archive_says_what_was_sealed_into_it():
    """C77: other entries have another address, also when the history is built anew."""
    assert new_archive(7, ["a", "b"]) == new_archive(7, ["a", "b"])
    assert new_archive(7, ["a", "b"]) != new_archive(7, ["a", "c"])
    assert new_archive(7, ["a"]).name.startswith("000007-")


def test_archive_is_dated_by_its_entries():
    """No clock: the same archive has the same bytes at any time."""
    later = MORNING + dt.timedelta(days=3)

    assert later == an_archive([an_entry(0), an_entry(1, updated=later)]).updated
    assert MORNING == an_archive([]).updated


def test_archive_names_no_hub():
    """Nobody waits for a document to which nothing is added."""
    site = a_site(hubs=("https://hub.example.net/",))
    place = (None, Archive(number=1, name="000001-a"), None)
    got = archive_document(a_feed(), site, [], feed_id=FEED_ID, began=MORNING, place=place)

    assert () == got.site.hubs


STORIES = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.text("ab&<漢", min_size=1, max_size=40).map(lambda text: f"x{text}"),
            "paragraphs": st.lists(st.text('ab&<"漢', max_size=900), max_size=3).map(tuple),
            "hours": st.integers(0, 50),
        }
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(STORIES, st.integers(1, 9), st.integers(6_000, 20_000), st.sets(st.integers(0, 24)))
def test_everything_is_shown_once_within_the_limits(stories, max_entries, max_bytes, unseen):
    """Whatever the texts: live document and archives hold all entries, each once, in every format."""
    entries = {}
    for number, story in enumerate(stories):
        instant = MORNING + dt.timedelta(hours=story.pop("hours"))
        entry = an_entry(number, published=instant, updated=instant, **story)
        entries[entry.id] = entry
    feed = a_feed(max_entries=max_entries, max_bytes=max_bytes)
    new = {an_entry(number).id for number in unseen}
    archives = leaving(feed, a_site(), entries.values(), feed_id=FEED_ID, unseen=new)
    sealed = {id_ for ids in archives for id_ in ids}
    live = [entry for entry in entries.values() if entry.id not in sealed]
    documents = [feed_document(feed, a_site(), live, feed_id=FEED_ID, changed=MORNING)]
    documents += [
        an_archive([entries[i] for i in ids], max_entries=max_entries, max_bytes=max_bytes)
        for ids in archives
    ]

    shown = [entry.id for document in documents for entry in document.entries]
    assert sorted(entries) == sorted(shown)
    for document in documents:
        for name in FORMATS:
            check(render(document, name), document)
