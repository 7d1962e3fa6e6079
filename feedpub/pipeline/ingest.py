"""The job "ingest this bulletin": read, parse, reconcile, store, and mark what that makes stale."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from feedpub import compose, inbox
from feedpub.exceptions import BulletinError, FeedpubError, TransientError
from feedpub.log import get_logger
from feedpub.model import Bulletin, BulletinRecord, Changes, Entry, Hints, Outcome, Signature, Stale, State
from feedpub.parse import parse
from feedpub.pipeline.settings import Origin, Settings
from feedpub.reconcile import Circumstances, reconcile, withdraw
from feedpub.store import Store

log = get_logger("pipeline")

FIRST_LOOK = "first_look"  # the note set once the folder as it was found is taken in

# The pages that list entries of many bulletins: stale after every change that readers see.
_INDEX_PAGES = (Stale(kind="home"), Stale(kind="feeds"))


class Result(StrEnum):
    """What became of one file."""

    ACCEPTED = "accepted"
    UNTOUCHED = "untouched"  # same bytes as before
    RENAMED = "renamed"
    REJECTED = "rejected"
    POSTPONED = "postponed"  # vanished or changed while it was read; the next look decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """One file taken in, for the log and for people."""

    path: str
    result: Result
    changes: Changes = field(default_factory=Changes)
    reason: str = ""
    line: int | None = None


class Ingest:
    """Takes bulletins in, one after the other, each in one transaction."""

    def __init__(
        self, settings: Settings, store: Store, *, origin: Origin, clock: Callable[[], dt.datetime]
    ) -> None:
        self._settings = settings
        self._origin = origin
        self._store = store
        self._clock = clock

    def take_in(self, path: str, signature: Signature, *, present: Callable[[str], bool]) -> Ingested:
        """Take in the file at `path`; `present` tells which other paths the folder still holds."""
        try:
            raw, signature = inbox.read(
                self._settings.input_folder, path, signature, max_bytes=self._settings.max_bytes
            )
        except TransientError as error:
            return Ingested(path=path, result=Result.POSTPONED, reason=str(error))
        except BulletinError as error:
            known = self._store.find_record(path)
            if known and (known.signature, known.reason) == (signature, error.reason):
                return Ingested(path=path, result=Result.UNTOUCHED)
            return self._reject(
                _record(path, signature, "", known.arrived if known else self._clock()), error
            )
        return self.take(raw, path, signature, present=present)

    def take(
        self, raw: bytes, path: str, signature: Signature, *, present: Callable[[str], bool]
    ) -> Ingested:
        """Take in `raw` as the content of the file at `path`."""
        known = self._store.find_record(path)
        arrived = known.arrived if known else self._arrival(signature)
        digest = hashlib.sha256(raw).hexdigest()
        record = _record(path, signature, digest, arrived)
        twin = self._twin(record)
        if known and known.digest == digest and (twin or known.outcome is not Outcome.DUPLICATE):
            self._store.touch(path, signature)
            return Ingested(path=path, result=Result.UNTOUCHED)
        if twin:
            return self._follow(twin, record, present=present)
        with self._store.transaction():
            if known:
                self._reconsider_copies(known)
            return self._understand(raw, record)

    def remove(self, path: str, *, present: Callable[[str], bool]) -> Ingested:
        """Let go of the file at `path`, which is no longer there."""
        record = self._store.find_record(path)
        assert record is not None
        heir = next(
            (r for r in self._store.find_digest(record.digest) if r.path != path and present(r.path)), None
        )
        if record.digest and heir:
            self._store.rename(path, replace(heir, outcome=record.outcome, reason=record.reason))
            return Ingested(path=heir.path, result=Result.RENAMED, reason=f"was {path}")
        now = self._clock()
        known = self._store.entries_of(path) if self._settings.withdraw_removed else ()
        changes = withdraw(known, now=now)
        self._store.forget(path, changes=changes, stale=self._stale(changes), at=now)
        return Ingested(path=path, result=Result.ACCEPTED, changes=changes)

    def release(self) -> tuple[Entry, ...]:
        """Publish the scheduled entries whose moment has come."""
        now = self._clock()
        due = tuple(replace(e, state=State.PUBLISHED, due=None) for e in self._store.due(now))
        if due:
            self._store.release([e.id for e in due], stale=self._stale(Changes(added=due)), at=now)
        return due

    def _understand(self, raw: bytes, record: BulletinRecord) -> Ingested:
        settings = self._settings
        hints = Hints(name=record.path, language=settings.site.language, encodings=settings.encodings)
        now = self._clock()
        try:
            bulletin = parse(raw, hints)
            circumstances = self._circumstances(record, now=now)
            known = self._known(bulletin, circumstances)
            changes = reconcile(bulletin, known, circumstances, taken=self._store.taken)
        except BulletinError as error:
            return self._reject(record, error)
        except FeedpubError:
            raise  # not the bulletin's fault: the disk, the store
        except Exception as error:  # one bulletin that trips our code must not stop the others
            log.exception("bulletin tripped a defect in feedpub", bulletin=record.path)
            return self._reject(record, BulletinError(record.path, f"feedpub failed on it: {error!r}"))
        record = replace(record, confidence=bulletin.confidence, warnings=bulletin.warnings)
        if bulletin.confidence < settings.hold_below:
            return self._hold(record, bulletin)
        self._accept(record, changes, at=now)
        return Ingested(path=record.path, result=Result.ACCEPTED, changes=changes)

    def _known(self, bulletin: Bulletin, circumstances: Circumstances) -> tuple[Entry, ...]:
        """Return the entries that are this bulletin's, also those that outlived its file.

        Where entries stay when their bulletin is deleted, they belong to no file. One that comes back
        would be given the same ids: that is how its entries are known again.
        """
        known = self._store.entries_of(circumstances.path)
        if self._settings.withdraw_removed:
            return known
        anew = reconcile(bulletin, known, circumstances, taken=lambda _ids: frozenset())
        former = (self._store.find_entry(entry.id) for entry in anew.added)
        return (*known, *(entry for entry in former if entry and not entry.bulletin))

    def _accept(self, record: BulletinRecord, changes: Changes, *, at: dt.datetime) -> None:
        present = (*changes.added, *changes.updated, *changes.unchanged)
        feeds = {entry.id: compose.feeds_of(entry, self._settings.feeds) for entry in present}
        self._store.take_in(record, changes, feeds=feeds, stale=self._stale(changes), at=at)

    def _circumstances(self, record: BulletinRecord, *, now: dt.datetime) -> Circumstances:
        return Circumstances(
            path=record.path,
            arrived=record.arrived,
            now=now,
            timezone=self._settings.timezone,
            publish_time=self._settings.publish_time,
            authority=self._origin.authority,
            modified=_modified(record.signature),
        )

    def _arrival(self, signature: Signature) -> dt.datetime:
        """Say when a file first seen now arrived.

        Files that lie in the folder before the first look were there before us, so a store that is
        rebuilt dates them by their file times instead of dating all of them now.
        """
        now = self._clock()
        modified = _modified(signature)
        return modified if modified and modified < now and not self._store.find_note(FIRST_LOOK) else now

    def _twin(self, record: BulletinRecord) -> BulletinRecord | None:
        same = (r for r in self._store.find_digest(record.digest) if r.path != record.path)
        return next((r for r in same if r.outcome is not Outcome.DUPLICATE), None)

    def _follow(
        self, twin: BulletinRecord, record: BulletinRecord, *, present: Callable[[str], bool]
    ) -> Ingested:
        """Take `record` for what it is beside `twin`, which has the same bytes: a rename or a copy."""
        if not present(twin.path):
            moved = replace(twin, path=record.path, signature=record.signature)
            self._store.rename(twin.path, moved)
            return Ingested(path=record.path, result=Result.RENAMED, reason=f"was {twin.path}")
        reason = f"has the same content as {twin.path!r}, which is published; delete one of the two"
        self._store.reject(replace(record, outcome=Outcome.DUPLICATE, reason=reason))
        return Ingested(path=record.path, result=Result.REJECTED, reason=reason)

    def _reconsider_copies(self, former: BulletinRecord) -> None:
        """Let the next look take up the copies of a text that its first file no longer has."""
        for copy in self._store.find_digest(former.digest):
            if former.digest and copy.outcome is Outcome.DUPLICATE:
                self._store.touch(copy.path, Signature(size=-1, mtime_ns=0, inode=0))

    def _hold(self, record: BulletinRecord, bulletin: Bulletin) -> Ingested:
        reason = (
            f"the division into {len(bulletin.entries)} entries is uncertain "
            f"({bulletin.confidence:.2f}, input.hold_below is {self._settings.hold_below:g}); "
            "approve it with `feedpub approve FILE` or make it clearer"
        )
        self._store.reject(replace(record, outcome=Outcome.HELD, reason=reason))
        return Ingested(path=record.path, result=Result.REJECTED, reason=reason)

    def _reject(self, record: BulletinRecord, error: BulletinError) -> Ingested:
        rejected = replace(record, outcome=Outcome.REJECTED, reason=error.reason, line=error.line)
        self._store.reject(rejected)
        return Ingested(path=record.path, result=Result.REJECTED, reason=error.reason, line=error.line)

    def _stale(self, changes: Changes) -> tuple[Stale, ...]:
        """List the documents that `changes` make stale, pages first."""
        visible = [e for e in (*changes.added, *changes.updated) if e.state is State.PUBLISHED]
        gone = changes.withdrawn
        if not (visible or gone):
            return ()
        feeds = {name for e in (*visible, *gone) for name in compose.feeds_of(e, self._settings.feeds)}
        pages: Iterable[Stale] = ()
        if self._settings.pages:
            pages = (*(Stale(kind="entry", name=e.id) for e in (*visible, *gone)), *_INDEX_PAGES)
        return (*pages, *(Stale(kind="feed", name=name) for name in sorted(feeds)))


def _record(path: str, signature: Signature, digest: str, arrived: dt.datetime) -> BulletinRecord:
    return BulletinRecord(
        path=path, signature=signature, digest=digest, outcome=Outcome.ACCEPTED, arrived=arrived
    )


def _modified(signature: Signature) -> dt.datetime | None:
    """Return the file's time, or None where it is one that no calendar holds."""
    try:
        return dt.datetime.fromtimestamp(signature.mtime_ns // 10**9, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
