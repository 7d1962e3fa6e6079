"""What systemd hears of us, over the datagram socket it names (sd_notify(3)); elsewhere nobody listens."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Mapping

from feedpub.log import get_logger

log = get_logger("service")

_STATUS_SECONDS = 5.0  # how often a new state is told
_PINGS_PER_DEADLINE = 3
_SILENT: Mapping[str, str] = {}


class Supervisor:
    """Tells that feedpub is ready, loads its configuration, works, or ends."""

    def __init__(self, environ: Mapping[str, str] = _SILENT, *, pid: int = 0) -> None:
        address = environ.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._every = _STATUS_SECONDS
        self._pings = False
        microseconds = environ.get("WATCHDOG_USEC", "")
        meant = environ.get("WATCHDOG_PID", str(pid)) == str(pid)  # an inherited deadline is somebody else's
        if microseconds.isdecimal() and int(microseconds) and meant:
            self._pings = True
            self._every = min(self._every, int(microseconds) / 1e6 / _PINGS_PER_DEADLINE)
        self._failed = False

    def ready(self) -> None:
        """Tell that feedpub serves, or does so by the configuration that was to be loaded."""
        self._tell("READY=1")

    def reloading(self) -> None:
        """Tell that the configuration is being loaded; `ready` ends that."""
        # CLOCK_MONOTONIC, as sd_notify(3) asks for: systemd tells by it which READY=1 belongs to which.
        microseconds = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._tell("RELOADING=1", f"MONOTONIC_USEC={microseconds}")

    def stopping(self) -> None:
        """Tell that feedpub ends."""
        self._tell("STOPPING=1", "STATUS=Stopping")

    async def attend(self, progress: Callable[[], object], status: Callable[[], str]) -> None:
        """Feed the watchdog whenever `progress` gives another value than before, until cancelled.

        So a worker that is stuck is not covered by an event loop that still turns.
        """
        if not self._address:
            return
        mark, told = None, ""
        while True:
            now, text = progress(), status()
            lines = ["WATCHDOG=1"] if self._pings and now != mark else []
            lines += [f"STATUS={text}"] if text != told else []
            if lines:
                self._tell(*lines)
            mark, told = now, text
            await asyncio.sleep(self._every)

    def _tell(self, *lines: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
                sock.setblocking(False)
                sock.sendto("\n".join(lines).encode("utf-8", "backslashreplace"), self._address)
        except OSError as error:
            if not self._failed:
                log.warning("systemd cannot be told", reason=str(error))
            self._failed = True
        else:
            self._failed = False
