"""All of push behind one door."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterable, Mapping

from feedpub.log import get_logger
from feedpub.model import Delivery, Task
from feedpub.notify import Outcome
from feedpub.pipeline.publication import LAST_PUBLICATION
from feedpub.pipeline.push.errands import Errand, Errands
from feedpub.pipeline.push.fetches import Fetches
from feedpub.pipeline.push.settings import PushSettings
from feedpub.pipeline.push.settling import Settling
from feedpub.pipeline.push.subscribing import Subscribing
from feedpub.store import PushStore

log = get_logger("push")

FETCHES_SEEN = "fetches seen"  # the note that says that requests for topics reach our own server
PROBE = "probe"  # the note with what the last probe of the own addresses found, as JSON


class Push:
    """Says what is to be sent, stores what became of it, and takes in what subscribers want.

    For one thread, except for `fetches`. `read` gives the bytes of a document by its path, or None; `luck`
    a number from 0 to 1.
    """

    def __init__(
        self,
        settings: PushSettings,
        store: PushStore,
        *,
        read: Callable[[str], bytes | None],
        clock: Callable[[], dt.datetime],
        luck: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._clock = clock
        self._errands = Errands(settings, store, read=read, clock=clock)
        self._settling = Settling(store, clock=clock, luck=luck)
        self._subscribing = Subscribing(settings, store, clock=clock)
        self.fetches = Fetches(settings.hubs, clock=clock)
        store.keep_hubs(settings.hubs, topics=settings.topics)
        self.fetches.addresses = store.hub_addresses()

    def due(
        self, *, limit: int, tasks: Iterable[Task], busy: Iterable[str], troubled: bool
    ) -> tuple[Delivery, ...]:
        """Return what is to be sent now of some `tasks`.

        Nothing to `busy` hosts, and nothing that failed before unless `troubled`.
        """
        now = self._clock()
        return self._store.deliveries(now, limit=limit, tasks=tasks, busy=busy, troubled=troubled)

    def seconds_until_due(self) -> float | None:
        """Return how long nothing more becomes due; None when nothing waits for its time."""
        now = self._clock()
        moment = self._store.next_delivery(now)
        return (moment - now).total_seconds() if moment else None

    def prepare(self, delivery: Delivery) -> Errand | None:
        """Gather what sending a delivery needs; drop one that nobody wants any more."""
        errand = self._errands.prepare(delivery)
        if errand is None:
            self._store.finish_delivery(delivery)
        return errand

    def settle(self, results: Iterable[tuple[Errand, Outcome]]) -> None:
        """Store what became of errands, all of it in one transaction."""
        with self._store.transaction():
            for errand, outcome in results:
                self._settling.settle(errand, outcome)
        self.fetches.addresses = self._store.hub_addresses()

    def accept(self, fields: Mapping[str, str]) -> None:
        """Take in a request to our own hub; raises IntentError for what cannot be, FullError for too many."""
        self._subscribing.accept(fields)

    def note_probe(self, found: Mapping[str, list[str]], *, at: dt.datetime) -> None:
        """Store what a probe of the own addresses found, by the topics' addresses."""
        self._store.note(PROBE, json.dumps({"at": at.isoformat(), "found": found}))

    def last_publication(self) -> dt.datetime | None:
        """Return when the output last changed."""
        noted = self._store.find_note(LAST_PUBLICATION)
        return dt.datetime.fromisoformat(noted) if noted else None

    def tidy(self) -> None:
        """Forget subscriptions that ended, and note which hubs came for what they were told of."""
        self._store.hasten(self._clock())
        if ended := self._store.forget_expired(self._clock()):
            log.info("subscriptions ended", count=ended)
        if self.fetches.any() and not self._store.find_note(FETCHES_SEEN):
            self._store.note(FETCHES_SEEN, "yes")
        for told in self._store.told():
            if told.told and not (told.fetched and told.fetched >= told.told):
                at, known = self.fetches.last(told.hub, told.topic, known=told.known)
                if at and at >= told.told:
                    self._store.note_hub(told.hub, told.topic, fetched=at, known=known)
