"""What can go wrong, grouped by who must act.

::

    FeedpubError
    ├── OperatorError            whoever runs feedpub
    │   ├── ConfigError          config.yaml or the command line is wrong; lists every problem
    │   ├── StoreError           the store cannot be used: too new, no rights
    │   │   ├── StoreInUseError  another process owns the store
    │   │   └── StoreDamagedError  its file is damaged or was taken away: its owner makes a new one
    │   ├── AdoptError           a feed that is to be adopted cannot be had or understood
    │   ├── PluginError          a package brings a parser that cannot be used
    │   ├── RenderError          a document came out wrong; it stays out, the last good one stays live
    │   ├── StatsError           a log cannot be counted in, or a picture not drawn
    │   ├── ServiceError         the systemd unit cannot be installed or removed
    │   └── ServerError          the address cannot be served
    ├── BulletinError            the author of one bulletin
    └── TransientError           nobody: feedpub tries again

A message says what failed, which one, where, and what would be right.
"""

from __future__ import annotations

from dataclasses import dataclass


class FeedpubError(Exception):
    """Anything feedpub reports on purpose; its text is fit for people."""


class OperatorError(FeedpubError):
    """Something that whoever runs feedpub must mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in a configuration file."""

    where: str  # file:line:column, or the file alone when there is no position
    key: str  # dotted key, "" for the document itself
    wrong: str  # what is wrong
    allowed: str  # what would be right; "" when `wrong` already says it

    def __str__(self) -> str:
        """Format as ``file:line:column: key: what is wrong; what is allowed``."""
        text = f"{self.where}: {self.key}: {self.wrong}" if self.key else f"{self.where}: {self.wrong}"
        return f"{text}; {self.allowed}" if self.allowed else text


class ConfigError(OperatorError):
    """The configuration is wrong; `problems` holds every reason found, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class StoreError(OperatorError):
    """The store cannot be used."""


class StoreInUseError(StoreError):
    """Another process owns the store."""

    def __init__(self, url: str, pid: int | None) -> None:
        owner = f"process {pid}" if pid else "another process"
        super().__init__(f"the store {url} is in use by {owner}; stop that one first or use another store")
        self.pid = pid


class StoreDamagedError(StoreError):
    """The store's file is no longer what was written into it.

    Whoever owns the store sets it aside and makes a new one from what is published; others can only say so.
    """


class AdoptError(OperatorError):
    """A feed that is to be adopted cannot be had or understood; nothing is adopted."""

    def __init__(self, name: str, reason: str, *, expected: str = "") -> None:
        super().__init__(
            f"cannot adopt {name!r}: {reason}; {expected}" if expected else f"cannot adopt {name!r}: {reason}"
        )
        self.name = name


class PluginError(OperatorError):
    """A parser that a package brings cannot be used; all others can."""

    def __init__(self, name: str, package: str, reason: str) -> None:
        super().__init__(f"the parser {name!r} of {package} cannot be used: {reason}")
        self.name = name
        self.package = package
        self.reason = reason


class StatsError(OperatorError):
    """A log cannot be counted in, or a picture of the counts not be drawn."""


class RenderError(OperatorError):
    """A document came out wrong and stays out; the last good one stays live."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot publish {path!r}: {reason}; the last good one stays")
        self.path = path
        self.reason = reason


class ServiceError(OperatorError):
    """The systemd unit cannot be installed or removed."""


class ServerError(OperatorError):
    """The HTTP address cannot be served."""


class BulletinError(FeedpubError):
    """One bulletin cannot be published; its author can cure it.

    `line` is 1-based, or None when the reason is the file as a whole.
    """

    def __init__(self, name: str, reason: str, *, line: int | None = None, expected: str = "") -> None:
        self.name = name
        self.line = line
        self.reason = f"{reason}; {expected}" if expected else reason
        place = f"{name!r}, line {line}" if line else f"{name!r}"
        super().__init__(f"cannot take in bulletin {place}: {self.reason}")


class TransientError(FeedpubError):
    """Something that passes by itself (disk full, file vanished, server busy); feedpub tries again."""
