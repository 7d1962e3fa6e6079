"""What is told of every answer: to whoever counts, and to the access log."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias


class Answer(NamedTuple):
    """One answered request, without a trace of who asked."""

    at: float  # seconds since 1970
    method: str
    path: str  # as it was sent, without its query
    status: int
    bytes: int  # of the body that was to be sent
    agent: str  # User-Agent, "" where there was none
    feed: str | None = None  # name of the feed whose document was asked for
    format: str | None = None  # "rss", "atom", "json" beside a feed
    view: bool = False  # a browser was shown the feed's page
    conditional: bool = False  # the request named a version that it had
    delta: bool = False  # only what is new was sent (226)

    @property
    def unchanged(self) -> bool:
        """Whether it was a 304."""
        return self.status == 304


OnAnswer: TypeAlias = Callable[[Answer, str | None], None]
"""Hears of each answer, and beside it the client's address, which it must not keep."""


class AccessLog:
    """Appends a line of JSON for each answer to a file, without addresses.

    The file may be moved away at any time: it is opened anew when another one, or none, has its name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._checked = 0.0

    def __call__(self, answer: Answer, _client: str | None) -> None:
        """Write the line of one answer; a log that cannot be written must not keep readers waiting."""
        try:
            self._open(answer.at)
            os.write(self._file, _line(answer))
        except OSError:
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def _open(self, now: float) -> None:
        """Open the file, and see once a second whether it is still the one of this name."""
        if self._file >= 0 and abs(now - self._checked) < 1:
            return
        self._checked = now
        if self._file >= 0 and not _is_at(self._file, self._path):
            self.close()
        if self._file < 0:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
            self._file = os.open(self._path, flags, 0o640)


def _line(answer: Answer) -> bytes:
    fields = {
        "at": dt.datetime.fromtimestamp(answer.at, dt.UTC).isoformat(timespec="milliseconds"),
        "method": answer.method,
        "path": answer.path,
        "status": answer.status,
        "bytes": answer.bytes,
        "feed": answer.feed,
        "format": answer.format,
        "view": answer.view,
        "delta": answer.delta,
        "agent": answer.agent,
    }
    return f"{json.dumps(fields)}\n".encode()  # in ASCII, so no control character ever reaches a terminal


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
