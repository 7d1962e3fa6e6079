"""Whatever is published, changed and taken back: who walks from the live feed back meets everything once."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from newsroom.office import Office, an_office
from newsroom.sheets import Sheet, Story
from newsroom.walking import collected, walk

from feedpub.model import Edits, Entry, Feed, Order, Role, State, Verb

START = dt.datetime(2026, 3, 2, 9, 0, 0, tzinfo=dt.UTC)
FORMATS = ("rss", "atom", "json")
numbers = st.integers(0, 1_000)
# Odd ones and one that holds next to nothing; bytes for about two, five and a hundred short stories.
limits = st.tuples(st.sampled_from([1, 2, 3, 8]), st.sampled_from([9_000, 14_000, 200_000]))


class Publisher(RuleBasedStateMachine):
    """Feeds with small limits: one for each way to show edits, one of whole bulletins."""

    def __init__(self) -> None:
        super().__init__()
        self.resources = ExitStack()
        self.office: Office = self.resources.enter_context(an_office(now=START))
        self.disk: dict[str, Sheet] = {}
        self.told = 0
        self.before: dict[str, bytes] = {}  # what was published, as of the last look
        self.entries: dict[str, Entry] = {}

    def teardown(self) -> None:
        try:
            assert self.office.fresh() == self.office.files()
        finally:
            self.resources.close()

    # --- what happens

    @initialize(limit=limits, count=st.integers(0, 12))
    def begin(self, limit, count) -> None:
        self.reopen(limit)
        self.drop(count)

    @rule(count=st.integers(1, 5))
    def publish(self, count) -> None:
        self.drop(count)

    @rule(count=st.integers(1, 2), days=st.integers(1, 400))
    def publish_late(self, count, days) -> None:
        known = set(self.entries)
        self.drop(count, days=days)
        late = self.entries.keys() - known
        shown = {feed.name: set(map(base, self.walk(feed, "atom")[0].ids)) for feed in self.feeds}
        for feed in self.feeds:
            assert late & self.members(feed) == set() or late & shown[feed.name], "nobody would see it"

    @precondition(lambda self: self.disk)
    @rule(which=numbers, place=numbers)
    def edit(self, which, place) -> None:
        path, sheet = self.some(which)
        place %= len(sheet.stories)
        story = sheet.stories[place].rewritten()
        stories = (*sheet.stories[:place], story, *sheet.stories[place + 1 :])
        self.put(path, replace(sheet, stories=stories))
        edited = next(e for e in self.entries.values() if e.title.startswith(story.key))
        for feed in self.feeds:
            shown = edited.issue if feed.has_bulletins else edited.id
            out = edited.state is State.PUBLISHED and shown in self.members(feed)
            if out and feed.edits is not Edits.SILENT:
                ids = map(base, self.walk(feed, "atom")[0].ids)
                assert shown in ids, "nobody would see the edit"

    @precondition(lambda self: self.disk)
    @rule(which=numbers)
    def delete(self, which) -> None:
        path, _ = self.some(which)
        (self.office.input / path).unlink()
        del self.disk[path]
        self.look()

    @precondition(lambda self: self.entries)
    @rule(which=numbers)
    def withdraw(self, which) -> None:
        self.order(Verb.WITHDRAW, which)

    @precondition(lambda self: self.entries)
    @rule(which=numbers)
    def restore(self, which) -> None:
        self.order(Verb.RESTORE, which)

    @precondition(lambda self: self.disk)
    @rule(which=numbers)
    def reorder(self, which) -> None:
        path, sheet = self.some(which)
        self.put(path, replace(sheet, stories=sheet.stories[::-1]))

    @rule(limit=limits)
    def limit(self, limit) -> None:
        self.reopen(limit)

    @rule()
    def crash(self) -> None:
        """Stop after the decision on what is sealed, before anything of it is written."""
        self.drop(3, look=False)
        self.office.take_in()
        publication = self.office.pipeline._publication
        publication._history.settle(self.office.store.stale())
        self.office.close()
        self.office.open()
        self.look()

    # --- how it happens

    @property
    def feeds(self) -> tuple[Feed, ...]:
        return self.office.settings.feeds

    def drop(self, count: int, *, days: int = 0, look: bool = True) -> None:
        if not count:
            return
        self.told += count
        stories = tuple(Story(f"zq{number}x") for number in range(self.told - count, self.told))
        day = (self.office.now - dt.timedelta(days=days)).date()
        self.put(f"{self.told:06}.txt", Sheet(stories, day), look=look)

    def put(self, path: str, sheet: Sheet, *, look: bool = True) -> None:
        self.office.write(path, sheet.content)
        self.disk[path] = sheet
        if look:
            self.look()

    def some(self, which: int) -> tuple[str, Sheet]:
        path = sorted(self.disk)[which % len(self.disk)]
        return path, self.disk[path]

    def order(self, verb: Verb, which: int) -> None:
        id_ = sorted(self.entries)[which % len(self.entries)]
        self.office.pipeline.leave(Order(verb=verb, target=id_))
        self.office.pipeline.carry_out_orders()
        self.look()

    def reopen(self, limit: tuple[int, int]) -> None:
        most, size = limit
        base = replace(self.feeds[0], formats=FORMATS, max_entries=most, max_bytes=size)
        both, leads = frozenset(Role), frozenset({Role.LEAD})
        self.office.close()
        self.office.settings = replace(
            self.office.settings,
            feeds=(
                replace(base, name="news", edits=Edits.UPDATE, roles=both),
                replace(base, name="quiet", edits=Edits.SILENT, roles=both),
                replace(base, name="leads", edits=Edits.REISSUE, roles=leads),
                replace(base, name="whole", edits=Edits.UPDATE, roles=frozenset()),
            ),
        )
        self.office.open()
        self.look(everything=True)

    def members(self, feed: Feed) -> set[str]:
        return {
            entry.id
            for entry in self.entries.values()
            if entry.state is State.PUBLISHED
            and (entry.leads_issue if feed.has_bulletins else entry.role in feed.roles)
        }

    def walk(self, feed: Feed, suffix: str):
        return walk(lambda path: self.before[path], f"feeds/{feed.name}.{suffix}")

    # --- what must hold

    def look(self, *, everything: bool = False) -> None:
        self.office.now += dt.timedelta(minutes=1)
        self.office.take_in()
        self.office.publish()
        assert () == self.office.store.stale()
        known = self.entries
        self.entries = {entry.id: entry for entry in self.office.entries()}
        changed = {i for i in known.keys() | self.entries.keys() if known.get(i) != self.entries.get(i)}
        former, self.before = self.before, self.office.files()
        for feed in self.feeds:
            self.check(feed)
        if not everything:
            self.check_archives(former, changed)

    def check(self, feed: Feed) -> None:
        """Every entry is met once, in the same document of every format, each within its limits."""
        walks = {suffix: self.walk(feed, suffix) for suffix in FORMATS}
        met = [base(id_) for id_ in collected(walks["atom"])]
        assert len(met) == len(set(met))
        assert set(met) == self.members(feed)
        for pages in walks.values():
            assert [page.ids for page in pages] == [page.ids for page in walks["atom"]]
            assert all(page.size <= feed.max_bytes and len(page.ids) <= feed.max_entries for page in pages)

    def check_archives(self, former: dict[str, bytes], changed: set[str]) -> None:
        """Find the bytes of untouched archives as they were, save for the link to the one after them."""
        for path, content in former.items():
            if "/archive/" not in path:
                continue
            now = self.before[path]
            if any(id_.encode() in content for id_ in changed):
                continue
            lines = [line for line in content.splitlines() if b"next-archive" not in line]
            assert lines == [line for line in now.splitlines() if b"next-archive" not in line]


def base(id_: str) -> str:
    """Return the id of the entry that stands in a feed as one of its versions, or for its bulletin."""
    return id_.partition(";")[0].removesuffix("/bulletin")


# `make nightly` takes many more walks, and longer ones.
_NIGHTLY = settings().max_examples > 200

Publisher.TestCase.settings = settings(
    max_examples=250 if _NIGHTLY else 8, stateful_step_count=50 if _NIGHTLY else 12
)
TestHistory = pytest.mark.timeout(0)(Publisher.TestCase)
