"""The order of things: look, settle, take in, remove, release, publish.

A pass can stop at any point and lose nothing: what is in the store is safe, what is stale stays
marked, and the next pass begins with a look at the folder, which is the truth.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from feedpub import inbox
from feedpub.log import get_logger
from feedpub.model import MEDIA_TYPES, Answer, Effort, ForeignFeed, Order, Outcome, Signature, suffix_of
from feedpub.parse import PARSERS
from feedpub.patterns import compiled
from feedpub.pipeline.adoption import Adopted, adopt
from feedpub.pipeline.ingest import FIRST_LOOK, Ingest, Ingested
from feedpub.pipeline.ingested import report
from feedpub.pipeline.orders import Orders
from feedpub.pipeline.publication import Publication
from feedpub.pipeline.settings import Origin, Settings
from feedpub.pipeline.target import Published, Target
from feedpub.store import Store

log = get_logger("pipeline")

HELD_REMOVALS = "held removals"  # the note that says why removals wait for confirmation
SKIPPED = "skipped files"  # the note that lists what lies in the folder and is no regular file
_ROOT = "input folder"  # the note with the identity (device, inode) of the input folder

# The safety stop against an unmounted share: this many known bulletins at least, and more than half gone.
_SAFETY_FLOOR = 10

# What is taken in per transaction: one fsync for all of it, and a story that went from one of these files to
# another is found again.
_BATCH = 100  # bulletins
_BATCH_BYTES = 32 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a look at the input folder found, held against the store."""

    pending: Mapping[str, Signature]  # path → signature of what is new or changed since it was taken in
    again: Mapping[str, Signature]  # as it was when it could not be read: worth another try
    vanished: frozenset[str]  # paths known to the store that are no longer there
    root: str  # identity of the folder


class Pipeline:
    """Carries bulletins from the input folder to the target, one piece of work at a time.

    Not for use from two threads at once. `clock` gives aware UTC instants; `announced` hears when hubs and
    subscribers have something to hear.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        target: Target,
        *,
        origin: Origin,
        clock: Callable[[], dt.datetime],
        announced: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._store = store
        self._target = target
        self._ingest = Ingest(settings, store, origin=origin, clock=clock)
        self._orders = Orders(settings, store, self._ingest, clock=clock)
        self._clock = clock
        self._missing = False  # whether the last look missed known files
        self._publication = Publication(
            settings, store, target, origin=origin, clock=clock, announced=announced
        )

    def expect_store(self) -> None:
        """Raise StoreDamagedError when the store's file is not what it was, as far as a glance tells."""
        self._store.expect_in_place()

    def survey(self) -> Survey:
        """Look at the input folder and hold it against the store.

        Raises TransientError when the folder is not there, StoreDamagedError when the store is not.
        """
        self.expect_store()
        look = inbox.look(self._settings.input_folder, include=self._settings.include)
        look = inbox.accompanied(look, self._store.companions())
        found = inbox.compare(look, self._store.signatures())
        skipped = json.dumps(dict(sorted(look.skipped.items())), ensure_ascii=True)
        if skipped != (self._store.find_note(SKIPPED) or "{}"):
            self._store.note(SKIPPED, skipped)
        self._missing = bool(found.vanished)
        unread = (r.path for r in self._store.records(outcome=Outcome.REJECTED) if not r.digest)
        return Survey(
            pending={**found.new, **found.changed},
            again={path: look.files[path] for path in unread if path in look.files},
            vanished=found.vanished,
            root=look.root,
        )

    def look_at(self, path: str) -> Signature | None:
        """Look at one path alone, as after a file event; None when no bulletin can be seen there."""
        root = self._settings.input_folder
        signature = inbox.look_at(root, path, include=self._settings.include)
        if signature is None:
            return None
        candidates = (*inbox.siblings(path), *self._store.companions_of(path))
        return inbox.with_companions(signature, inbox.look_beside(root, candidates))

    def concerned(self, path: str) -> tuple[str, ...]:
        """Return the bulletins that a file event at `path` is about: those with which that file comes."""
        if suffix_of(path) not in MEDIA_TYPES or compiled(self._settings.include).fullmatch(path):
            return (path,)
        stem = path.removesuffix(path.rpartition(".")[2])
        suffixes = {*PARSERS, *self._settings.plugins}
        own = (f"{stem}{suffix[1:]}" for suffix in sorted(suffixes))
        named = (bulletin for bulletin, files in self._store.companions().items() if path in files)
        return tuple(each for each in dict.fromkeys((*own, *named)) if self.look_at(each))

    def moving(self, vanished: Iterable[str], arriving: Iterable[Signature]) -> frozenset[str]:
        """Return those of `vanished` that are among the files still kept back, under another name.

        A rename keeps the inode. So such a bulletin is not gone, and no other file is what became of it.
        """
        files = {(each.inode, each.size) for each in arriving}
        known = (self._store.find_record(path) for path in vanished) if files else ()
        return frozenset(
            each.path for each in known if each and (each.signature.inode, each.signature.size) in files
        )

    def take_in(
        self,
        pending: Mapping[str, Signature],
        *,
        vanished: Collection[str] = (),
        stopping: Callable[[], bool] = lambda: False,
        advance: Callable[[int], None] = lambda _count: None,
    ) -> list[Ingested]:
        """Take in the files of `pending`, in the order of their names; `advance` hears of each batch.

        `vanished` are known files that were missed: what is new may be one of them under another name.
        """
        results: list[Ingested] = []
        later = dict(pending)
        for batch in _batches(pending):
            for path in batch:
                del later[path]
            gone = set(vanished) - self.moving(vanished, later.values())
            done = self._ingest.take_in(batch, vanished=gone, stopping=stopping)
            for result in done:
                report(result)
            results += (result.without_stories() for result in done)
            if stopping():
                break
            advance(len(batch))
        return results

    def rehearse(
        self, path: str, raw: bytes, signature: Signature, *, beside: Path | None = None
    ) -> Ingested:
        """Take in `raw` as if it stood at `path`; for a copied store and a target that writes nothing.

        `beside` is where it lies while it is not in the input folder, with files that would come along.
        """
        vanished = [known for known in self._store.signatures() if not self._present(known)]
        return self._ingest.rehearse(raw, path, signature, vanished=vanished, beside=beside)

    def finish_first_look(self) -> None:
        """Remember that the folder as it was found has been taken in."""
        if not self._store.find_note(FIRST_LOOK):
            with self._store.transaction():
                self._store.forgive()
                self._store.note(FIRST_LOOK, "done")

    def remove(self, vanished: Iterable[str], *, root: str, confirmed: bool = False) -> list[Ingested]:
        """Let go of bulletins that are no longer there, unless too many are gone to be believed.

        `root` is the identity of the folder that was looked at, from `Survey`.
        """
        vanished = list(vanished)
        known = self._store.signatures() if vanished else {}
        gone = [path for path in vanished if path in known and not self._present(path)]
        doubt = "" if confirmed else self._doubt(gone, known=len(known), root=root)
        if doubt != (self._store.find_note(HELD_REMOVALS) or ""):
            self._store.note(HELD_REMOVALS, doubt)
            if doubt:
                log.error("removals held back", missing=len(gone), reason=doubt)
        if doubt:
            return []
        # Not while something is missing that is not taken for gone yet: it is doubted by the former folder.
        former = self._store.find_note(_ROOT)
        if former != root and (former is None or confirmed or not self._missing):
            self._store.note(_ROOT, root)
        with self._store.transaction():
            results = [self._ingest.remove(path) for path in sorted(gone)]
        for result in results:
            report(result, event="bulletin gone")
        return results

    def leave(self, order: Order) -> int:
        """Leave an order among those that wait; return its number."""
        return self._store.leave_order(order, at=self._clock())

    def carry_out_orders(self) -> None:
        """Carry out the operator's orders that wait."""
        self._orders.carry_out()

    def find_answer(self, number: int) -> Answer | None:
        """Return what became of an order; None while it waits."""
        return self._store.find_answer(number)

    def adopt(self, feeds: Sequence[ForeignFeed]) -> Adopted:
        """Take over the entries of feeds that another program published."""
        adopted = adopt(feeds, self._settings, self._store, now=self._clock())
        log.info("adopted", added=len(adopted.changes.added), updated=len(adopted.changes.updated))
        return adopted

    def release(self) -> None:
        """Publish the scheduled entries whose moment has come."""
        for entry in self._ingest.release():
            log.info("entry released", id=entry.id, bulletin=entry.bulletin)

    def next_release(self) -> dt.datetime | None:
        """Return when the next scheduled entry is due."""
        return self._store.next_release()

    def refresh(self) -> None:
        """Mark stale whatever the output lacks or a changed configuration asks for."""
        self._publication.refresh()

    def remake(self) -> None:
        """Mark stale every document there is, as if nothing were known of the output."""
        self._publication.remake()

    def heal(self) -> None:
        """Mark stale the feeds whose files somebody removed."""
        self._publication.heal()

    def effort(self) -> Effort:
        """Count what was done since the store was opened; what the target did, since the process began."""
        return replace(self._target.effort, statements=self._store.statements)

    def publish(self, *, stopping: Callable[[], bool] = lambda: False) -> Published:
        """Bring the output up to date with the store."""
        done = self._publication.publish(stopping=stopping)
        if done.written or done.removed:
            log.info("published", documents=len(done.written), removed=len(done.removed))
        return done

    def _present(self, path: str) -> bool:
        return inbox.present(self._settings.input_folder, path)

    def _doubt(self, gone: list[str], *, known: int, root: str) -> str:
        """Say why these removals are not to be believed; "" when they are."""
        if not gone:
            return ""
        cure = "nothing is withdrawn until they are back or `feedpub build --confirm-removals` is given"
        if self._store.find_note(_ROOT) not in (None, root):
            return (
                f"the input folder is another one than before and lacks {len(gone)} known bulletins; {cure}"
            )
        if known >= _SAFETY_FLOOR and len(gone) * 2 > known:
            return f"{len(gone)} of {known} bulletins are gone at once; {cure}"
        return ""


def _batches(pending: Mapping[str, Signature]) -> Iterator[dict[str, Signature]]:
    """Cut `pending`, in the order of the names, into what is taken in together."""
    batch: dict[str, Signature] = {}
    for path, signature in sorted(pending.items()):
        bytes_so_far = sum(each.size for each in batch.values())
        if batch and (len(batch) == _BATCH or bytes_so_far + signature.size > _BATCH_BYTES):
            yield batch
            batch = {}
        batch[path] = signature
    if batch:
        yield batch
