"""Killed at any system call that writes: the next pass ends in the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings
from system.installation import BULLETIN, Installation

# What changes a file, a folder or what of them is on the disk; SQLite's own calls, its commits, among them.
CALLS = (
    "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "renameat", "unlink", "unlinkat", "mkdirat",
)  # fmt: skip
NEWS = """\
 date 2024-10-22 Quarry Company Reports a First Annual Loss
Brennkies announced on Tuesday that several of its quarries are for sale.
Ferry Timetable Changes for the Winter
From November the last boat to the islands leaves at six in the evening.
"""
_EVERY = 1 if settings().max_examples > 200 else 48  # `make nightly` takes every call


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Path:
    """Give the folder of an installation that has a bulletin published and another one waiting."""
    site = Installation(tmp_path_factory.mktemp("before"))
    site.config.write_text(site.config.read_text() + "input: {settle: 0s}\n")
    (site.input / "monday.txt").write_text(BULLETIN)
    assert 0 == site.command("build").returncode
    (site.input / "tuesday.txt").write_text(NEWS)
    return site.root


def build(root: Path, *wrap: str) -> subprocess.CompletedProcess[bytes]:
    """Take in and publish what is in `root`, with `wrap` before the command."""
    command = [*wrap, sys.executable, "-m", "feedpub", "--config", str(root / "config.yaml"), "build"]
    return subprocess.run(command, capture_output=True, check=False, timeout=100)


def copied(root: Path, to: Path) -> Path:
    """Give a copy of an installation."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(root, to)
    return to


def published(root: Path) -> dict[str, bytes]:
    """Give every file of the output."""
    output = root / "output"
    return {os.fspath(p.relative_to(output)): p.read_bytes() for p in output.rglob("*") if p.is_file()}


@pytest.mark.timeout(0)  # `make nightly` is at it for an hour
def test_killed_at_any_call_ends_in_the_same_bytes(before, tmp_path, needs):
    """Each call that changes something on the disk is the last one once; then feedpub is started again."""
    strace = [needs("strace"), "-f", "-qq", "-e", "signal=none"]
    whole = copied(before, tmp_path / "whole")
    trace = tmp_path / "trace"
    assert 0 == build(whole, *strace, "-o", str(trace), "-e", f"trace={','.join(CALLS)}").returncode
    files = published(whole)
    counted = _counted(trace)
    spots = [(call, number) for call in CALLS for number in range(1, counted[call] + 1)]
    assert {"pwrite64", "fsync", "fdatasync", "renameat"} <= {call for call, _ in spots}

    killed = 0
    for call, number in spots[::_EVERY]:
        root = copied(before, tmp_path / "killed")
        inject = f"inject={call}:signal=KILL:when={number}"
        first = build(root, *strace, "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)
        killed += first.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        again = build(root)
        assert 0 == again.returncode, (call, number, again.stderr)
        assert files == published(root), (call, number)
    print(f"killed {killed} times at {len(spots)} calls")
    assert killed >= len(spots[::_EVERY]) * 3 // 4  # threads share the work otherwise each time


def _counted(trace: Path) -> Counter[str]:
    """Return how often the busiest thread made each call: strace counts for each thread by itself."""
    threads: Counter[tuple[str, str]] = Counter()
    for line in trace.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        threads[thread, rest.strip().partition("(")[0]] += 1
    most: Counter[str] = Counter()
    for (_, call), count in threads.items():
        most[call] = max(most[call], count)
    return most
