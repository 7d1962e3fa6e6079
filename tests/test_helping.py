"""A second process for pure work."""

from __future__ import annotations

import os
from builtins import eval as work  # a function of a module that both processes have

import pytest

from feedpub.helping import Helper

PID = "__import__('os').getpid()"


def test_results_come_in_the_order_of_the_values():
    """Whichever process was quicker."""
    with Helper() as helper:
        values = [f"{number} + 0 * sum(range({(number * 7919) % 50_000}))" for number in range(200)]
        assert list(helper.each(work, values, worth=True)) == list(range(200))


@pytest.mark.skipif(os.cpu_count() == 1, reason="with one processor there is no second process")
def test_both_processes_work():
    """The first job is begun elsewhere, and while this process waits for it, it does others."""
    with Helper() as helper:
        pids = set(helper.each(work, [PID] * 20, worth=True))
    assert len(pids) == 2
    assert os.getpid() in pids


def test_few_jobs_start_no_process():
    """To start one takes longer than they do."""
    with Helper() as helper:
        assert set(helper.each(work, [PID] * 20, worth=False)) == {os.getpid()}


def test_a_helper_that_dies_is_done_without():
    """All is done in this process then."""
    dying = f"{PID} == {os.getpid()} or __import__('os')._exit(9)"
    with Helper() as helper:
        assert all(helper.each(work, [dying] * 20, worth=True))


def test_what_fails_there_fails_here():
    """With the error that it is."""
    with Helper() as helper, pytest.raises(ZeroDivisionError):
        list(helper.each(work, ["1 / 0"] * 20, worth=True))


def test_the_process_ends_with_the_block():
    """Also when nobody asks for what it does."""
    with Helper() as helper:
        pid = next(helper.each(work, [f"(__import__('time').sleep(0.01), {PID})[1]"] * 20, worth=True))
    if pid != os.getpid():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
