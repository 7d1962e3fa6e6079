"""Whatever happens in whatever order, the store says what a simple model of it says."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store.factories import MORNING, NEWS, a_record, an_entry

from feedpub.model import Changes, Entry, State
from feedpub.store import open_store

PATHS = st.sampled_from(["monday.txt", "tuesday.txt", "wednesday.txt"])
NUMBERS = st.sets(st.integers(0, 9), max_size=4)
HOUR = dt.timedelta(hours=1)


class StoreMachine(RuleBasedStateMachine):
    """A store beside a dict of the entries it must hold."""

    @initialize()
    def start(self) -> None:
        """Open an empty store."""
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name)}/feedpub.db"
        self.opened = open_store(self.url)
        self.store = self.opened.__enter__()
        self.known: dict[str, Entry] = {}
        self.paths: set[str] = set()
        self.seen: dict[str, dt.datetime] = {}
        self.now = MORNING

    def teardown(self) -> None:
        """Close it."""
        if hasattr(self, "opened"):
            self.opened.__exit__(None, None, None)
            self.folder.cleanup()

    @rule(path=PATHS, numbers=NUMBERS, scheduled=st.booleans())
    def take_in(self, path: str, numbers: set[int], scheduled: bool) -> None:
        """Give a bulletin a new text: what it lacks now is withdrawn, the rest is new, updated or back."""
        self.now += HOUR
        foreign = {e.id for e in self.known.values() if e.bulletin != path}
        state, instant = (State.SCHEDULED, self.now + HOUR) if scheduled else (State.PUBLISHED, self.now)
        wanted = [
            an_entry(n, bulletin=path, state=state, published=instant, updated=self.now, title=f"{self.now}")
            for n in sorted(numbers)
        ]
        wanted = [entry for entry in wanted if entry.id not in foreign]
        added = tuple(entry for entry in wanted if entry.id not in self.known)
        updated = tuple(self._new_version(entry) for entry in wanted if entry.id in self.known)
        withdrawn = self._live(path, but=wanted)
        self.store.take_in(
            a_record(path),
            Changes(added=added, updated=updated, withdrawn=withdrawn),
            feeds={entry.id: NEWS for entry in wanted},
            stale=(),
            at=self.now,
        )
        self.known |= {entry.id: entry for entry in (*added, *updated)}
        self._withdraw(withdrawn)
        self.paths.add(path)

    @rule(path=PATHS, keep=st.booleans())
    def forget(self, path: str, keep: bool) -> None:
        """Delete a bulletin."""
        self.now += HOUR
        live = self._live(path)
        changes = Changes() if keep else Changes(withdrawn=live)
        self.store.forget(path, changes=changes, stale=(), at=self.now)
        self.paths.discard(path)
        if keep:
            self.known |= {entry.id: replace(entry, bulletin="") for entry in live}
        else:
            self._withdraw(live)

    @rule(old=PATHS, new=PATHS)
    def rename(self, old: str, new: str) -> None:
        """Rename a bulletin, also over another."""
        if old in self.paths and old != new:
            self.store.rename(old, a_record(new))
            self.paths = self.paths - {old} | {new}
            moved = [entry for entry in self.known.values() if entry.bulletin == old]
            self.known |= {entry.id: replace(entry, bulletin=new) for entry in moved}

    @rule()
    def release(self) -> None:
        """Let time pass and release what is due."""
        self.now += HOUR
        due = self.store.due(self.now)
        self.store.release([entry.id for entry in due], stale=(), at=self.now)
        self.known |= {entry.id: replace(entry, state=State.PUBLISHED) for entry in due}

    @rule()
    def restart(self) -> None:
        """Close the store and open it again."""
        self.opened.__exit__(None, None, None)
        self.opened = open_store(self.url)
        self.store = self.opened.__enter__()

    @invariant()
    def agrees(self) -> None:
        """Hold exactly what the model holds, each id once."""
        if hasattr(self, "opened"):
            listed = list(self.store.entries())

            assert len({entry.id for entry in listed}) == len(listed)
            assert {entry.id: entry for entry in listed} == self.known
            assert self.paths == set(self.store.signatures())

    @invariant()
    def windows_hold_what_is_published(self) -> None:
        """Show in a feed what is published, newest first, and nothing else."""
        if hasattr(self, "opened"):
            published = [entry for entry in self.known.values() if entry.state is State.PUBLISHED]
            published.sort(key=lambda entry: (-entry.published.timestamp(), entry.position, entry.id))

            assert tuple(published) == self.store.window("news", 99)

    @invariant()
    def what_was_seen_keeps_its_instant(self) -> None:
        """Never move the `published` of an entry that a reader could see, and never forget it."""
        if hasattr(self, "opened"):
            for entry in self.known.values():
                if entry.state is State.PUBLISHED:
                    assert self.seen.setdefault(entry.id, entry.published) == entry.published
            assert {id: self.store.find_entry(id).published for id in self.seen} == self.seen  # noqa: A001  atom:id

    def _new_version(self, entry: Entry) -> Entry:
        """Give `entry` as the store must have it: with the instant that readers know."""
        return replace(entry, published=self.seen.get(entry.id, entry.published))

    def _live(self, path: str, but: list[Entry] | None = None) -> tuple[Entry, ...]:
        spared = {entry.id for entry in but or ()}
        return tuple(
            entry
            for entry in self.known.values()
            if entry.bulletin == path and entry.state is not State.WITHDRAWN and entry.id not in spared
        )

    def _withdraw(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            if entry.id in self.seen:
                self.known[entry.id] = replace(entry, state=State.WITHDRAWN, updated=self.now)
            else:
                del self.known[entry.id]


StoreMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestLaws = StoreMachine.TestCase
