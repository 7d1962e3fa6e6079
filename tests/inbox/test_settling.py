"""When a file is whole: with a clock that the test moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.inbox import Settling
from feedpub.model import Signature

QUIET = 0.5


def sign(number):
    """Make one of several signatures."""
    return Signature(size=number, mtime_ns=0, inode=1)


@pytest.fixture
def settling():
    """Give a room where nothing waits yet."""
    return Settling(QUIET)


def test_file_found_by_a_look_is_ready_after_the_quiet(settling):
    """A file that stays the same from one look to another long enough after is whole."""
    settling.seen("a", sign(1), now=10.0)
    settling.seen("a", sign(1), now=10.4)

    assert (settling.next(), settling.due(10.4), settling.due(10.5)) == (10.5, {}, {"a": sign(1)})


def test_file_that_grows_between_looks_waits_on(settling):
    """As long as looks disagree the file is being written."""
    settling.seen("a", sign(1), now=10.0)
    settling.seen("a", sign(2), now=10.4)

    assert (settling.due(10.8), settling.due(10.9)) == ({}, {"a": sign(2)})


def test_file_moved_in_is_ready_at_once(settling):
    """A rename into place is proof."""
    settling.moved_in("a", sign(1), now=10.0)

    assert settling.due(10.0) == {"a": sign(1)}


def test_file_moved_over_one_that_settles_is_ready_at_once(settling):
    """A whole file put over a half one ends the waiting."""
    settling.written("a", sign(1), now=9.9)
    settling.moved_in("a", sign(2), now=10.0)

    assert (settling.due(10.0), settling.next()) == ({"a": sign(2)}, None)


def test_each_close_begins_the_quiet_anew(settling):
    """A script that opens the file for every line is waited for."""
    for tenth in range(10):
        settling.written("a", sign(tenth), now=10 + tenth * 0.3)
        assert not settling.due(10 + tenth * 0.3)

    assert (settling.due(13.1), settling.due(13.2)) == ({}, {"a": sign(9)})


def test_close_without_change_begins_the_quiet_anew(settling):
    """Even a writer that has not written yet shows that somebody is at work."""
    settling.written("a", sign(1), now=10.0)
    settling.written("a", sign(1), now=10.3)

    assert settling.due(10.5) == {}


def test_look_does_not_delay_what_was_moved_in(settling):
    """A look that sees the same file changes nothing."""
    settling.moved_in("a", sign(1), now=10.0)
    settling.seen("a", sign(1), now=10.0)

    assert settling.due(10.0) == {"a": sign(1)}


def test_file_that_goes_is_waited_for_no_longer(settling):
    """A temporary file that is deleted leaves nothing behind."""
    settling.seen("a", sign(1), now=10.0)
    settling.gone("a")
    settling.gone("never seen")

    assert (settling.due(99.0), settling.next(), list(settling.waiting)) == ({}, None, [])


def test_one_restless_file_holds_up_no_other(settling):
    """A file rewritten without pause waits alone."""
    settling.written("calm", sign(1), now=10.0)
    for tick in range(10):
        settling.written("restless", sign(tick), now=10 + tick / 10)

    assert settling.due(11.0) == {"calm": sign(1)}
    assert list(settling.waiting) == ["restless"]


def test_file_given_out_is_not_given_again(settling):
    """What is ready is ready once."""
    settling.moved_in("a", sign(1), now=10.0)

    assert (settling.due(10.0), settling.due(99.0)) == ({"a": sign(1)}, {})


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from("ab"), st.integers(0, 2)), max_size=30))
def test_no_file_is_given_out_before_it_was_quiet(steps):
    """Whatever the order of events, a file given out had been left alone for the whole quiet."""
    # Pauses are whole eighths of a second, which floats add without rounding.
    settling, now, last = Settling(QUIET), 0.0, {}
    for eighths, path, number in steps:
        now += eighths / 8
        for ready in settling.due(now):
            assert now - last.pop(ready) >= QUIET
        settling.written(path, sign(number), now=now)
        last[path] = now

    assert set(settling.waiting) == set(last)
    assert settling.next() == min((at + QUIET for at in last.values()), default=None)
    assert set(settling.due(now + QUIET)) == set(last)
