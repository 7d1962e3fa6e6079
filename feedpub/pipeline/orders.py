"""The operator's orders, carried out one after the other."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from feedpub import compose, inbox
from feedpub.exceptions import BulletinError, FeedpubError, TransientError
from feedpub.log import get_logger
from feedpub.model import Answer, BulletinRecord, Changes, Entry, Order, Outcome, Stale, State, Verb
from feedpub.pipeline.ingest import Ingest, Result
from feedpub.pipeline.issues import renew
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.staleness import stale_by
from feedpub.reconcile import is_seen, keep_out, put_back
from feedpub.store import Store

log = get_logger("pipeline")

KNOCK = signal.SIGUSR1
"""The signal by which another process tells the owner of a store that it left an order there."""

_IDS_COMPARED = 1_000  # with one that is unknown; comparing all of a large store would take minutes


class Orders:
    """Carries out what the store holds of orders; each with its answer in one transaction."""

    def __init__(
        self, settings: Settings, store: Store, ingest: Ingest, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._settings = settings
        self._store = store
        self._ingest = ingest
        self._clock = clock

    def carry_out(self) -> None:
        """Carry out the orders that wait; what one of them cannot do is its answer."""
        for order in self._store.orders():
            answer = self._answered(order)
            log.info("order carried out", order=order.verb.value, target=order.target, answer=answer.text)

    def _answered(self, order: Order) -> Answer:
        obey = {Verb.WITHDRAW: self._withdraw, Verb.RESTORE: self._restore, Verb.APPROVE: self._approve}
        try:
            with self._store.transaction():
                answer = obey[order.verb](order)
                self._store.answer_order(order.number, answer)
        except FeedpubError:
            raise  # the disk, the store: the order waits until that has passed
        except (
            Exception
        ) as error:  # an order that trips our code must not stop the others, nor be tried for ever
            log.exception("order tripped a defect in feedpub", order=order.verb.value, target=order.target)
            answer = Answer(done=False, text=f"feedpub failed on {order.target!r}: {error!r}")
            self._store.answer_order(order.number, answer)
        return answer

    def _withdraw(self, order: Order) -> Answer:
        entry = self._store.find_entry(order.target)
        if entry is None:
            return self._unknown_entry(order.target)
        now = self._clock()
        out = keep_out(entry, reason=order.reason, now=now)
        if out == entry:
            return Answer(done=True, text=f"{entry.id} is withdrawn already")
        gone = entry.state is State.WITHDRAWN
        stale = self._page(out) if gone else stale_by(Changes(withdrawn=(out,)), self._settings)
        self._store.keep_out(out, stale=stale if is_seen(entry) else (), at=now)
        renew(self._store, self._settings, [out], at=now)
        if gone:
            return Answer(
                done=True, text=f"{entry.id} was withdrawn already, and stays so until it is restored"
            )
        return Answer(done=True, text=f"{entry.id} is withdrawn")

    def _restore(self, order: Order) -> Answer:
        entry = self._store.find_entry(order.target)
        if entry is None:
            return self._unknown_entry(order.target)
        if entry.state is not State.WITHDRAWN:
            return Answer(done=True, text=f"{entry.id} is not withdrawn")
        now = self._clock()
        back = put_back(entry, now=now)
        if not self._store.find_record(entry.bulletin):
            back = replace(back, bulletin="")  # it belongs to no file, like what outlives its bulletin
        feeds = compose.feeds_of(back, self._settings.selectors, at=now)
        stale = stale_by(Changes(updated=(back,)), self._settings)
        self._store.put_back(back, feeds=feeds, stale=stale, at=now)
        renew(self._store, self._settings, [back], at=now)
        if back.due:
            return Answer(done=True, text=f"{back.id} is scheduled again, for {back.due.isoformat()}")
        return Answer(done=True, text=f"{back.id} is published again")

    def _approve(self, order: Order) -> Answer:
        path = order.target
        record = self._store.find_record(path)
        if record is None:
            known = [each.path for each in self._store.records()]
            return Answer(done=False, text=f"there is no bulletin {path!r}{_suggestion(path, known)}")
        if record.outcome is Outcome.ACCEPTED:
            return Answer(done=True, text=f"{path!r} is not held; it is published already")
        if record.outcome is not Outcome.HELD:
            return Answer(
                done=False,
                text=f"{path!r} is not held but rejected, which approval cannot cure: {record.reason}",
            )
        return self._publish_held(record)

    def _publish_held(self, record: BulletinRecord) -> Answer:
        """Publish a held bulletin, provided that its bytes are those that the operator has seen."""
        folder, include = self._settings.input_folder, self._settings.include
        changed = f"{record.path!r} changed after it was held; its new text is judged by itself"
        signature = inbox.look_at(folder, record.path, include=include)
        if signature is None:
            return Answer(done=False, text=f"{record.path!r} is no longer in the input folder")
        try:
            raw, signature = inbox.read(folder, record.path, signature, max_bytes=self._settings.max_bytes)
        except TransientError:
            return Answer(done=False, text=changed)
        except BulletinError as error:
            return Answer(done=False, text=str(error))
        if hashlib.sha256(raw).hexdigest() != record.digest:
            return Answer(done=False, text=changed)
        result = self._ingest.approve(raw, replace(record, signature=signature))
        if result.result is not Result.ACCEPTED:
            return Answer(done=False, text=result.reason)
        return Answer(done=True, text=f"{record.path!r} is approved")

    def _page(self, entry: Entry) -> tuple[Stale, ...]:
        return (Stale(kind="entry", name=entry.id),) if self._settings.pages else ()

    def _unknown_entry(self, id: str) -> Answer:  # noqa: A002  atom:id; nothing here uses the built-in
        newest = [entry.id for entry in islice(self._store.entries(), _IDS_COMPARED)]
        return Answer(done=False, text=f"there is no entry {id!r}{_suggestion(id, newest)}")


def _suggestion(wrong: str, known: Sequence[str]) -> str:
    """Name the nearest of what there is; a part of a name is near to the whole."""
    whole = [name for name in known if wrong and wrong in name]
    nearest = whole[:1] or difflib.get_close_matches(wrong, known, n=1, cutoff=0.5)
    return f"; did you mean {nearest[0]!r}?" if nearest else ""
