"""The store held against itself and against the configuration."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from feedpub import compose
from feedpub.app.verifying.findings import Finding, Part
from feedpub.model import Entry, Feed, State
from feedpub.pipeline import FAILED, FIRST_LOOK, heeded
from feedpub.store import Store

_RESTORE = (
    "put a backup in its place, or move the store away and run `feedpub build`: equal bulletins get equal ids"
)
_BUILD = "run `feedpub build`"
_BATCH = 500

_PERMALINK = re.compile(r"(?:(?!\.{1,2}/)[^/\s\x00-\x20\x7f]+/)+")  # a folder below the output


def broken(store: Store) -> list[Finding]:
    """Find what is broken in the database itself; with that nothing else can be relied on."""
    return [_doubt("", fault) for fault in store.faults()]


def malformed(store: Store) -> Iterator[Finding]:
    """Find ids and permalinks that no document can be made from; that they are unique `broken` has found."""
    for entry in store.entries():
        # Adopted ids are any text, and go into Atom as IRIs; but no reader compares these as they are.
        if not entry.id.isprintable() or entry.id.strip() != entry.id or not entry.id:
            yield _doubt(entry.id, "its id is blank, or has blanks around it or control characters in it")
        if not _PERMALINK.fullmatch(entry.permalink):
            yield _doubt(entry.id, f"its permalink {entry.permalink!r} names no page")


def contradictions(store: Store, feeds: Sequence[Feed], *, at: dt.datetime) -> Iterator[Finding]:
    """Find entries that cannot be at `at` what the store says of them, as after a hand-made change."""
    files = store.signatures().keys()
    for entry in store.entries():
        if entry.bulletin and entry.bulletin not in files and entry.state is not State.WITHDRAWN:
            yield _doubt(entry.id, f"its bulletin {entry.bulletin!r} is not known to the store")
    for id_, feed in store.misplaced():
        yield _doubt(id_, f"its place in the feed {feed!r} is that of another state or instant")
    yield from _misenlisted(store, feeds, at=at)


def unfinished(store: Store) -> Iterator[Finding]:
    """Find work that was begun and not brought to its end."""
    if not store.find_note(FIRST_LOOK):
        what = "it was just made or restored, and the input folder has not been taken in since"
        yield replace(_doubt("", what, _BUILD), passing=True)
    refused = (store.find_note(FAILED) or "").split()
    for stale in store.stale():
        where = f"{stale.kind} {stale.name}".strip()
        if stale.name in refused:
            what = "was refused by the release gate; its last good version stays"
            yield Finding(part=Part.STORE, where=where, what=what, cure="see the log of `feedpub build`")
        else:
            what = "is marked to be made anew, and nobody does it"
            mark = str(stale.mark)  # a newer one is new work
            yield Finding(part=Part.STORE, where=where, what=what, cure=_BUILD, seen=mark, passing=True)


def _misenlisted(store: Store, feeds: Sequence[Feed], *, at: dt.datetime) -> Iterator[Finding]:
    """Find feeds that lack entries they select or hold others, counted by feed: there can be many.

    What came to an age that a feed selects by, since that was looked at last, may stand there or not.
    """
    then = min((at, *heeded(store).values()))
    lacking: dict[str, list[str]] = defaultdict(list)
    holding: dict[str, list[str]] = defaultdict(list)
    names = {feed.name for feed in feeds}
    entries = (entry for entry in store.entries() if entry.state is not State.WITHDRAWN)
    for batch in _batches(entries):
        standing = store.feeds_of(entry.id for entry in batch)
        for entry in batch:
            now, before = (compose.feeds_of(entry, feeds, at=instant) for instant in (at, then))
            for name in (now & before) - standing[entry.id]:
                lacking[name].append(entry.id)
            for name in standing[entry.id] & names - (now | before):
                holding[name].append(entry.id)
    for verb, found in (("lacks", lacking), ("holds", holding)):
        for name, ids in sorted(found.items()):
            what = f"{verb} {len(ids)} entries against its selection, the newest {ids[0]}"
            yield _doubt(f"feed {name}", what, f"{_BUILD} if the configuration changed; else {_RESTORE}")


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    remaining = iter(entries)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _doubt(where: str, what: str, cure: str = _RESTORE) -> Finding:
    return Finding(part=Part.STORE, where=where, what=what, cure=cure, doubt=True)
