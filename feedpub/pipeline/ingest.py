"""The job "ingest these bulletins": read, parse, reconcile, store, and mark what that makes stale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from feedpub import compose, inbox
from feedpub.exceptions import BulletinError, TransientError
from feedpub.model import BulletinRecord, Changes, Entry, Outcome, Signature, State
from feedpub.pipeline.companions import roots_of
from feedpub.pipeline.files import FIRST_LOOK, File, Files, reject
from feedpub.pipeline.ingested import Ingested, Result
from feedpub.pipeline.issues import renew
from feedpub.pipeline.relisting import relist
from feedpub.pipeline.settings import Origin, Settings
from feedpub.pipeline.staleness import stale_by
from feedpub.pipeline.texts import Text, Texts
from feedpub.reconcile import DAY, continuations, doubts, moves, withdraw
from feedpub.store import Store

__all__ = ["FIRST_LOOK", "Ingest", "Ingested", "Result"]

# With more files gone at once only those that come back to the byte are found again under other names: to
# hold the entries of a whole archive against what is new would take minutes.
_MOST_VANISHED = 1_000


class Ingest:
    """Takes bulletins in, those of one pass together: a story may have gone from one to another."""

    def __init__(
        self, settings: Settings, store: Store, *, origin: Origin, clock: Callable[[], dt.datetime]
    ) -> None:
        self._settings = settings
        self._origin = origin
        self._store = store
        self._clock = clock
        self._files = Files(settings, store, clock=clock)

    def take_in(
        self,
        pending: Mapping[str, Signature],
        *,
        vanished: Collection[str] = (),
        stopping: Callable[[], bool] = lambda: False,
    ) -> list[Ingested]:
        """Take in the files `pending` in one transaction; `vanished` are known ones that are missing."""
        found: dict[str, File | Ingested] = {}
        waiting = sorted(pending.items())
        with self._store.transaction():
            for path, signature in waiting:
                if stopping():
                    break
                if path not in found:
                    found[path] = file = self._files.read(path, signature)
                    waiting += self._files.copies_of_former(file) if isinstance(file, File) else ()
            files = [file for file in found.values() if isinstance(file, File)]
            done = [result for result in found.values() if isinstance(result, Ingested)]
            return [*done, *self._take(files, vanished=vanished)]

    def rehearse(
        self, raw: bytes, path: str, signature: Signature, *, vanished: Collection[str], beside: Path | None
    ) -> Ingested:
        """Take in `raw` as the content of the file at `path`, with what lies `beside` it now."""
        settings = replace(self._settings, rehearsed_beside=beside)
        candidates = (*inbox.siblings(path), *self._store.companions_of(path))
        found: dict[str, Signature] = {}
        for root in reversed(roots_of(settings)):
            found |= inbox.look_beside(root, candidates)
        file = self._files.file(raw, path, inbox.with_companions(signature, found))
        if file.former and _tell(file.former) == _tell(file.record):
            return Ingested(path=path, result=Result.UNTOUCHED)
        with self._store.transaction():
            [result] = self._take([file], vanished=vanished, settings=settings)
        return result

    def approve(self, raw: bytes, record: BulletinRecord) -> Ingested:
        """Publish the held bulletin of `record`, whose bytes are `raw`; they are never held again."""
        self._store.approve(record.digest, at=self._clock())
        accepted = replace(record, outcome=Outcome.ACCEPTED, reason="", line=None)
        with self._store.transaction():
            [result] = self._take([File(raw=raw, record=accepted, former=record)], vanished=())
        return result

    def remove(self, path: str) -> Ingested:
        """Let go of the file at `path`, which is no longer there."""
        record = self._store.find_record(path)
        assert record is not None
        if heir := self._files.find_heir(record):
            self._rename(path, replace(record, path=heir.path, signature=heir.signature))
            return Ingested(path=heir.path, result=Result.RENAMED, reason=f"was {path}")
        now = self._clock()
        known = self._store.entries_of(path)
        changes = withdraw(known, now=now) if self._settings.withdraw_removed else Changes()
        kept = Changes(unchanged=tuple(replace(entry, bulletin="") for entry in known))
        stale = stale_by(changes if changes.withdrawn else kept, self._settings, former=known)
        with self._store.transaction():
            self._store.forget(path, changes=changes, stale=stale, at=now)
            renew(self._store, self._settings, known, at=now)
        return Ingested(path=path, result=Result.ACCEPTED, changes=changes)

    def release(self) -> tuple[Entry, ...]:
        """Publish the scheduled entries whose moment has come."""
        now = self._clock()
        due = tuple(replace(e, state=State.PUBLISHED, due=None) for e in self._store.due(now))
        if due:
            with self._store.transaction():
                stale = stale_by(Changes(added=due), self._settings)
                self._store.release([e.id for e in due], stale=stale, at=now)
                renew(self._store, self._settings, due, at=now)
        return due

    def _take(
        self, files: Sequence[File], *, vanished: Collection[str], settings: Settings | None = None
    ) -> list[Ingested]:
        """Take in `files`, first those that are known by their bytes; in a transaction."""
        texts = Texts(settings or self._settings, self._store, origin=self._origin, now=self._clock())
        results: list[Ingested] = []
        read: list[Text] = []
        first: dict[str, str] = {}  # digest → the file of this pass that has it
        changed = {file.record.path for file in files}
        for file in sorted(files, key=_known_first):
            found = self._recognised(file, first, changed=changed) or self._understood(file, texts, files)
            first.setdefault(file.record.digest, file.record.path)
            if isinstance(found, Ingested):
                results.append(found)
            else:
                read.append(found)
        gone = self._gone(vanished, changed=changed)
        read = self._continued(read, texts, gone=gone)
        read = self._moved(read, texts, gone=gone)
        accepted = [self._accept(text) for text in read]
        touched = (entry for text in read for entry in text.touched)
        renew(self._store, self._settings, touched, at=self._clock())
        return [*results, *accepted]

    def _recognised(
        self, file: File, first: Mapping[str, str], *, changed: Collection[str]
    ) -> Text | Ingested | None:
        """Take `file` for what it is beside one of the same bytes: a rename or a copy; None without one."""
        if other := first.get(file.record.digest):
            return self._copy(file, other)
        twin = self._files.find_twin(file, changed=changed)
        if twin is None:
            return None
        if not self._files.present(twin.path):
            return self._renamed(file, twin)
        if self._files.changes(twin):
            reason = f"has the same content as {twin.path!r} had, which is being changed"
            return Ingested(path=file.record.path, result=Result.POSTPONED, reason=reason)
        return self._copy(file, twin.path)

    def _renamed(self, file: File, twin: BulletinRecord) -> Ingested | None:
        """Let `file` be what `twin` was; None where it took the place of another one, which must be read."""
        record = replace(twin, path=file.record.path, signature=file.record.signature)
        if file.former or record.signature.beside or twin.signature.beside or twin.companions:
            self._store.rename(twin.path, record)
            return None  # it took the place of another one, or other files lie beside it now
        self._rename(twin.path, record)
        return Ingested(path=file.record.path, result=Result.RENAMED, reason=f"was {twin.path}")

    def _rename(self, path: str, record: BulletinRecord) -> None:
        with self._store.transaction():
            self._store.rename(path, record)
            relist(self._store, self._settings, record, at=self._clock())

    def _copy(self, file: File, other: str) -> Text | Ingested:
        """Refuse a copy; what stood in its place before is there no more."""
        reason = f"has the same content as {other!r}; delete one of the two"
        record = replace(file.record, outcome=Outcome.DUPLICATE, reason=reason)
        former = file.former
        if former and (former.outcome, former.digest) == (Outcome.DUPLICATE, record.digest):
            self._store.reject(record)
            return Ingested(path=record.path, result=Result.UNTOUCHED)
        known = self._store.entries_of(record.path)
        changes = withdraw(known, now=self._clock())
        return Text(record=record, known=known, former=known, changes=changes)

    def _understood(self, file: File, texts: Texts, files: Sequence[File]) -> Text | Ingested:
        try:
            return texts.understand(file)
        except TransientError as error:  # of a file that comes with it
            return Ingested(path=file.record.path, result=Result.POSTPONED, reason=str(error))
        except BulletinError as error:
            record = texts.seen.get(file.record.path, file.record)
            former = file.former.digest if file.former else ""
            heir = next((other for other in files if other.record.digest == former), None)
            if heir:  # a copy of what stood there: what is published is its own from now on
                self._store.rename(file.record.path, heir.record)
            return reject(self._store, record, error)

    def _continued(self, read: list[Text], texts: Texts, *, gone: dict[str, tuple[Entry, ...]]) -> list[Text]:
        """Let new files be those that are gone, where they tell nearly the same stories; takes those out."""
        new = [text.reading for text in read if text.bulletin.entries and not text.known]
        found = {each.path: each for each in continuations(new, gone)}
        for number, text in enumerate(read):
            if continued := found.get(text.record.path):
                former = self._store.find_record(continued.former)
                assert former is not None
                record = replace(text.record, arrived=former.arrived)
                self._rename(continued.former, record)
                del gone[continued.former]
                known = self._store.entries_of(record.path)
                notes = (*text.notes, continued.reason)
                read[number] = texts.decide(replace(text, record=record, known=known, notes=notes))
        return read

    def _moved(self, read: list[Text], texts: Texts, *, gone: Mapping[str, Sequence[Entry]]) -> list[Text]:
        """Let stories that are new in one file be entries that another one no longer has."""
        open_texts = [text for text in read if text.record.outcome is not Outcome.HELD]
        if not any(text.reading.new for text in open_texts):
            return read
        vanished = [entry for entries in gone.values() for entry in entries]
        found = moves([text.reading for text in open_texts], vanished, away=self._away(open_texts))
        given = frozenset(move.entry.id for move in found)
        for number, text in enumerate(read):
            coming = [move for move in found if move.path == text.record.path]
            if coming or not given.isdisjoint(entry.id for entry in text.known):
                notes = (*text.notes, *(move.reason for move in coming))
                moved = {move.place: move.entry for move in coming}
                read[number] = texts.decide(replace(text, notes=notes), moved=moved, given=given)
        return read

    def _away(self, texts: Sequence[Text]) -> list[Entry]:
        """Return the entries that no file has had for a while and that new stories of `texts` may be.

        Those of the same days, and those whose ids would be given again: ids are minted from what a story
        says. None of them belongs to a text that still has it.
        """
        used = {e.id for text in texts for e in (*text.changes.updated, *text.changes.unchanged)}
        days = {entry.permalink[:DAY] for text in texts for entry in text.changes.added}
        again = (self._store.find_entry(name) for text in texts for name in text.refused)
        found = [*(entry for day in sorted(days) for entry in self._store.loose(day)), *filter(None, again)]
        return [e for e in {e.id: e for e in found}.values() if e.id not in used and self._is_away(e)]

    def _is_away(self, entry: Entry) -> bool:
        if (
            entry.kept_out
        ):  # a file that is there may have it still, and must not get it anew under another id
            return not self._store.find_record(entry.bulletin)
        return not entry.bulletin or entry.state is State.WITHDRAWN

    def _gone(self, vanished: Collection[str], *, changed: Collection[str]) -> dict[str, tuple[Entry, ...]]:
        """Return the entries of the bulletins that are gone for good, as far as can be seen."""
        if len(vanished) > _MOST_VANISHED:
            return {}
        records = (self._store.find_record(path) for path in sorted(vanished))
        gone = (record for record in records if record and not self._files.present(record.path))
        return {
            record.path: self._store.entries_of(record.path)
            for record in gone
            if not self._files.find_heir(record, changed=changed)
        }

    def _accept(self, text: Text) -> Ingested:
        """Store the decision on `text`."""
        record, changes = text.record, text.changes
        if record.outcome is Outcome.HELD:
            self._store.reject(record)
            return Ingested(path=record.path, result=Result.REJECTED, reason=record.reason)
        present = (*changes.added, *changes.updated, *changes.unchanged)
        now = self._clock()
        feeds = {e.id: compose.feeds_of(e, self._settings.selectors, at=now) for e in present}
        stale = stale_by(changes, self._settings, former=text.former)
        self._store.take_in(record, changes, feeds=feeds, stale=stale, at=now)
        return Ingested(
            path=record.path,
            result=Result.ACCEPTED if record.outcome is Outcome.ACCEPTED else Result.REJECTED,
            changes=changes,
            reason=record.reason,
            notes=(*text.notes, *doubts(text.bulletin, text.former, changes)),
            former=text.former,
        )


def _tell(record: BulletinRecord) -> tuple[str, str]:
    """Tell one state of a bulletin from another: its bytes, and what lies beside it."""
    return record.digest, record.signature.beside


def _known_first(file: File) -> tuple[bool, str]:
    """Sort so that of two files with the same bytes the one that had entries before keeps them."""
    former = file.former
    return former is None or former.outcome is Outcome.DUPLICATE, file.record.path
