"""What waits to be sent and who waits for it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from feedpub.model import Delivery, Intent, Mode, Task, Told
from feedpub.store import announcing
from feedpub.store import push_statements as sql
from feedpub.store.store import Store

_LONGEST_DELAY = dt.timedelta(days=1)  # of a delivery; it is given up after that

# How long a callback that failed to confirm stays known: so nobody can have it asked without end.
_REMEMBER_REFUSALS = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One subscriber of one topic: what holds, and what it wants beside."""

    topic: str
    callback: str
    host: str
    secret: str | None
    expires: dt.datetime | None  # None until it was confirmed once
    wanted: Mode | None  # not confirmed yet
    wanted_secret: str | None
    wanted_seconds: int | None
    refused: dt.datetime | None  # when the callback last failed to confirm

    def holds(self, now: dt.datetime) -> bool:
        """Say whether it was confirmed and its lease lasts."""
        return self.expires is not None and self.expires > now


class PushStore(Store):
    """The store as whoever delivers sees it; its tables are written here and by `announce` alone.

    It has a connection of its own, for another thread than that of the publications: SQLite lets one of
    them write at a time, for the milliseconds that each needs.
    """

    # --- deliveries

    def deliveries(
        self,
        now: dt.datetime,
        *,
        limit: int,
        tasks: Iterable[Task] = tuple(Task),
        busy: Iterable[str] = (),
        troubled: bool = True,
    ) -> tuple[Delivery, ...]:
        """Give what is due of some `tasks`, the longest due first; what goes to `busy` hosts is left out.

        Without `troubled`, what has failed before is left out too.
        """
        statement = sql.DUE if troubled else sql.DUE_FIRST_TIME
        rows = self._rows(statement, at=now, tasks=list(tasks), busy=list(busy), limit=limit)
        return tuple(Delivery(**row._asdict()) for row in rows)

    def next_delivery(self, now: dt.datetime) -> dt.datetime | None:
        """Give the moment of the delivery that comes first after `now`."""
        moment: dt.datetime | None = self._value(sql.NEXT_DUE, at=now)
        return moment

    def finish_delivery(self, delivery: Delivery) -> None:
        """Store that a delivery is over; one that was renewed meanwhile stays."""
        with self.transaction() as connection:
            of = {"of_number": delivery.number, "of_mark": delivery.mark}
            connection.execute(sql.DELIVERED, of)

    def postpone(self, delivery: Delivery, *, due: dt.datetime) -> None:
        """Store that a delivery failed and when it is tried again."""
        with self.transaction() as connection:
            connection.execute(sql.DELIVER_AGAIN, {"of_number": delivery.number, "of_due": due})

    def hasten(self, now: dt.datetime) -> None:
        """Let be due now what is due later than anything is put off: the clock was set back."""
        with self.transaction() as connection:
            connection.execute(sql.HASTEN, {"at": now, "latest": now + _LONGEST_DELAY})

    def waiting(self) -> Counter[tuple[Task, str]]:
        """Count the deliveries that wait, by what they are and whom they go to."""
        return Counter({(row.task, row.target): row.count for row in self._rows(sql.COUNT_WAITING)})

    # --- hubs of others

    def note_hub(self, hub: str, topic: str, **news: object) -> None:
        """Store what is new of a hub and a topic, by the names of the columns of `announcement`."""
        with self.transaction() as connection:
            of = {"of_hub": hub, "of_topic": topic}
            connection.execute(sql.ADD_HUB, of)
            connection.execute(sql.SET_HUB, {**of, **news})

    def told(self) -> tuple[Told, ...]:
        """Give what is known of every hub and topic."""
        return tuple(Told(**row._asdict()) for row in self._rows(sql.TOLD))

    def hub_addresses(self) -> Mapping[str, frozenset[str]]:
        """Give the IP addresses that each hub was last found at."""
        found: dict[str, frozenset[str]] = {}
        for hub, addresses in self._rows(sql.ADDRESSES):
            found[hub] = found.get(hub, frozenset()) | frozenset(addresses)
        return found

    def keep_hubs(self, hubs: Iterable[str], *, topics: Iterable[str]) -> None:
        """Forget what is known of other hubs and topics, and what waits for them."""
        with self.transaction() as connection:
            kept = {"hubs": list(hubs), "topics": list(topics)}
            connection.execute(sql.DROP_HUBS, kept)
            connection.execute(sql.DROP_PINGS, kept)

    # --- subscribers of our own hub

    def find_subscription(self, topic: str, callback: str) -> Subscription | None:
        """Give one subscription, confirmed or not."""
        rows = self._rows(sql.SUBSCRIPTION, of_topic=topic, of_callback=callback)
        return next((Subscription(**row._asdict()) for row in rows), None)

    def count_subscriptions(self, *, host: str | None = None) -> int:
        """Count all subscriptions, confirmed or not, or those of one host."""
        if host is None:
            return int(self._value(sql.COUNT_SUBSCRIPTIONS))
        return int(self._value(sql.COUNT_OF_HOST, of_host=host))

    def count_unconfirmed(self) -> int:
        """Count the subscriptions that no callback has confirmed."""
        return int(self._value(sql.COUNT_UNCONFIRMED))

    def count_active(self, now: dt.datetime) -> int:
        """Count the subscriptions that hold at an instant."""
        return int(self._value(sql.COUNT_ACTIVE, at=now))

    def want(self, intent: Intent, *, at: dt.datetime, due: dt.datetime) -> None:
        """Store what a subscriber asks for, and that its callback shall be asked at `due`."""
        wanted = {
            "wanted": intent.mode,
            "wanted_secret": intent.secret,
            "wanted_seconds": intent.lease_seconds,
        }
        with self.transaction() as connection:
            if self._set(intent.topic, intent.callback, wanted) == 0:
                who = {"topic": intent.topic, "callback": intent.callback, "host": intent.host}
                connection.execute(sql.ADD_SUBSCRIPTION, {**who, **wanted})
            announcing.queue(connection, Task.VERIFY, intent.callback, intent.topic, at=at, due=due)

    def grant(self, wanted: Subscription, *, expires: dt.datetime) -> None:
        """Store that a callback confirmed what it wanted, a subscription until `expires`."""
        holds = {"secret": wanted.wanted_secret, "expires": expires, "refused": None}
        self._set(wanted.topic, wanted.callback, {**holds, **_NOTHING_WANTED})

    def refuse(self, wanted: Subscription, *, at: dt.datetime) -> None:
        """Store that a callback did not confirm what it is said to want; what holds goes on."""
        self._set(wanted.topic, wanted.callback, {"refused": at, **_NOTHING_WANTED})

    def unsubscribe(self, topic: str, callback: str) -> None:
        """Forget a subscription and what waits for it."""
        with self.transaction() as connection:
            connection.execute(sql.DROP_SUBSCRIPTION, {"of_topic": topic, "of_callback": callback})
            for task in (Task.CONTENT, Task.VERIFY):
                of = {"of_task": task, "of_topic": topic, "of_target": callback}
                connection.execute(sql.CANCEL, of)

    def forget_expired(self, now: dt.datetime) -> int:
        """Forget the subscriptions whose lease is over; return how many there were."""
        with self.transaction() as connection:
            over = {"at": now, "of_refused": now - _REMEMBER_REFUSALS}
            return connection.execute(sql.DROP_EXPIRED, over).rowcount

    def _set(self, topic: str, callback: str, values: Mapping[str, object]) -> int:
        """Change columns of a subscription; return whether there is one."""
        with self.transaction() as connection:
            of = {"of_topic": topic, "of_callback": callback}
            return connection.execute(sql.SET_SUBSCRIPTION, {**of, **values}).rowcount


_NOTHING_WANTED = {"wanted": None, "wanted_secret": None, "wanted_seconds": None}


@contextmanager
def push_store(store: Store) -> Iterator[PushStore]:
    """Open a second way into an open store, for another thread."""
    pushes = PushStore(store._engine, url=store.url)  # noqa: SLF001  one family
    try:
        yield pushes
    finally:
        pushes.close()
