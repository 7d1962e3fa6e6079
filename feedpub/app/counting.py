"""Who reads, put together: what the server tells is counted, kept by day and shown to Prometheus."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

from feedpub.app.wiring import settings
from feedpub.audience import Ledger, Tally, Visit, summarise
from feedpub.audience.metrics import Metrics
from feedpub.compose import value_in
from feedpub.config import Config
from feedpub.daemon import Health
from feedpub.log import get_logger
from feedpub.model import Delivery, Task
from feedpub.pipeline import Topics
from feedpub.probe import AGENT
from feedpub.server import Answer

log = get_logger("stats")

_FLUSH_SECONDS = 60.0
_COUNT_SECONDS = 1.0
_TOGETHER = 256  # answers counted at once: one by one, between answers, costs four times as much
_SALT_BYTES = 16
_NEARBY = "nearby"  # the machine of a trusted proxy, or behind one that names no address


_WORK = {  # by the names of Effort
    "statements": "Statements asked of the store so far.",
    "documents": "Documents rendered so far.",
    "files": "Files written so far, compressed copies among them.",
    "bytes": "Bytes in these files.",
    "opened": "Files opened in the output folder so far.",
}


class Audience:
    """Counts what it is told, from any thread."""

    def __init__(self, config: Config, health: Health | None = None) -> None:
        self._ledger = Ledger(config.stats.folder)
        self._tally = Tally(lambda: secrets.token_bytes(_SALT_BYTES))
        self.follow(config)
        self._health = health
        self._lock = threading.Lock()
        self._changed = False
        self._heard: deque[tuple[Answer, str | None]] = deque()  # and not counted yet
        self._done = threading.Event()
        self.metrics = Metrics(self._gauges)
        if day := self._ledger.find(_today()):
            self._tally.resume(day)

    def follow(self, config: Config) -> None:
        """Count for the feeds of this configuration from now on."""
        chosen = settings(config)
        self._topics = Topics(chosen, by="url")
        self._feeds = chosen.selectors

    def hear(self, answer: Answer, client: str | None) -> None:
        """Count an answer of the server, within a second, if it was for one of our feeds."""
        if answer.feed is None:
            return
        self._heard.append((answer, client))
        if len(self._heard) >= _TOGETHER:
            with self._lock:
                self._count()

    def delivered(self, delivery: Delivery) -> None:
        """Count a delivery that arrived at a subscriber of the own hub."""
        topic = self._topics.get(delivery.topic)
        if delivery.task is Task.CONTENT and topic and "/" in topic.path:
            feed = _feed(topic.path)
            with self._lock:
                self._tally.push(feed, at=time.time())
                self.metrics.push(feed)
                self._changed = True

    def keep(self) -> None:
        """Count what was heard every second and write it down every minute, until `stop`."""
        due = time.monotonic() + _FLUSH_SECONDS
        while not self._done.wait(_COUNT_SECONDS):
            with self._lock:
                self._count()
            if time.monotonic() >= due:
                self.flush()
                due = time.monotonic() + _FLUSH_SECONDS

    def stop(self) -> None:
        """Have `keep` return."""
        self._done.set()

    def flush(self) -> None:
        """Write down what was counted; what cannot be written is tried again the next time."""
        with self._lock:
            self._count()
            if not self._changed:
                return
            today = _today()
            try:
                for date, day in sorted(self._tally.days.items()):
                    if date < today:
                        day.close()
                    self._ledger.write(day)
                self._ledger.close_before(today)
            except OSError as error:
                log.warning("statistics could not be written, trying again", reason=str(error))
                return
            self._tally.days = {date: day for date, day in self._tally.days.items() if date >= today}
            self._changed = False

    def _count(self) -> None:
        """Count what was heard; the lock is held."""
        while self._heard:
            answer, client = self._heard.popleft()
            own_probe = answer.agent == AGENT
            if answer.feed and self._is_ours(answer.feed) and answer.format and not own_probe:
                visit = _visit(answer, client)
                self._tally.count(visit)
                self.metrics.count(visit)
                self._changed = True

    def _is_ours(self, name: str) -> bool:
        return any(f.name == name or (f.placeholder and value_in(f, name)) for f in self._feeds)

    def _gauges(self) -> Mapping[str, tuple[str, Mapping[str, float]]]:
        with self._lock:
            self._count()
            found = summarise(self._tally.days.values())
        gauges = {
            "subscribers": (
                "Estimated subscribers today, by feed.",
                {each.feed: float(each.subscribers) for each in found},
            )
        }
        if self._health:
            troubles = float(len(self._health.troubles))
            gauges["troubles"] = ("Troubles of the daemon that /healthz lists.", {"": troubles})
            for name, count in asdict(self._health.effort()).items():
                gauges[f"work_{name}"] = (_WORK[name], {"": float(count)})
        return gauges


@contextmanager
def open_audience(config: Config, health: Health | None = None) -> Iterator[Audience]:
    """Count while the block runs; what was counted is on the disk after it."""
    audience = Audience(config, health)
    keeper = threading.Thread(target=audience.keep, name="stats", daemon=True)
    keeper.start()
    try:
        yield audience
    finally:
        audience.stop()
        keeper.join()
        audience.flush()


def _visit(answer: Answer, client: str | None) -> Visit:
    assert answer.feed
    assert answer.format
    return Visit(
        at=answer.at,
        feed=answer.feed,
        format=answer.format,
        status=answer.status,
        bytes=answer.bytes,
        agent=answer.agent,
        client=client or _NEARBY,
        conditional=answer.conditional,
        view=answer.view,
    )


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _feed(path: str) -> str:
    """Return the name of the feed whose document stands at `path`."""
    return path.rpartition("/")[2].rpartition(".")[0]
