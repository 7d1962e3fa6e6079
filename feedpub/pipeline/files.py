"""The files of one pass, read and told apart by their bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from feedpub import inbox
from feedpub.exceptions import BulletinError, TransientError
from feedpub.model import BulletinRecord, Outcome, Signature
from feedpub.pipeline.ingested import Ingested, Result
from feedpub.pipeline.settings import Settings
from feedpub.store import Store

FIRST_LOOK = "first_look"  # the note set once the folder as it was found is taken in


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file whose bytes are others than those taken in under its name before."""

    raw: bytes
    record: BulletinRecord  # as it will be if it is accepted
    former: BulletinRecord | None = None  # as it was


class Files:
    """Reads files and knows which other ones have the same bytes."""

    def __init__(self, settings: Settings, store: Store, *, clock: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock

    def read(self, path: str, signature: Signature) -> File | Ingested:
        """Read the file at `path`; give what became of it where it holds nothing new."""
        try:
            raw, signature = inbox.read(
                self._settings.input_folder, path, signature, max_bytes=self._settings.max_bytes
            )
        except TransientError as error:
            return Ingested(path=path, result=Result.POSTPONED, reason=str(error))
        except BulletinError as error:
            return self._refuse(path, signature, error)
        if signature.beside and self._beside(path, signature) != signature:
            reason = f"what comes with bulletin {path!r} changed since it was looked at"
            return Ingested(path=path, result=Result.POSTPONED, reason=reason)
        file = self.file(raw, path, signature)
        former = file.former
        # A copy is looked at again, for the file that it was a copy of may have changed.
        same = former and (former.digest, former.signature.beside) == (file.record.digest, signature.beside)
        if former and same and former.outcome is not Outcome.DUPLICATE:
            self._store.touch(path, signature)
            return Ingested(path=path, result=Result.UNTOUCHED)
        return file

    def file(self, raw: bytes, path: str, signature: Signature) -> File:
        """Take `raw` for the content of the file at `path`."""
        former = self._store.find_record(path)
        record = BulletinRecord(
            path=path,
            signature=signature,
            digest=hashlib.sha256(raw).hexdigest(),
            outcome=Outcome.ACCEPTED,
            arrived=former.arrived if former else self._arrival(signature),
        )
        return File(raw=raw, record=record, former=former)

    def copies_of_former(self, file: File) -> list[tuple[str, Signature]]:
        """List the copies of the text that `file` no longer has: one of them is a bulletin of its own now."""
        digest = file.former.digest if file.former else ""
        if not digest or digest == file.record.digest:
            return []
        copies = (r for r in self._store.find_digest(digest) if r.outcome is Outcome.DUPLICATE)
        return [(r.path, r.signature) for r in copies if r.path != file.record.path]

    def find_twin(self, file: File, *, changed: Collection[str]) -> BulletinRecord | None:
        """Give the bulletin that is known by the bytes of `file`, unless it is among the `changed` files."""
        same = self._store.find_digest(file.record.digest)
        others = (r for r in same if r.path != file.record.path and r.path not in changed)
        return next((r for r in others if r.outcome is not Outcome.DUPLICATE), None)

    def find_heir(self, record: BulletinRecord, *, changed: Collection[str] = ()) -> BulletinRecord | None:
        """Give a copy of the bulletin of `record` that is still there and not among the `changed` files."""
        if not record.digest or record.outcome is Outcome.DUPLICATE:
            return None
        same = self._store.find_digest(record.digest)
        copies = (r for r in same if r.path != record.path and r.path not in changed)
        return next((r for r in copies if self.present(r.path)), None)

    def present(self, path: str) -> bool:
        """Tell whether there is a file at `path`."""
        return inbox.present(self._settings.input_folder, path)

    def changes(self, record: BulletinRecord) -> bool:
        """Tell whether the file of `record` is another one than the one that was taken in."""
        now = inbox.look_at(self._settings.input_folder, record.path, include=self._settings.include)
        return now is not None and self._beside(record.path, now) != record.signature

    def _beside(self, path: str, signature: Signature) -> Signature:
        """Return the signature of a bulletin with what comes with it now."""
        candidates = (*inbox.siblings(path), *self._store.companions_of(path))
        return inbox.with_companions(signature, inbox.look_beside(self._settings.input_folder, candidates))

    def _refuse(self, path: str, signature: Signature, error: BulletinError) -> Ingested:
        """Reject a file that cannot be read, once."""
        known = self._store.find_record(path)
        if known and (known.signature, known.reason) == (signature, error.reason):
            return Ingested(path=path, result=Result.UNTOUCHED)
        arrived = known.arrived if known else self._clock()
        record = BulletinRecord(
            path=path, signature=signature, digest="", outcome=Outcome.ACCEPTED, arrived=arrived
        )
        return reject(self._store, record, error)

    def _arrival(self, signature: Signature) -> dt.datetime:
        """Say when a file first seen now arrived.

        Files that lie in the folder before the first look were there before us, so a store that is
        rebuilt dates them by their file times instead of dating all of them now.
        """
        now = self._clock()
        written = modified(signature)
        return written if written and written < now and not self._store.find_note(FIRST_LOOK) else now


def reject(store: Store, record: BulletinRecord, error: BulletinError) -> Ingested:
    """Store why a bulletin cannot be published; what it gave before stays."""
    store.reject(replace(record, outcome=Outcome.REJECTED, reason=error.reason, line=error.line))
    return Ingested(path=record.path, result=Result.REJECTED, reason=error.reason, line=error.line)


def modified(signature: Signature) -> dt.datetime | None:
    """Return the file's time, or None where it is one that no calendar holds."""
    try:
        return dt.datetime.fromtimestamp(signature.mtime_ns // 10**9, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
