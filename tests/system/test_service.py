"""The daemon as systemd has it: told what goes on, and with no right beyond what the unit leaves it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from system.installation import BULLETIN, TITLES

# What the unit says of memory: nothing that can be written can be run. systemd does it with seccomp, here it
# is prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN), Linux 6.3; and PR_SET_NO_NEW_PRIVS.
_CONFINE = """
import ctypes, os, sys
prctl = ctypes.CDLL(None, use_errno=True).prctl
if prctl(65, 1, 0, 0, 0) or prctl(38, 1, 0, 0, 0):
    sys.exit(f"cannot be confined: {os.strerror(ctypes.get_errno())}")
os.execvp(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def systemd(tmp_path):
    """Listen as systemd does; give what waits as lines."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "notify"))
        sock.settimeout(30)
        yield sock


def hear(systemd, word: str) -> None:
    """Wait until systemd is told a word."""
    while word not in systemd.recv(4096).decode().split("\n"):
        pass


def test_systemd_is_told_what_goes_on(site, systemd):
    """That feedpub serves, works, reads its configuration, is in trouble, and ends."""
    site.drop("monday.txt", BULLETIN)
    site.start(env={"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "600000"})
    hear(systemd, "READY=1")
    hear(systemd, "STATUS=All is well")
    for _ in range(3):
        hear(systemd, "WATCHDOG=1")

    site.daemon.send_signal(signal.SIGHUP)
    hear(systemd, "RELOADING=1")
    hear(systemd, "READY=1")

    good = site.config.read_text()
    site.config.write_text("{")
    while "STATUS=configuration: " not in systemd.recv(4096).decode():
        pass
    hear(systemd, "WATCHDOG=1")  # it works as before
    site.config.write_text(good)
    hear(systemd, "STATUS=All is well")

    assert 0 == site.stop()
    hear(systemd, "STOPPING=1")


def allowed(analyze: str) -> set[str]:
    """Give the system calls that the unit allows."""

    def members(group: str) -> set[str]:
        said = subprocess.run(
            [analyze, "syscall-filter", "--no-pager", group],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip
        names = [line.strip() for line in said.splitlines() if line.startswith("    ")]
        return {
            each
            for name in names
            if not name.startswith("#")
            for each in (members(name) if name.startswith("@") else {name})
        }

    return members("@system-service") - members("@privileged") - members("@resources")


def test_daemon_asks_for_nothing_that_the_unit_forbids(site, needs):
    """No system call, no memory that is written and run, from its start over a publication to its end."""
    trace = site.root / "trace"
    site.drop("monday.txt", BULLETIN)
    wrap = [needs("strace"), "-f", "-qq", "-o", str(trace), "-e", "signal=none"]
    site.start(wrap=[sys.executable, "-c", _CONFINE, *wrap])
    site.wait(lambda: len(site.titles()) == len(TITLES))
    site.config.write_text(site.config.read_text().replace("  title: Example", "  title: Other"))
    site.wait(lambda: "configuration changed" in site.log())
    site.wait_idle()
    [child] = subprocess.run(
        ["pgrep", "-P", str(site.daemon.pid)], capture_output=True, text=True, check=True
    ).stdout.split()  # fmt: skip
    subprocess.run(["kill", child], check=True)
    assert 0 == site.daemon.wait(60)

    used = set(re.findall(r"^\d+ +(?:<\.\.\. )?([a-z]\w+)", trace.read_text(errors="replace"), re.MULTILINE))

    assert {"openat", "renameat2", "fsync"} & used
    # SQLite gives its files to the owner of the database, as root alone.
    assert set() == used - allowed(needs("systemd-analyze")) - ({"fchown"} if os.geteuid() == 0 else set())
