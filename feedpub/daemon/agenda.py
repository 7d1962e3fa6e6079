"""What happens when: the only door to APScheduler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Agenda:
    """Named jobs on the running event loop: repeated ones and ones with a date.

    Jobs are plain functions that ask for work and return at once; the work itself is not done here, so
    nothing has to be waited for at shutdown. A job that comes late is run late (APScheduler's own grace
    of one second would skip it in silence), and several missed runs are one run.
    """

    def __init__(self) -> None:
        # In UTC, so that no daylight saving time runs a job twice or not at all.
        self._scheduler = AsyncIOScheduler(
            timezone=dt.UTC,
            executors={"default": AsyncIOExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to run jobs; call it on the event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Run no job any more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def every(self, seconds: float, name: str, job: Callable[[], None]) -> None:
        """Run `job` every so many seconds, instead of what was planned under `name`."""
        self._scheduler.add_job(job, "interval", seconds=seconds, id=name, name=name, replace_existing=True)

    def at(self, instant: dt.datetime | None, name: str, job: Callable[[], None]) -> None:
        """Run `job` once at `instant`, instead of what was planned under `name`; None plans nothing."""
        if instant:
            self._scheduler.add_job(job, "date", run_date=instant, id=name, name=name, replace_existing=True)
        elif self._scheduler.get_job(name):
            self._scheduler.remove_job(name)
