from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from reconcile.factories import ARRIVED, MONDAY, Desk, a_bulletin, a_story, at, circumstances, nothing_taken

from feedpub.exceptions import BulletinError
from feedpub.model import Role, State
from feedpub.reconcile import reconcile

SECOND = dt.timedelta(seconds=1)
HOUR = dt.timedelta(hours=1)
SUNDAY = MONDAY - dt.timedelta(days=1)

# what the bulletin says → when its lead is published; it arrives on Monday at 10:00:00.75
BASES = {
    "its own day": ({}, "2024-10-21 10:00"),
    "an earlier day": ({"date": SUNDAY}, "2024-10-20 06:00"),
    "an earlier day with a time": ({"date": SUNDAY, "time": dt.time(17, 30)}, "2024-10-20 17:30"),
    "its own day with a time": ({"time": dt.time(9, 15)}, "2024-10-21 09:15"),
    "no date": ({"date": None}, "2024-10-21 10:00"),
    "a time without a date": ({"date": None, "time": dt.time(23)}, "2024-10-21 10:00"),
    "publish_at, local": ({"publish_at": dt.datetime(2024, 10, 19, 8)}, "2024-10-19 08:00"),  # noqa: DTZ001  a naive one is the case
    "publish_at, aware": ({"publish_at": dt.datetime(2024, 10, 19, 5, tzinfo=dt.UTC)}, "2024-10-19 08:00"),
    "publish_at beats date and time": (
        {"time": dt.time(9), "publish_at": dt.datetime(2024, 10, 19, 5, tzinfo=dt.UTC)},
        "2024-10-19 08:00",
    ),
    "tomorrow": ({"date": dt.date(2024, 10, 22)}, "2024-10-22 06:00"),
    "microseconds": ({"time": dt.time(9, 15, 3, 999)}, "2024-10-21 09:15:03"),
    "before the clocks go back": ({"date": dt.date(2024, 10, 26)}, "2024-10-26 06:00"),
}


@pytest.mark.parametrize(("says", "expected"), BASES.values(), ids=BASES)
def test_lead_is_published_when_the_bulletin_says(says, expected):
    """A time in the text wins, then the arrival on the bulletin's own day, then the usual hour."""
    desk = Desk(arrived=ARRIVED + dt.timedelta(milliseconds=750))
    desk.read(a_bulletin("Lead", "One", "Two", **says))

    assert [at(expected) - number * SECOND for number in range(3)] == desk.instants


# zone, local date and time that the bulletin gives, the instant in UTC
CLOCK_CHANGES = {
    "skipped by Sofia": ("Europe/Sofia", "2024-03-31 03:30", "2024-03-31 01:30"),
    "twice in Sofia, the first": ("Europe/Sofia", "2024-10-27 03:30", "2024-10-27 00:30"),
    "skipped by New York": ("America/New_York", "2024-03-10 02:30", "2024-03-10 07:30"),
    "twice in New York, the first": ("America/New_York", "2024-11-03 01:30", "2024-11-03 05:30"),
    "half an hour in Lord Howe": ("Australia/Lord_Howe", "2024-10-06 02:15", "2024-10-05 15:45"),
    "midnight skipped by Beirut": ("Asia/Beirut", "2024-03-31 00:00", "2024-03-30 22:00"),
    "a day skipped by Samoa": ("Pacific/Apia", "2011-12-30 06:00", "2011-12-30 16:00"),
}


@pytest.mark.parametrize(("zone", "local", "expected"), CLOCK_CHANGES.values(), ids=CLOCK_CHANGES)
def test_time_within_a_change_of_clocks_is_an_instant(zone, local, expected):
    """C15: A local time that does not exist moves out of the gap; one that exists twice is the first."""
    moment = dt.datetime.fromisoformat(local)
    reading = circumstances(timezone=ZoneInfo(zone), now=at("2025-01-01 00:00"))
    bulletin = a_bulletin("Lead", date=moment.date(), time=moment.time())
    [entry] = reconcile(bulletin, (), reading, taken=nothing_taken).added

    assert dt.datetime.fromisoformat(expected).replace(tzinfo=dt.UTC) == entry.published


def test_lead_comes_first_wherever_it_stands():
    """A lead at the end of the file is listed first, the teasers follow in their order."""
    desk = Desk()
    desk.read(a_bulletin("One", "Two", a_story("Lead", role=Role.LEAD)))

    assert [ARRIVED - SECOND, ARRIVED - 2 * SECOND, ARRIVED] == desk.instants


def test_base_moves_up_when_teasers_would_fall_on_the_day_before():
    """A bulletin of midnight keeps all its teasers on its own day."""
    desk = Desk()
    desk.read(a_bulletin("Lead", "One", "Two", time=dt.time(0)))
    midnight = at("2024-10-21 00:00")

    assert [midnight + 2 * SECOND, midnight + SECOND, midnight] == desk.instants


def test_undated_bulletin_has_no_day_to_keep_to():
    """An undated bulletin that arrives at midnight is published at once, not seconds later."""
    desk = Desk(arrived=at("2024-10-21 00:00"))
    desk.read(a_bulletin("Lead", "One", date=None))

    assert [at("2024-10-21 00:00"), at("2024-10-20 23:59:59")] == desk.instants


def test_day_is_the_sites():
    """A bulletin that arrives on its own date as the newsroom's calendar has it, has just come."""
    desk = Desk(arrived=dt.datetime(2024, 10, 20, 22, 30, tzinfo=dt.UTC))
    desk.read(a_bulletin("Lead"))

    assert [dt.datetime(2024, 10, 20, 22, 30, tzinfo=dt.UTC)] == desk.instants


def test_ticker_uses_its_own_times():
    """Items of a ticker are published at their own times, equal ones in the order of the document."""
    desk = Desk()
    times = (dt.time(9, 30), dt.time(9, 15), dt.time(9, 15), dt.time(9, 14, 59))
    desk.read(a_bulletin(*(a_story(f"Item {number}", time=time) for number, time in enumerate(times))))

    expected = ["09:30", "09:15", "09:14:59", "09:14:58"]
    assert [at(f"2024-10-21 {time}") for time in expected] == desk.instants


def test_entry_with_its_own_date_is_published_on_it():
    """A story of another day in a bulletin is dated by its own date, without the bulletin's time."""
    desk = Desk()
    desk.read(a_bulletin("Lead", a_story("Yesterday", date=SUNDAY), time=dt.time(9)))

    assert [at("2024-10-21 09:00"), at("2024-10-20 06:00")] == desk.instants


def test_ticker_without_a_date_is_published_when_it_arrives():
    """Times of day without any date say nothing; nothing of them is held back."""
    desk = Desk()
    desk.read(a_bulletin(a_story("One", time=dt.time(23)), a_story("Two", time=dt.time(1)), date=None))

    assert [ARRIVED, ARRIVED - SECOND] == desk.instants


def test_arrival_after_now_does_not_hold_a_bulletin():
    """A file first seen while the clock was wrong is published now, not when that time comes."""
    desk = Desk(arrived=at("2025-11-25 10:00"))
    desk.read(a_bulletin("Lead", date=None), now=ARRIVED)

    assert [ARRIVED] == desk.instants
    assert [State.PUBLISHED] == [entry.state for entry in desk.live]


# --- entries that come later


def inserted(*titles: str, now: dt.datetime = ARRIVED + HOUR, **changes) -> dict[str, dt.datetime]:
    """Publish Lead, One, Two; then read the bulletin with `titles` and return when each is published."""
    desk = Desk()
    desk.read(a_bulletin("Lead", "One", "Two", **changes))
    desk.read(a_bulletin(*titles, **changes), now=now)
    return {entry.title: entry.published for entry in desk.live}


INSERTED = {
    "last": (("Lead", "One", "Two", "Crane"), -3),
    "in the middle": (("Lead", "Crane", "One", "Two"), -3),
    "first": (("Crane", "Lead", "One", "Two"), 1),
}


@pytest.mark.parametrize(("titles", "offset"), INSERTED.values(), ids=INSERTED)
def test_inserted_entry_takes_the_nearest_free_second(titles, offset):
    """What is added later stands by its neighbours; nothing that readers have seen moves."""
    published = inserted(*titles)

    assert ARRIVED + offset * SECOND == published["Crane"]
    assert [ARRIVED, ARRIVED - SECOND, ARRIVED - 2 * SECOND] == [published[t] for t in ("Lead", "One", "Two")]


def test_inserted_entries_keep_their_order():
    """Several entries put before the lead, and several put after it, are listed as they stand."""
    published = inserted("Crane", "Museum", "Lead", "Harbour", "Cellar", "One", "Two")

    assert [2, 1, -3, -4] == [
        (published[title] - ARRIVED) // SECOND for title in ("Crane", "Museum", "Harbour", "Cellar")
    ]


def test_instant_of_a_removed_entry_is_not_given_out():
    """An entry that takes the place of another has its own second, so that the old one can come back."""
    published = inserted("Lead", "Crane", "Two")

    assert ARRIVED - 3 * SECOND == published["Crane"]


def test_inserted_entry_stays_on_its_neighbours_day():
    """An entry added to a bulletin of midnight does not slip to the day before."""
    published = inserted("Lead", "One", "Two", "Crane", time=dt.time(0))

    assert at("2024-10-21 00:00:03") == published["Crane"]


def test_entry_put_first_within_the_second_is_not_dated_ahead():
    """A lead added in the very second of publication is published at once."""
    published = inserted("Crane", "Lead", "One", "Two", now=ARRIVED)

    assert ARRIVED - 3 * SECOND == published["Crane"]


def test_entry_added_days_later_belongs_to_its_bulletin():
    """What is added on Wednesday to Monday's bulletin is Monday's news."""
    published = inserted("Lead", "One", "Crane", "Two", now=ARRIVED + 48 * HOUR)

    assert ARRIVED - 3 * SECOND == published["Crane"]


def test_entry_added_to_an_undated_file_another_day_is_of_that_day():
    """A file without dates that is written on from day to day has today's news of today."""
    wednesday = ARRIVED + 48 * HOUR
    published = inserted("Crane", "Lead", "One", "Museum", now=wednesday, date=None)

    assert [wednesday, wednesday - SECOND] == [published["Crane"], published["Museum"]]


def test_file_written_anew_each_day_is_of_each_day():
    """One file with Tuesday's date instead of Monday's, and one story left over, is Tuesday's bulletin."""
    desk = Desk()
    desk.read(a_bulletin("Lead", "One", "Two"))
    tuesday = ARRIVED + 23 * HOUR
    desk.read(a_bulletin("Crane", "One", "Museum", date=MONDAY + dt.timedelta(days=1)), now=tuesday)

    assert [tuesday, ARRIVED - SECOND, tuesday - SECOND] == desk.instants


def test_ticker_item_added_later_uses_its_own_time():
    """An item added to a ticker is published at its own time, below what has that second already."""
    desk = Desk()
    items = [a_story(f"Item {minute}", time=dt.time(9, minute)) for minute in (30, 20, 10)]
    desk.read(a_bulletin(*items))
    desk.read(a_bulletin(a_story("Storm", time=dt.time(9, 20)), *items), now=ARRIVED + HOUR)

    assert at("2024-10-21 09:19:59") == desk.instants[0]


# --- embargo


def test_bulletin_is_scheduled_as_one():
    """Seconds before its moment nothing of a bulletin is out, though its teasers are dated below the lead."""
    desk = Desk()
    bulletin = a_bulletin("Lead", "One", "Two", publish_at=ARRIVED + HOUR)
    desk.read(bulletin, now=ARRIVED + HOUR - SECOND)

    assert [ARRIVED + HOUR, ARRIVED + HOUR - SECOND, ARRIVED + HOUR - 2 * SECOND] == desk.instants
    assert {(State.SCHEDULED, ARRIVED + HOUR)} == {(entry.state, entry.due) for entry in desk.live}


def test_entry_added_under_a_date_to_come_waits_for_it():
    """A published bulletin that gets a later time keeps its entries out and holds the added one."""
    desk = Desk()
    desk.read(a_bulletin("Lead", "One"))
    desk.read(a_bulletin("Lead", "Crane", "One", time=dt.time(18)), now=ARRIVED + HOUR)

    assert [State.PUBLISHED, State.SCHEDULED, State.PUBLISHED] == [entry.state for entry in desk.live]
    assert [ARRIVED, at("2024-10-21 18:00"), ARRIVED - SECOND] == desk.instants


OUT_OF_RANGE = {
    "year 1": dt.date(1, 1, 1),
    "before feeds": dt.date(1989, 12, 31),
    "too far": dt.date(2201, 1, 1),
    "the last day there is": dt.date(9999, 12, 31),
}


@pytest.mark.parametrize("date", OUT_OF_RANGE.values(), ids=OUT_OF_RANGE)
def test_implausible_date_is_refused(date):
    """A date that cannot be meant is named to the author, wherever it stands."""
    moment = dt.datetime.combine(date, dt.time.min, tzinfo=ZoneInfo("Pacific/Kiritimati"))
    bulletins = (
        a_bulletin("Lead", date=date),
        a_bulletin("Lead", publish_at=moment),
        a_bulletin("Lead", a_story("One", date=date, line=7)),
    )
    for bulletin, line in zip(bulletins, (None, None, 7), strict=True):
        with pytest.raises(
            BulletinError, match=f"'monday.txt'.*the date {date} is out of range; "
        ) as refusal:
            reconcile(bulletin, (), circumstances(), taken=nothing_taken)

        assert line == refusal.value.line


@pytest.mark.parametrize("date", [dt.date(1990, 1, 1), dt.date(2200, 12, 31)], ids=str)
def test_outermost_dates_are_taken(date):
    """The first and the last day of the range are dates like others."""
    [entry] = reconcile(a_bulletin("Lead", date=date), (), circumstances(), taken=nothing_taken).added

    assert date == entry.published.astimezone(ZoneInfo("Europe/Sofia")).date()
