"""SIGHUP: it asks a daemon to read its configuration, and tells a program that its terminal is gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress


class Hangup:
    """Tells the two apart."""

    def __init__(self) -> None:
        # Under nohup it is ignored, and a program without a terminal cannot lose it.
        self._may_lose_terminal = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN and _has_terminal()
        signal.signal(
            signal.SIGHUP, signal.SIG_IGN
        )  # until the event loop hears it: by default it would end us

    def heard(self, *, reload: Callable[[], None], stop: Callable[[], None]) -> None:
        """Do what a SIGHUP that just came asks for."""
        if self._may_lose_terminal and not _has_terminal():
            stop()
        else:
            reload()


def _has_terminal() -> bool:
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC))
        return True
    return False
