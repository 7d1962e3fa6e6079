"""A second process for pure work: functions of values, which it does beside this one.

Where much is to be done at once, as in the first build of a site, this process reads, writes and waits for
the disk while the other one renders. It is never needed: what it cannot do, or has not begun when its turn
has come, is done here, so there is nothing that can fail in it.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

_AHEAD = 4  # jobs handed over before the first of them is asked for: bounds memory
_ALONE = 2  # processors: with one there is nobody beside whom to work
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[2]); from feedpub.helping import serve; serve(int(sys.argv[1]))"
)


@dataclass(slots=True)
class _Job(Generic[_T, _R]):
    """What is to be done, and where it is done."""

    work: Callable[[_T], _R]
    value: _T
    there: Future[tuple[bool, Any]]
    here: list[_R]  # what it gave, where it was done in this process

    def is_done(self) -> bool:
        return bool(self.here) or (self.there.done() and not self.there.cancelled())

    def take_back(self) -> bool:
        """Do it here, unless it is done or begun there; return whether it was."""
        if self.here or not self.there.cancel():
            return False
        self.here.append(self.work(self.value))
        return True

    def result(self) -> _R:
        """Give what came of it; raises what the work raises."""
        if self.here:
            return self.here[0]
        fine, result = self.there.result()
        return result if fine else self.work(self.value)  # to fail here as it did there


class Helper:
    """Does work in a second process, which is started by the first job; for use by one thread."""

    def __init__(self) -> None:
        self._courier = ThreadPoolExecutor(1, thread_name_prefix="helper")
        self._connection: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Give itself; the process ends with the block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the process, whatever it does."""
        if self._process:
            self._process.kill()
        self._courier.shutdown(cancel_futures=True)
        if self._process:  # it may have been started meanwhile
            self._process.kill()
            self._process.wait()
        if self._connection:
            self._connection.close()

    def each(self, work: Callable[[_T], _R], values: Iterable[_T], *, worth: bool) -> Iterator[_R]:
        """Yield what `work`, a function of a module, gives for each value, in their order.

        Unless it is `worth` the start of a process, all is done here.
        """
        if not worth or (os.cpu_count() or 1) < _ALONE:
            yield from map(work, values)
            return
        line: deque[_Job[_T, _R]] = deque()
        for value in values:
            line.append(_Job(work, value, self._courier.submit(self._ask, work, value), []))
            if len(line) > _AHEAD:
                yield _first(line)
        while line:
            yield _first(line)

    def _ask(self, work: Callable[[_T], _R], value: _T) -> tuple[bool, Any]:
        """Have something done there; return whether that went well, and what came of it."""
        try:
            if self._process is None:
                self._start()
            assert self._connection
            self._connection.send((work, value))
            answer: tuple[bool, Any] = self._connection.recv()
        except (OSError, EOFError):  # it could not be started, or was killed
            return False, None
        return answer

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._connection = Connection(ours.detach())
            self._process = subprocess.Popen(  # noqa: S603  ourselves
                [sys.executable, "-c", _PROGRAM, str(theirs.fileno()), str(Path(__file__).parents[1])],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )


def _first(line: deque[_Job[_T, _R]]) -> _R:
    """Take the first job out of the line and give what comes of it; works on the others while it waits."""
    while not line[0].is_done():
        if not any(job.take_back() for job in reversed(line)):
            break  # it is being done there, and all others are done
    return line.popleft().result()


def serve(descriptor: int) -> None:
    """Do what comes over the connection until its other end is gone, as when that process was killed."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for all: the other one decides when this one ends
        signal.signal(number, signal.SIG_IGN)
    with Connection(descriptor) as connection:
        while True:
            try:
                connection.send(_answer(connection))
            except (EOFError, BrokenPipeError, ConnectionResetError):
                return


def _answer(connection: Connection) -> tuple[bool, Any]:
    told = connection.recv_bytes()
    try:
        work, value = pickle.loads(told)  # noqa: S301  from ourselves
        return True, work(value)
    except Exception:  # noqa: BLE001  whatever it is: done again at the other end it is raised there
        return False, None
