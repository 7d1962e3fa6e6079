"""What systemd hears, read from a real socket."""

from __future__ import annotations

import asyncio
import os
import socket
import time

import pytest

from feedpub.daemon import Supervisor


@pytest.fixture
def systemd(tmp_path):
    """Listen as systemd does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(str(tmp_path / "notify"))
        sock.settimeout(10)
        yield sock


def environ(systemd, **more: str) -> dict[str, str]:
    """Give what a service finds in its environment."""
    return {"NOTIFY_SOCKET": systemd.getsockname(), **more}


def attend(supervisor: Supervisor, systemd, progress, *, rounds: int) -> list[str]:
    """Let it attend until `progress` was asked so often; give what came."""
    asked = []

    def ask() -> object:
        asked.append(None)
        if len(asked) == rounds:
            raise asyncio.CancelledError
        return progress(len(asked))

    async def work() -> None:
        await asyncio.gather(supervisor.attend(ask, lambda: "All is well"), return_exceptions=True)

    asyncio.run(work())
    systemd.setblocking(False)
    heard = []
    try:
        while True:
            heard.append(systemd.recv(4096).decode())
    except BlockingIOError:
        return heard


def test_beginning_reloading_and_end_are_told(systemd):
    """In the words of sd_notify(3), with the moment of the reload."""
    supervisor = Supervisor(environ(systemd))
    before = time.monotonic_ns() // 1000

    supervisor.ready()
    supervisor.reloading()
    supervisor.stopping()

    assert b"READY=1" == systemd.recv(100)
    word, moment = systemd.recv(100).decode().split("\n")
    assert "RELOADING=1" == word
    assert before <= int(moment.removeprefix("MONOTONIC_USEC=")) <= time.monotonic_ns() // 1000
    assert b"STOPPING=1\nSTATUS=Stopping" == systemd.recv(100)


def test_abstract_address_is_understood():
    """An address with "@" is no file."""
    name = f"feedpub-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(f"\0{name}")
        Supervisor({"NOTIFY_SOCKET": f"@{name}"}).ready()
        assert b"READY=1" == sock.recv(100)


def test_work_that_goes_on_feeds_the_watchdog(systemd):
    """The state is told once, as long as it is the same."""
    supervisor = Supervisor(environ(systemd, WATCHDOG_USEC="3000"))

    heard = attend(supervisor, systemd, lambda count: count, rounds=4)

    assert ["WATCHDOG=1\nSTATUS=All is well", "WATCHDOG=1", "WATCHDOG=1"] == heard


def test_work_that_is_stuck_does_not(systemd):
    """Though the event loop turns."""
    supervisor = Supervisor(environ(systemd, WATCHDOG_USEC="3000"))

    heard = attend(supervisor, systemd, lambda _count: "the same", rounds=10)

    assert ["WATCHDOG=1\nSTATUS=All is well"] == heard


def test_deadline_of_another_process_is_none_of_ours(systemd):
    """It came by inheritance, as to a program that a service starts."""
    given = environ(systemd, WATCHDOG_USEC="3000", WATCHDOG_PID="1")
    supervisor = Supervisor(given, pid=os.getpid())
    supervisor._every = 0.001

    heard = attend(supervisor, systemd, lambda count: count, rounds=4)

    assert ["STATUS=All is well"] == heard


def test_without_systemd_nothing_is_told():
    """Nor does a socket that is gone end the daemon."""
    Supervisor({}).ready()
    asyncio.run(Supervisor({}).attend(object, str))
    Supervisor({"NOTIFY_SOCKET": "/nonexistent/notify"}).ready()
