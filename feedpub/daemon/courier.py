"""Sends what waits, beside the publications: one thread that minds the store, one for each request.

A hub that hangs keeps its own request and nothing else. What is on its way when the process ends is sent
again by the next one.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TypeVar

from feedpub.exceptions import FeedpubError, StoreDamagedError
from feedpub.log import get_logger
from feedpub.model import Delivery, Task
from feedpub.notify import Fate, Outcome
from feedpub.pipeline.push import Errand, Fetches, Push

T = TypeVar("T")

log = get_logger("push")

# Requests on their way. Each kind has room of its own: those whom strangers have us ask may be slow on
# purpose, and must not keep a hub or a subscriber waiting.
_AT_ONCE = {Task.PING: 16, Task.CONTENT: 32, Task.VERIFY: 8}
_TROUBLED_AT_ONCE = 16  # of all of them, such as failed before: the others need not wait for these
_AT_ONCE_PER_HOST = 2
_TIDY_SECONDS = 20.0
_RETRY_SECONDS = 1.0  # after a trouble with the store


class Courier:
    """Delivers until it is told to stop; `wake`, `ask` and `stop` may be called from any thread."""

    def __init__(self, push: Push) -> None:
        self._push = push
        self.delivered: Callable[[Delivery], None] = lambda _delivery: None  # hears of each that arrived
        self.damaged: Callable[[StoreDamagedError], object] = lambda _damage: (
            None
        )  # hears of what ended `run`
        self._mail: SimpleQueue[Callable[[], None]] = SimpleQueue()  # what others want done in our thread
        self._on_their_way: dict[tuple[Task, str, str], Delivery] = {}
        self._back: list[tuple[Errand, Outcome]] = []  # answered, not yet stored
        self._stopping = False
        self._next_tidying = 0.0

    @property
    def fetches(self) -> Fetches:
        """Who fetches topics, for the server to tell."""
        return self._push.fetches

    def run(self) -> None:
        """Deliver what is due, as it becomes due; troubles with the store are waited out."""
        while not self._stopping:
            try:
                wait = self._turn()
            except StoreDamagedError as error:
                self.damaged(error)
                return
            except FeedpubError as error:
                log.warning("deliveries wait for the store", reason=str(error))
                wait = _RETRY_SECONDS
            except Exception:  # a defect must not end the deliveries; it is logged with its trace
                log.exception("delivering tripped a defect in feedpub")
                self._back = []  # and stays on its way, so that it is not sent again and again
                wait = _RETRY_SECONDS
            self._read_mail(wait)

    def deliver(self, *, seconds: float) -> None:
        """Deliver what is due now, within so many seconds; the rest stays for another time.

        Raises StoreError, TransientError.
        """
        end = time.monotonic() + seconds
        while True:
            self._turn()
            left = end - time.monotonic()
            if not self._on_their_way or left <= 0:
                return
            self._read_mail(left)

    def wake(self) -> None:
        """Have a look at what is due."""
        self._mail.put(lambda: None)

    def move_to(self, push: Push, *, same_store: bool) -> None:
        """Deliver in another way, or what waits in another store; `run` has returned, and is called again.

        What is on its way from another store is forgotten, for its rows are not those of the new one.
        """
        self._push = push
        if not same_store:
            self._on_their_way, self._back = {}, []
        self._stopping = False

    def stop(self) -> None:
        """Have `run` return at once; what is on its way is sent again another time."""
        self._stopping = True
        self.wake()

    def ask(self, question: Callable[[Push], T]) -> Future[T]:
        """Have a question answered where push lives."""
        answer: Future[T] = Future()

        def reply() -> None:
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(question(self._push))
                except Exception as error:  # noqa: BLE001  whatever it is, it is the asker's
                    answer.set_exception(error)

        self._mail.put(reply)
        return answer

    def _turn(self) -> float:
        """Store what came back and send what is due; return how many seconds nothing more can be due."""
        if self._back:
            self._push.settle(self._back)
            for errand, outcome in self._back:
                del self._on_their_way[_key(errand.delivery)]
                if outcome.fate is Fate.DONE:
                    self.delivered(errand.delivery)
            self._back = []
        if time.monotonic() >= self._next_tidying:
            self._push.tidy()
            self._next_tidying = time.monotonic() + _TIDY_SECONDS
        self._send_what_is_due()
        left = self._next_tidying - time.monotonic()
        due = self._push.seconds_until_due()
        return max(0.0, left if due is None else min(left, due))

    def _send_what_is_due(self) -> None:
        while sum(self._try_to_send(delivery) for delivery in self._due()):
            pass  # again, without the hosts that are busy by now

    def _due(self) -> tuple[Delivery, ...]:
        going = list(self._on_their_way.values())
        hosts = Counter(delivery.host for delivery in going)
        return self._push.due(
            limit=max(_AT_ONCE.values()),
            tasks=[task for task in Task if self._has_room(task)],
            busy=[host for host, count in hosts.items() if count >= _AT_ONCE_PER_HOST],
            troubled=sum(1 for delivery in going if delivery.attempts) < _TROUBLED_AT_ONCE,
        )

    def _has_room(self, task: Task) -> bool:
        return sum(1 for going in self._on_their_way.values() if going.task is task) < _AT_ONCE[task]

    def _try_to_send(self, delivery: Delivery) -> bool:
        """Send a delivery that is due, or say that it must wait for others."""
        to_host = sum(1 for going in self._on_their_way.values() if going.host == delivery.host)
        # One that is on its way was renewed meanwhile: the newer one must not overtake it.
        if _key(delivery) in self._on_their_way or not self._has_room(delivery.task):
            return False
        if to_host >= _AT_ONCE_PER_HOST:
            return False
        if errand := self._push.prepare(delivery):
            self._send(errand)
        return True

    def _send(self, errand: Errand) -> None:
        def carry() -> None:
            try:
                outcome = errand.send()
            except Exception as error:  # a defect, which another attempt may not meet
                log.exception("sending tripped a defect in feedpub", host=errand.delivery.host)
                outcome = Outcome(fate=Fate.AGAIN, reason=f"feedpub failed: {error!r}")
            self._mail.put(lambda: self._come_back(errand, outcome))

        self._on_their_way[_key(errand.delivery)] = errand.delivery
        # Not joined at the end: it may have to wait for the other side.
        threading.Thread(target=carry, name="delivery", daemon=True).start()

    def _come_back(self, errand: Errand, outcome: Outcome) -> None:
        if self._on_their_way.get(_key(errand.delivery)) is errand.delivery:  # not from a former store
            self._back.append((errand, outcome))

    def _read_mail(self, seconds: float) -> None:
        """Wait for mail, so many seconds at most, and do all of it."""
        try:
            self._mail.get(timeout=seconds)()
            while True:
                self._mail.get_nowait()()
        except Empty:
            pass


def _key(delivery: Delivery) -> tuple[Task, str, str]:
    return delivery.task, delivery.topic, delivery.target
