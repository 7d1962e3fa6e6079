"""A delivery with all that sending it needs, gathered from the store and the output."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from feedpub import notify
from feedpub.model import Delivery, Intent, Task
from feedpub.notify import Content, Outcome
from feedpub.pipeline.push.settings import PushSettings
from feedpub.store import PushStore, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A delivery on its way: `send` needs no store and may run in any thread."""

    delivery: Delivery
    send: Callable[[], Outcome]
    sent: dt.datetime
    subscription: Subscription | None = None  # as it was then


class Errands:
    """Prepares deliveries. `read` gives the bytes of a document by its path, or None."""

    def __init__(
        self,
        settings: PushSettings,
        store: PushStore,
        *,
        read: Callable[[str], bytes | None],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._read = read
        self._clock = clock

    def prepare(self, delivery: Delivery) -> Errand | None:
        """Gather what sending a delivery needs; None when nobody wants it any more."""
        if delivery.task is Task.PING:
            return self._ping(delivery)
        subscription = self._store.find_subscription(delivery.topic, delivery.target)
        if subscription is None or self._settings.own_hub is None:
            return None
        if delivery.task is Task.VERIFY:
            return self._verification(delivery, subscription)
        return self._content(delivery, subscription, hub=self._settings.own_hub)

    def _ping(self, delivery: Delivery) -> Errand:
        return Errand(
            delivery=delivery,
            send=lambda: notify.ping(delivery.target, delivery.topic),
            sent=self._clock(),
        )

    def _content(self, delivery: Delivery, subscription: Subscription, *, hub: str) -> Errand | None:
        topic = self._settings.topics.get(delivery.topic)
        if topic is None or not subscription.holds(self._clock()):
            return None
        body = self._read(topic.path)
        if body is None:
            return None  # the document is gone; what comes in its place will be announced
        content = Content(topic=topic.url, hub=hub, body=body, media_type=topic.media_type)
        callback, callbacks = delivery.target, self._settings.callbacks
        return Errand(
            delivery=delivery,
            send=lambda: notify.distribute(
                callback, content, secret=subscription.secret, callbacks=callbacks
            ),
            sent=self._clock(),
            subscription=subscription,
        )

    def _verification(self, delivery: Delivery, subscription: Subscription) -> Errand | None:
        if subscription.wanted is None:
            return None
        intent = Intent(
            mode=subscription.wanted,
            callback=subscription.callback,
            topic=subscription.topic,
            host=subscription.host,
            lease_seconds=subscription.wanted_seconds or 0,
        )
        challenge, callbacks = secrets.token_urlsafe(32), self._settings.callbacks
        return Errand(
            delivery=delivery,
            send=lambda: notify.verify(intent, challenge=challenge, callbacks=callbacks),
            sent=self._clock(),
            subscription=subscription,
        )
