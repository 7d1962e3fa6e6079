"""When a file is whole."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from feedpub.model import Signature


@dataclass(frozen=True, slots=True)
class _Wait:
    signature: Signature
    until: float


class Settling:
    """Keeps files back until they are whole.

    A rename into place is proof: such a file is ready at once. Anything else is ready when nothing was
    heard of it for `quiet_seconds`. A close after writing is no proof, since scripts that append open the
    file anew for every line.

    A ready file is given with the signature it had when the quiet began. Reading it checks that signature
    on the descriptor: that is the second look, and where it disagrees the file has to settle again.

    Moments are seconds of a monotonic clock, given by the caller. File times are of no use here: on a
    network share they come from another machine's clock.
    """

    def __init__(self, quiet_seconds: float) -> None:
        self._quiet = quiet_seconds
        self._waits: dict[str, _Wait] = {}
        self._moments: list[tuple[float, str]] = []  # a heap; `next` drops those that no longer hold

    @property
    def waiting(self) -> Collection[str]:
        """The paths that are kept back."""
        return self._waits.keys()

    def held(self) -> Iterator[Signature]:
        """Give the signatures of the files that are kept back."""
        return (wait.signature for wait in self._waits.values())

    def seen(self, path: str, signature: Signature, *, now: float) -> None:
        """Note that a look found the file so; the quiet goes on if it was so before."""
        wait = self._waits.get(path)
        if wait is None or wait.signature != signature:
            self._wait(path, signature, until=now + self._quiet)

    def written(self, path: str, signature: Signature, *, now: float) -> None:
        """Note that a writer closed the file; the quiet begins anew."""
        self._wait(path, signature, until=now + self._quiet)

    def moved_in(self, path: str, signature: Signature, *, now: float) -> None:
        """Note that the file was renamed into place."""
        self._wait(path, signature, until=now)

    def gone(self, path: str) -> None:
        """Note that the file is no longer there."""
        self._waits.pop(path, None)

    def due(self, now: float) -> Mapping[str, Signature]:
        """Release the files that are ready, each with the signature it must still have."""
        ready: dict[str, Signature] = {}
        while (moment := self.next()) is not None and moment <= now:
            _, path = heapq.heappop(self._moments)
            ready[path] = self._waits.pop(path).signature
        return ready

    def next(self) -> float | None:
        """Return the moment at which the next file is ready; None when none waits."""
        while self._moments:
            moment, path = self._moments[0]
            wait = self._waits.get(path)
            if wait and wait.until == moment:
                return moment
            heapq.heappop(self._moments)
        return None

    def _wait(self, path: str, signature: Signature, *, until: float) -> None:
        self._waits[path] = _Wait(signature, until)
        heapq.heappush(self._moments, (until, path))
