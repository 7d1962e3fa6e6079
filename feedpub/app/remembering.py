"""``feedpub history`` and ``feedpub diff``: what was published when, from the append-only table."""

from __future__ import annotations

import difflib
import heapq
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, takewhile
from pathlib import Path
from typing import Any

from feedpub.app.reporting import shown
from feedpub.app.wording import Piece, compare_paragraphs, compare_words
from feedpub.config import Config
from feedpub.exceptions import OperatorError
from feedpub.model import Correction
from feedpub.store import Store, Version, open_store

_NEWEST = 100_000  # entries among which the nearest id is looked for
_FEW = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to one entry, beside what it was before."""

    version: Version
    before: Version | None = None  # None where it begins

    def title(self) -> list[Piece]:
        """Give the title, word by word against the one before."""
        return compare_words(self.before.title if self.before else self.version.title, self.version.title)

    def paragraphs(self) -> list[list[Piece]]:
        """Give the paragraphs that were changed, word by word; none where the entry begins."""
        return (
            list(compare_paragraphs(self.before.paragraphs, self.version.paragraphs)) if self.before else []
        )

    def corrections(self) -> tuple[Correction, ...]:
        """Give the corrections that came with it."""
        before = self.before.corrections if self.before else ()
        return tuple(note for note in self.version.corrections if note not in before)


def history(config: Config, id_: str) -> list[Event]:
    """Give what became of the entry `id_`, the oldest first.

    Raises OperatorError, naming the nearest id, when there is no such entry.
    """
    with open_store(config.store.url, own=False) as store:
        versions = store.history([id_])
        if not versions and not store.find_entry(id_):
            known = (entry.id for entry in islice(store.entries(), _NEWEST))
            raise OperatorError(f"no entry has the id {id_!r}{_nearest(id_, known)}")
    return list(_events(versions))


def diff(config: Config, bulletin: str) -> tuple[str, list[Event]]:
    """Give the path of a bulletin, fit for any program, and what became of its entries, the oldest first.

    `bulletin` is relative to the input folder, or any path to the file. Raises OperatorError, naming the
    nearest bulletin, when the store knows none at that path.
    """
    with open_store(config.store.url, own=False) as store:
        path = _find_bulletin(config.input.folder, bulletin, store)
        places = {entry.id: place for place, entry in enumerate(store.entries_of(path))}
        versions = store.history(places)
    # What happened at once is shown in the order of the document.
    at_once = (sorted(group, key=lambda v: places[v.entry]) for _, group in groupby(versions, lambda v: v.at))
    return shown(path), list(_events(chain.from_iterable(at_once)))


def event_json(event: Event) -> dict[str, Any]:
    """Return an event as ``feedpub history --json`` prints it."""
    version = event.version
    return {
        "at": version.at.isoformat(),
        "id": version.entry,
        "what": str(version.what),
        "title": version.title,
        "paragraphs": list(version.paragraphs),
        "corrections": [{"on": note.on.isoformat(), "text": note.text} for note in version.corrections],
        "reason": version.reason,
    }


def _events(versions: Iterable[Version]) -> Iterator[Event]:
    last: dict[str, Version] = {}
    for version in versions:
        yield Event(version=version, before=last.get(version.entry))
        last[version.entry] = version


def _find_bulletin(folder: Path, bulletin: str, store: Store) -> str:
    for path in dict.fromkeys(_candidates(folder, bulletin)):
        if store.find_record(path) or store.entries_of(path):
            return path
    raise OperatorError(f"no bulletin {bulletin!r} is known{_nearest(bulletin, store.signatures())}")


def _candidates(folder: Path, bulletin: str) -> Iterator[str]:
    """Yield the paths relative to `folder` that `bulletin` can stand for."""
    yield os.path.normpath(bulletin)
    path, root = Path(bulletin).resolve(), folder.resolve()
    if path.is_relative_to(root):
        yield str(path.relative_to(root))


def _nearest(wanted: str, known: Iterable[str]) -> str:
    # difflib takes a millisecond for each long id, so it is asked about the few that begin and end alike.
    alike = heapq.nlargest(_FEW, known, key=lambda name: _shared(wanted, name))
    found: Sequence[str] = difflib.get_close_matches(wanted, alike, n=1)
    return f"; the nearest is {found[0]!r}" if found else "; `feedpub list` shows what there is"


def _shared(one: str, other: str) -> int:
    """Count the characters with which both begin, and those with which both end."""
    return sum(
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
        for a, b in ((one, other), (one[::-1], other[::-1]))
    )
