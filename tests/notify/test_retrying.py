"""When what failed is tried again: a function of what is known, with no clock of its own."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.notify import Fate, Outcome, next_attempt

NOON = dt.datetime(2024, 10, 21, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def wait(*, attempts: int = 0, luck: float = 0.5, retry_after: str = "", ago: dt.timedelta = dt.timedelta()):
    """Give the seconds until the next attempt; None when there is none."""
    outcome = Outcome(fate=Fate.AGAIN, retry_after=retry_after)
    again = next_attempt(outcome, attempts=attempts, since=NOON - ago, now=NOON, luck=luck)
    return again and (again - NOON).total_seconds()


def test_waits_double_up_to_an_hour():
    """C106: a hub that stays down is asked less and less."""
    assert [5, 10, 20, 40, 80] == [wait(attempts=number) for number in range(5)]
    assert [3600, 3600] == [wait(attempts=number) for number in (12, 1000)]


def test_waits_are_spread():
    """C106: what failed at once is not tried again at once."""
    assert (2.5, 7.5) == (wait(luck=0.0), wait(luck=1.0))


RETRY_AFTER = {
    "seconds": ("120", 120),
    "fewer seconds than we would wait": ("1", 5),
    "a date": ("Mon, 21 Oct 2024 12:10:00 GMT", 600),
    "a date that is over": ("Mon, 21 Oct 2024 11:00:00 GMT", 5),
    "a date without a zone": ("Mon, 21 Oct 2024 12:10:00 -0000", 600),
    "nonsense": ("soon", 5),
    "a negative number": ("-5", 5),
    "digits of another script": ("١٢٠", 5),
    "longer than we wait at all": ("90000", None),
    "beyond the calendar": ("999999999999999999", None),
}


@pytest.mark.parametrize(("header", "seconds"), RETRY_AFTER.values(), ids=RETRY_AFTER)
def test_what_the_hub_asks_for_is_not_undercut(header, seconds):
    """C106: Retry-After, in both of its forms."""
    assert seconds == wait(retry_after=header)


def test_it_is_given_up_after_a_day():
    """C106: and not before."""
    assert 3600 == wait(attempts=20, ago=DAY - dt.timedelta(hours=1))
    assert None is wait(attempts=20, ago=DAY - dt.timedelta(minutes=59))


@pytest.mark.parametrize("fate", [Fate.DONE, Fate.NEVER, Fate.GONE])
def test_nothing_but_a_passing_trouble_is_tried_again(fate):
    """C106: another 4xx would be the same 4xx."""
    assert None is next_attempt(Outcome(fate=fate), attempts=0, since=NOON, now=NOON, luck=0.5)


@given(luck=st.floats(0, 1), outage=st.integers(1, 80_000))
def test_a_hub_that_is_back_within_the_day_hears_of_it(luck, outage):
    """However long the outage: the attempts go on, and the next one is at most an hour and a half away."""
    now, attempts = NOON, 0
    while now < NOON + dt.timedelta(seconds=outage):
        again = next_attempt(Outcome(fate=Fate.AGAIN), attempts=attempts, since=NOON, now=now, luck=luck)
        assert again
        assert dt.timedelta(seconds=2.5) <= again - now <= dt.timedelta(minutes=90)
        now, attempts = again, attempts + 1
