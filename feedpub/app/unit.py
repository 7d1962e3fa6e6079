"""The systemd unit as text: what feedpub may do on the machine, and nothing beside it (systemd.exec(5))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MARK = "# Written by 'feedpub service install'; 'feedpub service uninstall' removes it."

# What needs no right that a user has not, so that it can be had by units of users, too.
_CONFINED = """\
NoNewPrivileges=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources"""

_HARDENED = """\
CapabilityBoundingSet=
AmbientCapabilities=
DevicePolicy=closed
KeyringMode=private
PrivateDevices=yes
PrivateMounts=yes
PrivateTmp=yes
PrivateUsers=yes
ProcSubset=pid
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes"""

# Longer than anything may take in which nothing is counted, such as parsing one huge bulletin.
_WATCHDOG = "3min"
_START = "15min"  # a long history is read back when the store was lost
_STOP = "30s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What distinguishes one installation's unit from another's."""

    command: Sequence[str]
    site: str  # the title
    user: bool = False  # for the service manager of a user
    run_as: str | None = None  # an account that exists; None: one that lives as long as the service
    state: str = "feedpub"  # the folder below /var/lib, for an account of its own
    writable: Sequence[Path] = ()  # folders that are written, beside that one
    homes: bool = False  # whether something it needs lies in somebody's home

    def text(self) -> str:
        """Return the unit file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from (MARK, "[Unit]", f"Description=feedpub: {_plain(self.site)}", "After=network.target", "")
        yield from ("[Service]", "Type=notify", "NotifyAccess=main")
        yield f"ExecStart={_words(self.command)}"
        yield "ExecReload=/bin/kill -HUP $MAINPID"
        yield from (
            "Restart=always",
            "RestartSec=1s",
            "RestartPreventExitStatus=2",
        )  # 2: a wrong configuration
        yield from (f"WatchdogSec={_WATCHDOG}", f"TimeoutStartSec={_START}", f"TimeoutStopSec={_STOP}")
        yield from ("LimitCORE=0", "")
        yield from self._account()
        yield from _CONFINED.split("\n")
        yield from ("", "[Install]", f"WantedBy={'default.target' if self.user else 'multi-user.target'}")

    def _account(self) -> Iterator[str]:
        if self.user:
            return
        if self.run_as:
            # Its files are for others, too: another web server, or whoever looks.
            yield from (f"User={self.run_as}", "UMask=0022")
        else:
            yield from ("DynamicUser=yes", f"StateDirectory={self.state}", "UMask=0077")
        if self.writable:
            yield f"ReadWritePaths={_words(map(str, self.writable))}"
        yield f"ProtectHome={'read-only' if self.homes else 'yes'}"
        yield from _HARDENED.split("\n")


def _words(words: Iterable[str]) -> str:
    return " ".join(map(_word, words))


def _word(word: str) -> str:
    """Quote a word, so that nothing in it is a quote, a specifier or a variable (systemd.syntax(7))."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped.replace("$", "$$")}"'


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).replace("%", "%%").replace("\\", "")
