"""One turn of the daemon: what happened since the last one is brought to its end.

Runs in the worker thread, the only one that touches the store and the output.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping

from feedpub import inbox
from feedpub.exceptions import FeedpubError, TransientError
from feedpub.model import Signature
from feedpub.pipeline import Pipeline, Result

# How long the first publication waits for files that are still being written, in quiet periods.
_PATIENCE = 10

# Ten times what a newspaper fills in a day; a file of this size can hold tens of thousands of stories.
_LARGE_BYTES = 1024 * 1024

# How long a missing bulletin waits for them, in quiet periods: it may be one of them under a new name.
_GRACE = 4


class Turns:
    """Decides which files are ready and which are gone, and has the pipeline take them.

    Times are seconds of the monotonic clock: a wall clock that jumps must neither delay a bulletin nor
    publish half of one.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        quiet_seconds: float,
        stopping: Callable[[], bool],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pipeline = pipeline
        self._quiet = quiet_seconds
        self._stopping = stopping
        self._now = now
        self._settling = inbox.Settling(quiet_seconds)
        self._events: deque[inbox.Event] = deque()  # filled by the event loop, emptied here
        self._absent: dict[str, float] = {}  # path → when it was first missed
        self._doubted = False  # whether removals are held back, as too many to be believed
        self._root = ""
        self._started = now()
        self._first = True

    def hear(self, event: inbox.Event) -> None:
        """Take note of a file event; safe to call from the event loop's thread."""
        self._events.append(event)

    def take(self, *, look: bool) -> None:
        """Bring everything known to its end; with `look` after a look at the whole folder.

        Raises TransientError when it must be tried again.
        """
        self._pipeline.expect_store()
        trouble = self._try_to_look() if self._heed_events() or look else None
        self._take_in()
        self._remove()
        self._pipeline.release()
        if self._first and not (trouble or self._stopping() or self._still_arriving()):
            self._pipeline.finish_first_look()
            self._first = False
        if not self._first:
            self._pipeline.carry_out_orders()
            self._pipeline.publish(stopping=self._stopping)
        if trouble:
            raise trouble

    def next_turn(self) -> float | None:
        """Return the seconds until something settles or is known to be gone; None when nothing waits."""
        moments = [since + self._believed_after() for since in self._absent.values()]
        if (settled := self._settling.next()) is not None:
            moments.append(settled)
        return max(0.0, min(moments) - self._now()) if moments else None

    def _heed_events(self) -> bool:
        """Note what the events say; return whether they ask for a look at everything."""
        unclear = False
        while self._events:
            event = self._events.popleft()
            if event.kind is inbox.Kind.UNCLEAR:
                unclear = True
                continue
            for path in self._pipeline.concerned(event.path):
                self._heed(path, event.kind)
        return unclear

    def _heed(self, path: str, kind: inbox.Kind) -> None:
        if (signature := self._pipeline.look_at(path)) is None:
            self._settling.gone(path)
            self._miss(path)
        elif kind is inbox.Kind.MOVED_IN:
            self._settling.moved_in(path, signature, now=self._now())
        else:
            self._settling.written(path, signature, now=self._now())

    def _try_to_look(self) -> TransientError | None:
        """Look at the folder; without it, releases and unfinished publications still go on."""
        try:
            self._look()
        except TransientError as trouble:
            return trouble
        return None

    def _look(self) -> None:
        survey = self._pipeline.survey()
        self._root = survey.root
        now = self._now()
        for path in [path for path in self._settling.waiting if path not in survey.pending]:
            self._settling.gone(path)
        for path, signature in {**survey.pending, **survey.again}.items():
            self._settling.seen(path, signature, now=now)
        self._absent = {path: since for path, since in self._absent.items() if path in survey.vanished}
        for path in survey.vanished:
            self._miss(path)
        self._doubted = self._doubted and bool(survey.vanished)
        self._pipeline.heal()

    def _miss(self, path: str) -> None:
        # One look that misses a file proves nothing: editors delete a file before they write it anew.
        self._absent.setdefault(path, self._now())

    def _take_in(self) -> None:
        ready = self._small_first(self._settling.due(self._now()))
        if not ready:
            return
        vanished = self._absent.keys() - self._pipeline.moving(self._absent, self._settling.held())
        try:
            results = self._pipeline.take_in(ready, vanished=vanished, stopping=self._stopping)
        except FeedpubError:
            # They have settled: the next turn tries them again, and a trouble stands until they are in.
            for path, signature in ready.items():
                self._settling.moved_in(path, signature, now=self._now())
            raise
        for result in results:
            if result.result is Result.POSTPONED and (now := self._pipeline.look_at(result.path)):
                self._settling.seen(result.path, now, now=self._now())

    def _small_first(self, ready: Mapping[str, Signature]) -> Mapping[str, Signature]:
        """Let large bulletins wait for the next turn, where there are small ones that would wait for them."""
        small = {path: signature for path, signature in ready.items() if signature.size < _LARGE_BYTES}
        if not small:
            return ready
        for path in ready.keys() - small.keys():
            self._settling.moved_in(path, ready[path], now=self._now())
        return small

    def _remove(self) -> None:
        long_enough = self._now() - self._believed_after()
        gone = [path for path, since in self._absent.items() if since <= long_enough]
        for path in gone:
            del self._absent[path]
        if gone or not self._doubted:
            removed = self._pipeline.remove(gone, root=self._root)
            self._doubted = bool(gone) and not removed

    def _believed_after(self) -> float:
        """Return after how many seconds a missing bulletin is taken for gone."""
        return self._quiet * (_GRACE if self._settling.waiting else 1)

    def _still_arriving(self) -> bool:
        """Say whether the first publication waits: nothing is published before the folder is taken in."""
        return bool(self._settling.waiting) and self._now() < self._started + _PATIENCE * self._quiet
