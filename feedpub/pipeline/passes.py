"""The order of things: look, settle, take in, remove, release, publish.

A pass can stop at any point and lose nothing: what is in the store is safe, what is stale stays
marked, and the next pass begins with a look at the folder, which is the truth.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from feedpub import inbox
from feedpub.log import get_logger
from feedpub.model import Outcome, Signature
from feedpub.pipeline.ingest import FIRST_LOOK, Ingest, Ingested, Result
from feedpub.pipeline.publication import Publication, Published, Target
from feedpub.pipeline.settings import Origin, Settings
from feedpub.store import Store

log = get_logger("pipeline")

HELD_REMOVALS = "held removals"  # the note that says why removals wait for confirmation
SKIPPED = "skipped files"  # the note that lists what lies in the folder and is no regular file
_ROOT = "input folder"  # the note with the identity (device, inode) of the input folder

# The safety stop against an unmounted share: this many known bulletins at least, and more than half gone.
_SAFETY_FLOOR = 10

_BATCH = 100  # bulletins taken in per transaction: one fsync for all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a look at the input folder found, held against the store."""

    pending: Mapping[str, Signature]  # path → signature of what is new or changed since it was taken in
    again: Mapping[str, Signature]  # as it was when it could not be read: worth another try
    vanished: frozenset[str]  # paths known to the store that are no longer there
    root: str  # identity of the folder


class Pipeline:
    """Carries bulletins from the input folder to the target, one piece of work at a time.

    Not for use from two threads at once. `clock` gives aware UTC instants.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        target: Target,
        *,
        origin: Origin,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._ingest = Ingest(settings, store, origin=origin, clock=clock)
        self._publication = Publication(settings, store, target, origin=origin, clock=clock)

    def survey(self) -> Survey:
        """Look at the input folder and hold it against the store.

        Raises TransientError when the folder is not there.
        """
        look = inbox.look(self._settings.input_folder, include=self._settings.include)
        found = inbox.compare(look, self._store.signatures())
        skipped = json.dumps(dict(sorted(look.skipped.items())), ensure_ascii=True)
        if skipped != (self._store.find_note(SKIPPED) or "{}"):
            self._store.note(SKIPPED, skipped)
        unread = (r.path for r in self._store.records(outcome=Outcome.REJECTED) if not r.digest)
        return Survey(
            pending={**found.new, **found.changed},
            again={path: look.files[path] for path in unread if path in look.files},
            vanished=found.vanished,
            root=look.root,
        )

    def look_at(self, path: str) -> Signature | None:
        """Look at one path alone, as after a file event; None when no bulletin can be seen there."""
        return inbox.look_at(self._settings.input_folder, path, include=self._settings.include)

    def take_in(
        self,
        pending: Mapping[str, Signature],
        *,
        stopping: Callable[[], bool] = lambda: False,
        advance: Callable[[int], None] = lambda _count: None,
    ) -> list[Ingested]:
        """Take in the files of `pending`, in the order of their names; `advance` hears of each batch."""
        results: list[Ingested] = []
        paths = sorted(pending)
        for first in range(0, len(paths), _BATCH):
            batch = paths[first : first + _BATCH]
            with self._store.transaction():
                for path in batch:
                    if stopping():
                        return results
                    results.append(self._ingest.take_in(path, pending[path], present=self._present))
            for result in results[first:]:
                _report(result)
            advance(len(batch))
        return results

    def rehearse(self, path: str, raw: bytes, signature: Signature) -> Ingested:
        """Take in `raw` as if it stood at `path`; for a copy of the store and a target that writes nothing."""
        return self._ingest.take(raw, path, signature, present=self._present)

    def finish_first_look(self) -> None:
        """Remember that the folder as it was found has been taken in."""
        if not self._store.find_note(FIRST_LOOK):
            self._store.note(FIRST_LOOK, "done")

    def remove(self, vanished: Iterable[str], *, root: str, confirmed: bool = False) -> list[Ingested]:
        """Let go of bulletins that are no longer there, unless too many are gone to be believed.

        `root` is the identity of the folder that was looked at, from `Survey`.
        """
        known = self._store.signatures()
        gone = [path for path in vanished if path in known and not self._present(path)]
        doubt = "" if confirmed else self._doubt(gone, known=len(known), root=root)
        if doubt != (self._store.find_note(HELD_REMOVALS) or ""):
            self._store.note(HELD_REMOVALS, doubt)
            if doubt:
                log.error("removals held back", missing=len(gone), reason=doubt)
        if doubt:
            return []
        if self._store.find_note(_ROOT) != root:
            self._store.note(_ROOT, root)
        with self._store.transaction():
            results = [self._ingest.remove(path, present=self._present) for path in sorted(gone)]
        for result in results:
            _report(result, event="bulletin gone")
        return results

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

    def heal(self) -> None:
        """Mark stale the feeds whose files somebody removed."""
        self._publication.heal()

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


def _report(result: Ingested, *, event: str = "bulletin taken in") -> None:
    changes = result.changes
    counts = {
        "added": len(changes.added),
        "updated": len(changes.updated),
        "withdrawn": len(changes.withdrawn),
    }
    facts = {key: count for key, count in counts.items() if count}
    if result.result is Result.REJECTED:
        log.error("bulletin rejected", bulletin=result.path, line=result.line, reason=result.reason)
    elif result.result is Result.POSTPONED:
        log.warning("bulletin postponed", bulletin=result.path, reason=result.reason)
    elif result.result is Result.RENAMED:
        log.info("bulletin renamed", bulletin=result.path, reason=result.reason)
    elif result.result is Result.ACCEPTED:
        log.info(event, bulletin=result.path, **facts)
