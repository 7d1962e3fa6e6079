"""What somebody wants of our own hub, taken in to be confirmed by the callback."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable, Mapping
from contextlib import suppress

from feedpub import notify
from feedpub.model import Intent, Mode
from feedpub.notify import IntentError
from feedpub.pipeline.push.settings import PushSettings
from feedpub.store import PushStore

_INTERVAL = dt.timedelta(seconds=10)  # between two questions to a callback that did not confirm

_UNCONFIRMED_PART = 10  # of all subscriptions: strangers must not keep others out by what nobody confirms


class FullError(Exception):
    """There are as many subscriptions as are allowed; says of whom."""


class Subscribing:
    """Takes requests of subscribers, within limits."""

    def __init__(self, settings: PushSettings, store: PushStore, *, clock: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock

    def accept(self, fields: Mapping[str, str]) -> None:
        """Take in the form of a request; raises IntentError for what cannot be, FullError for too many."""
        intent = notify.read_intent(fields, topics=self._settings.topics, lease=self._settings.lease)
        self._expect_public(intent)
        now = self._clock()
        known = self._store.find_subscription(intent.topic, intent.callback)
        if intent.mode is Mode.UNSUBSCRIBE and not (known and known.holds(now)):
            raise IntentError("there is no such subscription")
        if known is None:
            self._expect_room(intent)
        earliest = known.refused + _INTERVAL if known and known.refused else now
        self._store.want(intent, at=now, due=max(now, earliest))

    def _expect_public(self, intent: Intent) -> None:
        """Refuse a private IP address at once; a name is resolved, and judged, when it is asked."""
        with suppress(ValueError):
            ipaddress.ip_address(intent.host)
            if not self._settings.callbacks.allow(intent.host):
                raise IntentError("hub.callback must be an address that all of the internet can reach")

    def _expect_room(self, intent: Intent) -> None:
        """Refuse what is too much; what nobody confirmed may take a part of the room only."""
        most = self._settings.max_subscriptions
        if self._store.count_subscriptions(host=intent.host) >= self._settings.max_per_host:
            raise FullError("this host has as many subscriptions as are allowed")
        if self._store.count_subscriptions() >= most:
            raise FullError("this hub has as many subscriptions as are allowed")
        if self._store.count_unconfirmed() >= max(1, most // _UNCONFIRMED_PART):
            raise FullError("too many callbacks have to be asked; try again in a minute")
