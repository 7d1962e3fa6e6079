"""Has the own addresses probed, beside everything else, and tells what was found."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Mapping

from feedpub.daemon.courier import Courier
from feedpub.daemon.health import Health
from feedpub.exceptions import FeedpubError
from feedpub.log import get_logger
from feedpub.model import Topic
from feedpub.probe import Expected, probe

log = get_logger("probe")

_SUBJECT = "own addresses"
_CACHED = dt.timedelta(minutes=5)  # as long after a publication something else may be found
_ANSWER_SECONDS = 30


class Prober:
    """Probes topics in a thread of its own; `read` gives the bytes of a document by its path, or None.

    `every_seconds` is how often that is wanted; None for never.
    """

    def __init__(
        self,
        topics: Iterable[Topic],
        *,
        every_seconds: float | None,
        read: Callable[[str], bytes | None],
        courier: Courier,
        health: Health,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self.every_seconds = every_seconds
        self._topics = tuple(topics)
        self._read = read
        self._courier = courier
        self._health = health
        self._clock = clock
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to probe, unless that is still going on; returns at once."""
        if self._thread and self._thread.is_alive():
            return
        # Not joined at the end: it may have to wait for the other side.
        self._thread = threading.Thread(target=self._run, name="probe", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            found = self.probe()
            at = self._clock()
            self._courier.ask(lambda push: push.note_probe(found, at=at))
        except (FeedpubError, TimeoutError) as error:  # the store is in trouble, or busy
            log.warning("own addresses were not probed", reason=str(error))
            return
        except Exception:  # a defect must not end the thread in silence; it is logged with its trace
            log.exception("probing tripped a defect in feedpub")
            return
        findings = [f"{url}: {finding}" for url, each in found.items() for finding in each]
        if self._health.note(_SUBJECT, findings):
            for finding in findings:
                log.warning("subscribers would notice", finding=finding)

    def probe(self) -> Mapping[str, list[str]]:
        """Ask for every topic that is published; return what subscribers of each would notice."""
        now = self._clock()
        last = self._courier.ask(lambda push: push.last_publication()).result(_ANSWER_SECONDS)
        settled = last is not None and now - last > _CACHED
        found = {}
        for topic in self._topics:
            if (content := self._read(topic.path)) is not None:
                expected = Expected(
                    url=topic.url, media_type=topic.media_type, content=content, settled=settled
                )
                found[topic.url] = probe(expected, now=now)
        return found
