"""What became of deliveries, stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from feedpub import notify
from feedpub.log import get_logger
from feedpub.model import Delivery, Mode, Task
from feedpub.notify import Fate, Outcome
from feedpub.pipeline.push.errands import Errand
from feedpub.store import PushStore

log = get_logger("push")

_DAY = dt.timedelta(days=1)
_VERIFYING_PATIENCE = dt.timedelta(minutes=5)


class Settling:
    """Stores what became of errands; `luck` from 0 to 1 spreads what is tried again."""

    def __init__(
        self, store: PushStore, *, clock: Callable[[], dt.datetime], luck: Callable[[], float]
    ) -> None:
        self._store = store
        self._clock = clock
        self._luck = luck

    def settle(self, errand: Errand, outcome: Outcome) -> None:
        """Store what became of one errand."""
        settle = {Task.PING: self._ping, Task.CONTENT: self._content, Task.VERIFY: self._verification}
        settle[errand.delivery.task](errand, outcome)

    def _ping(self, errand: Errand, outcome: Outcome) -> None:
        hub, topic = errand.delivery.target, errand.delivery.topic
        if outcome.fate is Fate.DONE:
            self._store.finish_delivery(errand.delivery)
            self._store.note_hub(hub, topic, told=errand.sent, addresses=outcome.addresses, trouble="")
            log.info("hub told", hub=hub, topic=topic)
        else:
            again = self._put_off(errand.delivery, outcome, patience=_DAY)
            end = "" if again else "; not told again before the next change"
            self._store.note_hub(hub, topic, trouble=outcome.reason + end)

    def _content(self, errand: Errand, outcome: Outcome) -> None:
        delivery = errand.delivery
        if outcome.fate is Fate.DONE:
            self._store.finish_delivery(delivery)
        elif outcome.fate is Fate.GONE:
            self._store.unsubscribe(delivery.topic, delivery.target)
            log.info("subscriber gone", host=delivery.host, topic=delivery.topic)
        else:
            self._put_off(delivery, outcome, patience=_DAY)

    def _verification(self, errand: Errand, outcome: Outcome) -> None:
        delivery, asked = errand.delivery, errand.subscription
        assert asked
        if self._store.find_subscription(asked.topic, asked.callback) != asked:
            return  # something else is wanted by now, and its own question waits
        if outcome.fate is not Fate.DONE:
            if not self._put_off(delivery, outcome, patience=_VERIFYING_PATIENCE):
                self._store.refuse(asked, at=self._clock())
            return
        self._store.finish_delivery(delivery)
        if asked.wanted is Mode.UNSUBSCRIBE:
            self._store.unsubscribe(asked.topic, asked.callback)
        else:
            lease = dt.timedelta(seconds=asked.wanted_seconds or 0)
            self._store.grant(asked, expires=self._clock() + lease)
        log.info("subscription confirmed", mode=str(asked.wanted), host=asked.host, topic=asked.topic)

    def _put_off(self, delivery: Delivery, outcome: Outcome, *, patience: dt.timedelta) -> bool:
        """Have a failed delivery tried again, or give it up; return which."""
        again = notify.next_attempt(
            outcome,
            attempts=delivery.attempts,
            since=delivery.since,
            now=self._clock(),
            luck=self._luck(),
            patience=patience,
        )
        # The host alone: the rest of a callback's address may be what a subscriber knows it from.
        facts = {"task": str(delivery.task), "host": delivery.host, "topic": delivery.topic}
        if again is None:
            self._store.finish_delivery(delivery)
            log.error("delivery given up", reason=outcome.reason, **facts)
        else:
            self._store.postpone(delivery, due=again)
            log.warning("delivery put off", reason=outcome.reason, until=again.isoformat(), **facts)
        return again is not None
