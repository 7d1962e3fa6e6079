"""The daemon: decides when. File events, the agenda and signals ask for turns; one thread takes them."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from feedpub import inbox
from feedpub.daemon.agenda import Agenda
from feedpub.daemon.courier import Courier
from feedpub.daemon.hangup import Hangup
from feedpub.daemon.health import Health
from feedpub.daemon.prober import Prober
from feedpub.daemon.supervisor import Supervisor
from feedpub.daemon.turns import Turns
from feedpub.exceptions import FeedpubError, StoreDamagedError, TransientError
from feedpub.log import get_logger
from feedpub.pipeline import KNOCK, Pipeline

__all__ = ["Courier", "Daemon", "Hangup", "Health", "Prober", "Supervisor"]

log = get_logger("daemon")

_LOOK = "look at the input folder"
_PROBE = "probe of the own addresses"
_RELEASE = "release of scheduled entries"

# After a failed turn the next one comes soon, then later and later: troubles that pass are over in
# seconds, and those that stay must not fill the log.
_FIRST_RETRY_SECONDS = 0.5
_LAST_RETRY_SECONDS = 5.0

# A wall clock this far from where the monotonic clock puts it was set.
_CLOCK_STEP_SECONDS = 2.0
_CLOCK_CHECK_SECONDS = 1.0


class Daemon:
    """Keeps the output up to date until it is told to stop."""

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        folder: Path,
        rescan_seconds: float,
        quiet_seconds: float,
        health: Health,
        courier: Courier,
        prober: Prober,
    ) -> None:
        self._pipeline = pipeline
        self._courier = courier
        self._prober = prober
        self._folder = folder
        self._rescan = rescan_seconds
        self._health = health
        self._turns = Turns(pipeline, quiet_seconds=quiet_seconds, stopping=lambda: self._stopping)
        self._agenda = Agenda()
        self._wake = asyncio.Event()
        self._look_due = True
        self.heard: Callable[[], None] = lambda: None  # hears of the order to stop
        self._stopping = False
        self._at_work = False
        self.told_to_stop = False  # also after `run`, until the signals have another receiver
        self._damage: StoreDamagedError | None = None
        self._retry = 0.0
        self._next_release: dt.datetime | None = None

    async def run(self) -> None:
        """Work until SIGTERM, SIGINT or `stop`; the work in hand is finished.

        Raises StoreDamagedError when the store is: nothing goes on over it.
        """
        loop = asyncio.get_running_loop()
        self._courier.damaged = lambda damage: loop.call_soon_threadsafe(self._give_up, damage)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(KNOCK, self._wake.set)
        self._agenda.start()
        courier = threading.Thread(target=self._courier.run, name="courier")
        courier.start()
        helpers = [asyncio.create_task(self._watch()), asyncio.create_task(self._mind_the_clock())]
        try:
            with ThreadPoolExecutor(1, thread_name_prefix="pipeline") as thread:
                await self._work(loop, thread)
        finally:
            self._agenda.stop()
            self._courier.stop()
            courier.join()
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            # Removed by hand, or the loop would do it as it is closed and leave what ends a process.
            loop.remove_signal_handler(KNOCK)
            signal.signal(KNOCK, signal.SIG_IGN)
        if self._damage and not self.told_to_stop:
            raise self._damage

    def progress(self) -> object:
        """Give another value than before whenever the worker got on, or has nothing to do."""
        return self._pipeline.effort() if self._at_work else object()

    def stop(self) -> None:
        """Finish the work in hand and leave, for good."""
        self.told_to_stop = True
        self.heard()
        self.leave()

    def leave(self) -> None:
        """Finish the work in hand and leave, for another daemon to go on."""
        self._stopping = True
        self._wake.set()

    async def _work(self, loop: asyncio.AbstractEventLoop, thread: ThreadPoolExecutor) -> None:
        self._at_work = True
        await loop.run_in_executor(thread, self._guarded, self._pipeline.refresh)
        self._plan()
        while not self._stopping:
            self._wake.clear()
            look, self._look_due = self._look_due, False
            self._at_work = True
            await loop.run_in_executor(thread, self._turn, look)
            self._at_work = False
            self._agenda.at(self._next_release, _RELEASE, self._wake.set)
            await self._sleep()

    def _turn(self, look: bool) -> None:
        done = self._guarded(lambda: self._turns.take(look=look))
        self._look_due = self._look_due or not done
        if done:
            self._retry = 0.0
            self._next_release = self._pipeline.next_release()
        else:
            self._retry = min(max(_FIRST_RETRY_SECONDS, 2 * self._retry), _LAST_RETRY_SECONDS)

    def _guarded(self, work: Callable[[], None]) -> bool:
        """Do one piece of work; whatever goes wrong, the daemon stays up, says so and tries again."""
        try:
            work()
        except StoreDamagedError as damage:
            self._give_up(damage)
        except FeedpubError as error:
            if self._health.trouble("work", str(error)):
                log.warning("work failed, trying again", reason=str(error))
        except Exception as error:  # a defect must not end the daemon; it is logged with its trace
            if self._health.trouble("work", repr(error)):
                log.exception("work failed by a defect in feedpub, trying again")
        else:
            if self._health.well("work"):
                log.info("work goes on")
            return True
        return False

    def _give_up(self, damage: StoreDamagedError) -> None:
        self._damage = damage
        self._health.trouble("store", str(damage))
        self._stopping = True
        self._wake.set()

    async def _sleep(self) -> None:
        """Wait until somebody asks for a turn, something settles or a retry is due."""
        wait = self._retry or self._turns.next_turn()  # what settles after a failed turn can wait as long
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), wait)

    async def _watch(self) -> None:
        """Hear of file events; without them the scan does all the work, later."""
        while True:
            try:
                with inbox.watch(self._folder) as watch:
                    self._ask_for_look()  # for what happened before the watch began
                    if self._health.well("file events"):
                        log.info("file events are back")
                    async for event in watch:
                        self._turns.hear(event)
                        self._wake.set()
            except TransientError as error:
                if self._health.trouble("file events", str(error)):
                    log.warning("no file events, the scan finds bulletins later", reason=str(error))
            await asyncio.sleep(_LAST_RETRY_SECONDS if self._health.troubles else 0)

    async def _mind_the_clock(self) -> None:
        """Notice when the wall clock is set: APScheduler sleeps by it and would come hours late."""
        offset = time.time() - time.monotonic()
        while True:
            await asyncio.sleep(_CLOCK_CHECK_SECONDS)
            now = time.time() - time.monotonic()
            if abs(now - offset) > _CLOCK_STEP_SECONDS:
                log.warning("the clock was set", seconds=round(now - offset))
                self._plan()
                self._ask_for_look()
            offset = now

    def _plan(self) -> None:
        """Plan what happens again and again, from now on."""
        self._agenda.every(self._rescan, _LOOK, self._ask_for_look)
        if self._prober.every_seconds:
            self._agenda.every(self._prober.every_seconds, _PROBE, self._prober.start)

    def _ask_for_look(self) -> None:
        self._look_due = True
        self._wake.set()
