"""Files understood: what each text of a pass does to what was published before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from feedpub import inbox
from feedpub.exceptions import BulletinError, FeedpubError
from feedpub.log import get_logger
from feedpub.model import Bulletin, BulletinRecord, Changes, Entry, Hints, Outcome
from feedpub.parse import parse
from feedpub.pipeline.adoption import claimed
from feedpub.pipeline.companions import Companions, companions_of
from feedpub.pipeline.files import File, modified
from feedpub.pipeline.settings import Origin, Settings
from feedpub.reconcile import Circumstances, Reading, reconcile
from feedpub.store import Store

log = get_logger("pipeline")

_NOTHING = Bulletin(entries=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file with the decision on its text."""

    record: BulletinRecord
    bulletin: Bulletin = _NOTHING  # without entries for a copy: its text stands elsewhere
    known: tuple[Entry, ...] = ()  # the entries of this file before this pass, in any state
    changes: Changes = field(default_factory=Changes)
    former: tuple[Entry, ...] = ()  # `known` and what came from elsewhere, as it was
    refused: frozenset[str] = frozenset()  # the ids that its new stories would have, were they not taken
    notes: tuple[str, ...] = ()  # for people

    @property
    def touched(self) -> tuple[Entry, ...]:
        """The entries that this pass changes or moves, as they were and as they are."""
        if self.record.outcome is Outcome.HELD:
            return ()
        made = self.changes
        return (*made.added, *made.updated, *made.unchanged, *made.withdrawn, *self.former)

    @property
    def reading(self) -> Reading:
        """What reconcile sees of it beside other files."""
        return Reading(
            path=self.record.path,
            bulletin=self.bulletin,
            known=self.former,
            changes=self.changes,
            refused=self.refused,
        )


class Texts:
    """Understands the files of one pass; no two entries of it get the same id."""

    def __init__(self, settings: Settings, store: Store, *, origin: Origin, now: dt.datetime) -> None:
        self._settings = settings
        self._store = store
        self._origin = origin
        self._now = now
        self._companions = Companions(settings)
        self._awaited = store.has_unclaimed()  # whether adopted entries wait for their bulletins
        self.seen: dict[str, BulletinRecord] = {}  # by path: what was parsed, with its companions
        self._minted: set[str] = set()  # the ids that entries of this pass will have
        self._claims: dict[str, str] = {}  # id of an adopted entry → the path that claimed it in this pass

    def understand(self, file: File) -> Text:
        """Parse a file and hold it against what is known of it alone.

        Raises BulletinError when it cannot be published.
        """
        hints = Hints(
            name=file.record.path, language=self._settings.site.language, encodings=self._settings.encodings
        )
        try:
            bulletin = parse(file.raw, hints, plugins=self._settings.plugins)
            companions = companions_of(file.record.path, bulletin)
            self.seen[file.record.path] = record = self._accompanied(file.record, companions)
            bulletin = self._companions.give(bulletin, record.path)
            record = replace(record, confidence=bulletin.confidence, warnings=bulletin.warnings)
            known = self._store.entries_of(record.path)
            return self.decide(Text(record=self._held(record, bulletin), bulletin=bulletin, known=known))
        except FeedpubError:
            raise
        except Exception as error:  # one bulletin that trips our code must not stop the others
            log.exception("bulletin tripped a defect in feedpub", bulletin=file.record.path)
            raise BulletinError(file.record.path, f"feedpub failed on it: {error!r}") from error

    def _accompanied(self, record: BulletinRecord, companions: tuple[str, ...]) -> BulletinRecord:
        """Note which files a bulletin names, and how they look before they are read."""
        if not companions:
            return replace(record, companions=())
        own = inbox.siblings(record.path) if record.signature.beside else ()
        found = inbox.look_beside(self._settings.input_folder, (*own, *companions))
        signature = inbox.with_companions(record.signature, found)
        return replace(record, companions=companions, signature=signature)

    def decide(
        self, text: Text, *, moved: Mapping[int, Entry] | None = None, given: frozenset[str] = frozenset()
    ) -> Text:
        """Decide on `text`, with the entries `moved` to it, by place, and without those `given` away."""
        for entry in text.changes.added:  # decided before, and now anew
            self._minted.discard(entry.id)
        known = tuple(entry for entry in text.known if entry.id not in given)
        taken = _Taken(self._store, self._minted)
        former, changes = self._reconciled(text, known, moved or {}, taken)
        self._minted |= {entry.id for entry in changes.added}
        return replace(text, changes=changes, former=former, refused=taken.refused)

    def _reconciled(
        self, text: Text, known: tuple[Entry, ...], moved: Mapping[int, Entry], taken: _Taken
    ) -> tuple[tuple[Entry, ...], Changes]:
        circumstances = self._circumstances(text.record)
        if self._awaited:
            adopted = claimed(text.bulletin, known, circumstances, self._store, others=self._claims)
            self._claims |= {entry.id: circumstances.path for entry in adopted.values()}
            moved = {**adopted, **moved}
        changes = reconcile(text.bulletin, known, circumstances, taken=taken, moved=moved)
        return (*known, *moved.values()), changes

    def _held(self, record: BulletinRecord, bulletin: Bulletin) -> BulletinRecord:
        if bulletin.confidence >= self._settings.hold_below or self._store.is_approved(record.digest):
            return record
        reason = (
            f"the division into {len(bulletin.entries)} entries is uncertain "
            f"({bulletin.confidence:.2f}, input.hold_below is {self._settings.hold_below:g}); "
            "approve it with `feedpub approve FILE` or make it clearer"
        )
        return replace(record, outcome=Outcome.HELD, reason=reason)

    def _circumstances(self, record: BulletinRecord) -> Circumstances:
        return Circumstances(
            path=record.path,
            arrived=record.arrived,
            now=self._now,
            timezone=self._settings.timezone,
            publish_time=self._settings.publish_time,
            authority=self._origin.authority,
            modified=modified(record.signature),
        )


class _Taken:
    """Says which ids are taken, in the store or by a text of this pass, and remembers the first refusal."""

    def __init__(self, store: Store, minted: set[str]) -> None:
        self._store = store
        self._minted = minted
        self.refused: frozenset[str] = frozenset()

    def __call__(self, ids: Iterable[str]) -> frozenset[str]:
        ids = list(ids)
        refused = self._store.taken(ids) | self._minted.intersection(ids)
        self.refused = self.refused or refused
        return refused
