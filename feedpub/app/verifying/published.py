"""The output folder held against what would be published now."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from feedpub.app.rehearsal import Rehearsal
from feedpub.app.reporting import shown
from feedpub.app.verifying.findings import Finding, Part
from feedpub.model import Entry, Resource, State
from feedpub.pipeline import FAILED, Pipeline
from feedpub.publish import Folder
from feedpub.render import ReadEntry, ReadFeed, read_back
from feedpub.store import Store

_REPAIR = "run `feedpub verify --repair`"
_SEE_LOG = "see the log of `feedpub build`"
_DELETE = "delete it, if it is not yours"


class Comparison:
    """Holds every document against its file. `tell` hears how many documents are done."""

    def __init__(self, folder: Folder, store: Store, *, tell: Callable[[int], None]) -> None:
        self._folder = folder
        self._store = store
        self._tell = tell
        self._in_work: frozenset[str] = frozenset()
        self._wanted: set[str] = set()
        self._findings: list[Finding] = []
        self.target = Rehearsal(folder, met=self._meet)

    @property
    def documents(self) -> int:
        """Count the documents there should be."""
        return len(self._wanted)

    def run(self, pipeline: Pipeline) -> list[Finding]:
        """Find what differs, what is missing, what is too much; `pipeline` publishes to `target`."""
        # What is marked to be made anew differs for good reason. It has a finding of its own if it stays so.
        waiting = pipeline.publish()
        self._in_work = frozenset((*waiting.written, *waiting.removed))
        self._findings.clear()
        pipeline.remake()
        failed = pipeline.publish().failed
        for name in set(failed).difference((self._store.find_note(FAILED) or "").split()):
            self._add(name, "cannot be rendered; its last good version stays", _SEE_LOG)
        hidden = {
            _page(entry): entry for entry in self._store.entries() if entry.state is not State.PUBLISHED
        }
        for path in sorted(self._folder.found()):
            if path not in self._wanted and not _belongs(path, failed):
                self._stray(path, hidden)
        return self._findings

    def _meet(self, resource: Resource, differs: bool) -> None:
        self._wanted.add(resource.path)
        self._tell(len(self._wanted))
        if not differs or resource.path in self._in_work:
            return
        found = self._folder.read(resource.path)
        if found is None:
            self._add(resource.path, "is missing", _REPAIR)
            return
        if found == resource.content:
            what = "has no compressed copies, or such of something else"
        else:
            what = _difference(resource, found, known=self._store.taken)
        self._add(resource.path, what, _REPAIR, seen=hashlib.sha256(found).hexdigest())

    def _stray(self, path: str, hidden: Mapping[str, Entry]) -> None:
        if path in self._in_work:
            return
        if self._folder.is_unfinished(path):
            self._add(path, "is a file that a killed process left unfinished", _REPAIR)
        elif path in hidden:
            self._add(path, f"shows an entry that is {hidden[path].state}", "delete it")
        else:
            self._add(path, "is no file that feedpub would write", _DELETE)

    def _add(self, where: str, what: str, cure: str, *, seen: str = "") -> None:
        self._findings.append(Finding(part=Part.OUTPUT, where=shown(where), what=what, cure=cure, seen=seen))


def _difference(wanted: Resource, found: bytes, *, known: Callable[[Iterable[str]], frozenset[str]]) -> str:
    """Say how the bytes of a file differ from those it should have, for a feed in terms of its entries."""
    meant = read_back(wanted)
    if meant is None:
        return "differs from what would be rendered now"
    try:
        said = read_back(replace(wanted, content=found))
    except ValueError as error:
        return f"is damaged: {error}"
    assert said is not None
    differences = list(_entry_differences(said, meant, known=known))
    return "; ".join(differences) or "differs from what would be rendered now, though not in its entries"


def _entry_differences(
    said: ReadFeed, meant: ReadFeed, *, known: Callable[[Iterable[str]], frozenset[str]]
) -> Iterator[str]:
    there = {entry.id: entry for entry in said.entries}
    wanted = {entry.id: entry for entry in meant.entries}
    surplus = [id_ for id_ in there if id_ not in wanted]
    strangers = set(surplus) - known(surplus)
    both = [id_ for id_ in wanted if id_ in there]
    dated = [id_ for id_ in both if _dates(there[id_]) != _dates(wanted[id_])]
    titled = [id_ for id_ in both if there[id_].title != wanted[id_].title]
    for verb, ids in (
        ("lacks", [id_ for id_ in wanted if id_ not in there]),
        ("holds, though the store does not know it,", [id_ for id_ in surplus if id_ in strangers]),
        ("holds, though it does not belong there,", [id_ for id_ in surplus if id_ not in strangers]),
        ("gives other instants for", dated),
        ("gives another title for", titled),
    ):
        if ids:
            yield f"{verb} {ids[0]}" + (f" and {len(ids) - 1} more" if len(ids) > 1 else "")


def _dates(entry: ReadEntry) -> tuple[dt.datetime, dt.datetime]:
    return entry.published, entry.updated


def _belongs(path: str, documents: Iterable[str]) -> bool:
    """Tell whether `path` is one of `documents`, which are pages by path and feeds by name."""
    return any(path == name or path.startswith((f"feeds/{name}.", f"feeds/{name}/")) for name in documents)


def _page(entry: Entry) -> str:
    return f"{entry.permalink}index.html"
